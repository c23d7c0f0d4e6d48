//! Holes and fields under two names: one message.

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

policy! {
    /// No hole has the name of such a field.
    pub struct Capital: IdentityPolicy { Queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<Queue>" }
    }
}

policy! {
    pub const PASTED: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::<YOUR_BUCKET>/*" }
    };
}

fn main() {}
