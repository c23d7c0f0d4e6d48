//! For tests: what the checker says of a policy, in a form that a table can hold.

use super::{catalogue_note, check};
use crate::document::{Document, Node, Place, Text, Value};
use crate::policy::Kind;

/// Holds the checker to a table: of each policy of one statement, every finding as `CODE /path`, and behind that the part of
/// the string where it has one.
pub(super) fn table(kind: Kind, rows: &[(&str, &[&str])]) {
    for (statement, expected) in rows {
        let policy = policy(statement);
        assert_eq!(findings(&policy, kind), *expected, "{statement}");
    }
}

/// A policy of this statement, or of these.
pub(super) fn policy(statements: &str) -> String {
    format!(r#"{{ "Version": "2012-10-17", "Statement": [{statements}] }}"#)
}

/// Every finding, as `table` has them.
pub(super) fn findings(json: &str, kind: Kind) -> Vec<String> {
    let document = read(json);
    check(&document, kind)
        .iter()
        .map(|finding| {
            let path = document.path_to(finding.place()).unwrap_or_default();
            let mut said = format!("{} {path}", finding.code());
            if let Some(part) = finding.part_of_string() {
                strings(document.root(), &mut |place, text| {
                    if place == finding.place() {
                        said.push(' ');
                        said.push_str(text.written().get(part.clone()).unwrap_or("OUTSIDE"));
                    }
                });
            }
            said
        })
        .collect()
}

/// The whole text of every finding. The catalogue's date changes with each refresh, and stands as `DATE`.
pub(super) fn messages(statements: &str, kind: Kind) -> String {
    let json = policy(statements);
    let document = read(&json);
    let messages: Vec<String> = check(&document, kind).iter().map(ToString::to_string).collect();
    messages.join("\n\n").replace(&catalogue_note(), "catalogue of DATE")
}

/// The codes of those that are dead: AWS accepts them, and they never do what they say.
pub(super) fn dead(statements: &str, kind: Kind) -> Vec<&'static str> {
    let findings = check(&read(&policy(statements)), kind);
    let dead = findings.iter().filter(|finding| finding.is_dead());
    dead.map(|finding| finding.code().name()).collect()
}

/// A document of this JSON; of what is no JSON, one that no table expects.
fn read(json: &str) -> Document<'_> {
    Document::read(json).unwrap_or_else(|error| Document::new(Node::string(error.to_string())))
}

fn strings<'d>(node: &'d Node<'d>, see: &mut impl FnMut(Place, &'d Text<'d>)) {
    match &node.value {
        Value::String(text) => see(node.place, text),
        Value::Array(elements) => elements.iter().for_each(|element| strings(element, see)),
        Value::Object(members) => {
            for member in members {
                see(member.name_place, &member.name);
                strings(&member.value, see);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
