//! A wildcard directly behind the whole ARN of a resource, which makes the ARN the beginning of others.

use policy_core::names::{BucketArn, FunctionArn, LogGroupArn, RoleArn, TableArn};
use policy_macros::{policy, resource_arn};

resource_arn! { pub struct LedgerArn: "qldb:ledger" }

policy! {
    pub struct Wildcards: IdentityPolicy {
        bucket: BucketArn,
        role: RoleArn,
        function: FunctionArn,
        group: LogGroupArn,
        ledger: LedgerArn,
        table: TableArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<bucket>*" },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "<role>*",
              "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } },
            { "Effect": "Deny", "Action": "lambda:InvokeFunction", "Resource": "<function>*" },
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": ["<group>:*", "<group>*"] },
            { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": "<ledger>?" },
            { "Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:Query"], "Resource": "<table>*" }
        ]
    }
}

policy! {
    /// The same, right.
    pub struct Right: IdentityPolicy { bucket: BucketArn, role: RoleArn, function: FunctionArn, group: LogGroupArn, ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<bucket>/*" },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "<role>",
              "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } },
            { "Effect": "Deny", "Action": "lambda:InvokeFunction", "Resource": ["<function>", "<function>:*"] },
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "<group>:*" },
            { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": "<ledger>" }
        ]
    }
}

fn main() {}
