//! Policies, or parts of them, that AWS refuses: it keeps none such, so what is malformed grants nothing, and denies whatever it
//! may have been meant to deny.

use crate::document::{Document, Member, Node, Value};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::policy::{Effect, Statement};

/// What is wrong with a policy, each mistake with the statement that it is in.
pub(super) struct Mistakes<'d> {
    errors: Findings,
    /// Whatever stands where statements should.
    places: Vec<&'d Node<'d>>,
}

impl<'d> Mistakes<'d> {
    pub(super) fn new(document: &'d Document<'d>, mut findings: Findings) -> Self {
        findings.retain(|finding| finding.severity() == Severity::Error);
        let lists = document.root().members().iter().filter(|member| is_statements(member));
        Self {
            errors: findings,
            places: lists.flat_map(|member| member.value.as_list()).collect(),
        }
    }

    /// Whatever stands where statements should, in order.
    pub(super) fn places(&self) -> &[&'d Node<'d>] {
        &self.places
    }

    /// Those within one of the [`places`](Self::places).
    pub(super) fn within(&self, node: &Node<'_>) -> Vec<&Finding> {
        self.errors.iter().filter(|error| is_within(error, node)).collect()
    }

    /// The first that is in no statement. What is wrong outside of the statements is wrong with all of them.
    pub(super) fn outside(&self) -> Option<&Finding> {
        self.errors
            .iter()
            .find(|error| !self.places.iter().any(|node| is_within(error, node)))
    }
}

/// The effect of a statement, if it is to be an `Allow` in spite of these mistakes.
pub(super) fn effect(statement: &Statement<'_>, mistakes: &[&Finding]) -> Effect {
    let has_deny = || {
        let others = statement
            .node
            .members()
            .iter()
            .filter(|member| member.name.written() != "Sid");
        let mut values = others.map(|member| &member.value);
        values.any(|value| holds(value, &is_deny))
    };
    match statement.effect {
        // It has two effects, or one that AWS does not know: `deny`, or `Deny` under a misspelt name.
        _ if !mistakes.is_empty() && has_deny() => Effect::Deny,
        Some(effect) => effect,
        None => Effect::Allow,
    }
}

/// Takes from a statement that denies whatever of it was not read as it stands: it is then about all actions, resources or
/// requests, instead of about fewer than were meant.
pub(super) fn widen(statement: &mut Statement<'_>, mistakes: &[&Finding]) {
    let of_element = |name: &str, value: Option<&Node<'_>>| {
        mistakes.iter().any(|mistake| {
            let is_inside = value.is_some_and(|value| is_within(mistake, value));
            let opposite = mistake.subject().strip_prefix("Not").unwrap_or(mistake.subject());
            match mistake.code() {
                Code::DataTypeMismatch | Code::InvalidPrincipalFormat | Code::InvalidPrincipalKey => is_inside,
                Code::DuplicateElement => is_inside || opposite == name,
                Code::UnsupportedElementCombination => opposite == name,
                _ => false,
            }
        })
    };
    let Statement {
        principal,
        action,
        resource,
        ..
    } = statement;
    for (name, element) in [("Principal", principal), ("Action", action), ("Resource", resource)] {
        if of_element(name, element.map(|element| element.value)) {
            *element = None;
        }
    }
    let condition = statement.node.member("Condition");
    if of_element("Condition", condition) {
        statement.conditions.clear();
    }
}

/// Whether what stands where a statement should, and is none, was perhaps meant to deny.
pub(super) fn may_deny(node: &Node<'_>) -> bool {
    holds(node, &|text| {
        let text = text.to_ascii_lowercase();
        // As JSON in a string, too, or percent-encoded.
        is_deny(&text) || text.contains("effect") && text.contains("deny")
    })
}

/// Whether what stands beside the statements of a policy, or instead of them, was perhaps meant to deny.
pub(super) fn may_deny_aside(document: &Document<'_>) -> bool {
    let root = document.root();
    if !matches!(root.value, Value::Object(_)) {
        return may_deny(root);
    }
    let mut others = root
        .members()
        .iter()
        .filter(|member| !is_statements(member) && !matches!(member.name.written(), "Version" | "Id"));
    others.any(|member| may_deny(&member.value))
}

/// What is wrong, and what to write.
pub(super) fn describe(mistake: &Finding) -> Box<str> {
    let mut text = mistake.what().to_owned();
    for help in mistake.helps() {
        text.push_str("; ");
        text.push_str(help);
    }
    text.into()
}

fn is_statements(member: &Member<'_>) -> bool {
    member.name.written() == "Statement"
}

fn is_deny(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case("Deny")
}

/// Whether a string somewhere in it is such.
fn holds(node: &Node<'_>, is_such: &impl Fn(&str) -> bool) -> bool {
    match &node.value {
        Value::String(text) => is_such(text.written()),
        Value::Array(items) => items.iter().any(|item| holds(item, is_such)),
        Value::Object(members) => members.iter().any(|member| holds(&member.value, is_such)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_within(mistake: &Finding, node: &Node<'_>) -> bool {
    node.place.start <= mistake.place().start && mistake.place().end <= node.place.end
}
