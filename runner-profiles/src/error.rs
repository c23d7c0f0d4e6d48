//! The reasons why a role is rejected.

use std::error::Error;
use std::fmt;

use policy_core::names::{AccountId, NameError, Partition, PolicyName, Region, RoleName};
use policy_core::policy::{MergeError, ReadError};
use policy_core::shown::Shown;

use crate::render::ReferenceError;
use crate::role::json::TRUST;
use crate::{HybridScope, RoleDescription, RoleKind, RunnerNameError, TagError};

/// A role cannot be created: what is wrong, and the fix.
///
/// ```
/// use runner_profiles::policy_core::names::{AccountId, Region, SecretArn};
/// use runner_profiles::{Hybrid, RoleError, RunnerName};
///
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     SecretArn::from_static("arn:aws-cn:secretsmanager:cn-north-1:111122223333:secret:platform-a1B2c3"),
/// );
/// assert!(matches!(hybrid.execution_role(), Err(RoleError::OtherPartition { .. })));
/// # Ok::<(), RoleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RoleError {
    /// A name derived from the runner's is invalid.
    Name(NameError),
    /// The name of the runner is invalid.
    RunnerName(RunnerNameError),
    /// A resource is in another partition than the runner's Region.
    OtherPartition {
        /// Its ARN.
        arn: String,
        /// The runner's Region.
        region: Region,
    },
    /// The OIDC provider or the cluster of a runner on EKS is in another account than the runner.
    OtherAccount {
        /// Its ARN.
        arn: String,
        /// The runner's account.
        account_id: AccountId,
    },
    /// A policy on a KMS key needs a value for `kms:ViaService`, which is not certain in this partition.
    ViaServiceUndecided {
        /// The partition.
        partition: Partition,
    },
    /// The trust policy exceeds IAM's quota.
    TrustTooLong {
        /// The role.
        role: RoleName,
        /// Its length without whitespace.
        characters: usize,
    },
    /// The policies exceed IAM's quota for inline policies, and the rest cannot be divided into managed policies.
    PoliciesTooLong {
        /// The role.
        role: RoleName,
        /// The length of those that would have to be inline, without whitespace.
        characters: usize,
    },
    /// There are more managed policies than IAM attaches to a role.
    TooManyManagedPolicies {
        /// The role.
        role: RoleName,
        /// The number of managed policies, its own and those that exist without it.
        policies: usize,
    },
    /// A description has a character that IAM does not allow.
    DescriptionCharacter {
        /// The character.
        character: char,
    },
    /// A description is too long for IAM.
    DescriptionTooLong {
        /// Its length.
        characters: usize,
    },
    /// A session would be shorter than an hour or longer than twelve.
    SessionDuration {
        /// The duration.
        seconds: u32,
    },
    /// The key of a tag is not valid in IAM.
    TagKey {
        /// The key.
        key: String,
        /// What is wrong with it.
        why: TagError,
    },
    /// The value of a tag is not valid in IAM.
    TagValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What is wrong with it.
        why: TagError,
    },
    /// Two tags have the same key, or keys that differ only in case.
    SameTagKey {
        /// The key of the first.
        first: String,
        /// The key of the second.
        second: String,
    },
    /// There are more tags than IAM allows.
    TooManyTags,
    /// Two roles that are deployed together have the same name, or names that differ only in case.
    SameRoleName {
        /// The name of the second.
        name: String,
    },
    /// The same for two managed policies of the roles.
    SameManagedPolicyName {
        /// The name of the second.
        name: String,
    },
    /// A text is not a reference to a value of a Terraform module.
    TerraformReference(ReferenceError),
    /// A role has a text that `CloudFormation` would replace.
    DynamicReference {
        /// The role.
        role: RoleName,
        /// The text.
        text: String,
    },
    /// Two policies of a role have the same name, so IAM would keep the last, or names that differ only in case.
    SamePolicyName {
        /// The role.
        role: RoleName,
        /// The name of the one that is there.
        policy: PolicyName,
    },
    /// Statements are not those of their kind of policy.
    Statements {
        /// The policy that they were given for: its name, or `AssumeRolePolicyDocument` for the trust policy.
        policy: String,
        /// What is wrong with them.
        error: ReadError,
    },
    /// Policies that would be joined have different versions, and in both `${` has a meaning.
    OtherVersion {
        /// The policy: its name, or `AssumeRolePolicyDocument` for the trust policy.
        policy: String,
        /// The statement, and the versions.
        error: MergeError,
    },
    /// The page's policy of this role needs secrets, and none was given.
    NoPipelineSecrets,
    /// The scope needs a key, and none was given.
    NoKey {
        /// The scope.
        scope: HybridScope,
    },
    /// There is a customer managed key, and the page's examples with one never work.
    ScopeUndecided,
    /// The page does not have this role.
    NotDocumented {
        /// The role.
        role: RoleKind,
    },
}

impl RoleError {
    /// Of a role's inline policies together, without whitespace.
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    pub(crate) const POLICIES_QUOTA: usize = 10_240;
    /// Of a managed policy, without whitespace. Source: the same.
    pub(crate) const MANAGED_POLICY_QUOTA: usize = 6_144;
    /// Of managed policies attached to a role; AWS raises it on request. Source: the same.
    pub(crate) const MANAGED_POLICIES_QUOTA: usize = 10;
    pub(crate) fn statements(policy: impl fmt::Display, error: ReadError) -> Self {
        Self::Statements {
            policy: policy.to_string(),
            error,
        }
    }

    pub(crate) fn trust_statements(error: ReadError) -> Self {
        Self::statements(TRUST, error)
    }

    /// Of tags on a role. Source: the same.
    pub(crate) const TAGS_QUOTA: usize = 50;
    /// Of a role trust policy, without whitespace; AWS raises it on request. Source: the same.
    pub(crate) const TRUST_QUOTA: usize = 2_048;
}

impl fmt::Display for RoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(f),
            Self::RunnerName(error) => error.fmt(f),
            Self::OtherPartition { arn, region } => write!(
                f,
                "`{arn}` is not in the partition `{}` of `{region}`, and a role cannot use resources of another partition; \
                 name one that is in the runner's own partition",
                region.partition(),
            ),
            // <https://docs.aws.amazon.com/eks/latest/userguide/cross-account-access.html>
            Self::OtherAccount { arn, account_id } => write!(
                f,
                "`{arn}` is not in the account `{account_id}` of the runner, and pods can only assume a role of the account that it \
                 is in; for a cluster of another account, create an OIDC provider for it in `{account_id}`",
            ),
            Self::ViaServiceUndecided { partition } => write!(
                f,
                "AWS does not document the value of `kms:ViaService` in the partition `{partition}`, and with the wrong value \
                 nothing can be decrypted; choose with `with_kms_via_service`: `Both` matches either value",
            ),
            Self::TrustTooLong { role, characters } => write!(
                f,
                "the trust policy of `{role}` has {characters} characters, and IAM allows {}; have the quota \
                 `Role trust policy length` raised, or give some of its principals a role of their own",
                Self::TRUST_QUOTA,
            ),
            Self::PoliciesTooLong { role, characters } => write!(
                f,
                "the inline policies of `{role}` have {characters} characters together, and IAM allows {}; they cannot be \
                 divided into managed policies of at most {} each: a part of a statement is longer; \
                 shorten its `NotResource`, `NotAction` or `Condition`",
                Self::POLICIES_QUOTA,
                Self::MANAGED_POLICY_QUOTA,
            ),
            Self::TooManyManagedPolicies { role, policies } => write!(
                f,
                "`{role}` would have {policies} managed policies, and IAM attaches {}; have the quota \
                 `Managed policies attached to an IAM role` raised, name fewer resources (one secret can have several values), or \
                 give a part of the work a role of its own",
                Self::MANAGED_POLICIES_QUOTA,
            ),
            Self::DescriptionCharacter { character } => write!(
                f,
                "a role's description cannot have `{}` (U+{:04X}): IAM allows only Latin-1 characters; write plain \
                 characters, such as `-`",
                character.escape_debug(),
                u32::from(*character),
            ),
            Self::DescriptionTooLong { characters } => write!(
                f,
                "a role's description has {characters} characters, and IAM allows {}; shorten it, or move a part into a \
                 tag",
                RoleDescription::MAX_LEN,
            ),
            Self::SessionDuration { seconds } => write!(
                f,
                "the maximum session duration is {seconds} seconds, and IAM allows one to twelve hours; write a number from 3600 to 43200",
            ),
            Self::TagKey { key, why } => write!(f, "{}", Shown(format_args!("`{key}` cannot be the key of a tag: {why}"))),
            Self::TagValue { key, value, why } => write!(f, "{}", Shown(format_args!("`{value}` cannot be the value of the tag `{key}`: {why}"))),
            Self::SameTagKey { first, second } => same_tag_key(f, first, second),
            Self::SameRoleName { name } => write!(
                f,
                "two roles are called `{name}`, and role names are unique in an account, regardless of case; rename one",
            ),
            Self::SameManagedPolicyName { name } => write!(
                f,
                "two roles have a managed policy `{name}`, and policy names are unique in an account, regardless of case; rename one of \
                 the policies",
            ),
            Self::TooManyTags => write!(f, "a role can have at most {} tags; remove the others", Self::TAGS_QUOTA),
            Self::TerraformReference(error) => error.fmt(f),
            Self::DynamicReference { role, text } => dynamic_reference(f, role, text),
            Self::SamePolicyName { role, policy } => write!(
                f,
                "`{role}` already has a policy `{policy}`, which this one would replace; rename this one, or add its statements with \
                 `with_statements`",
            ),
            Self::Statements { policy, error } => write!(f, "the statements for the policy `{}`: {error}", Shown(policy)),
            Self::OtherVersion { policy, error } => write!(f, "{}: {error}", Shown(policy)),
            Self::NoPipelineSecrets => f.write_str(
                "the documented policy of the task role names at least one secret of pipelines, and IAM rejects an empty \
                 list; give one with `with_pipeline_secret`, or use the least-privilege form",
            ),
            Self::NoKey { scope } => write!(
                f,
                "the scope `{scope}` is for secrets under a customer managed key, and none was given; give one with \
                 `with_credentials_key`, or choose a scope without `cmk`",
            ),
            Self::ScopeUndecided => write!(
                f,
                "the page gives `secretsmanager:GetSecretValue` and `kms:Decrypt` one `Resource`, and no single ARN matches \
                 both, so its scoped examples with a customer managed key never work; choose `{}`, which does, or name \
                 one of the others",
                HybridScope::CmkSecretAndKey,
            ),
            Self::NotDocumented { role } => write!(
                f,
                "Matillion's page has no policy for the role `{role}`; use the least-privilege form",
            ),
        }
    }
}

impl Error for RoleError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Name(error) => Some(error),
            Self::RunnerName(error) => Some(error),
            Self::TerraformReference(error) => Some(error),
            Self::Statements { error, .. } => Some(error),
            Self::OtherVersion { error, .. } => Some(error),
            _ => None,
        }
    }
}

impl From<NameError> for RoleError {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

impl From<RunnerNameError> for RoleError {
    fn from(error: RunnerNameError) -> Self {
        Self::RunnerName(error)
    }
}

impl From<ReferenceError> for RoleError {
    fn from(error: ReferenceError) -> Self {
        Self::TerraformReference(error)
    }
}

fn dynamic_reference(f: &mut fmt::Formatter<'_>, role: &RoleName, text: &str) -> fmt::Result {
    write!(
        f,
        "{}",
        Shown(format_args!(
            "`{role}` has the text `{text}`, which CloudFormation would replace by a stored value, perhaps a secret, and which cannot be \
             escaped; write it without `{{{{`, or deploy the role in another way"
        )),
    )
}

fn same_tag_key(f: &mut fmt::Formatter<'_>, first: &str, second: &str) -> fmt::Result {
    if first == second {
        return write!(
            f,
            "{}",
            Shown(format_args!("the tag `{first}` is given twice; remove one"))
        );
    }
    write!(
        f,
        "{}",
        Shown(format_args!(
            "the tags `{first}` and `{second}` are the same to IAM, which ignores the case of keys; remove one"
        )),
    )
}
