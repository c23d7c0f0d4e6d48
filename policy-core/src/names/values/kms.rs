//! KMS keys, as values.

use crate::names::{KmsKeyArn, KmsKeyId};

impl KmsKeyId {
    /// Whether it is a multi-Region key: its ID starts with `mrk-` and is the same in all Regions.
    pub fn is_multi_region(&self) -> bool {
        self.as_str().starts_with("mrk-")
    }
}

impl KmsKeyArn {
    /// The key ID.
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
    /// assert_eq!(arn.key_id().as_str(), "1234abcd-12ab-34cd-56ef-1234567890ab");
    /// ```
    pub fn key_id(&self) -> KmsKeyId {
        self.name()
    }
}
