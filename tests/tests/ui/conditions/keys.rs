//! Condition keys that AWS does not have, and keys that the action never carries.

use policy_macros::policy;

policy! {
    pub const UNKNOWN: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::staging",
            "Condition": {
                "StringLike": { "s3:prefx": "runs/*" },
                "StringEquals": { "aws:PrincipleOrgID": "o-a1b2c3d4e5", "aws:Region": "eu-west-1" },
                "StringNotEquals": { "aws:ResourceTag": "team" }
            }
        }
    };
}

policy! {
    pub const NEVER_CARRIED: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::staging/*",
                "Condition": { "StringLike": { "s3:prefix": "runs/*" } }
            },
            {
                "Effect": "Deny", "Action": ["sqs:SendMessage", "sqs:DeleteQueue"], "Resource": "*",
                "Condition": { "StringEquals": { "ec2:InstanceType": "t3.micro" } }
            },
            {
                "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetObject"], "Resource": "*",
                "Condition": { "StringLike": { "s3:prefix": "runs/*" } }
            }
        ]
    };
}

fn main() {}
