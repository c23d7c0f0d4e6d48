//! The grammar of policies: parses a document into an [`Outline`] and reports mistakes of its structure.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

mod around;
mod empty;
mod principal;

use around::{bare_statement, wrapped, wrapper};
#[cfg(feature = "edit")]
pub(super) use empty::{Empty, empties};
use principal::principal;

use std::borrow::Cow;

use crate::catalogue::{ValueType, global_condition_key};
use crate::collected::CollectVec;
use crate::document::{Document, Member, Node, Place, Text, Value};
use crate::finding::{Change, Code, Finding, Findings, Fix};
use crate::numbers::Texts;
use crate::policy::operator::{Comparison, Operator, Qualifier};
use crate::policy::statement::{Condition, Effect, Element, Outline, StatementOutline, Version};
use crate::policy::{Kind, demands};
use crate::spelling::nearest;

pub(super) const STATEMENT: &str = "Statement";
/// The elements of a policy.
pub const TOP_ELEMENTS: [&str; 3] = ["Version", "Id", STATEMENT];
/// The elements of a statement, in the order of AWS's pages.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html>
pub const STATEMENT_ELEMENTS: [&str; 9] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
];

/// The elements that must be a single value.
const SCALARS: [&str; 4] = ["Version", "Id", "Sid", "Effect"];

/// Reads a document as a policy of this kind, and reports the mistakes of its structure.
///
/// Malformed parts are left out of the outline, so that the rest can still be checked.
pub fn read<'d>(document: &'d Document<'d>, kind: Kind) -> (Outline<'d>, Findings) {
    let mut findings = Findings::new();
    let outline = outline(document, kind, &mut findings);
    (outline, findings)
}

fn outline<'d>(document: &'d Document<'d>, kind: Kind, findings: &mut Findings) -> Outline<'d> {
    let root = document.root();
    let mut outline = Outline {
        version: Version::V2008,
        statements: Vec::new(),
    };
    let Some(members) = object(root, "a policy", findings) else {
        return outline;
    };
    if let Some(wrapper) = wrapper(members) {
        findings.push(wrapped(wrapper));
        return outline;
    }
    if let Some(finding) = bare_statement(root, members) {
        findings.push(finding);
        return outline;
    }
    duplicates(members, findings);
    let mut statements = None;
    let mut has_version = false;
    let mut misspelt = Vec::new();
    for member in members {
        match member.name.written() {
            "Version" => {
                has_version = true;
                outline.version = version(&member.value, findings);
            }
            "Id" => {
                string(&member.value, "Id", findings);
            }
            STATEMENT => statements = Some(&member.value),
            _ => misspelt.extend(unknown_element(member, &TOP_ELEMENTS, findings)),
        }
    }
    if !has_version && !misspelt.contains(&"Version") {
        findings.push(
            Finding::new(Code::MissingVersion, root.place, "the policy has no `Version`")
                .note("AWS accepts it, but as version 2008-10-17, in which `${...}` is not a policy variable")
                .with_fix(with_version(root)),
        );
    }
    match statements {
        None if misspelt.contains(&STATEMENT) => {}
        None => findings.push(
            Finding::new(Code::MissingStatement, root.place, "the policy has no `Statement`")
                .note("AWS rejects the policy")
                .with_help("write `\"Statement\": [ ... ]`"),
        ),
        Some(list) => {
            if list.as_list().is_empty() {
                findings.push(
                    Finding::new(Code::MissingStatement, list.place, "the policy has no statement")
                        .note("AWS rejects the policy")
                        .with_help("add a statement, or remove the policy"),
                );
            }
            let is_alone = list.as_list().len() < 2;
            outline.statements = list
                .as_list()
                .iter()
                .filter_map(|node| statement(node, kind, is_alone, findings))
                .collect_vec();
        }
    }
    demands::check(document, &outline, kind, findings);
    outline
}

/// The policy with a `Version` before its other elements. The two versions differ in policy variables only.
fn with_version(root: &Node<'_>) -> Fix {
    let mut has_variables = false;
    root.each_text(&mut |met| has_variables |= met.text.filled().contains("${"));
    let version = Change::Insert {
        object: root.place,
        name: "Version",
        value: Version::V2012.name(),
    };
    let fix = Fix::new("write `\"Version\": \"2012-10-17\"` first", vec![version]);
    if has_variables { fix } else { fix.safe() }
}

fn version(node: &Node<'_>, findings: &mut Findings) -> Version {
    let Some(text) = string(node, "Version", findings) else {
        return Version::V2012;
    };
    match text {
        "2012-10-17" => Version::V2012,
        "2008-10-17" => Version::V2008,
        other => {
            findings.push(
                Finding::new(
                    Code::InvalidVersion,
                    node.place,
                    format!("`{other}` is not a policy version"),
                )
                .about(other)
                .note("`Version` is the version of the policy language, not of the policy; AWS rejects the policy")
                .with_fix(Fix::write(node.place, Version::V2012.name())),
            );
            Version::V2012
        }
    }
}

/// How a statement is removed that matches nothing. One that denies was meant to deny something; the only one is the policy.
pub(crate) fn idle_statement_removal(node: &Node<'_>, is_alone: bool) -> Option<Fix> {
    let effect = node.member("Effect").and_then(Node::as_text)?;
    let is_idle = !is_alone && effect.filled() == Effect::Allow.name();
    is_idle.then(|| Fix::new("remove this statement", vec![Change::Remove(node.place)]).safe())
}

fn statement<'d>(
    node: &'d Node<'d>,
    kind: Kind,
    is_alone: bool,
    findings: &mut Findings,
) -> Option<StatementOutline<'d>> {
    let members = object(node, "a statement", findings)?;
    duplicates(members, findings);
    let removal = idle_statement_removal(node, is_alone);
    let mut statement = StatementOutline {
        node,
        sid: None,
        effect: None,
        principal: None,
        action: None,
        resource: None,
        conditions: Vec::new(),
        misspelt: Vec::new(),
    };
    let mut has_effect = false;
    for member in members {
        let name = member.name.written();
        let element = Element {
            negated: name.starts_with("Not"),
            name_place: member.name_place,
            value: &member.value,
        };
        let removal = removal.as_ref().filter(|_| !element.negated);
        match name {
            "Sid" => statement.sid = string(&member.value, "Sid", findings).map(|_| &member.value),
            "Effect" => {
                has_effect = true;
                statement.effect = effect(&member.value, findings);
            }
            "Principal" | "NotPrincipal" => {
                pair(&mut statement.principal, element, "Principal", findings);
                if !is_refused(members, element, "Principal", kind) {
                    empty::report(member, removal, findings);
                    statement.misspelt.extend(principal(&member.value, findings));
                }
            }
            "Action" | "NotAction" => {
                pair(&mut statement.action, element, "Action", findings);
                empty::report(member, removal, findings);
                strings(&member.value, name, findings);
            }
            "Resource" | "NotResource" => {
                pair(&mut statement.resource, element, "Resource", findings);
                if !is_refused(members, element, "Resource", kind) {
                    empty::report(member, removal, findings);
                    strings(&member.value, name, findings);
                }
            }
            "Condition" => statement.conditions = conditions(member, findings),
            _ => statement
                .misspelt
                .extend(unknown_element(member, &STATEMENT_ELEMENTS, findings)),
        }
    }
    if !has_effect && !statement.lacks_only_for_spelling("Effect") {
        findings.push(
            Finding::new(Code::MissingEffect, node.place, "the statement has no `Effect`")
                .note("AWS rejects the policy")
                .with_help("write `\"Effect\": \"Allow\"` or `\"Effect\": \"Deny\"`"),
        );
    }
    if statement.action.is_none() && !statement.lacks_only_for_spelling("Action") {
        findings.push(
            Finding::new(Code::MissingAction, node.place, "the statement has no `Action`")
                .note("AWS rejects the policy")
                .with_help("write `\"Action\": \"service:Name\"`, or a list of them"),
        );
    }
    Some(statement)
}

/// Whether the statement's `Principal` or `Resource` is this element, and this kind of policy does not support it. Then
/// its value is not reported, since it is removed with the element.
fn is_refused(members: &[Member<'_>], element: Element<'_>, name: &str, kind: Kind) -> bool {
    if !demands::refuses(kind, name, element) {
        return false;
    }
    let of_name = |member: &&Member<'_>| {
        let own = member.name.written();
        own.strip_prefix("Not").unwrap_or(own) == name
    };
    let is_negated = |member: &Member<'_>| member.name.written() != name;
    let mut alike = members.iter().filter(of_name);
    // If there are several, the last is read, unless it is the negation of the first.
    let first = alike.next();
    let last = first.map(|first| {
        let mut same = alike.filter(|other| is_negated(other) == is_negated(first));
        same.next_back().unwrap_or(first)
    });
    last.is_some_and(|last| std::ptr::eq(&raw const last.value, element.value))
}

/// Sets `element` unless its negation is set.
fn pair<'d>(slot: &mut Option<Element<'d>>, element: Element<'d>, name: &str, findings: &mut Findings) {
    if slot.is_some_and(|other| other.negated != element.negated) {
        findings.push(
            Finding::new(
                Code::UnsupportedElementCombination,
                element.name_place,
                format!("a statement cannot have both `{name}` and `Not{name}`"),
            )
            .about(name)
            .note("AWS rejects the policy")
            .with_help("keep one of the two; to exclude something from an `Allow`, write a `Deny` statement"),
        );
    } else {
        *slot = Some(element);
    }
}

/// How AWS responds to an unknown word.
const REJECTED: &str = "AWS rejects the policy, often with only the message `The policy failed legacy parsing`";

fn effect(node: &Node<'_>, findings: &mut Findings) -> Option<Effect> {
    let text = string(node, "Effect", findings)?;
    let effect = text.parse::<Effect>().ok();
    if effect.is_none() {
        let finding = Finding::new(Code::InvalidEffect, node.place, format!("`{text}` is not an effect"))
            .about(text)
            .note(REJECTED);
        let fix = |name: &str| Fix::write(node.place, name);
        findings.push(match nearest(text, ["Allow", "Deny"]) {
            Some(name) if name.eq_ignore_ascii_case(text) => finding
                .with_help(format!("write `{name}`; the value is case-sensitive"))
                .fixed_by(fix(name)),
            Some(name) => finding.with_fix(fix(name)),
            None => finding.with_help("write `Allow` or `Deny`"),
        });
    }
    effect
}

fn conditions<'d>(member: &'d Member<'d>, findings: &mut Findings) -> Vec<Condition<'d>> {
    let mut lines = Vec::new();
    let node = &member.value;
    let removed = |title: &'static str, name: Place| Fix::new(title, vec![Change::Remove(name)]).safe();
    let Some(operators) = object(node, "`Condition`", findings) else {
        return lines;
    };
    duplicates(operators, findings);
    if operators.is_empty() {
        findings.push(
            Finding::new(Code::EmptyObjectCondition, node.place, "the condition is empty")
                .note("an empty condition is met by every request")
                .with_help("remove the empty condition, or write the condition that you meant")
                .fixed_by(removed("remove the empty condition", member.name_place)),
        );
    }
    for Member {
        name_place: operator_place,
        name: operator_text,
        value,
    } in operators
    {
        let Value::Object(keys) = &value.value else {
            findings.push(without_operator(operator_text, value));
            continue;
        };
        duplicates(keys, findings);
        if keys.is_empty() {
            findings.push(
                Finding::new(
                    Code::EmptyObjectCondition,
                    value.place,
                    "the operator has no condition key",
                )
                .note("an operator without keys is met by every request")
                .with_help("remove the operator, or write `{ \"service:Key\": \"value\" }`")
                .fixed_by(removed("remove the operator", *operator_place)),
            );
        }
        let operator = Operator::named(operator_text.written());
        for Member {
            name_place: key_place,
            name: key,
            value,
        } in keys
        {
            condition_value(value, findings);
            lines.push(Condition {
                operator_place: *operator_place,
                operator_text,
                operator,
                key_place: *key_place,
                key,
                value,
            });
        }
    }
    lines
}

/// A member of `Condition` whose value has no keys: most have a condition key there, and no operator.
fn without_operator(name: &Text<'_>, value: &Node<'_>) -> Finding {
    let key = name.written();
    let is_key = key.contains([':', '/']) && Operator::named(key).is_none();
    if !is_key || matches!(value.value, Value::Null | Value::Array(_)) && value.as_list().is_empty() {
        return wrong_type(value, "a condition operator", "an object, `{ ... }`");
    }
    // Of the other keys only the checker has the type: a program that only reads policies does not contain the catalogue of services.
    let (such, operator) = match global_condition_key(key) {
        Some(known) => ("", operator_for(known.value_type(), value)),
        None => ("such as ", Comparison::StringEquals.into()),
    };
    let what = format!("`{key}` is not a condition operator");
    Finding::new(Code::DataTypeMismatch, value.place, what)
        .about("a condition operator")
        .note("AWS rejects the policy: a condition key is written below the operator that compares its values")
        .with_help(format!(
            "write the operator first, {such}`\"{operator}\": {{ \"{key}\": {} }}`",
            value.to_json()
        ))
}

/// The operator that compares values of the type with these.
fn operator_for(kind: ValueType, values: &Node<'_>) -> Operator {
    let is_pattern = |text: &Text<'_>| text.filled().contains(['*', '?']);
    let has_pattern = values.as_list().iter().filter_map(Node::as_text).any(is_pattern);
    let usual = Comparison::usual(kind.scalar);
    let comparison = if usual == Comparison::StringEquals && has_pattern {
        Comparison::StringLike
    } else {
        usual
    };
    Operator {
        qualifier: kind.multivalued.then_some(Qualifier::ForAnyValue),
        ..comparison.into()
    }
}

fn condition_value(node: &Node<'_>, findings: &mut Findings) {
    for value in node.as_list() {
        if is_nested(node, value) {
            findings.push(nested(value, "a condition value"));
        } else if matches!(value.value, Value::Null | Value::Array(_) | Value::Object(_)) {
            findings.push(wrong_type(
                value,
                "a condition value",
                "a string, a number, `true` or `false`",
            ));
        }
    }
}

fn is_nested(node: &Node<'_>, value: &Node<'_>) -> bool {
    let is_list = |node: &Node<'_>| matches!(node.value, Value::Array(_));
    is_list(node) && is_list(value)
}

/// A list in a list.
fn nested(value: &Node<'_>, what: &str) -> Finding {
    wrong_type_with(
        value,
        what,
        "remove the inner brackets: write one list with all values, `[..., ...]`",
    )
}

/// Reports the duplicate members of an object.
fn duplicates(members: &[Member<'_>], findings: &mut Findings) {
    let mut seen = Seen::of(members);
    for (index, member) in members.iter().enumerate() {
        let name = member.name.written();
        if seen.has_before(index, name) {
            findings.push(
                Finding::new(
                    Code::DuplicateElement,
                    member.name_place,
                    format!("`{name}` appears twice"),
                )
                .about(name)
                .note("AWS rejects the policy; a JSON parser silently keeps one of the two")
                .with_help(match &member.value.value {
                    Value::Object(_) => {
                        format!("write one `{name}` with the members of both, `\"{name}\": {{ ..., ... }}`")
                    }
                    _ if SCALARS.contains(&name) => format!("keep one `{name}`"),
                    _ => format!("write one `{name}` with both values, `\"{name}\": [..., ...]`"),
                }),
            );
        }
    }
}

/// The member names seen so far.
enum Seen<'m, 'd> {
    /// With few members, as in nearly every object, names are compared pairwise.
    Few(&'m [Member<'d>]),
    Many(Texts<'m>),
}

impl<'m, 'd> Seen<'m, 'd> {
    const FEW: usize = 16;

    fn of(members: &'m [Member<'d>]) -> Self {
        if members.len() <= Self::FEW {
            Self::Few(members)
        } else {
            Self::Many(Texts::new())
        }
    }

    /// Whether an earlier member has the same name.
    fn has_before(&mut self, index: usize, name: &'m str) -> bool {
        match self {
            Self::Few(members) => members.iter().take(index).any(|earlier| earlier.name.written() == name),
            Self::Many(names) => !names.insert(name.into()),
        }
    }
}

/// Reports an unknown element, and returns the one that was most likely intended.
fn unknown_element(member: &Member<'_>, known: &[&'static str], findings: &mut Findings) -> Option<&'static str> {
    let name = member.name.written();
    let meant = nearest(name, known.iter().copied());
    let of = if known.contains(&STATEMENT) {
        "a policy"
    } else {
        "a statement"
    };
    let what = format!("`{name}` is not an element of {of}");
    let finding = Finding::new(Code::InvalidPolicyElement, member.name_place, what)
        .about(name)
        .note(REJECTED);
    let fix = |element: &str| Fix::write(member.name_place, element);
    findings.push(match meant {
        Some(element) if element.eq_ignore_ascii_case(name) => finding
            .with_help(format!("write `{element}`; element names are case-sensitive"))
            .fixed_by(fix(element)),
        Some(element) => finding.with_fix(fix(element)),
        None if TOP_ELEMENTS.contains(&name) => {
            finding.with_help(format!("`{name}` is an element of the policy, not of a statement"))
        }
        None if STATEMENT_ELEMENTS.contains(&name) => {
            finding.with_help(format!("`{name}` is an element of a statement"))
        }
        None => finding.with_help(format!("write one of {}", list(known))),
    });
    meant
}

fn list(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect_vec().join(", ")
}

/// Reports the values of a scalar or a list that are not strings.
fn strings(node: &Node<'_>, name: &str, findings: &mut Findings) {
    for value in node.as_list() {
        if is_nested(node, value) {
            findings.push(nested(value, &format!("a value of `{name}`")));
        } else if value.as_text().is_none() {
            findings.push(not_a_string(value, name, "a string or a list of strings"));
        }
    }
}

fn string<'d>(node: &'d Node<'_>, name: &str, findings: &mut Findings) -> Option<&'d str> {
    let text = node.as_text().map(Text::filled);
    if text.is_none() {
        findings.push(not_a_string(node, name, "a string"));
    }
    text
}

fn not_a_string(node: &Node<'_>, name: &str, expected: &str) -> Finding {
    let finding = wrong_type(node, &format!("`{name}`"), expected);
    match function(node) {
        Some(function) => finding.note(format!(
            "`{function}` is a CloudFormation function, which a policy cannot have: write the text that it returns"
        )),
        None => finding,
    }
}

/// The `CloudFormation` function in the place of a string: `{ "Fn::Sub": "..." }`.
fn function<'d>(node: &'d Node<'_>) -> Option<&'d str> {
    let Value::Object(members) = &node.value else {
        return None;
    };
    let [member] = members.as_slice() else { return None };
    let name = member.name.written();
    (name == "Ref" || name.starts_with("Fn::")).then_some(name)
}

fn object<'d>(node: &'d Node<'d>, what: &str, findings: &mut Findings) -> Option<&'d [Member<'d>]> {
    if let Value::Object(members) = &node.value {
        Some(members)
    } else {
        findings.push(wrong_type(node, what, "an object, `{ ... }`"));
        None
    }
}

fn wrong_type(node: &Node<'_>, what: &str, expected: &str) -> Finding {
    wrong_type_with(node, what, format!("write {expected}"))
}

fn wrong_type_with(node: &Node<'_>, what: &str, help: impl Into<Cow<'static, str>>) -> Finding {
    Finding::new(
        Code::DataTypeMismatch,
        node.place,
        format!("{what} cannot be {}", node.type_name()),
    )
    .about(what)
    .note("AWS rejects the policy")
    .with_help(help)
}
