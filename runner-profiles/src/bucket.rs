//! The permissions of a runner for a bucket.

use policy_core::names::{BucketName, ObjectPrefix};

use crate::KmsKey;

/// A bucket that a runner reads and writes: where a Hybrid runner stages files, or to which a Streaming runner
/// delivers.
///
/// ```
/// use runner_profiles::{Bucket, KmsKey};
/// use runner_profiles::policy_core::names::{BucketName, KmsKeyId, ObjectPrefix};
///
/// let staging = Bucket::new(BucketName::from_static("maia-staging-111122223333"))
///     .with_prefix(ObjectPrefix::from_static("stage"))
///     .with_deletion()
///     .with_key(KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321"));
/// # let _ = staging;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub(crate) name: BucketName,
    pub(crate) prefix: Option<ObjectPrefix>,
    pub(crate) list_only_prefix: bool,
    pub(crate) deletion: bool,
    pub(crate) key: Option<KmsKey>,
}

impl Bucket {
    /// The whole bucket: list it, read and write its objects.
    pub const fn new(name: BucketName) -> Self {
        Self {
            name,
            prefix: None,
            list_only_prefix: false,
            deletion: false,
            key: None,
        }
    }

    /// Only objects whose keys start with `PREFIX/`. The whole bucket may still be listed, see
    /// [`with_strict_prefix`](Self::with_strict_prefix).
    #[must_use]
    pub fn with_prefix(mut self, prefix: ObjectPrefix) -> Self {
        self.prefix = Some(prefix);
        self.list_only_prefix = false;
        self
    }

    /// Only objects whose keys start with `PREFIX/`, and only these may be listed.
    ///
    /// `HeadBucket`, with which many clients check whether a bucket exists, is authorised as `s3:ListBucket` without a
    /// prefix, so it fails then.
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>
    #[must_use]
    pub fn with_strict_prefix(mut self, prefix: ObjectPrefix) -> Self {
        self.prefix = Some(prefix);
        self.list_only_prefix = true;
        self
    }

    /// Objects may be deleted, so that a Hybrid runner can clean up. A Streaming runner always has this permission: its
    /// page requires it.
    #[must_use]
    pub const fn with_deletion(mut self) -> Self {
        self.deletion = true;
        self
    }

    /// The customer managed key with which S3 encrypts the objects (SSE-KMS).
    #[must_use]
    pub fn with_key(mut self, key: impl Into<KmsKey>) -> Self {
        self.key = Some(key.into());
        self
    }
}
