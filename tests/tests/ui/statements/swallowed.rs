//! What one statement allows and another takes back whole.

use policy_core::names::{BucketName, Partition};
use policy_macros::policy;

policy! {
    pub const REPORTS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/reports/*" },
            { "Sid": "Lock", "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*" }
        ]
    };
}

policy! {
    pub struct Reports: IdentityPolicy {
        partition: Partition,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:<partition>:s3:::<bucket>/reports/*" },
            { "Effect": "Deny", "Action": "s3:*", "Resource": "arn:<partition>:s3:::<bucket>/*" }
        ]
    }
}

fn main() {}
