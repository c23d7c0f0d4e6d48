//! A partition written by hand in a policy for any Region.

use policy_core::names::{AccountId, QueueArn, Region};
use policy_macros::policy;

policy! {
    pub struct ByHand: IdentityPolicy { region: Region, account_id: AccountId }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:<region>:<account-id>:jobs" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:<account-id>:audit" }
        ]
    }
}

policy! {
    #[policy(warnings)]
    pub struct BesideArns: IdentityPolicy { queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": ["<queue>", "arn:aws:sqs:eu-west-1:111122223333:audit"] },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*" }
        ]
    }
}

fn main() {}
