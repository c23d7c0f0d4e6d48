//! What a role allows, as the evaluator asks it.

use policy_core::evaluate::RoleSource;
use policy_core::names::PolicyArn;
use policy_core::policy::IdentityPolicy;

use super::Role;

/// For [`Authorizer::builder().role(&role)`](policy_core::evaluate::Builder::role): the inline policies and the managed ones that are
/// created with the role, as deployed. Managed policies that exist without it are only known by their ARNs, unless the role was read
/// from an export of its account; the permissions boundary always is.
///
/// ```
/// use runner_profiles::policy_core::evaluate::{Authorizer, Caller, Request};
/// use runner_profiles::policy_core::names::{AccountId, Region, SecretName};
/// use runner_profiles::{Hybrid, RunnerName};
///
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     Hybrid::DEFAULT_PLATFORM_SECRET,
/// );
/// // So many that the policies do not fit into the role, and become managed policies.
/// let secrets = (0..150).map(|number| SecretName::new(format!("source-{number}")).unwrap());
/// let role = hybrid.with_pipeline_secrets(secrets).task_role()?;
/// let authorizer = Authorizer::builder().role(&role)?.build();
///
/// let caller = Caller::from_arn("arn:aws:sts::111122223333:assumed-role/maia-prod-task/ecs")?;
/// for (secret, expected) in [("source-149-a1B2c3", true), ("payroll-a1B2c3", false)] {
///     let arn = format!("arn:aws:secretsmanager:eu-west-1:111122223333:secret:{secret}");
///     let request = Request::new(caller.clone(), "secretsmanager:GetSecretValue", &arn)?;
///     assert_eq!(authorizer.ask(&request).is_allowed(), expected, "{}", authorizer.explain(&request));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl RoleSource for Role {
    fn own_policies(&self) -> Vec<&IdentityPolicy> {
        let inline = self.policies().iter().map(|inline| &inline.policy);
        let managed = self.managed_policies().iter().map(|managed| &managed.policy);
        inline.chain(managed).chain(self.documents.values()).collect()
    }

    fn attached_arns(&self) -> Vec<&PolicyArn> {
        let attached = self.attached_policies().iter();
        attached.filter(|arn| !self.documents.contains_key(*arn)).collect()
    }

    fn boundary_arn(&self) -> Option<&PolicyArn> {
        self.settings().permissions_boundary()
    }
}
