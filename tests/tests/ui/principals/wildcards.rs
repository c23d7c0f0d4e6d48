//! Wildcards behind whole ARNs of principals, whose accounts are not known.

use policy_core::names::{AccountId, AssumedRoleArn, Region, RoleArn};
use policy_macros::policy;

policy! {
    pub struct Wildcards: TrustPolicy { region: Region, account: AccountId, role: RoleArn, session: AssumedRoleArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": "<role>*" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "<session>*" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "arn:<partition>:iam::<account>:role/maia-*" }, "Action": "sts:AssumeRole",
              "Condition": { "StringEquals": { "aws:RequestedRegion": "<region>" } } }
        ]
    }
}

fn main() {}
