//! Buckets, as values.

use std::borrow::Cow;

use crate::names::error::NameError;
use crate::names::scan::{self, Set};
use crate::names::{BucketName, NameKind};

impl BucketName {
    /// Creates the name of an old bucket in us-east-1, where uppercase, `_` and 255 characters were allowed.
    ///
    /// ```
    /// use policy_core::names::BucketName;
    ///
    /// assert!(BucketName::new("Old_Bucket").is_err());
    /// assert_eq!(BucketName::legacy("Old_Bucket")?.as_str(), "Old_Bucket");
    /// # Ok::<(), policy_core::names::NameError>(())
    /// ```
    pub fn legacy(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        let rule = scan::only(&text, Set::WORD.and(".-")).and_then(|()| scan::length(&text, 3, 255));
        match rule {
            Ok(()) => Ok(Self(Cow::Owned(text))),
            Err(reason) => Err(NameError::new(NameKind::BucketName, text, reason)),
        }
    }
}
