//! All positions of holes.

/// Gives all rows to a macro, one for each position: the types that can fill it (the first is the one to suggest), or `arns` for the ARNs
/// of all resource types, and the messages for other types.
macro_rules! sites {
    ($macro:ident) => {
        $macro! {
            /// The second field of an ARN.
            ArnPartition: [Partition],
                label = "this hole must be filled with the partition of an ARN",
                note = "write `Partition`, or remove the field: `<partition>` is derived from a field of type `Region`";
            /// The fourth field of an ARN, or a Region in a condition or in a service principal.
            ArnRegion: [Region],
                label = "this hole must be filled with a Region, as in the fourth field of an ARN and in `logs.<region>.amazonaws.com`",
                note = "write `Region`";
            /// The fifth field of an ARN, or an account in a condition.
            ArnAccount: [AccountId],
                label = "this hole must be filled with an account ID, as in the fifth field of an ARN",
                note = "write `AccountId`: 12 digits, kept as text";
            /// Everything after `secret:` in the ARN of a secret.
            SecretInArn: [SecretId],
                label = "this hole must be filled with a secret's name, a hyphen and the six random characters at the end of its ARN",
                note = "write `SecretId`; if you know only the name, `SecretId::by_name` appends `-??????`";
            /// The bucket name in an S3 ARN.
            BucketInArn: [BucketName],
                label = "this hole must be filled with an S3 bucket name",
                note = "write `BucketName`";
            /// Everything after `key/` in the ARN of a KMS key.
            KeyInArn: [KmsKeyId],
                label = "this hole must be filled with a KMS key ID",
                note = "write `KmsKeyId`: only a key ID comes after `key/`, not an alias and not an ARN";
            /// The whole last field of the ARN of a KMS alias, including `alias/`.
            AliasInArn: [KmsAlias],
                label = "this hole must be filled with a KMS key alias",
                note = "write `KmsAlias`";
            /// The role name in an IAM ARN.
            RoleInArn: [RoleName],
                label = "this hole must be filled with a role name",
                note = "write `RoleName`; write the path of the role in the string before the hole";
            /// The log group name in a `CloudWatch` Logs ARN.
            LogGroupInArn: [LogGroupName],
                label = "this hole must be filled with a log group name",
                note = "write `LogGroupName`";
            /// The repository name in an ECR ARN.
            RepositoryInArn: [EcrRepositoryName],
                label = "this hole must be filled with an ECR repository name",
                note = "write `EcrRepositoryName`";
            /// The issuer in the ARN of an OIDC provider, and before the colon of its condition keys.
            Issuer: [OidcIssuer],
                label = "this hole must be filled with the issuer of an OIDC provider",
                note = "write `OidcIssuer`: host and path without `https://`";
            /// A string in `Resource`, or its beginning.
            WholeResource: arns,
                label = "this hole is a whole `Resource`, so it must be filled with an ARN",
                note = "write the type of the ARN, such as `QueueArn` or `BucketArn`, or write the ARN with a hole for each part: `arn:<partition>:s3:::<bucket>`";
            /// A whole string under `AWS` in `Principal`.
            WholePrincipal: [RoleArn, UserArn, AccountId, AccountRootArn, AssumedRoleArn, FederatedUserArn],
                label = "this hole is a whole `AWS` principal, so it must be filled with the ARN of a principal or an account ID",
                note = "write `RoleArn`, `UserArn`, `AccountId`, `AccountRootArn`, `AssumedRoleArn` or `FederatedUserArn`; the key of an identity provider is `Federated`, and that of a service `Service`";
            /// A whole string under `Federated` in `Principal`.
            WholeFederated: [OidcProviderArn, SamlProviderArn],
                label = "this hole is a whole `Federated` principal, so it must be filled with the ARN of an identity provider",
                note = "write `OidcProviderArn` or `SamlProviderArn`; the key of an account, role or user is `AWS`, and that of a service `Service`";
            /// A whole string under `Service` in `Principal`.
            WholeService: [ServicePrincipal],
                label = "this hole must be filled with a service principal",
                note = "write `ServicePrincipal`; the key of an account, role or user is `AWS`, and that of an identity provider `Federated`";
            /// The value of a condition key whose values are ARNs.
            ArnValue: arns,
                label = "the values of this condition key are ARNs",
                note = "write the type of the ARN, such as `BucketArn` or `RoleArn`";
            /// The value of `aws:PrincipalArn`.
            PrincipalArn: [RoleArn, UserArn, AccountRootArn, FederatedUserArn],
                label = "the values of this condition key are ARNs of principals",
                note = "write `RoleArn`, `UserArn`, `AccountRootArn` or `FederatedUserArn`; for a role session AWS fills in the ARN of the role";
            /// The value of a condition key whose values are numbers.
            NumberValue: [Number],
                label = "the values of this condition key are numbers",
                note = "write `Number`";
            /// The value of a condition key whose values are dates, such as `aws:CurrentTime`.
            DateValue: [Date],
                label = "the values of this condition key are dates",
                note = "write `Date`";
            /// The value of a condition key whose values are IP addresses, such as `aws:SourceIp`.
            IpValue: [IpRange],
                label = "the values of this condition key are IP addresses",
                note = "write `IpRange`";
            /// The value of a condition key whose values are service principals, such as `iam:PassedToService`.
            ServiceValue: [ServicePrincipal],
                label = "the values of this condition key are service principals",
                note = "write `ServicePrincipal`";
            /// The value of `aws:PrincipalOrgID` and similar keys.
            Organization: [OrganizationId],
                label = "this hole must be filled with an organization ID",
                note = "write `OrganizationId`";
            /// The value of `aws:SourceVpc`.
            Vpc: [VpcId],
                label = "this hole must be filled with a VPC ID",
                note = "write `VpcId`";
            /// The value of `aws:SourceVpce`.
            VpcEndpoint: [VpcEndpointId],
                label = "this hole must be filled with a VPC endpoint ID",
                note = "write `VpcEndpointId`";
            /// The value of `sts:ExternalId`.
            External: [ExternalId],
                label = "this hole must be filled with an external ID",
                note = "write `ExternalId`";
            /// The value of `sts:RoleSessionName`.
            Session: [SessionName],
                label = "this hole must be filled with a role session name",
                note = "write `SessionName`";
        }
    };
}
pub(super) use sites;

/// Gives the positions that are not of certain types to a macro, with the messages for what cannot fill them.
macro_rules! open_sites {
    ($macro:ident) => {
        $macro! {
            /// A part of an ARN that is a name of the type `Wanted`.
            ///
            /// Implemented by that type, and by the types for any name. See [`Site::Part`](super::Site::Part).
            Part<Wanted>:
                message = "a field of type `{Self}` cannot fill this hole",
                label = "this part of the ARN is a name of another type",
                note = "write `{Wanted}`";
            /// A part of an ARN, of no type of its own.
            ///
            /// Implemented by every type of names but those of ARNs. See [`Site::InArn`](super::Site::InArn).
            InArn:
                message = "a field of type `{Self}` cannot fill this hole",
                label = "not a type that can fill a part of an ARN",
                note = "write the whole ARN as one hole, or a type of `policy_core::names` that is not an ARN's";
            /// Part of a name, or the name of a resource without a type of its own.
            ///
            /// Implemented by every type of names. See [`Site::Text`](super::Site::Text).
            Text:
                message = "a field of type `{Self}` cannot fill a hole",
                label = "not a type that can fill a hole",
                note = "write one of the types of `policy_core::names`; `ResourceName` if no other fits";
        }
    };
}
pub(super) use open_sites;
