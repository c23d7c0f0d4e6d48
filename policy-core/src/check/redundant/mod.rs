//! What could be left out without a change of what the policy allows and denies, and what is taken back whole.
//!
//! None of it is wrong today. Whoever changes one of two that say the same, though, believes that it is done.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

mod element;
mod matter;
mod number;
mod session;
mod sieve;
mod statement;
mod swallowed;
#[cfg(test)]
mod tests;
mod wildcard;

use super::judged::Judged;
use super::size::Reach;
use crate::arn::Glob;
use crate::document::{Text, Value};
use crate::finding::Findings;
use crate::policy::{Kind, Outline, Statement, Version};

pub(super) fn check(
    outline: &Outline<'_>,
    judged: &[Judged<'_, '_>],
    kind: Kind,
    reach: Reach,
    findings: &mut Findings,
) {
    for condition in judged.iter().flat_map(|judged| &judged.statement.conditions) {
        findings.extend(number::several(condition));
        findings.extend(wildcard::alone(condition));
    }
    if reach != Reach::All {
        return;
    }
    for judged in judged {
        element::actions(&judged.actions, findings);
        element::resources(&judged.targets, outline.version, findings);
        if kind == Kind::Trust {
            session::check(judged.statement, findings);
        }
        wildcard::contradictions(&judged.statement.conditions, outline.version, findings);
    }
    statement::check(&outline.statements, findings);
    // A resource control policy that allows anything has been found wrong for that.
    if kind != Kind::ResourceControl {
        swallowed::check(outline, findings);
    }
}

/// Whether the outline has all of the statement: what is wrong with its form is said, and nothing is built on the rest.
fn is_whole(statement: &Statement<'_>) -> bool {
    let Value::Object(members) = &statement.node.value else {
        return false;
    };
    let elements = [statement.principal, statement.action, statement.resource];
    // A line that is none is not in the outline.
    let condition = members.iter().find(|member| member.name.written() == "Condition");
    let has_condition = condition.is_some_and(|condition| match &condition.value.value {
        Value::Object(lines) => lines.iter().all(|line| matches!(line.value.value, Value::Object(_))),
        _ => false,
    });
    let read = usize::from(statement.sid.is_some())
        + usize::from(statement.effect.is_some())
        + elements.iter().flatten().count()
        + usize::from(has_condition);
    let lists = [statement.action, statement.resource];
    read == members.len()
        && statement.effect.is_some()
        && statement.action.is_some()
        && lists.iter().flatten().all(|element| {
            let list = element.value.as_list();
            !list.is_empty() && list.iter().all(|node| node.as_text().is_some())
        })
}

/// A resource, or a condition's value, as the language of the policy reads it.
const fn glob(text: &str, version: Version) -> Glob<'_> {
    match version {
        Version::V2012 => Glob::new(text),
        Version::V2008 => Glob::wildcards(text),
    }
}

/// Whether what is known of `one` holds for all that fills the holes of `other`: a `?` is one character, and a hole may be
/// none or many. Where they are compared as they are written, a hole is but itself or within a `*`.
fn can_compare(one: &Text<'_>, other: &Text<'_>) -> bool {
    other.holes().is_empty() || !one.written().contains('?')
}
