//! Elements without a value, which AWS rejects in a policy that is saved.
//!
//! A policy that is read may have one: it is as somebody wrote it, and [`check`](Policy::check) reports it. An edit must not make one.

use std::collections::HashSet;

use crate::document::{Document, Node, Place, Text, Value};
use crate::finding::{Code, Finding, Findings};
use crate::policy::owned::located;
use crate::policy::read::STATEMENT;
use crate::policy::statement::in_policy;
use crate::policy::{Policy, PolicyKind, ReadError};

impl<K: PolicyKind> Policy<K> {
    /// This policy, which was made by an edit, if the edit left no element empty. `new` is its document before it was written:
    /// what is of `old` still has its place there.
    pub(super) fn filled(self, old: &Node<'_>, new: &Node<'_>) -> Result<Self, ReadError> {
        let new = empties(new);
        if new.is_empty() {
            return Ok(self);
        }
        let before: HashSet<Place> = empties(old).iter().map(|empty| empty.place).collect();
        let read = empties(self.document().root());
        let made = new.iter().zip(read).filter(|(new, _)| !before.contains(&new.place));
        refused(self.document(), made.map(|(_, read)| read), Some(self.text()))?;
        Ok(self)
    }

    /// This policy, which was built, if no element is empty; `document` is what it was built from.
    pub(in crate::policy) fn without_empties(self, document: &Document<'_>) -> Result<Self, ReadError> {
        refused(document, empties(document.root()).into_iter(), None)?;
        Ok(self)
    }
}

/// An element of a statement without a value.
struct Empty<'n> {
    statement: String,
    element: &'n str,
    noun: &'static str,
    code: Code,
    place: Place,
}

impl Empty<'_> {
    fn finding(&self) -> Finding {
        let Self {
            statement,
            element,
            noun,
            code,
            place,
        } = self;
        let article = if *noun == "action" { "an" } else { "a" };
        Finding::new(*code, *place, format!("{statement} has no {noun}: its `{element}` is empty"))
            .about(*element)
            .note("the statement would not match any request; IAM rejects the policy, but only when it is saved")
            .with_help(format!(
                "remove the statement, with `Policy::remove`, `Policy::retain` or `None` in `Policy::map`, or give it {article} {noun}"
            ))
    }
}

fn refused<'n>(
    document: &Document<'_>,
    empties: impl Iterator<Item = Empty<'n>>,
    text: Option<&str>,
) -> Result<(), ReadError> {
    let mut findings = Findings::new();
    for empty in empties {
        findings.push(empty.finding());
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(ReadError::of(located(document, findings, text)))
}

/// The empty elements of a policy, in its order. Of a `Condition` none is: AWS accepts an empty one, and no edit makes one.
fn empties<'n>(policy: &'n Node<'_>) -> Vec<Empty<'n>> {
    let mut empties = Vec::new();
    let statements = policy.member(STATEMENT).map(Node::as_list).unwrap_or_default();
    for (index, statement) in statements.iter().enumerate() {
        let sid = statement.member("Sid").and_then(Node::as_text).map(Text::written);
        for member in statement.members() {
            let element = member.name.written();
            let mut push = |node: &Node<'_>, noun, code| {
                empties.push(Empty {
                    statement: in_policy(index, sid),
                    element,
                    noun,
                    code,
                    place: node.place,
                });
            };
            let is_empty = |node: &Node<'_>| matches!(&node.value, Value::Array(elements) if elements.is_empty());
            match (element, &member.value) {
                ("Action" | "NotAction", list) if is_empty(list) => push(list, "action", Code::EmptyArrayAction),
                ("Resource" | "NotResource", list) if is_empty(list) => {
                    push(list, "resource", Code::EmptyArrayResource);
                }
                ("Principal" | "NotPrincipal", node) => match &node.value {
                    Value::Object(keys) if keys.is_empty() => push(node, "principal", Code::EmptyObjectPrincipal),
                    Value::Object(keys) => {
                        for key in keys.iter().filter(|key| is_empty(&key.value)) {
                            push(&key.value, "principal", Code::EmptyArrayPrincipal);
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }
    empties
}
