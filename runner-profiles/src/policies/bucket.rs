//! Buckets: `s3:ListBucket` takes the bucket's ARN, the actions on objects take those of its objects.
//!
//! Without `s3:ListBucket`, reading an object that is not there answers 403 and not 404.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>

use policy_core::names::{BucketName, ObjectPrefix, Partition};
use policy_macros::policy;

policy! {
    /// Lists the staging bucket.
    pub(crate) struct StagingListing: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListStagingBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:<partition>:s3:::<bucket>"
            }
        ]
    }
}

policy! {
    /// Lists what begins with a prefix in the staging bucket.
    pub(crate) struct StagingPrefixListing: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
        prefix: ObjectPrefix,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListStagingBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:<partition>:s3:::<bucket>",
                "Condition": { "StringLike": { "s3:prefix": "<prefix>/*" } }
            }
        ]
    }
}

policy! {
    /// Reads and writes objects of the staging bucket.
    pub(crate) struct StagingObjects: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/*"
            }
        ]
    }
}

policy! {
    /// Reads and writes objects of the staging bucket that begin with a prefix.
    pub(crate) struct StagingPrefixObjects: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
        prefix: ObjectPrefix,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": ["s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/<prefix>/*"
            }
        ]
    }
}

policy! {
    /// Reads, writes and deletes objects of the staging bucket.
    pub(crate) struct StagingObjectsWithDeletion: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/*"
            }
        ]
    }
}

policy! {
    /// Reads, writes and deletes objects of the staging bucket that begin with a prefix.
    pub(crate) struct StagingPrefixObjectsWithDeletion: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
        prefix: ObjectPrefix,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseStagingObjects",
                "Effect": "Allow",
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/<prefix>/*"
            }
        ]
    }
}

policy! {
    /// Lists the destination of a Streaming runner.
    pub(crate) struct DestinationListing: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListDestinationBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:<partition>:s3:::<bucket>"
            }
        ]
    }
}

policy! {
    /// Lists what begins with a prefix in the destination of a Streaming runner.
    pub(crate) struct DestinationPrefixListing: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
        prefix: ObjectPrefix,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListDestinationBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:<partition>:s3:::<bucket>",
                "Condition": { "StringLike": { "s3:prefix": "<prefix>/*" } }
            }
        ]
    }
}

policy! {
    /// Reads, writes and deletes objects of the destination of a Streaming runner.
    pub(crate) struct DestinationObjects: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseDestinationObjects",
                "Effect": "Allow",
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/*"
            }
        ]
    }
}

policy! {
    /// Reads, writes and deletes objects of the destination of a Streaming runner that begin with a prefix.
    pub(crate) struct DestinationPrefixObjects: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
        prefix: ObjectPrefix,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "UseDestinationObjects",
                "Effect": "Allow",
                "Action": ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
                "Resource": "arn:<partition>:s3:::<bucket>/<prefix>/*"
            }
        ]
    }
}

policy! {
    /// Reads the extension library, in which pipelines find Python packages and drivers.
    pub(crate) struct ExtensionLibrary: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "ListExtensionLibraryBucket",
                "Effect": "Allow",
                "Action": "s3:ListBucket",
                "Resource": "arn:<partition>:s3:::<bucket>"
            },
            {
                "Sid": "UseExtensionLibraryObjects",
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": "arn:<partition>:s3:::<bucket>/*"
            }
        ]
    }
}
