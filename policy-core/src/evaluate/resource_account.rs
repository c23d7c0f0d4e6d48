//! The account that owns a resource, as far as its ARN has it.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount>

use crate::arn::fields;

/// The condition key, in lowercase.
pub(super) const RESOURCE_ACCOUNT: &str = "aws:resourceaccount";

/// The actions in whose requests AWS does not include the key, in lowercase.
const WITHOUT: [&str; 27] = [
    "auditmanager:updateassessmentframeworkshare",
    "detective:acceptinvitation",
    "ds:acceptshareddirectory",
    "ec2:accepttransitgatewaypeeringattachment",
    "ec2:acceptvpcendpointconnections",
    "ec2:acceptvpcpeeringconnection",
    "ec2:copyimage",
    "ec2:copysnapshot",
    "ec2:createtransitgatewaypeeringattachment",
    "ec2:createvolume",
    "ec2:createvpcendpoint",
    "ec2:createvpcpeeringconnection",
    "ec2:deletetransitgatewaypeeringattachment",
    "ec2:deletevpcpeeringconnection",
    "ec2:rejecttransitgatewaypeeringattachment",
    "ec2:rejectvpcendpointconnections",
    "ec2:rejectvpcpeeringconnection",
    "es:acceptinboundconnection",
    "events:putevents",
    "guardduty:acceptadministratorinvitation",
    "macie2:acceptinvitation",
    "route53:associatevpcwithhostedzone",
    "route53:createvpcassociationauthorization",
    "route53:deletevpcassociationauthorization",
    "route53:disassociatevpcfromhostedzone",
    "route53:listhostedzonesbyvpc",
    "securityhub:acceptadministratorinvitation",
];

/// The value of the key that follows from a resource.
pub(super) fn of<'r>(lower_action: &str, resource: &'r str) -> Option<&'r str> {
    let account = fields(resource, false).nth(4)?;
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    (is_account && !WITHOUT.contains(&lower_action)).then_some(account)
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
