//! The rules of AWS's services that no policy contains.

use std::fmt;

use super::caller::Caller;
use crate::arn::fields;

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident = $what:literal, $page:literal;)+) => {
        /// A rule of an AWS service that no policy contains.
        ///
        /// Displayed as a sentence: `AWS managed policies cannot be changed`.
        ///
        /// ```
        /// use policy_core::evaluate::{Authorizer, Caller, Outcome, Request, ServiceRule};
        /// use policy_core::policy::IdentityPolicy;
        ///
        /// let all: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
        ///     { "Effect": "Allow", "Action": "iam:*", "Resource": "*" }] }"#.parse()?;
        /// let authorizer = Authorizer::builder().identity(&all).build();
        /// let admin = Caller::from_arn("arn:aws:iam::111122223333:user/admin")?;
        /// let request = Request::new(admin, "iam:DeletePolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess")?;
        /// let decision = authorizer.ask(&request);
        /// assert_eq!((decision.outcome(), decision.rule()), (Outcome::ImplicitlyDenied, Some(ServiceRule::AwsManagedPolicy)));
        /// assert_eq!(decision.to_string(), "implicitly denied: AWS managed policies cannot be changed");
        /// # Ok::<(), Box<dyn std::error::Error>>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ServiceRule {
            $($(#[$doc])* #[doc = concat!("<", $page, ">")] $rule,)+
        }

        impl ServiceRule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$rule),+];

            /// The page of AWS's documentation.
            pub const fn page(self) -> &'static str {
                match self {
                    $(Self::$rule => $page,)+
                }
            }
        }

        impl fmt::Display for ServiceRule {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    $(Self::$rule => $what,)+
                })
            }
        }
    };
}

rules! {
    /// Only AWS changes the policies that it manages.
    AwsManagedPolicy = "AWS managed policies cannot be changed",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html";
    /// Only IAM Identity Center changes the roles that it makes, which have the path `/aws-reserved/`.
    AwsReservedRole = "only IAM Identity Center can change its roles",
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html";
    /// Aliases that begin with `alias/aws/` are those of AWS managed keys.
    AwsManagedAlias = "aliases that begin with `alias/aws/` are reserved for AWS managed keys",
        "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html";
    /// `sts:GetCallerIdentity` needs no permission, and an identity-based policy cannot deny it: the page says so of "a policy" of "your
    /// identity". Other policies can: that of a [VPC
    /// endpoint](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_policies.html) must allow the request.
    CallerIdentity = "`sts:GetCallerIdentity` needs no permission, and no identity-based policy can deny it",
        "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html";
    /// `sts:GetSessionToken` needs no permission of a user, and an identity-based policy cannot deny it. That of a [VPC
    /// endpoint](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sts_vpc_endpoint_policies.html) must allow the request, and no
    /// page exempts the user from the others.
    SessionToken = "`sts:GetSessionToken` needs no permission of a user, and no identity-based policy can deny it",
        "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html";
    /// A key's own policy must allow access to it; identity-based policies count only if the key policy lets them.
    KeyPolicy = "identity-based policies allow access to a KMS key only if its key policy delegates to the account",
        "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html";
    /// AWS attaches `RCPFullAWSAccess` to every root, OU and account, and it cannot be detached: so resource control policies
    /// never deny implicitly.
    RcpFullAccess = "`RCPFullAWSAccess` is always attached, so that resource control policies only deny explicitly",
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_evaluation.html";
    /// A bucket with `RestrictPublicBuckets` and a public policy is accessible only within its account, and to AWS services.
    RestrictPublicBuckets = "`RestrictPublicBuckets` limits a bucket with a public policy to its own account and to AWS services",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html";
    /// A bucket policy grants no access to objects that another account owns.
    ObjectOwner = "policies grant access to an object only in the account that owns it",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html";
}

/// Changes of a kind of resource that a rule forbids.
struct Forbidden {
    rule: ServiceRule,
    /// In lowercase.
    actions: &'static [&'static str],
    /// Whether the account and the last field of an ARN are those of such a resource.
    is_of: fn(account: &str, resource: &str) -> bool,
}

const FORBIDDEN: &[Forbidden] = &[
    Forbidden {
        rule: ServiceRule::AwsManagedPolicy,
        actions: &[
            "iam:createpolicy",
            "iam:createpolicyversion",
            "iam:deletepolicy",
            "iam:deletepolicyversion",
            "iam:setdefaultpolicyversion",
            "iam:tagpolicy",
            "iam:untagpolicy",
        ],
        is_of: |account, resource| account == "aws" && resource.starts_with("policy/"),
    },
    Forbidden {
        rule: ServiceRule::AwsReservedRole,
        actions: &[
            "iam:attachrolepolicy",
            "iam:createrole",
            "iam:deleterole",
            "iam:deleterolepermissionsboundary",
            "iam:deleterolepolicy",
            "iam:detachrolepolicy",
            "iam:putrolepermissionsboundary",
            "iam:putrolepolicy",
            "iam:tagrole",
            "iam:untagrole",
            "iam:updateassumerolepolicy",
            "iam:updaterole",
            "iam:updateroledescription",
        ],
        is_of: |_, resource| resource.starts_with("role/aws-reserved/"),
    },
    Forbidden {
        rule: ServiceRule::AwsManagedAlias,
        actions: &["kms:createalias", "kms:deletealias", "kms:updatealias"],
        is_of: |_, resource| resource.starts_with("alias/aws/"),
    },
];

impl ServiceRule {
    /// The rule that decides a request whatever its policies are, or that denies it even if they allow it.
    pub(super) fn of(caller: &Caller, lower_action: &str, resource: &str) -> Option<Self> {
        match lower_action {
            "sts:getcalleridentity" => caller.account().map(|_| Self::CallerIdentity),
            "sts:getsessiontoken" => (caller.is_user() || caller.is_root()).then_some(Self::SessionToken),
            _ if lower_action.starts_with("iam:") || lower_action.starts_with("kms:") => {
                let mut fields = fields(resource, false).skip(4);
                let (account, last) = (fields.next()?, fields.next()?);
                let mut forbidden = FORBIDDEN.iter();
                let found = forbidden.find(|row| row.actions.contains(&lower_action) && (row.is_of)(account, last));
                found.map(|row| row.rule)
            }
            _ => None,
        }
    }

    /// Whether it allows the requests that it decides, whatever the identity-based policies are.
    pub(super) const fn allows(self) -> bool {
        matches!(self, Self::CallerIdentity | Self::SessionToken)
    }
}
