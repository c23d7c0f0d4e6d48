//! The log groups of a runner.

use policy_core::names::{LogGroupArn, LogGroupName};

use crate::identifies::identified;

/// A log group of `CloudWatch` Logs: given by its ARN, or by its name in the runner's Region and account.
///
/// ```
/// use runner_profiles::LogGroup;
///
/// let by_name: LogGroup = "/ecs/maia-prod-task".parse()?;
/// // The console shows the ARN with `:*` at its end.
/// let by_arn: LogGroup = "arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia-prod-task:*".parse()?;
/// assert!(matches!((by_name, by_arn), (LogGroup::Name(_), LogGroup::Arn(_))));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LogGroup {
    /// The log group of this name in the runner's Region and account.
    Name(LogGroupName),
    /// The log group of this ARN, which may be in another Region.
    Arn(LogGroupArn),
}

identified!(LogGroup: Name(LogGroupName) or Arn(LogGroupArn));
