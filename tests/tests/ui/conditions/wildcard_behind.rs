//! A wildcard directly behind a whole ARN that a condition compares with: it is the beginning of others, too.

use policy_core::names::{QueueArn, RoleArn, TopicArn};
use policy_macros::{policy, resource_arn};

resource_arn! { pub struct LedgerArn: "qldb:ledger" }

policy! {
    pub struct Wildcards: ResourcePolicy { queue: QueueArn, topic: TopicArn, role: RoleArn, ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": "<queue>",
              "Condition": { "ArnLike": { "aws:SourceArn": "<topic>*" } } },
            { "Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "<queue>",
              "Condition": { "ArnNotLike": { "aws:PrincipalArn": "<role>*", "aws:SourceArn": "<ledger>?" } } }
        ]
    }
}

policy! {
    /// The same, right.
    pub struct Right: ResourcePolicy { queue: QueueArn, topic: TopicArn, role: RoleArn, ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage", "Resource": "<queue>",
              "Condition": { "ArnLike": { "aws:SourceArn": "<topic>" } } },
            { "Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "<queue>",
              "Condition": { "ArnNotLike": { "aws:PrincipalArn": "<role>", "aws:SourceArn": "<ledger>" } } }
        ]
    }
}

fn main() {}
