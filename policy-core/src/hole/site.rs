//! The positions of holes, and the types that can fill each.

#[allow(clippy::wildcard_imports, reason = "the rows name most types")]
use crate::names::*;
use crate::policy::NonEmpty;
use crate::template::Fill;

/// The methods that `policy!` calls on the trait of a position, so that a type that cannot fill it is rejected there
/// and nowhere else.
macro_rules! fills {
    () => {
        /// Asks the compiler whether the type fits, without a value of it.
        #[doc(hidden)]
        const FITS: () = ();

        /// The format of the ARNs, where the type has to be one of them.
        #[doc(hidden)]
        const FORMAT: &'static str = "";

        /// A single value for the hole.
        #[doc(hidden)]
        fn one(value: &Self) -> &dyn Fill {
            value
        }

        /// A list for the hole.
        #[doc(hidden)]
        fn list(values: &NonEmpty<Self>) -> &dyn Fill {
            values
        }

        /// An optional value for the hole.
        #[doc(hidden)]
        fn option(value: &Option<Self>) -> &dyn Fill {
            value
        }

        /// An optional list for the hole.
        #[doc(hidden)]
        fn option_list(values: &Option<NonEmpty<Self>>) -> &dyn Fill {
            values
        }
    };
}

/// One row for each position: the trait of the types that can fill it, these types (the first is the one to suggest), or
/// `arns` for the ARNs of all resource types, and the messages for other types.
macro_rules! sites {
    ($($(#[doc = $doc:literal])+
        $site:ident: $types:tt,
        label = $label:literal, note = $note:literal;
    )+) => {
        /// A position of a hole.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Site {
            $($(#[doc = $doc])+ $site,)+
            /// A part of an ARN that is a name of this type.
            Part(NameKind),
            /// A part of an ARN, of no type of its own: every type fits but that of an ARN.
            InArn,
            /// Part of a name, or the name of a resource without a type of its own: every type can fill it.
            Text,
        }

        impl Site {
            /// The type to suggest; `None` where every name or every ARN fits.
            pub fn proposed(self) -> Option<NameKind> {
                match self {
                    $(Self::$site => types!(first $types),)+
                    Self::Part(kind) => Some(kind),
                    Self::InArn | Self::Text => None,
                }
            }

            /// The trait of the types that can fill it.
            pub const fn trait_name(self) -> &'static str {
                match self {
                    $(Self::$site => stringify!($site),)+
                    Self::Part(_) => "Part",
                    Self::InArn => "InArn",
                    Self::Text => "Text",
                }
            }

            /// The label and the note for a type that cannot fill it.
            pub fn words(self) -> (&'static str, String) {
                let (label, note) = match self {
                    $(Self::$site => ($label, $note),)+
                    Self::Part(wanted) => return (PART.0, PART.1.replace("{Wanted}", wanted.type_name())),
                    Self::InArn => IN_ARN,
                    Self::Text => TEXT,
                };
                (label, note.to_owned())
            }

            /// Whether it is a name in an ARN.
            pub const fn is_name_in_arn(self) -> bool {
                matches!(
                    self,
                    Self::Part(_)
                        | Self::SecretInArn
                        | Self::BucketInArn
                        | Self::KeyInArn
                        | Self::RoleInArn
                        | Self::LogGroupInArn
                        | Self::RepositoryInArn
                )
            }

            /// Whether its values are of a partition: whole ARNs, Regions, and partitions.
            pub const fn has_partition(self) -> bool {
                matches!(
                    self,
                    Self::ArnPartition
                        | Self::ArnRegion
                        | Self::WholeResource
                        | Self::WholePrincipal
                        | Self::WholeFederated
                        | Self::ArnValue
                        | Self::PrincipalArn
                )
            }

            /// Whether values of this type can fill it.
            pub fn fits(self, kind: NameKind) -> bool {
                match self {
                    $(Self::$site => types!(fits kind $types),)+
                    Self::Part(wanted) => kind == wanted || kind.is_of_any_resource(),
                    Self::InArn => !matches!(kind, NameKind::Arn(_)),
                    Self::Text => true,
                }
            }
        }

        $(
            $(#[doc = $doc])+
            #[doc = ""]
            #[doc = concat!("Had by the types that fit it. See [`Site::", stringify!($site), "`].")]
            #[diagnostic::on_unimplemented(message = "a field of type `{Self}` cannot fill this hole", label = $label, note = $note)]
            pub trait $site: Name {
                fills!();
            }

            types!(implement $site $types);
        )+
    };
}

/// The types of a row.
macro_rules! types {
    (first arns) => { None };
    (first [$first:ident $($rest:tt)*]) => { Some(<$first as Name>::KIND) };
    (fits $kind:ident arns) => { matches!($kind, NameKind::Arn(_)) };
    (fits $kind:ident [$($name:ident),+]) => { $($kind == <$name as Name>::KIND)||+ };
    (implement $site:ident arns) => {
        #[diagnostic::do_not_recommend]
        impl<A: ResourceArn> $site for A {
            const FORMAT: &'static str = <A as ResourceArn>::FORMAT;
        }
    };
    (implement $site:ident [$($name:ident),+]) => {
        $(
            #[diagnostic::do_not_recommend]
            impl $site for $name {}
        )+
    };
}

/// The trait of a position that is not a row of the table, and what it says of a type that does not fit.
macro_rules! other {
    (
        $(#[doc = $doc:literal])+
        $site:ident $(<$wanted:ident>)?, $words:ident: message = $message:literal, label = $label:literal, note = $note:literal
    ) => {
        $(#[doc = $doc])+
        #[diagnostic::on_unimplemented(message = $message, label = $label, note = $note)]
        pub trait $site $(<$wanted: Name>)?: Name {
            fills!();
        }

        const $words: (&str, &str) = ($label, $note);
    };
}

other! {
    /// Part of a name, or the name of a resource without a type of its own.
    ///
    /// Implemented by every type of names. See [`Site::Text`].
    Text, TEXT:
    message = "a field of type `{Self}` cannot fill a hole",
    label = "not a type that can fill a hole",
    note = "write one of the types of `policy_core::names`; `ResourceName` if no other fits"
}

impl<N: Name> Text for N {}

other! {
    /// A part of an ARN, of no type of its own.
    ///
    /// Implemented by every type of names but those of ARNs. See [`Site::InArn`].
    InArn, IN_ARN:
    message = "a field of type `{Self}` cannot fill this hole",
    label = "not a type that can fill a part of an ARN",
    note = "write the whole ARN as one hole, or a type of `policy_core::names` that is not an ARN's"
}

#[diagnostic::do_not_recommend]
impl<N: PlainName> InArn for N {}

other! {
    /// A part of an ARN that is a name of the type `Wanted`.
    ///
    /// Implemented by that type, and by the types for any name. See [`Site::Part`].
    Part<Wanted>, PART:
    message = "a field of type `{Self}` cannot fill this hole",
    label = "this part of the ARN is a name of another type",
    note = "write `{Wanted}`"
}

#[diagnostic::do_not_recommend]
impl<N: Name> Part<N> for N {}

/// The types of parts that a name of no known type can be, too.
macro_rules! parts {
    ($($name:ident)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl Part<$name> for ResourceName {}
            #[diagnostic::do_not_recommend]
            impl Part<$name> for ResourceId {}
            #[diagnostic::do_not_recommend]
            impl Part<$name> for ResourcePart {}
        )+
    };
}

parts! {
    BucketName DeliveryStreamName EcrRepositoryName EcsName EksClusterName EventBusName FunctionName GroupName ImageId InstanceId
    InstanceProfileName KmsKeyId LayerName LogGroupName OidcIssuer ParameterName PolicyName QueueName RoleName RuleName SecretId
    SecurityGroupId SessionName SnapshotId StackName StateMachineName StreamName SubnetId TableName TopicName UserName VolumeId
    VpcEndpointId VpcId
}

sites! {
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
        note = "write `RoleArn`, `UserArn`, `AccountId`, `AccountRootArn`, `AssumedRoleArn` or `FederatedUserArn`";
    /// A whole string under `Federated` in `Principal`.
    WholeFederated: [OidcProviderArn, SamlProviderArn],
        label = "this hole is a whole `Federated` principal, so it must be filled with the ARN of an identity provider",
        note = "write `OidcProviderArn` or `SamlProviderArn`";
    /// A whole string under `Service` in `Principal`.
    WholeService: [ServicePrincipal],
        label = "this hole must be filled with a service principal",
        note = "write `ServicePrincipal`";
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
