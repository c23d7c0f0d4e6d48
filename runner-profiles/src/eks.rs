//! Runners on EKS instead of ECS.

use policy_core::names::{
    EksClusterArn, KubernetesNamespace, KubernetesServiceAccount, OidcIssuer, OidcProviderArn, ServicePrincipal,
};

use crate::Identifies;
use crate::identifies::identified;

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
    /// The same, for pods of one cluster, which is in the runner's account. The condition is on a session tag, so the association must
    /// not have session tags disabled.
    /// Source: <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html>
    PodIdentityInCluster(EksClusterArn),
}

/// An OIDC provider of IAM: given by its ARN, or by its issuer in the runner's account.
///
/// ```
/// use runner_profiles::OidcProvider;
///
/// let issuer = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
/// let by_issuer: OidcProvider = issuer.parse()?;
/// let by_arn: OidcProvider = format!("arn:aws:iam::111122223333:oidc-provider/{issuer}").parse()?;
/// assert!(matches!((by_issuer, by_arn), (OidcProvider::Issuer(_), OidcProvider::Arn(_))));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum OidcProvider {
    /// The provider of this issuer in the runner's account.
    Issuer(OidcIssuer),
    /// The provider of this ARN.
    Arn(OidcProviderArn),
}

identified!(OidcProvider: Issuer(OidcIssuer) or Arn(OidcProviderArn));

impl OidcProvider {
    pub(crate) fn issuer(&self) -> OidcIssuer {
        match self {
            Self::Issuer(issuer) => issuer.clone(),
            Self::Arn(arn) => arn.name(),
        }
    }
}

/// A service account of a cluster whose OIDC provider exists in IAM.
///
/// Source: <https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html>
///
/// ```
/// use runner_profiles::ServiceAccount;
/// use runner_profiles::policy_core::names::{KubernetesNamespace, KubernetesServiceAccount, OidcProviderArn};
///
/// let account = ServiceAccount::new(
///     OidcProviderArn::from_static(
///         "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE",
///     ),
///     KubernetesNamespace::from_static("matillion"),
///     KubernetesServiceAccount::from_static("matillion-runner-sa"),
/// );
/// # let _ = account;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceAccount {
    pub(crate) provider: OidcProvider,
    pub(crate) namespace: KubernetesNamespace,
    pub(crate) name: KubernetesServiceAccount,
    pub(crate) audience: ServicePrincipal,
}

impl ServiceAccount {
    /// A service account of a namespace, for tokens with the audience `sts.amazonaws.com`. The provider is given by its issuer or its
    /// ARN.
    pub fn new(
        provider: impl Identifies<OidcProvider>,
        namespace: KubernetesNamespace,
        name: KubernetesServiceAccount,
    ) -> Self {
        Self {
            provider: provider.identified(),
            namespace,
            name,
            audience: ServicePrincipal::from_static("sts.amazonaws.com"),
        }
    }

    /// Another audience, if the provider has one. Replaces that of an earlier call.
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
