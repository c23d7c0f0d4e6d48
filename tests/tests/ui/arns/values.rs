use policy_core::names::{AccountId, BucketArn, BucketName, QueueArn, Region, ResourceName, RoleArn};
use policy_macros::policy;

policy! {
    pub struct Values: IdentityPolicy {
        principal: QueueArn,
        source: AccountId,
        service: RoleArn,
        max: ResourceName,
        secure: ResourceName,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*",
              "Condition": { "ArnLike": { "aws:PrincipalArn": "<principal>", "aws:SourceArn": "<source>" },
                             "NumericLessThanEquals": { "s3:max-keys": "<max>" },
                             "Bool": { "aws:SecureTransport": "<secure>" } } },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/maia",
              "Condition": { "StringEquals": { "iam:PassedToService": "<service>" } } }
        ]
    }
}

policy! {
    pub struct Principals: TrustPolicy { bucket: BucketArn, provider: RoleArn, region: Region, service: BucketName }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "AWS": ["<bucket>", "<region>"] } },
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Principal": { "Service": "<service>" } },
            { "Effect": "Allow", "Action": "sts:AssumeRoleWithSAML", "Principal": { "Federated": "<provider>" },
              "Condition": { "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } } }
        ]
    }
}

fn main() {}
