//! The Hybrid preset.

use policy_core::names::{AccountId, Region, SecretName};
use policy_core::policy::NonEmpty;

use crate::{Bucket, EksTrust, Identifies, Role, RoleError, RoleKind, Runner, RunnerName, S3Bucket, Secret, kind};

/// A Hybrid runner: it runs Maia's pipelines in your account.
///
/// It cannot be created without the secret of its credentials for Matillion's platform:
///
/// ```
/// use runner_profiles::{Bucket, Hybrid, RunnerName};
/// use runner_profiles::policy_core::names::{AccountId, BucketName, Region, SecretName};
///
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     SecretName::from_static("matillion-oauth-credentials"),
/// )
/// .with_pipeline_secret(SecretName::from_static("snowflake-password"))
/// .with_staging_bucket(Bucket::new(BucketName::from_static("maia-staging-111122223333")));
///
/// let role = hybrid.task_role()?;
/// assert_eq!(role.name().as_str(), "maia-prod-task");
/// assert!(role.to_json().contains("secret:snowflake-password-??????"));
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
///
/// ```compile_fail,E0061
/// # use runner_profiles::{Hybrid, RunnerName};
/// # use runner_profiles::policy_core::names::{AccountId, Region};
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod").unwrap(),
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
/// );
/// ```
pub type Hybrid = Runner<kind::Hybrid>;

impl Hybrid {
    /// The name of the secret of the platform's credentials in Matillion's templates.
    pub const DEFAULT_PLATFORM_SECRET: SecretName = SecretName::from_static("matillion-oauth-credentials");

    /// A Hybrid runner in this Region and account, whose credentials for Matillion's platform are in this secret.
    pub fn new(
        name: RunnerName,
        region: Region,
        account_id: AccountId,
        platform_secret: impl Identifies<Secret>,
    ) -> Self {
        Self::with_credentials(
            name,
            region,
            account_id,
            NonEmpty::new(platform_secret.identified(), []),
        )
    }

    /// The bucket in which pipelines stage files. Replaces the bucket of an earlier call.
    #[must_use]
    pub fn with_staging_bucket(mut self, bucket: Bucket) -> Self {
        self.bucket = Some(bucket);
        self
    }

    /// The bucket with the extension library, which the runner and its script runner read. Replaces the bucket of an earlier call.
    #[must_use]
    pub fn with_extension_library(mut self, bucket: impl Identifies<S3Bucket>) -> Self {
        self.extension_library = Some(bucket.identified());
        self
    }

    /// A script runner runs next to it, and shares this secret with it: their key pair. Replaces the secret of an earlier call.
    #[must_use]
    pub fn with_script_runner(mut self, key_pair_secret: impl Identifies<Secret>) -> Self {
        self.key_pair = Some(key_pair_secret.identified());
        self
    }

    /// The script runner's own role: it can read the extension library, if there is one, and nothing else.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn script_runner_task_role(&self) -> Result<Role, RoleError> {
        self.role(
            RoleKind::ScriptRunnerTask,
            self.ecs_task_trust()?,
            self.extension_library()?,
        )
    }

    /// The task role for a runner on EKS. On EKS there is no task execution role.
    ///
    /// ```
    /// use runner_profiles::{EksTrust, Hybrid, RunnerName, ServiceAccount};
    /// use runner_profiles::policy_core::names::{
    ///     AccountId, KubernetesNamespace, KubernetesServiceAccount, OidcIssuer, Region,
    /// };
    ///
    /// let hybrid = Hybrid::new(
    ///     RunnerName::new("maia-prod")?,
    ///     Region::from_static("eu-west-1"),
    ///     AccountId::from_static("111122223333"),
    ///     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// );
    /// let account = ServiceAccount::new(
    ///     OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
    ///     KubernetesNamespace::from_static("matillion"),
    ///     KubernetesServiceAccount::from_static("matillion-runner-sa"),
    /// );
    /// let role = hybrid.task_role_on_eks(&account.into())?;
    /// assert!(role.trust().to_json().contains("system:serviceaccount:matillion:matillion-runner-sa"));
    ///
    /// let role = hybrid.task_role_on_eks(&EksTrust::PodIdentity)?;
    /// assert!(role.trust().to_json().contains("pods.eks.amazonaws.com"));
    /// # Ok::<(), runner_profiles::RoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn task_role_on_eks(&self, eks: &EksTrust) -> Result<Role, RoleError> {
        self.task(self.eks_trust(eks)?)
    }

    /// The script runner's task role for EKS, with a service account of its own.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn script_runner_task_role_on_eks(&self, eks: &EksTrust) -> Result<Role, RoleError> {
        self.role(
            RoleKind::ScriptRunnerTask,
            self.eks_trust(eks)?,
            self.extension_library()?,
        )
    }

    /// Its roles on ECS: task role, task execution role, and the script runner's task role.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn roles(&self) -> Result<[Role; 3], RoleError> {
        Ok([
            self.task_role()?,
            self.execution_role()?,
            self.script_runner_task_role()?,
        ])
    }
}
