//! Fields that the policy names in the notation of another tool, which is one mistake, at the string.

use policy_core::names::{BucketName, QueueArn};
use policy_macros::policy;

policy! {
    pub struct Braces: IdentityPolicy { orders_queue: QueueArn, bucket: BucketName }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "${orders_queue}" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{{bucket}}/*" }
        ]
    }
}

fn main() {}
