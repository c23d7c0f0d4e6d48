use policy_core::names::{BucketArn, FunctionArn, KmsKeyArn, LogGroupArn, QueueArn, SecretArn, TableArn};
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct OtherService: IdentityPolicy { queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sns:Publish", "Resource": "<queue>" }
    }
}

policy! {
    pub struct Objects: IdentityPolicy { bucket: BucketArn, buckets: NonEmpty<BucketArn> }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<bucket>" },
            { "Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": ["<buckets>"] },
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "<bucket>/*" }
        ]
    }
}

policy! {
    pub struct Streams: IdentityPolicy { log_group: Option<LogGroupArn>, function: FunctionArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "<function>" },
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "<log-group>" }
        ]
    }
}

policy! {
    pub struct OneOfTwo: IdentityPolicy { table: TableArn, key: KmsKeyArn, secret: SecretArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": ["<table>", "<key>"] },
            { "Effect": "Allow", "Action": ["kms:Decrypt", "secretsmanager:GetSecretValue"], "Resource": "<secret>" }
        ]
    }
}

policy! {
    pub struct NoResources: IdentityPolicy { queue: QueueArn }
    {
        "Version": "2012-10-17",
        "Statement": { "Effect": "Allow", "Action": "sqs:ListQueues", "Resource": "<queue>" }
    }
}

fn main() {}
