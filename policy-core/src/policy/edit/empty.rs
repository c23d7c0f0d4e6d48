//! Elements without a value, which AWS rejects in a policy that is saved.
//!
//! A policy that is read may have one: it is as somebody wrote it, and [`check`](Policy::check) reports it. An edit must not make one.

use std::collections::HashSet;

use crate::document::{Document, Node, Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::policy::owned::located;
use crate::policy::read::{Empty, STATEMENT, empties};
use crate::policy::statement::in_policy;
use crate::policy::{Policy, PolicyKind, ReadError};

impl<K: PolicyKind> Policy<K> {
    /// This policy, which was made by an edit, if the edit left no element empty. `new` is its document before it was written:
    /// what is of `old` still has its place there.
    pub(super) fn filled(self, old: &Node<'_>, new: &Node<'_>) -> Result<Self, ReadError> {
        let new = lacks(new);
        if new.is_empty() {
            return Ok(self);
        }
        let before: HashSet<Place> = lacks(old).iter().map(|lack| lack.empty.place).collect();
        let read = lacks(self.document().root());
        let made = new
            .iter()
            .zip(read)
            .filter(|(new, _)| !before.contains(&new.empty.place));
        refused(self.document(), made.map(|(_, read)| read), Some(self.text()))?;
        Ok(self)
    }

    /// This policy, which was built, if no element is empty; `document` is what it was built from.
    pub(in crate::policy) fn without_empties(self, document: &Document<'_>) -> Result<Self, ReadError> {
        refused(document, lacks(document.root()).into_iter(), None)?;
        Ok(self)
    }
}

/// What a statement has none of.
struct Lack<'n> {
    statement: String,
    element: &'n str,
    empty: Empty<'n>,
}

impl Lack<'_> {
    fn finding(&self) -> Finding {
        let Self {
            statement,
            element,
            empty,
        } = self;
        let (article, noun) = match empty.code {
            Code::EmptyArrayAction => ("an", "action"),
            Code::EmptyArrayResource => ("a", "resource"),
            _ => ("a", "principal"),
        };
        Finding::new(empty.code, empty.place, format!("{statement} has no {noun}: its `{element}` is empty"))
            .about(*element)
            .note("the statement would not match any request; IAM rejects the policy, but only when it is saved")
            .with_help(format!(
                "remove the statement, with `Policy::remove`, `Policy::retain` or `None` in `Policy::map`, or give it {article} {noun}"
            ))
    }
}

fn refused<'n>(
    document: &Document<'_>,
    lacks: impl Iterator<Item = Lack<'n>>,
    text: Option<&str>,
) -> Result<(), ReadError> {
    let mut findings = Findings::new();
    for lack in lacks {
        findings.push(lack.finding());
    }
    if findings.is_empty() {
        return Ok(());
    }
    Err(ReadError::of(located(document, findings, text)))
}

/// What the statements of a policy have none of, in its order.
fn lacks<'n>(policy: &'n Node<'_>) -> Vec<Lack<'n>> {
    let mut lacks = Vec::new();
    let statements = policy.member(STATEMENT).map(Node::as_list).unwrap_or_default();
    for (index, statement) in statements.iter().enumerate() {
        let sid = statement.member("Sid").and_then(Node::as_text).map(Text::written);
        for member in statement.members() {
            lacks.extend(empties(member).into_iter().map(|empty| Lack {
                statement: in_policy(index, sid),
                element: member.name.written(),
                empty,
            }));
        }
    }
    lacks
}
