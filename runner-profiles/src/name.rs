//! The name of a runner, and the names derived from it.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use policy_core::names::{LogGroupName, Name, NameError, PolicyName, RoleName};
use policy_core::shown::Shown;

use crate::RoleKind;

/// The name of a runner: its roles, their policies and its log groups are named after it.
///
/// It has 1 to 45 letters, digits and `_.-`, so that the names derived from it are valid in AWS.
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
///     "`maia prod` is not a runner name: U+0020 at position 5 is a space; \
///      write 1 to 45 letters, digits and `_.-`, such as `maia-prod`",
/// );
/// # Ok::<(), runner_profiles::RunnerNameError>(())
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
    /// The most characters of a name: that of the script runner's role ends in `-script-runner-task`, and has at most 64.
    pub const MAX_LEN: usize = RoleName::MAX_LEN - "-script-runner-task".len();

    /// The text as the name of a runner, or the mistake in it.
    ///
    /// # Errors
    ///
    /// It is empty, longer than [`MAX_LEN`](Self::MAX_LEN), or has a character that roles or log groups cannot have in their names.
    pub fn new(text: impl AsRef<str>) -> Result<Self, RunnerNameError> {
        let text = text.as_ref();
        let characters = text.chars().count();
        if characters > Self::MAX_LEN {
            let why = format!(
                "it has {characters} characters, and can have at most {}, since the role name `NAME-{}` has at most {}",
                Self::MAX_LEN,
                RoleKind::ScriptRunnerTask,
                RoleName::MAX_LEN,
            );
            return Err(RunnerNameError::new(text, why));
        }
        Self::of(text).map_err(|error| RunnerNameError::new(text, error.reason()))
    }

    fn of(text: &str) -> Result<Self, NameError> {
        let name = RoleName::new(text)?;
        // On the name alone, so that the error has the position of a character in it.
        LogGroupName::new(text)?;
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
    type Err = RunnerNameError;

    fn from_str(text: &str) -> Result<Self, RunnerNameError> {
        Self::new(text)
    }
}

/// The error for a text that is not the name of a runner.
///
/// ```
/// use runner_profiles::RunnerName;
///
/// assert_eq!(
///     RunnerName::new("").unwrap_err().to_string(),
///     "`` is not a runner name: it is empty; write 1 to 45 letters, digits and `_.-`, such as `maia-prod`",
/// );
/// assert_eq!(
///     RunnerName::new("x".repeat(46)).unwrap_err().reason(),
///     "it has 46 characters, and can have at most 45, since the role name `NAME-script-runner-task` has at most 64",
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunnerNameError {
    input: String,
    reason: String,
}

impl RunnerNameError {
    fn new(input: &str, reason: String) -> Self {
        Self {
            input: input.to_owned(),
            reason,
        }
    }

    /// The text that was given.
    pub fn input(&self) -> &str {
        &self.input
    }

    /// What is wrong: `it is empty`.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for RunnerNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { input, reason } = self;
        let max = RunnerName::MAX_LEN;
        let wrong = Shown(format!("`{input}` is not a runner name: {reason}"));
        write!(
            f,
            "{wrong}; write 1 to {max} letters, digits and `_.-`, such as `maia-prod`"
        )
    }
}

impl Error for RunnerNameError {}
