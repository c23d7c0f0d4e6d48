//! Secrets of Secrets Manager, as values.

use std::borrow::Cow;

use crate::names::scan;
use crate::names::secret::{ANY_SUFFIX, SUFFIX_LENGTH, split_suffix};
use crate::names::{SecretArn, SecretId, SecretName};

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
