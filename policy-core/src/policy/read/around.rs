//! What is around a policy, or missing around a statement.

use super::STATEMENT;
use crate::document::{Member, Node, Value};
use crate::finding::{Code, Finding};

/// The members in which AWS's APIs, CLI and `CloudFormation` contain a policy, so that they are copied along with it.
const WRAPPERS: [&str; 6] = [
    "PolicyDocument",
    "AssumeRolePolicyDocument",
    "ResourcePolicy",
    "KeyPolicy",
    "Policy",
    "Document",
];

/// The member that contains the policy, in an object that is not a policy itself.
pub(super) fn wrapper<'d>(members: &'d [Member<'d>]) -> Option<&'d Member<'d>> {
    if members.iter().any(|member| member.name.written() == STATEMENT) {
        return None;
    }
    members.iter().find(|member| {
        matches!(member.value.value, Value::Object(_) | Value::String(_)) && WRAPPERS.contains(&member.name.written())
    })
}

/// The mistake of a statement without the policy around it.
pub(super) fn bare_statement(root: &Node<'_>, members: &[Member<'_>]) -> Option<Finding> {
    let has = |name: &str| members.iter().any(|member| member.name.written() == name);
    let is_statement = has("Effect") && (has("Action") || has("NotAction"));
    (is_statement && !has(STATEMENT)).then(|| {
        Finding::new(Code::MissingStatement, root.place, "this is a statement, not a policy")
            .note("AWS rejects the policy")
            .with_help("put the statement into a policy: `{ \"Version\": \"2012-10-17\", \"Statement\": [ ... ] }`")
    })
}

pub(super) fn wrapped(member: &Member<'_>) -> Finding {
    let name = member.name.written();
    let finding = Finding::new(
        Code::InvalidPolicyElement,
        member.name_place,
        format!("the policy is inside `{name}`, which is not part of it"),
    )
    .about(name)
    .note("AWS rejects the policy; its API and CLI return a policy inside such a member");
    if matches!(member.value.value, Value::String(_)) {
        finding.with_help(format!(
            "keep only the text of `{name}`, without its quotes and escapes"
        ))
    } else {
        finding.with_help(format!("keep only the object after `\"{name}\":`"))
    }
}
