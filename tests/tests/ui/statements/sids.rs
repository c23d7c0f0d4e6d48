//! `Sid`s with characters that IAM does not take, and one `Sid` twice.

use policy_macros::policy;

policy! {
    pub const SIDS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Sid": "Read staging objects", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*" },
            { "Sid": "List", "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::staging" },
            { "Sid": "List", "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }
        ]
    };
}

fn main() {}
