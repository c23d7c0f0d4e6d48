//! The policies of an organization, whose grammar is narrower.

use policy_core::names::BucketName;
use policy_macros::policy;

policy! {
    pub const RCP: ResourceControlPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "*" },
            { "Effect": "Deny", "Principal": "*", "Action": ["*", "ec2:RunInstances"], "Resource": "*" }
        ]
    };
}

policy! {
    pub struct Perimeter: ResourceControlPolicy {
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Deny", "Principal": "*", "NotAction": "s3:GetObject", "Resource": "arn:aws:s3:::<bucket>/*" }
    }
}

policy! {
    pub const SCP: ServiceControlPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Deny", "Action": ["*:Delete*", "iam:*Role"], "Resource": "*" }
    };
}

fn main() {}
