//! The resource type that a resource-based policy is attached to, where it restricts the policy.

use std::fmt;
use std::str::FromStr;

use crate::spelling::{self, UnknownNameError};

/// The type of resource that a resource-based policy is attached to, as `CloudFormation` names it.
///
/// These are the types that Access Analyzer distinguishes, and VPC endpoints, whose policies grant nothing. A role
/// trust policy, its `AWS::IAM::AssumeRolePolicyDocument`, is a separate [`Kind`](crate::policy::Kind) here. Pass it to
/// the checker with [`Options::attached_to`](crate::check::Options::attached_to). Parsing is case-sensitive.
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
/// assert!("AWS::SQS::Queue".parse::<AttachedTo>().is_err());
/// # Ok::<(), policy_core::spelling::UnknownNameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum AttachedTo {
    /// An S3 bucket.
    S3Bucket,
    /// An S3 access point.
    S3AccessPoint,
    /// An S3 Multi-Region Access Point.
    S3MultiRegionAccessPoint,
    /// An S3 Object Lambda Access Point.
    S3ObjectLambdaAccessPoint,
    /// A `DynamoDB` table.
    DynamoDbTable,
    /// A VPC endpoint. Its policy limits the requests through the endpoint, whatever its service; it grants nothing by
    /// itself, so `"Principal": "*"` is correct in it.
    VpcEndpoint,
}

impl AttachedTo {
    /// All types.
    pub const ALL: &'static [Self] = &[
        Self::S3Bucket,
        Self::S3AccessPoint,
        Self::S3MultiRegionAccessPoint,
        Self::S3ObjectLambdaAccessPoint,
        Self::DynamoDbTable,
        Self::VpcEndpoint,
    ];

    /// The name in `CloudFormation`: `AWS::S3::Bucket`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::S3Bucket => "AWS::S3::Bucket",
            Self::S3AccessPoint => "AWS::S3::AccessPoint",
            Self::S3MultiRegionAccessPoint => "AWS::S3::MultiRegionAccessPoint",
            Self::S3ObjectLambdaAccessPoint => "AWS::S3ObjectLambda::AccessPoint",
            Self::DynamoDbTable => "AWS::DynamoDB::Table",
            Self::VpcEndpoint => "AWS::EC2::VPCEndpoint",
        }
    }
}

impl fmt::Display for AttachedTo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AttachedTo {
    type Err = UnknownNameError;

    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a resource type that a rule depends on", name, Self::ALL, Self::name)
    }
}
