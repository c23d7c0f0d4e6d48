//! The presets as Matillion's pages document them.

use policy_core::policy::IdentityPolicy;

use crate::kind::Kind;
use crate::policies::documented;
use crate::{HybridScope, Role, RoleError, RoleKind, Runner, StreamingScope, Warning, kind};

/// A runner in the form of its page: the page's JSON to the letter, with its placeholders filled in.
///
/// [`Role::warnings`] has the mistakes that AWS does not report, [`Role::findings`] those that the checker finds. Forms
/// that can never work have to be chosen by a name that says so. No page shows the trust policy of the task execution
/// role, so that is the least-privilege one.
///
/// ```
/// use runner_profiles::{Hybrid, HybridScope, RoleError, RunnerName};
/// use runner_profiles::policy_core::names::{AccountId, KmsKeyId, Region};
///
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     Hybrid::DEFAULT_PLATFORM_SECRET,
/// )
/// .with_credentials_key(KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab"));
///
/// // The page's own examples for a customer managed key never work.
/// assert_eq!(hybrid.as_documented().execution_role(), Err(RoleError::ScopeUndecided));
///
/// let role = hybrid.as_documented().with_execution_scope(HybridScope::CmkSecretAndKey).execution_role()?;
/// assert!(role.findings().is_empty());
///
/// let broken = hybrid.as_documented().with_execution_scope(HybridScope::CmkKeysOnlyNeverWorks).execution_role()?;
/// assert_eq!(broken.findings().len(), 1);
/// # Ok::<(), RoleError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AsDocumented<'r, K: Kind> {
    runner: &'r Runner<K>,
    scope: Option<K::Scope>,
}

impl<'r, K: Kind> AsDocumented<'r, K> {
    pub(crate) const fn of(runner: &'r Runner<K>) -> Self {
        Self { runner, scope: None }
    }

    /// The resource in the policy of the task execution role. Replaces that of an earlier call.
    #[must_use]
    pub const fn with_execution_scope(mut self, scope: K::Scope) -> Self {
        self.scope = Some(scope);
        self
    }

    fn task(&self, policy: IdentityPolicy, warnings: Vec<Warning>) -> Result<Role, RoleError> {
        let role = self
            .runner
            .role(RoleKind::Task, documented::TASK_TRUST.to_policy(), Some(policy))?;
        let trust_warnings = [Warning::TrustsEc2, Warning::NoSourceConditions];
        Ok(role.with_warnings(self.runner.pipeline_warnings().chain(trust_warnings).chain(warnings)))
    }

    fn execution(&self, policy: IdentityPolicy, warnings: Vec<Warning>) -> Result<Role, RoleError> {
        let role = self
            .runner
            .role(RoleKind::Execution, self.runner.execution_trust()?, Some(policy))?;
        let left_out = self.left_out_of_execution();
        Ok(role.with_warnings(self.runner.credential_warnings().chain(warnings).chain(left_out)))
    }

    fn left_out_of_execution(&self) -> impl Iterator<Item = Warning> {
        let logs = self.runner.logs || !self.runner.log_groups.is_empty();
        let images = !self.runner.repositories.is_empty();
        left_out([(logs, "writing logs"), (images, "pulling images from ECR")])
    }
}

impl AsDocumented<'_, kind::Hybrid> {
    /// The task role. Its secrets are listed even if there is only one.
    ///
    /// # Errors
    ///
    /// [`RoleError::NoPipelineSecrets`], and others of [`RoleError`].
    pub fn task_role(&self) -> Result<Role, RoleError> {
        let runner = self.runner;
        let secret_arns = runner
            .site
            .secret_arns(&runner.pipeline.secrets)?
            .ok_or(RoleError::NoPipelineSecrets)?;
        let left_out = left_out([
            (!runner.pipeline.keys.is_empty(), "decrypting pipelines' secrets"),
            (runner.bucket.is_some(), "the staging bucket"),
            (runner.extension_library.is_some(), "the extension library"),
        ]);
        self.task(documented::HybridTask { secret_arns }.to_policy(), left_out.collect())
    }

    /// The task execution role.
    ///
    /// # Errors
    ///
    /// [`RoleError::ScopeUndecided`], [`RoleError::NoKey`], and others of [`RoleError`].
    pub fn execution_role(&self) -> Result<Role, RoleError> {
        let runner = self.runner;
        let secret_arns = runner.credential_arns()?;
        let keys = runner.site.key_arns(&runner.credentials.keys)?;
        let scope = match (self.scope, &keys) {
            (Some(scope), _) => scope,
            (None, None) => HybridScope::Secret,
            (None, Some(_)) => return Err(RoleError::ScopeUndecided),
        };
        let without_key = keys.is_some().then_some(Warning::NotOnThePage(
            "the customer managed key, in a scope without `cmk`,",
        ));
        let key_arns = || keys.clone().ok_or(RoleError::NoKey { scope });
        let (policy, warnings) = match scope {
            HybridScope::Secret => (
                documented::HybridExecution {
                    resource_scope: secret_arns,
                }
                .to_policy(),
                without_key.into_iter().collect(),
            ),
            HybridScope::EverySecret => (
                documented::EXECUTION_WITH_EVERY_SECRET.to_policy(),
                without_key.into_iter().chain([Warning::ReadsEverySecret]).collect(),
            ),
            HybridScope::CmkEverything => (
                documented::HYBRID_EXECUTION_CMK_EVERYTHING.to_policy(),
                vec![Warning::ReadsEverySecret, Warning::DecryptsWithoutViaService],
            ),
            HybridScope::CmkSecretAndKey => {
                let key_arns = key_arns()?;
                let policy = documented::HybridExecutionCmkSecretAndKey { secret_arns, key_arns };
                (policy.to_policy(), vec![Warning::DecryptsWithoutViaService])
            }
            HybridScope::CmkSecretOnlyNeverWorks => (
                documented::HybridExecutionCmkSecretOnly {
                    resource_scope: secret_arns,
                }
                .to_policy(),
                vec![Warning::NeverWorks(
                    "`kms:Decrypt` never matches a secret's ARN, so a secret under a customer managed key stays unreadable",
                )],
            ),
            HybridScope::CmkKeysOnlyNeverWorks => (
                documented::HybridExecutionCmkKeysOnly {
                    resource_scope: key_arns()?,
                }
                .to_policy(),
                vec![Warning::NeverWorks(
                    "`secretsmanager:GetSecretValue` never matches a key's ARN, so the task cannot start",
                )],
            ),
        };
        self.execution(policy, warnings)
    }

    /// Its roles: task role and task execution role. The page has no script runner.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn roles(&self) -> Result<[Role; 2], RoleError> {
        Ok([self.task_role()?, self.execution_role()?])
    }
}

impl AsDocumented<'_, kind::Streaming> {
    /// The task role. The page's example allows it to read every secret and use every bucket.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn task_role(&self) -> Result<Role, RoleError> {
        let runner = self.runner;
        let left_out = left_out([
            (!runner.pipeline.secrets.is_empty(), "limiting it to pipelines' secrets"),
            (!runner.pipeline.keys.is_empty(), "decrypting pipelines' secrets"),
            (runner.bucket.is_some(), "limiting it to the destination bucket"),
        ]);
        let wide = [Warning::ReadsEverySecret, Warning::WritesEveryBucket];
        self.task(
            documented::STREAMING_TASK.to_policy(),
            wide.into_iter().chain(left_out).collect(),
        )
    }

    /// The task execution role. The page forgets `kms:Decrypt`.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn execution_role(&self) -> Result<Role, RoleError> {
        let runner = self.runner;
        let left_out = left_out([(
            !runner.credentials.keys.is_empty(),
            "decrypting the agent's credentials",
        )]);
        let (policy, wide) = match self.scope.unwrap_or_default() {
            StreamingScope::Secrets => {
                let secret_arns = runner.credential_arns()?;
                (documented::StreamingExecution { secret_arns }.to_policy(), None)
            }
            StreamingScope::EverySecret => (
                documented::EXECUTION_WITH_EVERY_SECRET.to_policy(),
                Some(Warning::ReadsEverySecret),
            ),
        };
        self.execution(policy, wide.into_iter().chain(left_out).collect())
    }

    /// Its roles: task role and task execution role.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn roles(&self) -> Result<[Role; 2], RoleError> {
        Ok([self.task_role()?, self.execution_role()?])
    }
}

fn left_out<const N: usize>(settings: [(bool, &'static str); N]) -> impl Iterator<Item = Warning> {
    settings
        .into_iter()
        .filter(|(set, _)| *set)
        .map(|(_, what)| Warning::NotOnThePage(what))
}
