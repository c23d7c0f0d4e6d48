//! KMS keys and aliases.

use super::arn_of::facts::{ArnFacts, ArnKind};
use super::arn_of::{NO_KMS_ALIAS, start_of_name};
use super::reason::{Reason, Repair};
use super::scan::{self, Set, check, starts_with, strip_prefix};

const KEY_ARN: &ArnFacts = ArnKind::named("KmsKeyArn").facts();
const ALIAS_ARN: &ArnFacts = ArnKind::named("KmsAliasArn").facts();

const KEY: &str = "key/";
const ALIAS: &str = "alias/";

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html>: a UUID, or `mrk-` and 32 digits.
pub(super) const fn key_id(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        if start_of_name(ALIAS_ARN, text).is_some() {
            return Err(Reason::clause(NO_KMS_ALIAS));
        }
        let reason = Reason::clause("it is an ARN; use `KmsKeyArn`, or write only the part after `key/`");
        return Err(match start_of_name(KEY_ARN, text) {
            Some(start) => reason.repaired(Repair::Keep { start, end: text.len() }),
            None => reason,
        });
    }
    if starts_with(text, ALIAS) {
        return Err(Reason::clause(NO_KMS_ALIAS));
    }
    if starts_with(text, KEY) {
        return Err(
            Reason::clause("it starts with `key/`, which the policy already contains").repaired(Repair::Keep {
                start: KEY.len(),
                end: text.len(),
            }),
        );
    }
    if let Some(digits) = strip_prefix(text, "mrk-") {
        if let Err(reason) = hexadecimal(digits, 32) {
            return Err(reason.within("ID after `mrk-`", "mrk-".len(), text.len()));
        }
        return Ok(());
    }
    check!(scan::only(text, Set::LOWER_HEX.and("-")));
    let mut rest = text;
    let mut lengths: &[usize] = &[8, 4, 4, 4, 12];
    while let [wanted, after @ ..] = lengths {
        let start = text.len() - rest.len();
        let (group, tail) = match scan::split_once(rest, b'-') {
            Some(parts) if !after.is_empty() => parts,
            None if after.is_empty() => (rest, ""),
            _ => return Err(Reason::clause("it does not have the five groups of a UUID")),
        };
        if let Err(reason) = hexadecimal(group, *wanted) {
            return Err(reason.within("group", start, start + group.len()));
        }
        rest = tail;
        lengths = after;
    }
    Ok(())
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>
pub(super) const fn alias(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        let reason = Reason::clause("it is an ARN; the alias is after its last colon");
        return Err(match start_of_name(ALIAS_ARN, text) {
            Some(start) => reason.repaired(Repair::Keep {
                start: start - ALIAS.len(),
                end: text.len(),
            }),
            None => reason,
        });
    }
    check!(scan::only(text, Set::ALPHANUMERIC.and(":/_-")));
    if !starts_with(text, ALIAS) {
        return Err(Reason::clause("it does not start with `alias/`"));
    }
    if text.len() == ALIAS.len() {
        return Err(Reason::clause("there is no name after `alias/`"));
    }
    Ok(())
}

const fn hexadecimal(text: &str, digits: usize) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_HEX));
    scan::length(text, digits, digits)
}
