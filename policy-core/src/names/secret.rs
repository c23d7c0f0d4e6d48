//! Secrets of Secrets Manager: by name, by ID in the ARN, and by ARN.

use std::borrow::Cow;

use super::arn_of::{ecs_tail, start_of_name};
use super::reason::{Reason, Repair};
use super::resource_type::Secret;
use super::scan::{self, Set, check, ends_with, starts_with};
use super::{ArnType, SecretArn, SecretId, SecretName};

/// The suffix for unknown six characters. AWS recommends it: unlike `-*` it does not match other secrets whose names
/// start the same.
const ANY_SUFFIX: &str = "-??????";

/// The length of the hyphen and the characters after it.
const SUFFIX_LENGTH: usize = 7;

impl SecretName {
    /// Whether the name itself ends with a hyphen and six characters, which AWS advises against: Secrets Manager can
    /// confuse such a secret with another when it is looked up by a partial ARN.
    ///
    /// ```
    /// use policy_core::names::SecretName;
    ///
    /// assert!(SecretName::from_static("source-db-access").ends_like_a_suffix());
    /// assert!(!SecretName::from_static("source-db").ends_like_a_suffix());
    /// ```
    pub fn ends_like_a_suffix(&self) -> bool {
        split_suffix(self.as_str()).is_some()
    }
}

impl SecretId {
    /// The secret with that name, with any six characters: `name-??????`. It still matches after the secret is deleted
    /// and created again.
    ///
    /// ```
    /// use policy_core::names::{SecretId, SecretName};
    ///
    /// let id = SecretId::by_name(&SecretName::from_static("source-db-password"));
    /// assert_eq!(id.as_str(), "source-db-password-??????");
    /// assert!(id.is_by_name());
    /// ```
    pub fn by_name(name: &SecretName) -> Self {
        Self(Cow::Owned([name.as_str(), ANY_SUFFIX].concat()))
    }

    /// Whether it has wildcards instead of the six characters.
    pub fn is_by_name(&self) -> bool {
        self.as_str().ends_with(ANY_SUFFIX)
    }

    /// The name, without the hyphen and the characters after it.
    pub fn name(&self) -> SecretName {
        let end = self.as_str().len().saturating_sub(SUFFIX_LENGTH);
        SecretName(Cow::Owned(scan::split(self.as_str(), end).0.to_owned()))
    }
}

impl SecretArn {
    /// The secret's name and suffix.
    ///
    /// ```
    /// use policy_core::names::{AccountId, Region, SecretArn, SecretId};
    ///
    /// let arn = SecretArn::of(
    ///     &Region::from_static("cn-north-1"),
    ///     &AccountId::from_static("111122223333"),
    ///     &SecretId::from_static("source-db-a1B2c3"),
    /// );
    /// assert_eq!(arn.as_str(), "arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:source-db-a1B2c3");
    /// assert_eq!(arn.secret_id().as_str(), "source-db-a1B2c3");
    /// ```
    pub fn secret_id(&self) -> SecretId {
        self.name()
    }
}

/// <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html>. Secrets that AWS services
/// create can contain `!` (`rds!cluster-...`), which `CreateSecret` rejects.
pub(super) const fn secret_name(text: &str) -> Result<(), Reason> {
    if starts_with(text, "arn:") {
        let reason = Reason::clause("it is an ARN; use `SecretArn`, or `SecretId` for the part after `secret:`");
        return Err(match start_of_name(Secret::FACTS, text) {
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
        return Err(match start_of_name(Secret::FACTS, text) {
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
const fn split_suffix(text: &str) -> Option<(&str, &str)> {
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
