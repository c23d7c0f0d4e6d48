//! Condition keys that no request of a service principal has.
//!
//! AWS does not publish which keys it means. Those here are the ones that, by what the page of global keys says of their
//! availability, only a member of an organization, an IAM user or a role's session brings:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html>

use crate::check::condition::WithoutKey;
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Condition, Principal, PrincipalKey, Statement};

/// The keys, and who brings them.
const KEYS: [(&str, &str); 6] = [
    ("aws:PrincipalOrgID", "the members of an organization"),
    ("aws:PrincipalOrgPaths", "the members of an organization"),
    ("aws:PrincipalTag/", "users and roles with tags"),
    ("aws:username", "IAM users"),
    ("aws:FederatedProvider", "sessions of an identity provider"),
    ("aws:SourceIdentity", "sessions of a role"),
];

/// Only where all are services: another principal may bring the key.
pub(super) fn check(statement: &Statement<'_>, principals: &[Principal<'_>], findings: &mut Findings) {
    let Some(first) = principals.first() else { return };
    if principals
        .iter()
        .any(|principal| principal.key != PrincipalKey::Service)
    {
        return;
    }
    for condition in &statement.conditions {
        findings.extend(unfit(statement, condition, first));
    }
}

/// Who alone brings the key of a condition, if it is one that services do not.
pub(super) fn who_brings(condition: &Condition<'_>) -> Option<&'static str> {
    KEYS.iter()
        .find(|(key, _)| condition.is_on_one_of(&[key]))
        .map(|(_, who)| *who)
}

fn unfit(statement: &Statement<'_>, condition: &Condition<'_>, service: &Principal<'_>) -> Option<Finding> {
    let who = who_brings(condition)?;
    let without_key = WithoutKey::of(condition).filter(|without_key| *without_key != WithoutKey::Excused)?;
    let effect = statement.effect?;
    let (key, service) = (condition.key.written(), service.text.written());
    let finding = Finding::new(
        Code::UnsupportedConditionKeyForServicePrincipal,
        condition.key_place,
        format!("requests of `{service}` never have `{key}`"),
    )
    .about(key)
    .dead(without_key == WithoutKey::Fails)
    .note(format!("only {who} bring it"))
    .note(format!("AWS accepts it, and {}", without_key.outcome(Some(effect))));
    Some(finding.help(
        "say for whom the service asks: `aws:SourceArn`, `aws:SourceAccount`, or for a whole organization `aws:SourceOrgID`",
    ))
}
