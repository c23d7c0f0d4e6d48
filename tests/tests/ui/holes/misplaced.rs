use policy_core::names::{Region, ResourceName};
use policy_macros::policy;

policy! {
    pub struct Misplaced: IdentityPolicy {
        name: ResourceName,
        region: Region,
    }
    {
        "Version": "<name>",
        "Statement": [
            { "Sid": "<name>", "Effect": "<name>", "Action": "s3:<name>", "Resource": "*" },
            { "Effect": "Allow", "Action": "sqs:SendMessage",
              "Resource": "arn:<partition>:<name>:<region>-1:111122223333:queue",
              "Condition": { "<name>": { "aws:SourceAccount": "111122223333" } } }
        ]
    }
}

fn main() {}
