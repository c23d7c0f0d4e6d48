//! ARNs of log groups.
//!
//! A log group has an ARN with `:*` and one without. In a policy that without is for the actions on the group's tags; the
//! streams, whose ARNs go on behind the group's name, it does not match.
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>

use crate::arn::ArnPattern;
use crate::catalogue::Action;

const START: &str = "log-group:";

/// Whether this is the ARN of a log group that ends with its name.
pub(in crate::check) fn is_without_streams(arn: &ArnPattern<'_>) -> bool {
    let name = arn.resource().as_str().strip_prefix(START);
    arn.service().as_str() == "logs" && name.is_some_and(|name| !name.is_empty() && !name.contains(':'))
}

/// Whether an action acts on the streams of log groups.
pub(in crate::check) fn acts_on_streams(action: Action) -> bool {
    action.service().prefix() == "logs"
        && action
            .resource_types()
            .any(|on| on.resource_type().name() == "log-stream")
}
