//! The Streaming preset.

use policy_core::names::{AccountId, Region};
use policy_core::policy::NonEmpty;

use crate::{Bucket, Identifies, Role, RoleError, Runner, RunnerName, Secret, kind};

/// A Streaming runner: its agent captures changes of a database and delivers them.
///
/// It cannot be created without the secrets of its agent's credentials, at least one:
///
/// ```
/// use runner_profiles::{RunnerName, Streaming};
/// use runner_profiles::policy_core::names::{AccountId, Region, SecretName};
///
/// let streaming = Streaming::new(
///     RunnerName::new("maia-streaming")?,
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     SecretName::from_static("streaming-agent-key"),
/// );
/// let [task, execution] = streaming.roles()?;
/// assert!(execution.to_json().contains("secret:streaming-agent-key-??????"));
/// # let _ = task;
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
///
/// ```compile_fail,E0080
/// # use runner_profiles::{RunnerName, Secret, Streaming};
/// # use runner_profiles::policy_core::names::{AccountId, Region};
/// let streaming = Streaming::new(
///     RunnerName::new("maia-streaming").unwrap(),
///     Region::from_static("eu-west-1"),
///     AccountId::from_static("111122223333"),
///     [] as [Secret; 0],
/// );
/// ```
pub type Streaming = Runner<kind::Streaming>;

impl Streaming {
    /// A Streaming runner in this Region and account, whose agent's credentials are in these secrets. Pass a secret, its name or its
    /// ARN, or an array of them: an empty one does not compile.
    pub fn new<S: Identifies<Secret>>(
        name: RunnerName,
        region: Region,
        account_id: AccountId,
        agent_secrets: impl Into<NonEmpty<S>>,
    ) -> Self {
        Self::with_credentials(
            name,
            region,
            account_id,
            agent_secrets.into().map(Identifies::identified),
        )
    }

    /// The bucket that it delivers to. Its page requires permission to delete objects there too. Replaces the bucket of an earlier
    /// call.
    #[must_use]
    pub fn with_destination_bucket(mut self, bucket: Bucket) -> Self {
        self.bucket = Some(bucket);
        self
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
