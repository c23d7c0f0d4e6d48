//! Buckets: `s3:ListBucket` applies to the bucket's ARN, the actions on objects to those of its objects.
//!
//! Without `s3:ListBucket`, reading an object that does not exist returns 403 and not 404.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>

use policy_core::names::{BucketArn, ObjectPrefix};
use policy_core::policy::{Comparison, IdentityPolicy, ReadError};
use policy_macros::policy;

/// The policy on listing a bucket, limited to keys with the prefix.
pub(crate) fn listing(policy: IdentityPolicy, prefix: &ObjectPrefix) -> Result<IdentityPolicy, ReadError> {
    policy.map(|statement| statement.condition(Comparison::StringLike, "s3:prefix", [format!("{prefix}/*")]))
}

/// The policy on all objects of a bucket, limited to those whose keys have the prefix.
pub(crate) fn objects(
    policy: IdentityPolicy,
    bucket: &BucketArn,
    prefix: &ObjectPrefix,
) -> Result<IdentityPolicy, ReadError> {
    policy.map(|statement| {
        statement
            .retain_resources(|_| false)
            .resources([format!("{bucket}/{prefix}/*")])
    })
}

policy! {
    /// Lists the staging bucket.
    pub(crate) struct ListStaging: IdentityPolicy {
        bucket: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListStagingBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "<bucket>"
            }
        ]
    }
}

policy! {
    /// Lists the destination of a Streaming runner.
    pub(crate) struct ListDestination: IdentityPolicy {
        bucket: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListDestinationBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "<bucket>"
            }
        ]
    }
}

policy! {
    /// Reads and writes objects of the staging bucket.
    pub(crate) struct UseStaging: IdentityPolicy {
        bucket: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": "<bucket>/*"
            }
        ]
    }
}

policy! {
    /// Reads, writes and deletes objects of the staging bucket.
    pub(crate) struct UseAndEmptyStaging: IdentityPolicy {
        bucket: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "<bucket>/*"
            }
        ]
    }
}

policy! {
    /// Reads, writes and deletes objects of the destination of a Streaming runner: its page always requires deletion.
    pub(crate) struct UseDestination: IdentityPolicy {
        bucket: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseDestinationObjects",
                "Effect": "Allow",
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "<bucket>/*"
            }
        ]
    }
}

policy! {
    /// Reads the extension library, in which pipelines find Python packages and drivers.
    pub(crate) struct ExtensionLibrary: IdentityPolicy {
        bucket: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListExtensionLibraryBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "<bucket>"
            },
            {
                "Sid": "UseExtensionLibraryObjects",
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": "<bucket>/*"
            }
        ]
    }
}
