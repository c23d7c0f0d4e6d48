//! Buckets: `s3:ListBucket` applies to the bucket's ARN, the actions on objects to those of its objects.
//!
//! Without `s3:ListBucket`, reading an object that does not exist returns 403 and not 404.
//! Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>

use policy_core::names::{BucketArn, ObjectPrefix};
use policy_core::policy::IdentityPolicy;
use policy_macros::policy;

/// Functions that make a policy on listing a bucket, or the keys with a prefix in it: each has its `Sid`.
macro_rules! listing {
    ($($(#[doc = $doc:literal])+ $name:ident { $sid:tt })+) => {$(
        $(#[doc = $doc])+
        pub(crate) fn $name(bucket: BucketArn, prefix: Option<ObjectPrefix>) -> IdentityPolicy {
            policy! {
                struct Whole: IdentityPolicy {
                    bucket: BucketArn,
                }
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
                            "Effect": "Allow",
                            "Action": "s3:ListBucket",
                            "Resource": "<bucket>"
                        }
                    ]
                }
            }
            policy! {
                struct Prefixed: IdentityPolicy {
                    bucket: BucketArn,
                    prefix: ObjectPrefix,
                }
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
                            "Effect": "Allow",
                            "Action": "s3:ListBucket",
                            "Resource": "<bucket>",
                            "Condition": { "StringLike": { "s3:prefix": "<prefix>/*" } }
                        }
                    ]
                }
            }
            match prefix {
                None => Whole { bucket }.to_policy(),
                Some(prefix) => Prefixed { bucket, prefix }.to_policy(),
            }
        }
    )+};
}

listing! {
    /// Lists the staging bucket.
    list_staging { "ListStagingBucket" }

    /// Lists the destination of a Streaming runner.
    list_destination { "ListDestinationBucket" }
}

/// Functions that make a policy on a bucket's objects, or on those with a prefix: each has its `Sid` and its
/// actions.
macro_rules! objects {
    ($($(#[doc = $doc:literal])+ $name:ident { $sid:tt, $actions:tt })+) => {$(
        $(#[doc = $doc])+
        pub(crate) fn $name(bucket: BucketArn, prefix: Option<ObjectPrefix>) -> IdentityPolicy {
            policy! {
                struct Whole: IdentityPolicy {
                    bucket: BucketArn,
                }
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
                            "Effect": "Allow",
                            "Action": $actions,
                            "Resource": "<bucket>/*"
                        }
                    ]
                }
            }
            policy! {
                struct Prefixed: IdentityPolicy {
                    bucket: BucketArn,
                    prefix: ObjectPrefix,
                }
                {
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Sid": $sid,
                            "Effect": "Allow",
                            "Action": $actions,
                            "Resource": "<bucket>/<prefix>/*"
                        }
                    ]
                }
            }
            match prefix {
                None => Whole { bucket }.to_policy(),
                Some(prefix) => Prefixed { bucket, prefix }.to_policy(),
            }
        }
    )+};
}

objects! {
    /// Reads and writes objects of the staging bucket.
    use_staging { "UseStagingObjects", ["s3:GetObject", "s3:PutObject"] }

    /// Reads, writes and deletes objects of the staging bucket.
    use_and_empty_staging { "UseStagingObjects", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"] }

    /// Reads, writes and deletes objects of the destination of a Streaming runner: its page always requires deletion.
    use_destination { "UseDestinationObjects", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"] }
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
