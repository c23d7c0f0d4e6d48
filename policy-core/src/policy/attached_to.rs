//! The resource type that a resource-based policy is attached to, where it restricts the policy.

use std::fmt;
use std::str::FromStr;

use crate::spelling::{self, UnknownNameError};

macro_rules! types {
    ($($(#[$doc:meta])* $variant:ident = $name:literal of $service:literal,)+) => {
        /// The type of resource that a resource-based policy is attached to, as `CloudFormation` names it.
        ///
        /// These are the types that have a policy and are resources of `CloudFormation`. A role trust policy, its
        /// `AWS::IAM::AssumeRolePolicyDocument`, is a separate [`Kind`](crate::policy::Kind) here. Pass it to the checker with
        /// [`Options::attached_to`](crate::check::Options::attached_to). Parsing is case-sensitive.
        ///
        /// Sources: <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>,
        /// <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
        ///
        /// ```
        /// use policy_core::policy::AttachedTo;
        ///
        /// let bucket: AttachedTo = "AWS::S3::Bucket".parse()?;
        /// assert_eq!(bucket, AttachedTo::S3Bucket);
        /// assert_eq!(bucket.to_string(), "AWS::S3::Bucket");
        /// assert!("AWS::SQS::Topic".parse::<AttachedTo>().is_err());
        /// # Ok::<(), policy_core::spelling::UnknownNameError>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum AttachedTo {
            $($(#[$doc])* $variant,)+
        }

        impl AttachedTo {
            /// All types.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name in `CloudFormation`: `AWS::S3::Bucket`.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The prefix of the service whose resource it is; `None` for a VPC endpoint, whose policy is about the resources of
            /// another.
            pub(crate) fn service(self) -> Option<&'static str> {
                let service = match self {
                    $(Self::$variant => $service,)+
                };
                Some(service).filter(|service| !service.is_empty())
            }
        }
    };
}

types! {
    /// An S3 bucket.
    S3Bucket = "AWS::S3::Bucket" of "s3",
    /// An S3 access point.
    S3AccessPoint = "AWS::S3::AccessPoint" of "s3",
    /// An S3 Multi-Region Access Point.
    S3MultiRegionAccessPoint = "AWS::S3::MultiRegionAccessPoint" of "s3",
    /// An S3 Object Lambda Access Point.
    S3ObjectLambdaAccessPoint = "AWS::S3ObjectLambda::AccessPoint" of "s3-object-lambda",
    /// An S3 directory bucket.
    S3DirectoryBucket = "AWS::S3Express::DirectoryBucket" of "s3express",
    /// An S3 table bucket.
    S3TableBucket = "AWS::S3Tables::TableBucket" of "s3tables",
    /// A bucket of S3 on Outposts.
    S3OutpostsBucket = "AWS::S3Outposts::Bucket" of "s3-outposts",
    /// A `DynamoDB` table.
    DynamoDbTable = "AWS::DynamoDB::Table" of "dynamodb",
    /// A VPC endpoint. Its policy limits the requests through the endpoint, whatever its service; it grants nothing by
    /// itself, so `"Principal": "*"` is correct in it.
    VpcEndpoint = "AWS::EC2::VPCEndpoint" of "",
    /// A REST API of API Gateway.
    ApiGatewayRestApi = "AWS::ApiGateway::RestApi" of "execute-api",
    /// A backup vault.
    BackupVault = "AWS::Backup::BackupVault" of "backup",
    /// A `CodeArtifact` domain.
    CodeArtifactDomain = "AWS::CodeArtifact::Domain" of "codeartifact",
    /// A `CodeArtifact` repository.
    CodeArtifactRepository = "AWS::CodeArtifact::Repository" of "codeartifact",
    /// A repository of the Elastic Container Registry.
    EcrRepository = "AWS::ECR::Repository" of "ecr",
    /// A file system of the Elastic File System.
    EfsFileSystem = "AWS::EFS::FileSystem" of "elasticfilesystem",
    /// An event bus of `EventBridge`.
    EventBus = "AWS::Events::EventBus" of "events",
    /// A Kinesis data stream.
    KinesisStream = "AWS::Kinesis::Stream" of "kinesis",
    /// A KMS key.
    KmsKey = "AWS::KMS::Key" of "kms",
    /// A Lambda function.
    LambdaFunction = "AWS::Lambda::Function" of "lambda",
    /// The log groups of an account and Region, which have their policies together.
    LogsResourcePolicy = "AWS::Logs::ResourcePolicy" of "logs",
    /// An `OpenSearch` Service domain.
    OpenSearchDomain = "AWS::OpenSearchService::Domain" of "es",
    /// An organization: its delegation policy.
    OrganizationsDelegation = "AWS::Organizations::ResourcePolicy" of "organizations",
    /// A secret.
    SecretsManagerSecret = "AWS::SecretsManager::Secret" of "secretsmanager",
    /// An SNS topic.
    SnsTopic = "AWS::SNS::Topic" of "sns",
    /// An SQS queue.
    SqsQueue = "AWS::SQS::Queue" of "sqs",
}

impl fmt::Display for AttachedTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AttachedTo {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a resource type with a policy", name, Self::ALL, Self::name)
    }
}
