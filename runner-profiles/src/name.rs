//! The name of a runner, and the names derived from it.

use std::fmt;
use std::str::FromStr;

use policy_core::names::{LogGroupName, NameError, PolicyName, RoleName};

use crate::RoleKind;

/// The name of a runner: its roles, their policies and its log groups are named after it.
///
/// It has at most 45 letters, digits and `_.-`, so that the names derived from it are valid in AWS.
///
/// ```
/// use runner_profiles::{RoleKind, RunnerName};
///
/// let name = RunnerName::new("maia-prod")?;
/// assert_eq!(name.role_name(RoleKind::Execution).as_str(), "maia-prod-execution");
/// assert_eq!(name.log_group().as_str(), "/ecs/maia-prod-task");
///
/// assert_eq!(
///     RunnerName::new("maia prod").unwrap_err().to_string(),
///     "`maia prod` is not a role name: U+0020 at position 5 is a space; \
///      write 1 to 64 letters, digits and `_+=,.@-`, such as `maia-prod-task`",
/// );
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunnerName {
    name: RoleName,
    task: RoleName,
    execution: RoleName,
    script_runner_task: RoleName,
    log_group: LogGroupName,
    script_runner_log_group: LogGroupName,
}

impl RunnerName {
    /// The text as the name of a runner, or the mistake in it or in a name derived from it.
    pub fn new(text: impl AsRef<str>) -> Result<Self, NameError> {
        let text = text.as_ref();
        let name = RoleName::new(text)?;
        let role = |kind: RoleKind| RoleName::new(format!("{text}-{kind}"));
        // These are the names of the log groups in Matillion's templates.
        let log_group = |kind: RoleKind| LogGroupName::new(format!("/ecs/{text}-{kind}"));
        Ok(Self {
            name,
            task: role(RoleKind::Task)?,
            execution: role(RoleKind::Execution)?,
            script_runner_task: role(RoleKind::ScriptRunnerTask)?,
            log_group: log_group(RoleKind::Task)?,
            script_runner_log_group: log_group(RoleKind::ScriptRunnerTask)?,
        })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        self.name.as_str()
    }

    /// The name of one of the runner's roles: `NAME-task`, `NAME-execution`, `NAME-script-runner-task`.
    pub const fn role_name(&self, role: RoleKind) -> &RoleName {
        match role {
            RoleKind::Task => &self.task,
            RoleKind::Execution => &self.execution,
            RoleKind::ScriptRunnerTask => &self.script_runner_task,
        }
    }

    /// The name of the inline policy of a new role: the role's own.
    pub(crate) fn policy_name(&self, role: RoleKind) -> Result<PolicyName, NameError> {
        PolicyName::new(self.role_name(role).as_str())
    }

    /// The log group of the runner's containers: `/ecs/NAME-task`.
    pub const fn log_group(&self) -> &LogGroupName {
        &self.log_group
    }

    /// The log group of the script runner's containers: `/ecs/NAME-script-runner-task`.
    pub const fn script_runner_log_group(&self) -> &LogGroupName {
        &self.script_runner_log_group
    }
}

impl fmt::Display for RunnerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name.fmt(f)
    }
}

impl FromStr for RunnerName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::new(text)
    }
}
