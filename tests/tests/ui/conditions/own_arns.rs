//! ARNs of types that the macro does not see, of another type than the key has.

use policy_core::names::QueueArn;
use policy_macros::{policy, resource_arn};

resource_arn! { pub struct LedgerArn: "qldb:ledger" }
resource_arn! { pub struct OurClusterArn: "ecs:cluster" }
resource_arn! { pub struct SnsTopicArn: "sns:topic" }

type Orders = QueueArn;
type Name = String;

policy! {
    pub struct Tasks: IdentityPolicy { cluster: Orders }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*",
                       "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } } }
    }
}

policy! {
    pub struct Messages: ResourcePolicy { queue: QueueArn, source: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
                       "Resource": "<queue>", "Condition": { "ArnEquals": { "aws:SourceArn": "<source>" } } }
    }
}

policy! {
    pub struct NoArn: IdentityPolicy { cluster: Name }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*",
                       "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } } }
    }
}

policy! {
    /// Right.
    pub struct RightTasks: IdentityPolicy { cluster: OurClusterArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "ecs:RunTask", "Resource": "*",
                       "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } } }
    }
}

policy! {
    /// Right, and where the key can have any ARN.
    pub struct RightMessages: ResourcePolicy { queue: QueueArn, source: SnsTopicArn, any: LedgerArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" }, "Action": "sqs:SendMessage",
              "Resource": "<queue>", "Condition": { "ArnEquals": { "aws:SourceArn": "<source>" } } },
            { "Effect": "Deny", "Principal": "*", "Action": "sqs:SendMessage",
              "Resource": "<queue>", "Condition": { "ArnEquals": { "aws:SourceArn": "<any>" } } }
        ]
    }
}

fn main() {}
