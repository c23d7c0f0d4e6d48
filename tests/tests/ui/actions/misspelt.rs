//! Names of actions and services that are nearly right, or those of the API's operations.

use policy_macros::policy;

policy! {
    pub const MISSPELT: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["s3:GetObjct", "s3:PutObject"], "Resource": "arn:aws:s3:::staging/*" },
            { "Effect": "Allow", "Action": "dynamo:GetItem", "Resource": "*" },
            { "Effect": "Deny", "Action": [ec2:TerminateInstance, "ec2:StopInstances"], "Resource": "*" }
        ]
    };
}

policy! {
    pub const OPERATIONS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["s3:ListBuckets", "s3:HeadObject", "lambda:Invoke", "dynamodb:TransactWriteItems"],
            "Resource": "*"
        }
    };
}

policy! {
    pub const ONCE_AN_ACTION: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": ["sqs:SendMessageBatch", "apigateway:GetStages", "opensearch:DescribeDomain"],
            "Resource": "*"
        }
    };
}

fn main() {}
