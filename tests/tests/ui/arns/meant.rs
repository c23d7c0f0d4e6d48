//! ARNs that are nearly right, each with the one that was meant.

use policy_core::names::{BucketArn, BucketName};
use policy_macros::policy;

policy! {
    pub const LITERALS: IdentityPolicy =
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:cn-north-1::exports/*" },
            { "Effect": "Allow", "Action": "iam:GetRole", "Resource": "arn:aws:iam:eu-west-1:111122223333:role/x" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "https://sqs.eu-west-1.amazonaws.com/111122223333/orders" }
        ]
    };
}

policy! {
    pub const SOURCE: ResourcePolicy =
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Service": "sqs.amazonaws.com" }, "Action": "lambda:InvokeFunction",
            "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:f",
            "Condition": { "ArnEquals": { "aws:SourceArn": "https://sqs.eu-west-1.amazonaws.com/111122223333/orders" } }
        }
    };
}

policy! {
    pub struct Trail: IdentityPolicy { bucket: BucketArn, name: BucketName }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "s3:PutObject",
            "Resource": ["<bucket>AWSLogs/111122223333/*", "arn:aws:s3:::<name>AWSLogs/111122223333/*"]
        }
    }
}

fn main() {}
