//! Policies from bytes, and as text.

use std::cmp::Ordering;
use std::io::{self, Read};

use crate::check::not_utf8;
use crate::document::{Path, decode_percent, is_percent_encoded, line_and_column, read_bytes};
use crate::policy::{Located, Policy, PolicyKind, ReadError, Version};

impl<K: PolicyKind> Policy<K> {
    /// Reads a policy from the bytes of JSON text, like [`from_json`](Self::from_json).
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let bytes = br#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }"#;
    /// assert_eq!(IdentityPolicy::from_slice(bytes)?.statements().len(), 1);
    /// assert!(IdentityPolicy::from_slice(b"\xFF").is_err());
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The bytes are not UTF-8, not JSON, or not a policy of this kind.
    pub fn from_slice(json: &[u8]) -> Result<Self, ReadError> {
        match std::str::from_utf8(json) {
            Ok(text) => Self::from_json(text),
            Err(error) => {
                let before = json.get(..error.valid_up_to()).unwrap_or_default();
                let before = String::from_utf8_lossy(before);
                Err(ReadError::of(vec![Located {
                    finding: not_utf8(before.len()),
                    path: Path::default(),
                    line_and_column: Some(line_and_column(&before, before.len())),
                }]))
            }
        }
    }

    /// Reads a policy as IAM's API and the AWS SDKs return it: percent-encoded. Other text is read by
    /// [`from_json`](Self::from_json), so that the output of the AWS CLI, which decodes policies, is read too.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html>
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let returned = "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C\
    ///                 %22Action%22%3A%22s3%3AListAllMyBuckets%22%2C%22Resource%22%3A%22%2A%22%7D%7D";
    /// let policy = IdentityPolicy::from_percent_encoded(returned)?;
    /// assert_eq!(
    ///     policy.text(),
    ///     r#"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}}"#
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not percent-encoding, with the line and column in the text; or what it encodes is not JSON, or not a policy of this
    /// kind, with those in the decoded text.
    pub fn from_percent_encoded(text: &str) -> Result<Self, ReadError> {
        if !is_percent_encoded(text.trim_start()) {
            return Self::from_json(text);
        }
        let decoded = decode_percent(text).map_err(|error| ReadError::of_syntax(text, &error))?;
        Self::from_json(decoded.as_str())
    }

    /// Reads a policy from a file or another source of JSON text, up to [`MAX_BYTES`](crate::document::MAX_BYTES).
    ///
    /// ```
    /// use policy_core::policy::{IdentityPolicy, ReadError};
    ///
    /// let file = &br#"{ "Version": "2012-10-17" }"#[..];
    /// let error = IdentityPolicy::from_reader(file).unwrap_err();
    /// let mistakes = error.get_ref().unwrap().downcast_ref::<ReadError>().unwrap();
    /// assert_eq!(mistakes.findings()[0].finding.code().name(), "MISSING_STATEMENT");
    /// ```
    ///
    /// # Errors
    ///
    /// The source cannot be read or is larger; or it is not a policy of this kind, which is an error of the kind
    /// [`InvalidData`](io::ErrorKind::InvalidData) that contains the [`ReadError`].
    pub fn from_reader(json: impl Read) -> io::Result<Self> {
        let bytes = read_bytes(json)?;
        Self::from_slice(&bytes).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
    }
}

/// The older version is less.
impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name().cmp(other.name())
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The policy as written, like [`Policy::text`].
impl<K: PolicyKind> AsRef<str> for Policy<K> {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

/// The policy as written, like [`Policy::text`].
impl<K: PolicyKind> From<Policy<K>> for String {
    fn from(policy: Policy<K>) -> Self {
        policy.text().to_owned()
    }
}

/// The policy as written, like [`Policy::text`].
impl<K: PolicyKind> From<&Policy<K>> for String {
    fn from(policy: &Policy<K>) -> Self {
        policy.text().to_owned()
    }
}

/// Like [`Policy::from_json`].
impl<K: PolicyKind> TryFrom<&str> for Policy<K> {
    type Error = ReadError;

    fn try_from(json: &str) -> Result<Self, ReadError> {
        Self::from_json(json)
    }
}

/// Like [`Policy::from_json`].
impl<K: PolicyKind> TryFrom<String> for Policy<K> {
    type Error = ReadError;

    fn try_from(json: String) -> Result<Self, ReadError> {
        Self::from_json(json)
    }
}
