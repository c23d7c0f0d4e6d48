//! What messages propose compiles, and text beside holes that other values can have.

use policy_core::names::{
    AccountId, BucketArn, BucketName, ExternalId, LogGroupArn, Number, OrganizationId, ParameterArn, Partition, QueueArn, QueueName, Region,
    RoleArn, RoleName, SecretArn, SecretId, TopicName,
};
use policy_macros::policy;

policy! {
    pub struct Role: TrustPolicy { role: RoleArn, partition: Partition, account_id: AccountId, role_name_with_path: RoleName }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": "<role>" }, "Action": "sts:AssumeRole" },
            { "Effect": "Allow", "Principal": { "AWS": "<account-id>" }, "Action": "sts:AssumeRole",
              "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:<partition>:iam::<account-id>:role/<role-name-with-path>*" } } },
            { "Effect": "Allow", "Principal": { "AWS": "arn:<partition>:iam::<account-id>:role/<role-name-with-path>" },
              "Action": "sts:AssumeRole" }
        ]
    }
}

policy! {
    pub struct Reference: IdentityPolicy {
        region: Region, account_id: AccountId, queue_name: QueueName, topic_name: TopicName, bucket_name: BucketName
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "arn:<partition>:sqs:<region>:<account-id>:<queue-name>" },
            { "Effect": "Allow", "Action": "sns:Publish", "Resource": "arn:<partition>:sns:<region>:<account-id>:<topic-name>" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:<partition>:s3:::<bucket-name>/*" }
        ]
    }
}

policy! {
    pub struct Joined: IdentityPolicy {
        region: Region, account: AccountId, queue: QueueArn, bucket: BucketArn, group: LogGroupArn, parameter: ParameterArn,
        secret_arn: SecretArn, secret: SecretId, name: QueueName, number: Number, organization: OrganizationId, id: ExternalId
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sqs:SendMessage",
              "Resource": ["<queue>", "<queue>-dlq", "arn:<partition>:sqs:<region>:<account>:<name>-<number>"] },
            { "Effect": "Allow", "Action": "s3:GetObject",
              "Resource": ["<bucket>/*", "<bucket>-logs/*", "arn:<partition>:s3:::logs-<account>-<region>/*"] },
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": ["<group>:*", "<group>/child:*"] },
            { "Effect": "Allow", "Action": "ssm:GetParameter", "Resource": "<parameter>/*" },
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue",
              "Resource": ["<secret-arn>", "arn:<partition>:secretsmanager:<region>:<account>:secret:prod/<secret>"] },
            { "Effect": "Deny", "Action": "s3:ListBucket", "Resource": "<bucket>",
              "Condition": {
                  "ForAllValues:StringNotLike": { "aws:PrincipalOrgPaths": "<organization>/r-ab12/*" },
                  "StringNotLike": { "aws:PrincipalTag/team": "<id>-1" }
              } }
        ]
    }
}

fn main() {}
