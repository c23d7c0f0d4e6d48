//! Values of conditions that no request has, below operators that except them too.

use policy_macros::policy;

policy! {
    #[attached_to("AWS::S3::Bucket")]
    pub const LOCKED: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                "Resource": ["arn:aws:s3:::exports", "arn:aws:s3:::exports/*"],
                "Condition": { "ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam:111122223333:role/admin" } }
            },
            {
                "Effect": "Deny", "Principal": "*", "Action": "s3:*",
                "Resource": ["arn:aws:s3:::exports", "arn:aws:s3:::exports/*"],
                "Condition": { "StringNotEquals": { "aws:SourceVpce": ["vpce-*"] } }
            }
        ]
    };
}

policy! {
    pub const CONTRACTORS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*",
                "Condition": { "StringNotEquals": { "aws:PrincipalArn": "arn:aws:iam::*:role/Contractor*" } }
            },
            {
                "Effect": "Allow", "Action": "ecs:RunTask",
                "Resource": "arn:aws:ecs:eu-west-1:111122223333:task-definition/web:*",
                "Condition": { "StringEquals": { "ecs:cluster": "prod" } }
            }
        ]
    };
}

policy! {
    #[attached_to("AWS::SQS::Queue")]
    pub const RULE: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Principal": { "Service": "events.amazonaws.com" }, "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs",
            "Condition": { "ArnEquals": { "aws:SourceArn": "arn:aws:events:eu-west-1:111122223333:rules/nightly" } }
        }
    };
}

fn main() {}
