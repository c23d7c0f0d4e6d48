//! Runners on EKS instead of ECS.

use policy_core::names::{KubernetesNamespace, KubernetesServiceAccount, OidcIssuer, ServicePrincipal};

/// How a pod on EKS assumes its role.
///
/// ```
/// use runner_profiles::policy_core::names::{AccountId, Region};
/// use runner_profiles::{EksTrust, Hybrid, RoleError, RunnerName};
///
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     Hybrid::DEFAULT_PLATFORM_SECRET,
/// );
/// let role = hybrid.task_role_on_eks(&EksTrust::PodIdentity)?;
/// assert!(role.trust().to_json().contains("pods.eks.amazonaws.com"));
/// # Ok::<(), RoleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EksTrust {
    /// By IAM roles for service accounts (IRSA): the cluster's OIDC provider vouches for one service account.
    ServiceAccount(ServiceAccount),
    /// By EKS Pod Identity. The association on the cluster decides which service account has the role, so the trust
    /// policy only limits the account.
    /// Source: <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html>
    PodIdentity,
}

/// A service account of a cluster whose OIDC provider exists in IAM.
///
/// Source: <https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html>
///
/// ```
/// use runner_profiles::ServiceAccount;
/// use runner_profiles::policy_core::names::{KubernetesNamespace, KubernetesServiceAccount, OidcIssuer};
///
/// let account = ServiceAccount::new(
///     OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
///     KubernetesNamespace::from_static("matillion"),
///     KubernetesServiceAccount::from_static("matillion-runner-sa"),
/// );
/// # let _ = account;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAccount {
    pub(crate) issuer: OidcIssuer,
    pub(crate) namespace: KubernetesNamespace,
    pub(crate) name: KubernetesServiceAccount,
    pub(crate) audience: ServicePrincipal,
}

impl ServiceAccount {
    /// A service account of a namespace, for tokens with the audience `sts.amazonaws.com`.
    pub const fn new(issuer: OidcIssuer, namespace: KubernetesNamespace, name: KubernetesServiceAccount) -> Self {
        Self {
            issuer,
            namespace,
            name,
            audience: ServicePrincipal::from_static("sts.amazonaws.com"),
        }
    }

    /// Another audience, if the provider has one.
    #[must_use]
    pub fn with_audience(mut self, audience: ServicePrincipal) -> Self {
        self.audience = audience;
        self
    }
}

impl From<ServiceAccount> for EksTrust {
    fn from(account: ServiceAccount) -> Self {
        Self::ServiceAccount(account)
    }
}
