//! The common part of both presets.

use std::marker::PhantomData;

use policy_core::names::{AccountId, Region, SecretArn};
use policy_core::policy::{IdentityPolicy, NonEmpty, TrustPolicy};

use crate::bucket::Bucket;
use crate::kind::Kind;
use crate::policies::{bucket, execution, keys, secrets};
use crate::site::Site;
use crate::{
    AsDocumented, EcrRepository, Identifies, KmsKey, LogGroup, Role, RoleError, RoleKind, RunnerName, S3Bucket, Secret,
    SourceConditions, ViaServiceSuffix, Warning,
};

/// A runner, of which the presets are the two kinds: [`Hybrid`](crate::Hybrid) and [`Streaming`](crate::Streaming).
///
/// It is created with the values that it requires. Its `with_` functions each add the permissions for one purpose, and
/// its roles are created by [`task_role`](Self::task_role) and the like.
///
/// A function for either preset is generic over its kind:
///
/// ```
/// use runner_profiles::policy_core::names::{AccountId, EcrRepositoryName, Region};
/// use runner_profiles::{Hybrid, RoleError, Runner, RunnerName, kind::Kind};
///
/// fn with_our_image<K: Kind>(runner: Runner<K>) -> Runner<K> {
///     runner.with_logs().with_ecr_repository(EcrRepositoryName::from_static("platform/runner"))
/// }
///
/// let hybrid = Hybrid::new(
///     RunnerName::new("maia-prod")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     Hybrid::DEFAULT_PLATFORM_SECRET,
/// );
/// let role = with_our_image(hybrid).execution_role()?;
/// assert!(role.to_json().contains("arn:aws:ecr:eu-west-1:111122223333:repository/platform/runner"));
/// # Ok::<(), RoleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runner<K> {
    pub(crate) name: RunnerName,
    pub(crate) site: Site,
    pub(crate) pipeline: Secrets<Vec<Secret>>,
    pub(crate) credentials: Secrets<NonEmpty<Secret>>,
    pub(crate) key_pair: Option<Secret>,
    pub(crate) bucket: Option<Bucket>,
    pub(crate) extension_library: Option<S3Bucket>,
    pub(crate) logs: bool,
    pub(crate) log_groups: Vec<LogGroup>,
    pub(crate) repositories: Vec<EcrRepository>,
    pub(crate) task_source: SourceConditions,
    pub(crate) execution_source: SourceConditions,
    kind: PhantomData<fn() -> K>,
}

/// Secrets, and the customer managed keys that they are encrypted under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Secrets<S> {
    pub(crate) secrets: S,
    pub(crate) keys: Vec<KmsKey>,
}

impl<K: Kind> Runner<K> {
    pub(crate) fn with_credentials(
        name: RunnerName,
        region: Region,
        account_id: AccountId,
        credentials: NonEmpty<Secret>,
    ) -> Self {
        Self {
            name,
            site: Site {
                region,
                account_id,
                via_service: None,
            },
            pipeline: Secrets {
                secrets: Vec::new(),
                keys: Vec::new(),
            },
            credentials: Secrets {
                secrets: credentials,
                keys: Vec::new(),
            },
            key_pair: None,
            bucket: None,
            extension_library: None,
            logs: false,
            log_groups: Vec::new(),
            repositories: Vec::new(),
            task_source: SourceConditions::AccountAndArn,
            execution_source: SourceConditions::Account,
            kind: PhantomData,
        }
    }

    /// Pipelines may read this secret.
    #[must_use]
    pub fn with_pipeline_secret(mut self, secret: impl Identifies<Secret>) -> Self {
        self.pipeline.secrets.push(secret.identified());
        self
    }

    /// Pipelines may read these secrets.
    #[must_use]
    pub fn with_pipeline_secrets<S: Identifies<Secret>>(mut self, secrets: impl IntoIterator<Item = S>) -> Self {
        self.pipeline
            .secrets
            .extend(secrets.into_iter().map(Identifies::identified));
        self
    }

    /// A customer managed key of the pipelines' secrets: the task role may decrypt with it.
    #[must_use]
    pub fn with_pipeline_key(mut self, key: impl Identifies<KmsKey>) -> Self {
        self.pipeline.keys.push(key.identified());
        self
    }

    /// A customer managed key of the runner's own credentials: the task execution role may decrypt with it.
    #[must_use]
    pub fn with_credentials_key(mut self, key: impl Identifies<KmsKey>) -> Self {
        self.credentials.keys.push(key.identified());
        self
    }

    /// The containers write to the log group `/ecs/NAME-task`, those of a script runner to
    /// `/ecs/NAME-script-runner-task`.
    #[must_use]
    pub fn with_logs(mut self) -> Self {
        self.logs = true;
        self
    }

    /// The containers also write to this log group.
    #[must_use]
    pub fn with_log_group(mut self, log_group: impl Identifies<LogGroup>) -> Self {
        self.log_groups.push(log_group.identified());
        self
    }

    /// Images come from this repository, too. Images on public.ecr.aws, such as Matillion's own, do not need permissions.
    #[must_use]
    pub fn with_ecr_repository(mut self, repository: impl Identifies<EcrRepository>) -> Self {
        self.repositories.push(repository.identified());
        self
    }

    /// Other conditions in the trust policy of the task role, and of the script runner's. Replaces those of an earlier call.
    #[must_use]
    pub const fn with_task_source(mut self, conditions: SourceConditions) -> Self {
        self.task_source = conditions;
        self
    }

    /// Other conditions in the trust policy of the task execution role. Replaces those of an earlier call.
    #[must_use]
    pub const fn with_execution_source(mut self, conditions: SourceConditions) -> Self {
        self.execution_source = conditions;
        self
    }

    /// The name of a service in `kms:ViaService`: required in partitions where it is not certain, without effect in
    /// others. Replaces that of an earlier call.
    ///
    /// ```
    /// use runner_profiles::{Hybrid, RoleError, RunnerName, ViaServiceSuffix};
    /// use runner_profiles::policy_core::names::{AccountId, KmsKeyId, Region, SecretName};
    ///
    /// let beijing = Hybrid::new(
    ///     RunnerName::new("maia-prod")?,
    ///     Region::from_static("cn-north-1"),
    ///     AccountId::from_static("111122223333"),
    ///     SecretName::from_static("matillion-oauth-credentials"),
    /// )
    /// .with_credentials_key(KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab"));
    /// assert!(matches!(beijing.execution_role(), Err(RoleError::ViaServiceUndecided { .. })));
    ///
    /// let role = beijing.with_kms_via_service(ViaServiceSuffix::Both).execution_role()?;
    /// let endpoints = r#"["secretsmanager.cn-north-1.amazonaws.com","secretsmanager.cn-north-1.amazonaws.com.cn"]"#;
    /// assert!(role.to_json().contains(endpoints));
    /// # Ok::<(), RoleError>(())
    /// ```
    #[must_use]
    pub const fn with_kms_via_service(mut self, suffix: ViaServiceSuffix) -> Self {
        self.site.via_service = Some(suffix);
        self
    }

    /// Its name.
    pub const fn name(&self) -> &RunnerName {
        &self.name
    }

    /// The runner's own role: it lists secrets' names, reads those of pipelines, and uses the buckets.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn task_role(&self) -> Result<Role, RoleError> {
        self.task(self.ecs_task_trust()?)
    }

    /// The role with which ECS starts the runner: it reads the runner's credentials, writes its logs and pulls its
    /// image.
    ///
    /// # Errors
    ///
    /// See [`RoleError`].
    pub fn execution_role(&self) -> Result<Role, RoleError> {
        let mut parts = Parts::default();
        parts.push(K::credentials(self.credential_arns()?));
        if let Some(key_arns) = self.site.key_arns(&self.credentials.keys)? {
            let via = self.site.via(&key_arns)?;
            parts.push(K::credential_keys(key_arns, via));
        }
        if let Some(log_groups) = self.site.log_group_arns(&self.all_log_groups())? {
            parts.push(execution::Logs { log_groups }.to_policy());
        }
        if let Some(repositories) = self.site.repository_arns(&self.repositories)? {
            parts.push(execution::Images { repositories }.to_policy());
        }
        let role = self.role(RoleKind::Execution, self.execution_trust()?, parts.joined)?;
        Ok(role.with_warnings(self.credential_warnings().chain(self.log_warnings())))
    }

    /// The same runner in the form of its page.
    pub const fn as_documented(&self) -> AsDocumented<'_, K> {
        AsDocumented::of(self)
    }

    pub(crate) fn task(&self, trust: TrustPolicy) -> Result<Role, RoleError> {
        let mut parts = Parts::default();
        let secret_arns = self.site.secret_arns(&self.pipeline.secrets)?;
        parts.push(secrets::PipelineSecrets { secret_arns }.to_policy());
        if let Some(key_arns) = self.site.key_arns(&self.pipeline.keys)? {
            let via = self.site.via(&key_arns)?;
            parts.push(keys::pipeline_secrets(key_arns, via));
        }
        if let Some(bucket) = &self.bucket {
            let arn = self.site.bucket_arn(&bucket.of)?;
            let (mut listing, mut objects) = (K::listing(arn.clone()), K::objects(arn.clone(), bucket.deletion));
            if let Some(prefix) = &bucket.prefix {
                let broken = |error| RoleError::statements(self.name.role_name(RoleKind::Task), error);
                if bucket.list_only_prefix {
                    listing = bucket::listing(listing, prefix).map_err(broken)?;
                }
                objects = bucket::objects(objects, &arn, prefix).map_err(broken)?;
            }
            parts.push(listing);
            parts.push(objects);
            if let Some(key) = &bucket.key {
                let key_arns = NonEmpty::from([self.site.key_arn(key)?]);
                let via = self.site.via(&key_arns)?;
                parts.push(K::bucket_key(key_arns, via));
            }
        }
        parts.extend(self.extension_library()?);
        let role = self.role(RoleKind::Task, trust, parts.joined)?;
        Ok(role.with_warnings(self.pipeline_warnings()))
    }

    pub(crate) fn extension_library(&self) -> Result<Option<IdentityPolicy>, RoleError> {
        let bucket = self.extension_library.as_ref();
        let arn = bucket.map(|bucket| self.site.bucket_arn(bucket)).transpose()?;
        Ok(arn.map(|bucket| bucket::ExtensionLibrary { bucket }.to_policy()))
    }

    /// A role named after the runner, with one policy or none.
    pub(crate) fn role(
        &self,
        kind: RoleKind,
        trust: TrustPolicy,
        policy: Option<IdentityPolicy>,
    ) -> Result<Role, RoleError> {
        let role = Role::new(self.name.role_name(kind).clone(), trust)?;
        match policy {
            Some(policy) => role.with_policy(self.name.policy_name(kind)?, policy),
            None => Ok(role),
        }
    }

    pub(crate) fn pipeline_warnings(&self) -> impl Iterator<Item = Warning> {
        let Secrets { secrets, keys } = &self.pipeline;
        let unused = keys.first().filter(|_| secrets.is_empty());
        self.site
            .warnings(secrets.iter(), keys)
            .chain(unused.cloned().map(Warning::KeyWithoutSecret))
    }

    pub(crate) fn log_warnings(&self) -> impl Iterator<Item = Warning> {
        self.log_groups.iter().filter_map(|log_group| match log_group {
            LogGroup::Arn(arn) if arn.account_id() != self.site.account_id => {
                Some(Warning::OtherAccountLogGroup(arn.clone()))
            }
            _ => None,
        })
    }

    pub(crate) fn credential_warnings(&self) -> impl Iterator<Item = Warning> {
        self.site.warnings(self.credential_secrets(), &self.credentials.keys)
    }

    pub(crate) fn credential_arns(&self) -> Result<NonEmpty<SecretArn>, RoleError> {
        let mut arns = NonEmpty::new(self.site.secret_arn(self.credentials.secrets.first())?, []);
        for secret in self.credential_secrets() {
            let arn = self.site.secret_arn(secret)?;
            if arns.iter().all(|other| *other != arn) {
                arns.push(arn);
            }
        }
        Ok(arns)
    }

    pub(crate) fn credential_secrets(&self) -> impl Iterator<Item = &Secret> + Clone {
        self.credentials.secrets.iter().chain(&self.key_pair)
    }

    fn all_log_groups(&self) -> Vec<LogGroup> {
        let mut groups = Vec::new();
        if self.logs {
            groups.push(LogGroup::Name(self.name.log_group().clone()));
            if self.key_pair.is_some() {
                groups.push(LogGroup::Name(self.name.script_runner_log_group().clone()));
            }
        }
        groups.extend(self.log_groups.iter().cloned());
        groups
    }
}

/// Policies one after the other, as one.
#[derive(Debug, Default)]
struct Parts {
    joined: Option<IdentityPolicy>,
}

impl Parts {
    fn push(&mut self, policy: IdentityPolicy) {
        self.joined = Some(match &self.joined {
            Some(joined) => {
                let both = joined.concat(&policy);
                both.unwrap_or_else(|_| unreachable!("policies of this crate have one version"))
            }
            None => policy,
        });
    }

    fn extend(&mut self, policies: impl IntoIterator<Item = IdentityPolicy>) {
        for policy in policies {
            self.push(policy);
        }
    }
}
