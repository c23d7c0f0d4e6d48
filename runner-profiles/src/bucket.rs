//! The buckets of a runner.

use policy_core::names::{BucketArn, BucketName, ObjectPrefix};

use crate::identifies::identified;
use crate::{Identifies, KmsKey};

/// A bucket of S3: given by its ARN, or by its name in the partition of the runner's Region.
///
/// ```
/// use runner_profiles::S3Bucket;
///
/// let by_name: S3Bucket = "maia-staging-111122223333".parse()?;
/// let by_arn: S3Bucket = "arn:aws:s3:::maia-staging-111122223333".parse()?;
/// assert!(matches!((by_name, by_arn), (S3Bucket::Name(_), S3Bucket::Arn(_))));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum S3Bucket {
    /// The bucket of this name.
    Name(BucketName),
    /// The bucket of this ARN.
    Arn(BucketArn),
}

identified!(S3Bucket: Name(BucketName) or Arn(BucketArn));

/// A bucket that a runner reads and writes, with the permissions for it: where a Hybrid runner stages files, or to which a
/// Streaming runner delivers.
///
/// ```
/// use runner_profiles::Bucket;
/// use runner_profiles::policy_core::names::{BucketArn, KmsKeyId, ObjectPrefix};
///
/// let staging = Bucket::new(BucketArn::from_static("arn:aws:s3:::maia-staging-111122223333"))
///     .with_prefix(ObjectPrefix::from_static("stage"))
///     .with_deletion()
///     .with_key(KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321"));
/// # let _ = staging;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bucket {
    pub(crate) of: S3Bucket,
    pub(crate) prefix: Option<ObjectPrefix>,
    pub(crate) list_only_prefix: bool,
    pub(crate) deletion: bool,
    pub(crate) key: Option<KmsKey>,
}

impl Bucket {
    /// The whole bucket, given by its name or its ARN: list it, read and write its objects.
    pub fn new(bucket: impl Identifies<S3Bucket>) -> Self {
        Self {
            of: bucket.identified(),
            prefix: None,
            list_only_prefix: false,
            deletion: false,
            key: None,
        }
    }

    /// Only objects whose keys start with `PREFIX/`. The whole bucket may still be listed, see
    /// [`with_strict_prefix`](Self::with_strict_prefix). Replaces the prefix of an earlier call of either.
    #[must_use]
    pub fn with_prefix(mut self, prefix: ObjectPrefix) -> Self {
        self.prefix = Some(prefix);
        self.list_only_prefix = false;
        self
    }

    /// Only objects whose keys start with `PREFIX/`, and only these may be listed. Replaces the prefix of an earlier call of this or
    /// of [`with_prefix`](Self::with_prefix).
    ///
    /// `HeadBucket`, with which many clients check whether a bucket exists, is authorized as `s3:ListBucket` without a
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

    /// The customer managed key with which S3 encrypts the objects (SSE-KMS). Replaces the key of an earlier call.
    #[must_use]
    pub fn with_key(mut self, key: impl Identifies<KmsKey>) -> Self {
        self.key = Some(key.identified());
        self
    }
}
