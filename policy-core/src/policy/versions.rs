//! Statements of policies of different versions in one policy: `${` starts a policy variable in version 2012-10-17, and is only text in
//! the older one.

use crate::document::{Document, Node, Text, Value};
use crate::finding::{Code, Finding, Findings};
use crate::policy::owned::located;
use crate::policy::read::STATEMENT;
use crate::policy::statement::in_policy;
use crate::policy::{ReadError, Version};

/// What to write where both versions are meant.
pub(super) const GIVE_BOTH: &str =
    "give both version 2012-10-17, and in the older one write `${$}{` where `${` is only text";

/// The version in which these statements, each with the version of its policy, mean what they meant: `own`, unless only others have
/// `${`. The error is the number of the first that has it, and so has another whose version is `own`.
pub(super) fn common_version<'n>(
    own: Version,
    statements: impl Iterator<Item = (Version, &'n Node<'n>)> + Clone,
) -> Result<Version, usize> {
    if statements.clone().all(|(version, _)| version == own) {
        return Ok(own);
    }
    let is_dependent = |node| dependent(node).is_some();
    let mut others = statements
        .clone()
        .enumerate()
        .filter(|(_, (version, _))| *version != own);
    match others.find(|(_, (_, node))| is_dependent(node)) {
        None => Ok(own),
        Some((index, (version, _))) => {
            let mut ours = statements.filter(|(version, _)| *version == own);
            if ours.any(|(_, node)| is_dependent(node)) {
                Err(index)
            } else {
                Ok(version)
            }
        }
    }
}

/// The error for a statement whose meaning would change in this document, of version `own`.
pub(super) fn of_other_version(document: &Document<'_>, text: Option<&str>, index: usize, own: Version) -> ReadError {
    let statements = document.root().member(STATEMENT).map(Node::as_list).unwrap_or_default();
    let statement = statements.get(index).unwrap_or(document.root());
    let place = dependent(statement).unwrap_or(statement).place;
    let sid = statement.member("Sid").and_then(Node::as_text);
    let named = in_policy(index, sid.map(Text::written));
    let (other, meant, it) = match own {
        Version::V2012 => (Version::V2008, "is only text", "it starts a policy variable"),
        Version::V2008 => (Version::V2012, "starts a policy variable", "it is only text"),
    };
    let what = format!(
        "{named} is of a policy of version {other}, in which `${{` {meant}, and the other statements are of version {own}, in which {it}"
    );
    let finding = Finding::new(Code::VariableUnsupportedInVersion, place, what)
        .about("${")
        .note("in one policy, either would change its meaning")
        .with_help(GIVE_BOTH);
    let mut findings = Findings::new();
    findings.push(finding);
    ReadError::of(located(document, findings, text))
}

/// The first text of a statement whose meaning depends on the version.
fn dependent<'n>(node: &'n Node<'n>) -> Option<&'n Node<'n>> {
    match &node.value {
        Value::String(text) => text.written().contains("${").then_some(node),
        Value::Array(elements) => elements.iter().find_map(dependent),
        Value::Object(members) => members.iter().find_map(|member| dependent(&member.value)),
        _ => None,
    }
}
