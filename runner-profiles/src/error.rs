//! Why a role is refused.

use std::error::Error;
use std::fmt;

use policy_core::names::{NameError, Partition, PolicyName, Region, RoleName};

use crate::{HybridScope, RoleKind};

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
    /// The inline policies together are longer than IAM takes.
    PoliciesTooLong {
        /// The role.
        role: RoleName,
        /// Their length without white space.
        characters: usize,
    },
    /// Two inline policies of a role have the same name, so IAM would keep the last.
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
                "the inline policies of `{role}` have {characters} characters together, and IAM takes {}; attach a part \
                 of them as managed policies, of which each may have 6144, or keep several values in one secret",
                Self::POLICIES_QUOTA,
            ),
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
            _ => None,
        }
    }
}

impl From<NameError> for RoleError {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}
