//! A hole and a field that fits it, under two names: one message.

use policy_core::names::{BucketArn, QueueArn};
use policy_macros::policy;

policy! {
    pub struct Renamed: IdentityPolicy { q: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" }
    }
}

policy! {
    /// The field is not for this hole.
    pub struct Other: IdentityPolicy { bucket: BucketArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" }
    }
}

fn main() {}
