//! Holes where the element is wrong, or its value: what is reported is the element.

use policy_core::names::{Number, QueueArn};
use policy_macros::policy;

policy! {
    pub struct Values: IdentityPolicy { number: Number, queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>",
              "Condition": { "NumericLessThan": "<number>" } },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>", "Condition": "<number>" },
            "<queue>"
        ]
    }
}

policy! {
    pub struct Elements: IdentityPolicy { queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resources": "<queue>" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "resource": "<queue>" }
        ]
    }
}

fn main() {}
