//! KMS keys and aliases.

use std::borrow::Cow;

use super::arns::{self, Shape};
use super::reason::{Reason, Repair};
use super::scan::{self, Set, check, starts_with, strip_prefix};
use super::{AccountId, KmsKeyArn, KmsKeyId, Region};

const KEY: Shape = Shape {
    service: "kms",
    resource: "key/",
};

/// AWS accepts it without an error.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html>,
/// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html>
const NO_ALIAS: &str = "it is an alias, which as a resource matches only the alias, never its key; \
                        use the key ID, or the condition key `kms:ResourceAliases`";

impl KmsKeyId {
    /// Whether it is a multi-Region key: its ID starts with `mrk-` and is the same in all Regions.
    pub fn is_multi_region(&self) -> bool {
        self.as_str().starts_with("mrk-")
    }
}

impl KmsKeyArn {
    /// Creates the ARN of a key in a Region and an account.
    ///
    /// ```
    /// use policy_core::names::{AccountId, KmsKeyArn, KmsKeyId, Region};
    ///
    /// let arn = KmsKeyArn::of(
    ///     &Region::from_static("eu-west-1"),
    ///     &AccountId::from_static("111122223333"),
    ///     &KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab"),
    /// );
    /// assert_eq!(arn.as_str(), "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    /// ```
    pub fn of(region: &Region, account: &AccountId, key: &KmsKeyId) -> Self {
        Self(Cow::Owned(arns::written(&KEY, region, account, key.as_str())))
    }

    /// The key's Region.
    pub fn region(&self) -> Region {
        Region(Cow::Owned(arns::field(self.as_str(), 3).to_owned()))
    }

    /// The key's account.
    pub fn account_id(&self) -> AccountId {
        AccountId(Cow::Owned(arns::field(self.as_str(), 4).to_owned()))
    }

    /// The key ID.
    pub fn key_id(&self) -> KmsKeyId {
        let resource = arns::field(self.as_str(), 5);
        KmsKeyId(Cow::Owned(
            resource.strip_prefix(KEY.resource).unwrap_or(resource).to_owned(),
        ))
    }
}

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_ReplicateKey.html>: a UUID, or `mrk-` and 32 digits.
pub(super) const fn key_id(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        if arns::resource(text, &ALIAS).is_ok() {
            return Err(Reason::clause(NO_ALIAS));
        }
        let reason = Reason::clause("it is an ARN; use `KmsKeyArn`, or write only the part after `key/`");
        return Err(match arns::resource(text, &KEY) {
            Ok(start) => reason.repaired(Repair::Keep { start, end: text.len() }),
            Err(_) => reason,
        });
    }
    if starts_with(text, ALIAS.resource) {
        return Err(Reason::clause(NO_ALIAS));
    }
    if starts_with(text, KEY.resource) {
        return Err(
            Reason::clause("it starts with `key/`, which the policy already contains").repaired(Repair::Keep {
                start: KEY.resource.len(),
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

pub(super) const fn key_arn(text: &str) -> Result<(), Reason> {
    if !starts_with(text, "arn:") {
        if starts_with(text, ALIAS.resource) {
            return Err(Reason::clause(NO_ALIAS));
        }
        return Err(Reason::clause("it is not an ARN; for a key ID, use `KmsKeyArn::of`"));
    }
    if arns::resource(text, &ALIAS).is_ok() {
        return Err(Reason::clause(NO_ALIAS));
    }
    let start = match arns::resource(text, &KEY) {
        Ok(start) => start,
        Err(reason) => return Err(reason),
    };
    match key_id(scan::split(text, start).1) {
        Ok(()) => Ok(()),
        Err(reason) => Err(reason.within("key ID", start, text.len())),
    }
}

const ALIAS: Shape = Shape {
    service: "kms",
    resource: "alias/",
};

/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html>
pub(super) const fn alias(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        let reason = Reason::clause("it is an ARN; the alias is after its last colon");
        return Err(match arns::resource(text, &ALIAS) {
            Ok(start) => reason.repaired(Repair::Keep {
                start: start - ALIAS.resource.len(),
                end: text.len(),
            }),
            Err(_) => reason,
        });
    }
    check!(scan::only(text, Set::ALPHANUMERIC.and(":/_-")));
    if !starts_with(text, ALIAS.resource) {
        return Err(Reason::clause("it does not start with `alias/`"));
    }
    if text.len() == ALIAS.resource.len() {
        return Err(Reason::clause("there is no name after `alias/`"));
    }
    Ok(())
}

const fn hexadecimal(text: &str, digits: usize) -> Result<(), Reason> {
    check!(scan::only(text, Set::LOWER_HEX));
    scan::length(text, digits, digits)
}
