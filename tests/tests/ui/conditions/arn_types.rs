//! Whole ARNs of another type than those that a condition key has.

use policy_core::names::{AccountId, BucketArn, PolicyArn, QueueArn, RoleArn};
use policy_macros::policy;

policy! {
    pub struct Cluster: IdentityPolicy { queue: QueueArn, role: RoleArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "ecs:StopTask",
                "Resource": "*",
                "Condition": { "ArnEquals": { "ecs:cluster": "<queue>" } }
            },
            {
                "Effect": "Allow",
                "Action": "iam:AttachRolePolicy",
                "Resource": "*",
                "Condition": { "ArnEquals": { "iam:PolicyARN": "<role>" } }
            }
        ]
    }
}

policy! {
    pub struct Source: ResourcePolicy { queue: QueueArn, bucket: BucketArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": { "Service": "sns.amazonaws.com" },
            "Action": "sqs:SendMessage",
            "Resource": "<queue>",
            "Condition": { "ArnEquals": { "aws:SourceArn": "<bucket>" } }
        }
    }
}

policy! {
    pub struct Right: IdentityPolicy { policy: PolicyArn }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "iam:AttachRolePolicy",
            "Resource": "*",
            "Condition": { "ArnEquals": { "iam:PolicyARN": "<policy>" } }
        }
    }
}

policy! {
    pub struct NotAnArn: IdentityPolicy { account: AccountId, source: AccountId }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:StopTask", "Resource": "*",
              "Condition": { "ArnEquals": { "ecs:cluster": "<account>" } } },
            { "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*",
              "Condition": { "ArnNotEquals": { "aws:SourceArn": "<source>" } } }
        ]
    }
}

fn main() {}
