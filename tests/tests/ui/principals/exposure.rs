//! Principals that get access by a resource-based policy or a trust policy by mistake.

use policy_core::names::{AccountId, BucketName, Partition};
use policy_macros::policy;

policy! {
    pub const PUBLIC: ResourcePolicy = {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*" },
            { "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*" }
        ]
    };
}

policy! {
    pub struct TrailBucket: ResourcePolicy {
        partition: Partition,
        bucket: BucketName,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": { "Service": "cloudtrail.amazonaws.com" },
                "Action": "s3:PutObject",
                "Resource": "arn:<partition>:s3:::<bucket>/AWSLogs/<account-id>/*"
            },
            {
                "Effect": "Allow",
                "Principal": { "Service": "cloudfront.amazonaws.com" },
                "Action": "s3:GetObject",
                "Resource": "arn:<partition>:s3:::<bucket>/*",
                "Condition": { "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }
            }
        ]
    }
}

policy! {
    pub struct Workflow: TrustPolicy {
        partition: Partition,
        account_id: AccountId,
    }
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {
                "Federated": "arn:<partition>:iam::<account-id>:oidc-provider/token.actions.githubusercontent.com"
            },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": { "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }
        }
    }
}

fn main() {}
