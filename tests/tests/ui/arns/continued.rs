//! The whole ARN of a resource, and text after it that no ARN has there.

use policy_core::names::{QueueArn, StackArn};
use policy_macros::{policy, resource_arn};

resource_arn! { pub struct LedgerArn: "qldb:ledger" }
resource_arn! { pub struct ThingArn: "iot:thing" }

type Orders = QueueArn;

policy! {
    pub struct OwnType: IdentityPolicy { ledger: LedgerArn, thing: Option<ThingArn> }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "qldb:DescribeLedger", "Resource": "<ledger>/*" },
            { "Effect": "Allow", "Action": "iot:*", "Resource": ["<thing>", "<thing>:*"] }
        ]
    }
}

policy! {
    pub struct Alias: IdentityPolicy { queue: Orders }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>/*" }
    }
}

policy! {
    pub struct OtherTypes: IdentityPolicy { queue: Orders, ledger: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<queue>/*" },
            { "Effect": "Allow", "Action": "iot:DescribeThing", "Resource": "<ledger>/*" }
        ]
    }
}

policy! {
    pub struct AnyAction: IdentityPolicy { thing: ThingArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "NotAction": "iot:DeleteThing", "Resource": "<thing>/*" }
    }
}

policy! {
    pub struct KnownType: IdentityPolicy { stack: StackArn, queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "cloudformation:DescribeStacks", "Resource": "<stack>/*" },
            { "Effect": "Allow", "Action": "sqs:*", "Resource": "<queue>/*" }
        ]
    }
}

fn main() {}
