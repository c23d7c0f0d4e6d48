//! Accounts, Regions and services of ARNs.

use policy_macros::policy;

policy! {
    pub const ACCOUNT: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["sqs:SendMessage", "sqs:ReceiveMessage"],
            "Resource": ["arn:aws:sqs:eu-west-1:11112222333:jobs", "arn:aws:sqs:eu-west-1:1111-2222-3333:jobs"]
        }
    };
}

policy! {
    pub const REGION: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:eu-west-1::staging/*" },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam:eu-west-1:111122223333:role/runner" },
            { "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "arn:aws:lambda::111122223333:function:load" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-wset-1:111122223333:jobs" },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:cn-north-1:111122223333:jobs" }
        ]
    };
}

policy! {
    pub const FORM: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["staging/*", "arn:aws:s3:staging/*"] },
            { "Effect": "Allow", "Action": "states:StartExecution",
              "Resource": "arn:aws:states:eu-west-1:111122223333:statemachine:load" }
        ]
    };
}

fn main() {}
