//! Why a role is refused.

use std::error::Error;
use std::fmt;

use policy_core::names::{NameError, Partition, PolicyName, Region, RoleName};

use crate::render::ReferenceError;
use crate::{HybridScope, RoleDescription, RoleKind, TagMistake};

/// A role cannot be made: what is wrong, and the way out.
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
    /// A name that is made of the runner's is none.
    Name(NameError),
    /// A secret or key is of another partition than the runner's region.
    OtherPartition {
        /// Its ARN.
        arn: String,
        /// The runner's region.
        region: Region,
    },
    /// A policy on a KMS key needs a value for `kms:ViaService`, which is not certain in this partition.
    ViaServiceUndecided {
        /// The partition.
        partition: Partition,
    },
    /// The trust policy is longer than IAM takes.
    TrustTooLong {
        /// The role.
        role: RoleName,
        /// Its length without white space.
        characters: usize,
    },
    /// The policies are longer than IAM takes inline, and what they have left cannot be divided into managed policies.
    PoliciesTooLong {
        /// The role.
        role: RoleName,
        /// The length of those that would have to be inline, without white space.
        characters: usize,
    },
    /// There are more managed policies than IAM attaches to a role.
    TooManyManagedPolicies {
        /// The role.
        role: RoleName,
        /// How many there are, its own and those that exist without it.
        policies: usize,
    },
    /// A description has a character that IAM does not take.
    DescriptionCharacter {
        /// The character.
        character: char,
    },
    /// A description is longer than IAM takes.
    DescriptionTooLong {
        /// Its length.
        characters: usize,
    },
    /// A session would be shorter than an hour or longer than twelve.
    SessionDuration {
        /// The duration.
        seconds: u32,
    },
    /// The key of a tag is none that IAM takes.
    TagKey {
        /// The key.
        key: String,
        /// What is wrong with it.
        why: TagMistake,
    },
    /// The value of a tag is none that IAM takes.
    TagValue {
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// What is wrong with it.
        why: TagMistake,
    },
    /// Two tags have the same key, or keys that only case tells apart.
    SameTagKey {
        /// The key of the first.
        first: String,
        /// The key of the second.
        second: String,
    },
    /// There are more tags than IAM takes.
    TooManyTags,
    /// Two roles that are deployed together have the same name, or names that only case tells apart.
    SameRoleName {
        /// The name of the second.
        name: String,
    },
    /// The same of two managed policies that they bring with them.
    SameManagedPolicyName {
        /// The name of the second.
        name: String,
    },
    /// A text is no reference to a value of a Terraform module.
    TerraformReference(ReferenceError),
    /// A role has a text in whose place `CloudFormation` would put something else.
    DynamicReference {
        /// The role.
        role: RoleName,
        /// The text.
        text: String,
    },
    /// Two policies of a role have the same name, so IAM would keep the last, or names that only case tells apart.
    SamePolicyName {
        /// The role.
        role: RoleName,
        /// The name.
        policy: PolicyName,
    },
    /// The page's policy of this role needs secrets, and none was given.
    NoPipelineSecrets,
    /// A scope with the key was asked for, and no key was given.
    NoKey {
        /// The scope.
        scope: HybridScope,
    },
    /// There is a customer managed key, and what the page shows for one never works.
    ScopeUndecided,
    /// The page does not have this role.
    NotDocumented {
        /// The role.
        role: RoleKind,
    },
}

impl RoleError {
    /// Of a role's inline policies together, without white space.
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
    pub(crate) const POLICIES_QUOTA: usize = 10_240;
    /// Of a managed policy, without white space. Source: the same.
    pub(crate) const MANAGED_POLICY_QUOTA: usize = 6_144;
    /// Of managed policies attached to a role; AWS raises it on request. Source: the same.
    pub(crate) const MANAGED_POLICIES_QUOTA: usize = 10;
    /// Of tags on a role. Source: the same.
    pub(crate) const TAGS_QUOTA: usize = 50;
    /// Of a role trust policy, without white space; AWS raises it on request. Source: the same.
    pub(crate) const TRUST_QUOTA: usize = 2_048;
}

impl fmt::Display for RoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(error) => error.fmt(f),
            Self::OtherPartition { arn, region } => write!(
                f,
                "`{arn}` is not of the partition `{}` that `{region}` is in, and no role reaches into another; \
                 name one that is in the runner's own partition",
                region.partition(),
            ),
            Self::ViaServiceUndecided { partition } => write!(
                f,
                "no source says what `kms:ViaService` holds in the partition `{partition}`, and with the wrong value \
                 nothing can be decrypted; choose with `with_kms_via_service`: `Both` takes either value",
            ),
            Self::TrustTooLong { role, characters } => write!(
                f,
                "the trust policy of `{role}` has {characters} characters, and IAM takes {}; have the quota \
                 `Role trust policy length` raised, or give some of those who assume it a role of their own",
                Self::TRUST_QUOTA,
            ),
            Self::PoliciesTooLong { role, characters } => write!(
                f,
                "the inline policies of `{role}` have {characters} characters together, and IAM takes {}; they cannot be \
                 divided into managed policies, of which each may have {}: a statement has a piece that is longer; divide \
                 its `NotResource`, `NotAction` or `Condition`",
                Self::POLICIES_QUOTA,
                Self::MANAGED_POLICY_QUOTA,
            ),
            Self::TooManyManagedPolicies { role, policies } => write!(
                f,
                "`{role}` would have {policies} managed policies, and IAM attaches {}; have the quota \
                 `Managed policies attached to an IAM role` raised, keep several values in one secret, or give a part of the \
                 work a role of its own",
                Self::MANAGED_POLICIES_QUOTA,
            ),
            Self::DescriptionCharacter { character } => write!(
                f,
                "a role's description cannot have `{}` (U+{:04X}): IAM takes Latin-1 characters only; write plain \
                 characters, such as `-`",
                character.escape_debug(),
                u32::from(*character),
            ),
            Self::DescriptionTooLong { characters } => write!(
                f,
                "a role's description has {characters} characters, and IAM takes {}; say the rest in a tag or where the role \
                 is made",
                RoleDescription::MAX_LEN,
            ),
            Self::SessionDuration { seconds } => write!(
                f,
                "a session of {seconds} seconds is none that a role can have at most; write from 3600 to 43200, an hour to \
                 twelve",
            ),
            Self::TagKey { key, why } => write!(f, "`{key}` cannot be the key of a tag: {why}"),
            Self::TagValue { key, value, why } => write!(f, "`{value}` cannot be the value of the tag `{key}`: {why}"),
            Self::SameTagKey { first, second } if first == second => {
                write!(f, "the tag `{first}` is given twice; leave one out")
            }
            Self::SameTagKey { first, second } => write!(
                f,
                "the tags `{first}` and `{second}` are the same to IAM, which does not tell keys apart by case; leave one out",
            ),
            Self::SameRoleName { name } => write!(
                f,
                "two roles are called `{name}`, and IAM keeps one of a name, whatever its case; give one another name",
            ),
            Self::SameManagedPolicyName { name } => write!(
                f,
                "two roles bring a managed policy `{name}`, and an account keeps one of a name, whatever its case; give one of the \
                 policies another name",
            ),
            Self::TooManyTags => write!(f, "a role can have {} tags; leave some out", Self::TAGS_QUOTA),
            Self::TerraformReference(error) => error.fmt(f),
            Self::DynamicReference { role, text } => dynamic_reference(f, role, text),
            Self::SamePolicyName { role, policy } => write!(
                f,
                "`{role}` already has a policy `{policy}`, which this one would replace; give it another name",
            ),
            Self::NoPipelineSecrets => f.write_str(
                "the documented policy of the task role names at least one secret that pipelines read, and an empty list \
                 is refused by IAM; give one with `with_pipeline_secret`, or take the least-privilege form",
            ),
            Self::NoKey { scope } => write!(
                f,
                "the scope `{scope}` is for secrets under a customer managed key, and none was given; give one with \
                 `with_credentials_key`, or choose a scope without `cmk`",
            ),
            Self::ScopeUndecided => write!(
                f,
                "the page gives `secretsmanager:GetSecretValue` and `kms:Decrypt` one `Resource`, and no single ARN fits \
                 both, so with a customer managed key none of its scoped examples works; choose `{}`, which does, or ask \
                 for one of the others by its name",
                HybridScope::CmkSecretAndKey,
            ),
            Self::NotDocumented { role } => write!(
                f,
                "Matillion's page has no policy for the role `{role}`; take the least-privilege form",
            ),
        }
    }
}

impl Error for RoleError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Name(error) => Some(error),
            Self::TerraformReference(error) => Some(error),
            _ => None,
        }
    }
}

impl From<NameError> for RoleError {
    fn from(error: NameError) -> Self {
        Self::Name(error)
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
        "`{role}` has the text `{text}`, in whose place CloudFormation would put a stored value, a secret perhaps, and nothing \
         escapes it there; write it without `{{{{`, or deliver the role in another way",
    )
}
