//! For tests: what the checker says of a policy, in a form that a table can hold.

use proptest::prelude::*;

use super::{Example, Options, check};
use crate::catalogue;
use crate::document::{Document, Node, Place};
use crate::finding::{Code, Findings};
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

/// A policy of one statement: its effect, and the JSON of its actions and of its resources.
pub(super) fn product(effect: &str, actions: &str, resources: &str) -> Document<'static> {
    read(&format!(
        r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "{effect}", "Action": {actions}, "Resource": {resources} }} }}"#
    ))
}

/// Holds the checker to a table of actions on resources: of each, what [`said`] says of an identity policy that allows them.
pub(super) fn products(rows: &[(&str, &str, &[&str])]) {
    for (actions, resources, expected) in rows {
        let document = product("Allow", actions, resources);
        assert_eq!(said(&document, Kind::Identity), *expected, "{actions} on {resources}");
    }
}

/// Every finding, as `table` has them.
pub(super) fn findings(json: &str, kind: Kind) -> Vec<String> {
    said(&read(json), kind)
}

/// Every finding of a document, as `table` has them.
pub(super) fn said(document: &Document<'_>, kind: Kind) -> Vec<String> {
    said_with(&Options::new(), document, kind)
}

/// The same with options.
pub(super) fn said_with(options: &Options, document: &Document<'_>, kind: Kind) -> Vec<String> {
    judged(document, kind, options)
        .iter()
        .map(|finding| {
            let path = document.path_to(finding.place()).unwrap_or_default();
            let mut said = format!("{} {path}", finding.code());
            if let Some(part) = finding.span_in_string() {
                let text = text_at(document, finding.place()).unwrap_or_default();
                said.push(' ');
                said.push_str(text.get(part).unwrap_or("OUTSIDE"));
            }
            said
        })
        .collect()
}

/// The tables' statements are on `*`, or in any Region, for brevity, and that is not what they are about.
fn judged(document: &Document<'_>, kind: Kind, options: &Options) -> Findings {
    let mut findings = check(document, kind, options);
    findings.retain(|finding| match finding.code() {
        Code::ResourceCouldBeNarrower => false,
        Code::HardCodedPartition => finding.has_no_effect(),
        _ => true,
    });
    findings
}

/// The string, a value or a name, at a place.
pub(super) fn text_at<'d>(document: &'d Document<'d>, at: Place) -> Option<&'d str> {
    let mut found = None;
    document.root().each_text(&mut |met| {
        if met.place == at {
            found = Some(met.text.written());
        }
    });
    found
}

/// The whole text of every finding. The catalogue's date changes with each refresh, and is written `DATE`.
pub(super) fn messages(statements: &str, kind: Kind) -> String {
    told(&read(&policy(statements)), kind)
}

/// The whole text of every finding of a document, as [`messages`] has it.
pub(super) fn told(document: &Document<'_>, kind: Kind) -> String {
    told_with(&Options::new(), document, kind)
}

/// The same with options.
pub(super) fn told_with(options: &Options, document: &Document<'_>, kind: Kind) -> String {
    let messages: Vec<String> = judged(document, kind, options)
        .iter()
        .map(|finding| format!("{finding:#}"))
        .collect();
    messages.join("\n\n").replace(catalogue::snapshot().date(), "DATE")
}

/// The codes of those that are dead: AWS accepts them, and they never do what they say.
pub(super) fn dead(statements: &str, kind: Kind) -> Vec<&'static str> {
    let findings = check(&read(&policy(statements)), kind, &Options::new());
    let dead = findings.iter().filter(|finding| finding.has_no_effect());
    dead.map(|finding| finding.code().name()).collect()
}

/// A document of this JSON; of text that is not JSON, one that no table expects.
pub(super) fn read(json: &str) -> Document<'static> {
    Document::read(json)
        .unwrap_or_else(|error| Document::new(Node::string(error.to_string())))
        .into_owned()
}

/// The examples of all codes that have one: the policy that has the finding, as a document.
pub(super) fn examples() -> impl Iterator<Item = (Example, Document<'static>)> {
    Code::ALL.iter().filter_map(|code| {
        let example = Example::of(*code)?;
        let document = Document::read(&example.wrong).ok()?.into_owned();
        Some((example, document))
    })
}

/// Policies put together of the examples' statements, so that much is wrong with them, and of either language.
pub(super) fn statements() -> impl Strategy<Value = String> {
    let of_policy = |document: &Document<'_>| {
        let statements = document.root().member("Statement").map_or([].as_slice(), Node::as_list);
        statements.iter().map(Node::to_json).collect::<Vec<_>>()
    };
    let statements: Vec<String> = examples().flat_map(|(_, document)| of_policy(&document)).collect();
    let version = prop_oneof![
        Just(""),
        Just(r#""Version": "2012-10-17", "#),
        Just(r#""Version": "2008-10-17", "#)
    ];
    let statements = prop::collection::vec(prop::sample::select(statements), 1..5);
    (version, statements)
        .prop_map(|(version, statements)| format!(r#"{{ {version}"Statement": [{}] }}"#, statements.join(", ")))
}
