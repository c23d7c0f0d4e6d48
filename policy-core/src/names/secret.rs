//! Secrets of Secrets Manager: by name, by ID in the ARN, and by ARN.

use super::arn_of::facts::{ArnFacts, ArnKind};
use super::arn_of::{ecs_tail, start_of_name};
use super::reason::{Reason, Repair};
use super::scan::{self, Set, check, ends_with, starts_with};

const ARN: &ArnFacts = ArnKind::named("SecretArn").facts();

/// The suffix for unknown six characters. AWS recommends it: unlike `-*` it does not match other secrets whose names
/// start the same.
pub(super) const ANY_SUFFIX: &str = "-??????";

/// The length of the hyphen and the characters after it.
pub(super) const SUFFIX_LENGTH: usize = 7;

/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>. Secrets that AWS services
/// create can contain `!` (`rds!cluster-...`), which `CreateSecret` rejects.
pub(super) const fn secret_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        let reason = Reason::clause("it is an ARN; use `SecretArn`, or `SecretId` for the part after `secret:`");
        return Err(match start_of_name(ARN, text) {
            Some(start) if split_suffix(text).is_some() => reason.repaired(Repair::Keep {
                start,
                end: text.len() - SUFFIX_LENGTH,
            }),
            _ => reason,
        });
    }
    if ends_with(text, ANY_SUFFIX) {
        return Err(Reason::clause(
            "it ends with wildcards for the six characters of an ARN, which are not part of the name",
        )
        .repaired(Repair::Keep {
            start: 0,
            end: text.len() - SUFFIX_LENGTH,
        }));
    }
    scan::only(text, Set::ALPHANUMERIC.and("/_+=.@-!"))
}

/// Secrets Manager appends a hyphen and six characters to a secret's name in its ARN; a policy with only the name does
/// not match, and there is no error.
/// <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>
pub(super) const fn secret_id(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        let reason = Reason::clause("it is an ARN; use `SecretArn`, or write only the part after `secret:`");
        return Err(match start_of_name(ARN, text) {
            Some(start) => reason.repaired(Repair::Keep { start, end: text.len() }),
            None => reason,
        });
    }
    if let Some(at) = scan::find(text, b':') {
        return Err(ecs_tail(at, text.len()));
    }
    let Some((name, _)) = split_suffix(text) else {
        check!(scan::only(text, Set::ALPHANUMERIC.and("/_+=.@-!")));
        return Err(Reason::clause(
            "it does not have the hyphen and six characters at the end of a secret's ARN, so it would not match; for a secret \
             known by its name, use `SecretId::by_name`",
        )
        .repaired(Repair::Append(ANY_SUFFIX)));
    };
    secret_name(name)
}

/// The name and the six characters or wildcards after the last hyphen.
pub(super) const fn split_suffix(text: &str) -> Option<(&str, &str)> {
    match scan::rsplit_once(text, b'-') {
        Some((name, suffix))
            if suffix.len() == 6
                && !name.is_empty()
                && (scan::only(suffix, Set::ALPHANUMERIC).is_ok() || ends_with(text, ANY_SUFFIX)) =>
        {
            Some((name, suffix))
        }
        _ => None,
    }
}
