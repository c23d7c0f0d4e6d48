//! Buckets for objects, and objects for buckets.

use policy_core::names::BucketName;
use policy_macros::policy;

policy! {
    pub const OBJECT_ON_BUCKET: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging" }
    };
}

policy! {
    pub const BUCKET_ON_OBJECTS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Deny", "Action": "s3:ListBucket", "Resource": ["arn:aws:s3:::staging/*"] }
    };
}

policy! {
    pub struct Mixed: IdentityPolicy { staging_bucket: BucketName }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["s3:GetObject", "s3:PutObject", "s3:ListBucket"],
            "Resource": "arn:aws:s3:::<staging-bucket>/*"
        }
    }
}

fn main() {}
