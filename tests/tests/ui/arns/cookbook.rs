//! The policies of the cookbook, each with one ARN of a type that does not fit.

use policy_core::names::*;
use policy_core::policy::NonEmpty;
use policy_macros::policy;

policy! {
    pub struct QueueToTable: IdentityPolicy { queue: TopicArn, table: TableArn, log_group: LogGroupArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow",
              "Action": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
              "Resource": "<queue>" },
            { "Effect": "Allow", "Action": ["dynamodb:PutItem", "dynamodb:UpdateItem"],
              "Resource": "<table>" },
            { "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
              "Resource": "<log-group>:*" }
        ]
    }
}

policy! {
    pub struct TaskExecution: IdentityPolicy {
        repository: RepositoryArn,
        log_group: LogGroupArn,
        secrets: NonEmpty<ParameterArn>,
        key: Option<KmsKeyArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*" },
            { "Effect": "Allow",
              "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
              "Resource": "<repository>" },
            { "Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
              "Resource": "<log-group>:*" },
            { "Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "<secrets>" },
            { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "<key>" }
        ]
    }
}

policy! {
    #[attached_to("AWS::S3::Bucket")]
    pub struct SharedBucket: ResourcePolicy { bucket: BucketArn, reader: GroupArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "AWS": "<reader>" }, "Action": "s3:ListBucket",
              "Resource": "<bucket>" },
            { "Effect": "Allow", "Principal": { "AWS": "<reader>" }, "Action": "s3:GetObject",
              "Resource": "<bucket>/*" }
        ]
    }
}

policy! {
    pub struct BucketReader: IdentityPolicy { bucket: ObjectArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "<bucket>" },
            { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "<bucket>/*" }
        ]
    }
}

policy! {
    pub struct GithubTrust: TrustPolicy { provider: RoleArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Federated": "<provider>" },
              "Action": "sts:AssumeRoleWithWebIdentity",
              "Condition": { "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com", "token.actions.githubusercontent.com:sub": "repo:acme/shop:ref:refs/heads/main" } } }
        ]
    }
}

policy! {
    pub struct Deploy: IdentityPolicy { site: BucketArn, distribution: DistributionArn, function: LayerArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "<site>" },
            { "Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "<site>/*" },
            { "Effect": "Allow", "Action": "cloudfront:CreateInvalidation", "Resource": "<distribution>" },
            { "Effect": "Allow", "Action": "lambda:UpdateFunctionCode", "Resource": "<function>" }
        ]
    }
}

policy! {
    pub struct StartMachine: IdentityPolicy { machine: ActivityArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "states:StartExecution", "Resource": "<machine>" }
        ]
    }
}

policy! {
    pub struct Machine: IdentityPolicy { functions: NonEmpty<FunctionArn>, queue: BucketArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "lambda:InvokeFunction",
              "Resource": ["<functions>", "<functions>:*"] },
            { "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "<queue>" }
        ]
    }
}

policy! {
    pub struct FirehoseToBucket: IdentityPolicy { bucket: BucketArn, key: KmsAliasArn, log_group: LogGroupArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow",
              "Action": ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
              "Resource": "<bucket>" },
            { "Effect": "Allow", "Action": ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
              "Resource": "<bucket>/*" },
            { "Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "<key>",
              "Condition": { "StringLike": { "kms:EncryptionContext:aws:s3:arn": "<bucket>/*" } } },
            { "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "<log-group>:log-stream:*" }
        ]
    }
}

policy! {
    #[attached_to("AWS::SQS::Queue")]
    pub struct TopicToQueue: ResourcePolicy { queue: TopicArn, topic: TopicArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "sns.amazonaws.com" },
              "Action": "sqs:SendMessage", "Resource": "<queue>",
              "Condition": { "ArnEquals": { "aws:SourceArn": "<topic>" } } }
        ]
    }
}

policy! {
    #[attached_to("AWS::SNS::Topic")]
    pub struct BucketToTopic: ResourcePolicy { topic: QueueArn, bucket: BucketArn, owner: AccountId }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "s3.amazonaws.com" }, "Action": "sns:Publish",
              "Resource": "<topic>",
              "Condition": { "ArnEquals": { "aws:SourceArn": "<bucket>" }, "StringEquals": { "aws:SourceAccount": "<owner>" } } }
        ]
    }
}

policy! {
    #[attached_to("AWS::S3::Bucket")]
    pub struct SiteBucket: ResourcePolicy { bucket: AccessPointArn, distribution: DistributionArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" },
              "Action": "s3:GetObject", "Resource": "<bucket>/*",
              "Condition": { "ArnEquals": { "aws:SourceArn": "<distribution>" } } }
        ]
    }
}

policy! {
    pub struct RunTask: IdentityPolicy {
        task: TaskDefinitionArn,
        cluster: EcsClusterArn,
        roles: NonEmpty<UserArn>,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "ecs:RunTask", "Resource": "<task>",
              "Condition": { "ArnEquals": { "ecs:cluster": "<cluster>" } } },
            { "Effect": "Allow", "Action": "iam:PassRole", "Resource": "<roles>",
              "Condition": { "StringEquals": { "iam:PassedToService": "ecs-tasks.amazonaws.com" } } }
        ]
    }
}

policy! {
    pub struct TableStreamReader: IdentityPolicy { stream: TableArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow",
              "Action": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
              "Resource": "<stream>" }
        ]
    }
}

policy! {
    pub struct StreamReader: IdentityPolicy { stream: DeliveryStreamArn, key: KmsKeyArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow",
              "Action": ["kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"],
              "Resource": "<stream>" },
            { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "<key>" }
        ]
    }
}

policy! {
    pub struct ParameterReader: IdentityPolicy { parameters: NonEmpty<SecretArn>, key: KmsKeyArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["ssm:GetParameter", "ssm:GetParameters"],
              "Resource": "<parameters>" },
            { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "<key>" }
        ]
    }
}

policy! {
    pub struct Queries: IdentityPolicy {
        workgroup: GlueDatabaseArn,
        catalog: GlueCatalogArn,
        database: GlueDatabaseArn,
        tables: NonEmpty<GlueTableArn>,
        results: BucketArn,
    }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow",
              "Action": ["athena:GetQueryExecution", "athena:GetQueryResults", "athena:StartQueryExecution"],
              "Resource": "<workgroup>" },
            { "Effect": "Allow", "Action": ["glue:GetDatabase", "glue:GetPartitions", "glue:GetTable"],
              "Resource": ["<catalog>", "<database>", "<tables>"] },
            { "Effect": "Allow", "Action": ["s3:GetBucketLocation", "s3:ListBucket"],
              "Resource": "<results>" },
            { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "<results>/*" }
        ]
    }
}

policy! {
    pub struct DatabaseUser: IdentityPolicy { user: DbInstanceArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "rds-db:connect", "Resource": "<user>" }
        ]
    }
}

policy! {
    pub struct Sessions: IdentityPolicy { instances: NonEmpty<ImageArn>, document: DocumentArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": ["ec2:StartInstances", "ec2:StopInstances"],
              "Resource": "<instances>" },
            { "Effect": "Allow", "Action": "ssm:StartSession", "Resource": ["<instances>", "<document>"] }
        ]
    }
}

policy! {
    pub struct AssumeRoles: IdentityPolicy { roles: NonEmpty<UserArn> }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "<roles>" }
        ]
    }
}

policy! {
    pub struct Mount: IdentityPolicy { files: VolumeArn, access_point: FileSystemAccessPointArn }
    {
        "Version": "2012-10-17",
        "Statement": [
            { "Effect": "Allow",
              "Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
              "Resource": "<files>",
              "Condition": { "ArnEquals": { "elasticfilesystem:AccessPointArn": "<access-point>" } } }
        ]
    }
}

fn main() {}
