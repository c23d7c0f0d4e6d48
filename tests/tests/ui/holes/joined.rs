//! Text before or after holes whose values are complete by themselves.

use policy_core::names::{
    AccountId, BucketArn, CertificateArn, DistributionArn, InstanceArn, InstanceId, KmsKeyArn, LogGroupArn, Number, QueueArn, Region,
    RoleArn, SecretArn, SecretId, SecurityGroupArn, ServicePrincipal,
};
use policy_macros::policy;

type OtherQueue = QueueArn;
type OtherBucket = BucketArn;

policy! {
    pub struct Arns: IdentityPolicy {
        secret: SecretArn, key: KmsKeyArn, instance: InstanceArn, group: SecurityGroupArn, distribution: DistributionArn,
        certificate: CertificateArn, log_group: LogGroupArn, bucket: BucketArn, queue: OtherQueue, other_bucket: OtherBucket
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": ["<secret>-??????", "<secret>x"] },
            { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "<key>x" },
            { "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "<instance>x" },
            { "Effect": "Allow", "Action": "ec2:DeleteSecurityGroup", "Resource": "<group>x" },
            { "Effect": "Allow", "Action": "cloudfront:GetDistribution", "Resource": "<distribution>x" },
            { "Effect": "Allow", "Action": "acm:GetCertificate", "Resource": "<certificate>x" },
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "<log-group>/*" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": ["x<bucket>/*", "x<other-bucket>/*"] },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>*" }
        ]
    }
}

policy! {
    pub struct Values: IdentityPolicy {
        region: Region, account: AccountId, secret: SecretId, instance: InstanceId, most: Number, more: Number, service: ServicePrincipal
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": "arn:<partition>:secretsmanager:<region>:<account>:secret:<secret>-??????" },
            { "Effect": "Allow", "Action": "ec2:StartInstances",
              "Resource": "arn:<partition>:ec2:<region>:<account>:instance/<instance>x" },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:<partition>:s3:::maia-staging",
              "Condition": { "NumericLessThan": { "s3:max-keys": ["1<most>", "<most><more>"] } } },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "arn:<partition>:iam::<account>:role/maia",
              "Condition": { "StringEquals": { "iam:PassedToService": "<service>.amazonaws.com" } } }
        ]
    }
}

policy! {
    pub struct Principals: TrustPolicy { service: ServicePrincipal, role: RoleArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "<service>.amazonaws.com" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "x<role>" }, "Action": "sts:AssumeRole" }
        ]
    }
}

fn main() {}
