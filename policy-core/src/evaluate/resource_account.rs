//! The account that owns a resource, as far as its ARN has it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount>

use crate::arn::fields;
use crate::names::is_account_id;

/// The condition key, in lowercase.
pub(super) const RESOURCE_ACCOUNT: &str = "aws:resourceaccount";

/// The services in whose requests AWS does not include the key.
const SERVICES_WITHOUT: [&str; 2] = ["ebs", "events"];

/// The actions of other services in whose requests AWS does not include the key, in lowercase.
const ACTIONS_WITHOUT: [&str; 8] = [
    "ec2:copyfpgaimage",
    "ec2:copyimage",
    "ec2:copysnapshot",
    "ec2:createtransitgatewaypeeringattachment",
    "ec2:createvolume",
    "ec2:createvpcpeeringconnection",
    "workspaces:copyworkspaceimage",
    "workspaces:describeworkspaceimages",
];

/// The value of the key that follows from a resource.
pub(super) fn of<'r>(lower_action: &str, resource: &'r str) -> Option<&'r str> {
    let account = fields(resource, false).nth(4)?;
    let service = lower_action.split_once(':').map_or("", |(service, _)| service);
    let has_key = !SERVICES_WITHOUT.contains(&service) && !ACTIONS_WITHOUT.contains(&lower_action);
    (is_account_id(account) && has_key).then_some(account)
}

/// Why no request for a resource has these values of a key.
pub(super) fn contradiction(action: &str, resource: &str, key: &str, values: &[&str]) -> Option<String> {
    let account = of(&action.to_ascii_lowercase(), resource).filter(|_| key.eq_ignore_ascii_case(RESOURCE_ACCOUNT))?;
    let other = values.iter().find(|value| **value != account)?;
    Some(format!(
        "`{key}` follows from the resource `{resource}` and is `{account}`, not `{other}`; leave the condition key out, or write \
         another resource"
    ))
}
