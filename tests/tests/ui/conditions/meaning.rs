//! Conditions that are met by more, or by less, than was meant.

use policy_core::names::{AccountId, BucketName, Region};
use policy_macros::policy;

policy! {
    pub struct Reader: IdentityPolicy {
        region: Region,
        account_id: AccountId,
        bucket: BucketName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:<partition>:s3:::<bucket>/*",
                "Condition": {
                    "StringLike": { "aws:Referer": "https://www.example.com/<bucket>/*", "aws:PrincipalOrgID": "o-a1b2*" }
                }
            },
            {
                "Effect": "Allow", "Action": "dynamodb:Query",
                "Resource": "arn:<partition>:dynamodb:<region>:<account-id>:table/Orders",
                "Condition": { "StringEquals": { "dynamodb:Select": "specific_attributes" } }
            }
        ]
    }
}

policy! {
    pub const KEYS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*",
            "Condition": { "StringEquals": { "aws:Region": "eu-west-1", "aws:SourceVpc": "vpc-production", "aws:ARN": "x" } }
        }
    };
}

fn main() {}
