//! Names in any case, patterns of names, and the tables of what an action takes.

use policy_macros::policy;

policy! {
    /// Actions and condition keys are compared without regard to case; patterns stand anywhere in an action's name.
    pub const CASE_AND_PATTERNS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["S3:getobject", "s3:PUTOBJECT"],
                "Resource": "arn:aws:s3:::staging/*",
                "Condition": { "StringEquals": { "AWS:principalorgid": "o-a1b2c3d4e5", "aws:resourceTAG/Team": "data" } }
            },
            { "Effect": "Allow", "Action": ["s3:Get*", "s3:Li?tBucket", "s3:*Object", "s3:G*Obj*Tagging"], "Resource": "*" },
            { "Effect": "Allow", "Action": "s3:Get*", "Resource": ["arn:aws:s3:::staging", "arn:aws:s3:::staging/*"] }
        ]
    };
}

policy! {
    /// `*` goes past `/` and `:`, so this is each log stream of each of these log groups.
    pub const LOGS: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/*"
            },
            {
                "Effect": "Allow",
                "Action": "iam:PassRole",
                "Resource": "arn:aws:iam::111122223333:role/service-role/runners/*",
                "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } }
            },
            {
                "Effect": "Allow",
                "Action": ["sagemaker:DescribeHub", "sagemaker:DescribeHubContent"],
                "Resource": [
                    "arn:aws:sagemaker:eu-west-1:aws:hub/SageMakerPublicHub",
                    "arn:aws:sagemaker:*:aws:hub-content/SageMakerPublicHub/*"
                ]
            }
        ]
    };
}

policy! {
    /// A mixture: one fitting resource is enough for an action, and one fitting action for a resource.
    pub const PRODUCT: IdentityPolicy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:ListBucket", "s3:GetObject", "s3:PutObject"],
                "Resource": ["arn:aws:s3:::staging", "arn:aws:s3:::staging/*"]
            },
            {
                "Effect": "Deny",
                "NotAction": ["iam:*", "sts:*"],
                "Resource": "*",
                "Condition": {
                    "BoolIfExists": { "aws:MultiFactorAuthPresent": false },
                    "NumericGreaterThanIfExists": { "aws:MultiFactorAuthAge": 3600 }
                }
            },
            {
                "Effect": "Allow",
                "Action": "dynamodb:Query",
                "Resource": ["arn:aws:dynamodb:*:111122223333:table/runs", "arn:aws:dynamodb:*:111122223333:table/runs/index/*"],
                "Condition": { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": ["${aws:PrincipalTag/team}"] } }
            },
            {
                "Effect": "Allow",
                "Action": ["kms:Decrypt", "kms:GenerateDataKey"],
                "Resource": "arn:aws:kms:eu-west-1:111122223333:key/*",
                "Condition": { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/matillion" } }
            },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::home/${aws:username}/*" }
        ]
    };
}

fn main() {
    assert!(CASE_AND_PATTERNS.json().contains(r#""S3:getobject""#));
    assert!(LOGS.json().contains("log-group:/ecs/*"));
    assert!(PRODUCT.json().contains("${aws:username}"));
}
