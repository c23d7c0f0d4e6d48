//! Operators that AWS does not have, and operators that do not suit their keys.

use policy_macros::policy;

policy! {
    pub const UNKNOWN: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
            "Condition": {
                "StringEqual": { "kms:ViaService": "s3.eu-west-1.amazonaws.com" },
                "stringLike": { "aws:userid": "AROA*" },
                "Contains": { "aws:userid": "runner" },
                "ForAnyValues:StringEquals": { "kms:ResourceAliases": "alias/matillion" },
                "NullIfExists": { "kms:EncryptionContext:team": "false" }
            }
        }
    };
}

policy! {
    pub const SEVERAL_VALUES: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow", "Action": "ec2:CreateTags", "Resource": "*",
                "Condition": { "StringEquals": { "aws:TagKeys": ["team", "stage"] } }
            },
            {
                "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                "Condition": { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }
            }
        ]
    };
}

fn main() {}
