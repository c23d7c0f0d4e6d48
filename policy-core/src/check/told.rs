//! For tests: what the checker says of a policy, in a form that a table can hold.

use std::ops::RangeInclusive;

use super::check;
use crate::document::{Document, Node, Place, Text, Value};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

/// The codes of actions and resources, so that a table is not about what other rooms say.
const OURS: RangeInclusive<Code> = Code::InvalidAction..=Code::UnfilledPlaceholder;

/// What is said of a document: code, path and the part of the string, each as `CODE /path part`.
pub(super) fn said(document: &Document<'_>, kind: Kind) -> Vec<String> {
    findings(document, kind)
        .iter()
        .map(|finding| {
            let path = document.path_to(finding.place()).unwrap_or_default();
            match part(document, finding) {
                Some(part) => format!("{} {path} {part}", finding.code()),
                None => format!("{} {path}", finding.code()),
            }
        })
        .collect()
}

/// The whole text of what is said of a document.
pub(super) fn told(document: &Document<'_>, kind: Kind) -> String {
    let texts: Vec<String> = findings(document, kind).iter().map(ToString::to_string).collect();
    texts.join("\n\n").replace(
        &super::catalogue_note(),
        // The date changes with each refresh.
        "catalogue of DATE",
    )
}

fn findings(document: &Document<'_>, kind: Kind) -> Vec<Finding> {
    let mut findings = check(document, kind);
    findings.retain(|finding| OURS.contains(&finding.code()));
    findings.into_iter().collect()
}

fn part<'d>(document: &'d Document<'d>, finding: &Finding) -> Option<&'d str> {
    text_at(document, finding.place())?.get(finding.part_of_string()?)
}

/// The string, a value or a name, that stands at a place.
pub(super) fn text_at<'d>(document: &'d Document<'d>, at: Place) -> Option<&'d str> {
    let mut found = None;
    walk(document.root(), &mut |place, text: &'d Text<'d>| {
        if place == at {
            found = Some(text.written());
        }
    });
    found
}

fn walk<'d>(node: &'d Node<'d>, see: &mut dyn FnMut(Place, &'d Text<'d>)) {
    match &node.value {
        Value::String(text) => see(node.place, text),
        Value::Array(elements) => elements.iter().for_each(|element| walk(element, see)),
        Value::Object(members) => members.iter().for_each(|member| {
            see(member.name_place, &member.name);
            walk(&member.value, see);
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// An identity policy of one statement: effect, the JSON of its actions and of its resources.
pub(super) fn statement(effect: &str, actions: &str, resources: &str) -> Document<'static> {
    read(&format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "{effect}", "Action": {actions}, "Resource": {resources} }} }}"#
    ))
}

/// A document of this JSON; one that is no JSON has no findings, which no table expects.
pub(super) fn read(json: &str) -> Document<'static> {
    Document::read(json).map_or_else(
        |error| Document::new(Node::string(error.to_string())),
        Document::into_owned,
    )
}

/// Compares a table: each row's actions and resources, and what is said of them.
pub(super) fn table(rows: &[(&str, &str, &[&str])]) {
    for (actions, resources, expected) in rows {
        let document = statement("Allow", actions, resources);
        assert_eq!(said(&document, Kind::Identity), *expected, "{actions} on {resources}");
    }
}
