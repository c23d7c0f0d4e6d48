//! The trust policies of a runner's roles.

use policy_core::policy::TrustPolicy;

use crate::kind::Kind;
use crate::policies::trust;
use crate::site::Site;
use crate::{EksTrust, OidcProvider, RoleError, Runner, SourceConditions};

impl<K: Kind> Runner<K> {
    pub(crate) fn ecs_task_trust(&self) -> Result<TrustPolicy, RoleError> {
        self.conditioned(&trust::ECS_TASK, self.task_source)
    }

    pub(crate) fn execution_trust(&self) -> Result<TrustPolicy, RoleError> {
        self.conditioned(&trust::ECS_EXECUTION, self.execution_source)
    }

    pub(crate) fn eks_trust(&self, eks: &EksTrust) -> Result<TrustPolicy, RoleError> {
        let account_id = &self.site.account_id;
        match eks {
            EksTrust::ServiceAccount(account) => {
                if let OidcProvider::Arn(arn) = &account.provider {
                    self.site.own(arn)?;
                }
                let trust = trust::EksServiceAccount {
                    partition: self.site.region.partition(),
                    account_id: account_id.clone(),
                    issuer: account.provider.issuer(),
                    audience: account.audience.clone(),
                    namespace: account.namespace.clone(),
                    service_account: account.name.clone(),
                };
                Ok(trust.to_policy())
            }
            // Of EKS the page has no source ARN: <https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html>
            EksTrust::PodIdentity => {
                let source = match self.task_source {
                    SourceConditions::None => SourceConditions::None,
                    SourceConditions::Account | SourceConditions::AccountAndArn => SourceConditions::Account,
                };
                self.conditioned(&trust::EKS_POD_IDENTITY, source)
            }
            EksTrust::PodIdentityInCluster(cluster) => {
                let cluster = self.site.own(cluster)?;
                let trust = self.conditioned(&trust::EKS_POD_IDENTITY, SourceConditions::Account)?;
                trust::of_cluster(trust, &cluster).map_err(RoleError::trust_statements)
            }
        }
    }

    /// The trust policy, limited to requests on behalf of the runner's account.
    fn conditioned(&self, trust: &TrustPolicy, source: SourceConditions) -> Result<TrustPolicy, RoleError> {
        let Site { region, account_id, .. } = &self.site;
        let trust = trust.clone();
        let conditioned = match source {
            SourceConditions::None => Ok(trust),
            SourceConditions::Account => trust::of_account(trust, account_id),
            SourceConditions::AccountAndArn => trust::of_region(trust, region, account_id),
        };
        conditioned.map_err(RoleError::trust_statements)
    }
}
