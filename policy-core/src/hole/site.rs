//! The places that a hole can stand in, and the types that fit each.

use crate::names::{
    AccountId, BucketName, EcrRepositoryName, ExternalId, KmsAlias, KmsKeyArn, KmsKeyId, LogGroupName, Name, NameKind,
    NonEmpty, OidcIssuer, OrganizationId, Partition, Region, RoleName, SecretArn, SecretId, ServicePrincipal,
    SessionName, VpcEndpointId, VpcId,
};
use crate::template::Fill;

/// What `policy!` asks of a type by the trait of a place, so that a type that does not fit is refused there and nowhere else.
macro_rules! fills {
    () => {
        /// Asks the compiler whether the type fits, without a value of it.
        #[doc(hidden)]
        const FITS: () = ();

        /// One, to fill the hole.
        #[doc(hidden)]
        fn one(value: &Self) -> &dyn Fill {
            value
        }

        /// A list, to fill the hole.
        #[doc(hidden)]
        fn list(values: &NonEmpty<Self>) -> &dyn Fill {
            values
        }

        /// One or none, to fill the hole.
        #[doc(hidden)]
        fn option(value: &Option<Self>) -> &dyn Fill {
            value
        }

        /// A list or none, to fill the hole.
        #[doc(hidden)]
        fn option_list(values: &Option<NonEmpty<Self>>) -> &dyn Fill {
            values
        }
    };
}

/// One row a place: the trait that types have which fit it, these types (the first is the one to propose), and the words for
/// the others.
macro_rules! sites {
    ($($(#[doc = $doc:literal])+
        $site:ident: [$first:ident $(, $other:ident)*],
        label = $label:literal, note = $note:literal;
    )+) => {
        /// A place that a hole can stand in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Site {
            $($(#[doc = $doc])+ $site,)+
            /// A part of a name, or the name of something that has no type of its own: every type fits.
            Text,
        }

        impl Site {
            /// Every place.
            pub const ALL: &'static [Self] = &[$(Self::$site,)+ Self::Text];

            /// The type to propose.
            pub const fn proposed(self) -> NameKind {
                match self {
                    $(Self::$site => NameKind::$first,)+
                    Self::Text => NameKind::ResourceName,
                }
            }

            /// The trait of [`hole`](super) that types have which fit.
            pub const fn trait_name(self) -> &'static str {
                match self {
                    $(Self::$site => stringify!($site),)+
                    Self::Text => "Text",
                }
            }

            /// Whether values of this type fit.
            pub fn fits(self, kind: NameKind) -> bool {
                match self {
                    $(Self::$site => matches!(kind, NameKind::$first $(| NameKind::$other)*),)+
                    Self::Text => true,
                }
            }
        }

        $(
            $(#[doc = $doc])+
            #[doc = ""]
            #[doc = concat!("Had by the types that fit it. See [`Site::", stringify!($site), "`].")]
            #[diagnostic::on_unimplemented(message = "`{Self}` does not fit where the hole of this field stands", label = $label, note = $note)]
            pub trait $site: Name {
                fills!();
            }

            #[diagnostic::do_not_recommend]
            impl $site for $first {}
            $(
                #[diagnostic::do_not_recommend]
                impl $site for $other {}
            )*
        )+
    };
}

/// A part of a name, or the name of something that has no type of its own.
///
/// Had by every type of names. See [`Site::Text`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot fill a hole of a policy",
    label = "not a name that may stand in a policy",
    note = "write one of the types of `policy_core::names`; `ResourceName` where there is none for what it names"
)]
pub trait Text: Name {
    fills!();
}

impl<N: Name> Text for N {}

sites! {
    /// The second field of an ARN.
    ArnPartition: [Partition],
        label = "this hole is the partition of an ARN",
        note = "write `Partition`, or drop the field: where a field is a `Region`, `<partition>` comes from it";
    /// The fourth field of an ARN, or a Region in a condition.
    ArnRegion: [Region],
        label = "this hole is a Region, as in the fourth field of an ARN",
        note = "write `Region`";
    /// The fifth field of an ARN, or an account in a condition.
    ArnAccount: [AccountId],
        label = "this hole is an account id, as in the fifth field of an ARN",
        note = "write `AccountId`: 12 digits, kept as text";
    /// All that follows `secret:` in the ARN of a secret.
    SecretInArn: [SecretId],
        label = "this hole is the whole id of a secret, the six characters at its end included",
        note = "write `SecretId`; where only the name is known, `SecretId::by_name` puts `-??????` behind it";
    /// The name of a bucket in an ARN of S3.
    BucketInArn: [BucketName],
        label = "this hole is the name of an S3 bucket",
        note = "write `BucketName`";
    /// All that follows `key/` in the ARN of a KMS key.
    KeyInArn: [KmsKeyId],
        label = "this hole is the id of a KMS key",
        note = "write `KmsKeyId`; an alias in a `Resource` is no key, and a key's ARN would nest";
    /// All that follows `alias/` in the ARN of an alias stands behind it; the whole of it is a KMS alias.
    AliasInArn: [KmsAlias],
        label = "this hole is an alias of a KMS key",
        note = "write `KmsAlias`";
    /// The name of a role in an ARN of IAM.
    RoleInArn: [RoleName],
        label = "this hole is the name of a role",
        note = "write `RoleName`; a path before it goes into the string";
    /// The name of a log group in an ARN of `CloudWatch` Logs.
    LogGroupInArn: [LogGroupName],
        label = "this hole is the name of a log group",
        note = "write `LogGroupName`";
    /// The name of a repository in an ARN of ECR.
    RepositoryInArn: [EcrRepositoryName],
        label = "this hole is the name of an ECR repository",
        note = "write `EcrRepositoryName`";
    /// The issuer in the ARN of an OIDC provider, and before the colon of its condition keys.
    Issuer: [OidcIssuer],
        label = "this hole is the issuer of an OIDC provider",
        note = "write `OidcIssuer`: host and path without `https://`";
    /// A whole string of `Resource`.
    WholeResource: [SecretArn, KmsKeyArn],
        label = "this hole is all of a `Resource`, which must be an ARN",
        note = "write `SecretArn` or `KmsKeyArn`, or write the ARN out with a hole for each part: `arn:<partition>:s3:::<bucket>`";
    /// A whole string of `Principal`'s `AWS`.
    WholePrincipal: [AccountId],
        label = "this hole is all of an `AWS` principal",
        note = "write `AccountId`, or write the ARN out with a hole for each part: `arn:<partition>:iam::<account-id>:role/<role>`";
    /// A whole string of `Principal`'s `Service`.
    WholeService: [ServicePrincipal],
        label = "this hole is a service principal",
        note = "write `ServicePrincipal`";
    /// The value of `aws:PrincipalOrgID` and its like.
    Organization: [OrganizationId],
        label = "this hole is the id of an organization",
        note = "write `OrganizationId`";
    /// The value of `aws:SourceVpc`.
    Vpc: [VpcId],
        label = "this hole is the id of a VPC",
        note = "write `VpcId`";
    /// The value of `aws:SourceVpce`.
    VpcEndpoint: [VpcEndpointId],
        label = "this hole is the id of a VPC endpoint",
        note = "write `VpcEndpointId`";
    /// The value of `sts:ExternalId`.
    External: [ExternalId],
        label = "this hole is an external id",
        note = "write `ExternalId`";
    /// The value of `sts:RoleSessionName`.
    Session: [SessionName],
        label = "this hole is the name of a role session",
        note = "write `SessionName`";
}
