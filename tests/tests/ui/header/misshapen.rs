//! Fields whose types are built in a way that fills no hole.

use policy_core::names::QueueArn;
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct Misshapen: IdentityPolicy {
        array: [QueueArn; 2], slice: &'static [QueueArn], pair: (QueueArn, QueueArn), optional: NonEmpty<Option<QueueArn>>,
        twice: NonEmpty<NonEmpty<QueueArn>>
    }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": ["<array>", "<slice>", "<pair>", "<optional>", "<twice>"]
        }
    }
}

fn main() {}
