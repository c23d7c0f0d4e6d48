//! Policies, or parts of them, that AWS rejects: they are never stored, so a malformed `Allow` grants nothing, and a
//! malformed `Deny` denies everything it may have been meant to deny.

use super::unread::{Part, Unread};
use crate::check::refused;
use crate::document::{Document, Member, Node, Place, Text, Value};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::policy::{Effect, Element, Kind, Outline, STATEMENT_ELEMENTS, StatementOutline, Version, principals};
use crate::sorted::sort;
use crate::spelling::nearest;

/// The errors of a policy, each with the statement that it is in.
pub(super) struct Mistakes<'d> {
    /// In the order in which they were found.
    errors: Vec<Finding>,
    by_place: ByPlace,
    /// The nodes in the places of statements.
    places: Vec<&'d Node<'d>>,
    /// The number of the first error that is not in a statement.
    outside: Option<usize>,
}

impl<'d> Mistakes<'d> {
    /// From an outline of a document and the findings about it.
    pub(super) fn new(document: &'d Document<'d>, outline: &Outline<'d>, kind: Kind, mut findings: Findings) -> Self {
        findings.extend(refused::unreadable(document, outline, kind));
        findings.retain(|finding| finding.severity() == Severity::Error);
        let errors: Vec<Finding> = findings.into_iter().collect();
        let lists = document.root().members().iter().filter(|member| is_statements(member));
        let places: Vec<&Node<'_>> = lists.flat_map(|member| member.value.as_list()).collect();
        Self {
            by_place: ByPlace::of(errors.iter().map(Finding::place)),
            outside: first_outside(&errors, &places),
            errors,
            places,
        }
    }

    /// The nodes in the places of statements, in order.
    pub(super) fn places(&self) -> &[&'d Node<'d>] {
        &self.places
    }

    /// The errors within one of the [`places`](Self::places).
    pub(super) fn within(&self, node: &Node<'_>) -> Vec<&Finding> {
        let mut numbers: Vec<usize> = self.by_place.within(node.place).collect();
        numbers.sort_unstable();
        numbers
            .into_iter()
            .filter_map(|number| self.errors.get(number))
            .collect()
    }

    /// How to read the variables of the policy.
    pub(super) fn reading(&self, document: &Document<'_>) -> Reading {
        let members = document.root().members();
        // Another that may be meant for it, such as `version`, may be the one that counts.
        let is_meant = |member: &&Member<'_>| nearest(member.name.written(), ["Version"]).is_some();
        let mut versions = members.iter().filter(is_meant);
        let only = versions
            .next()
            .filter(|only| only.name.written() == "Version" && versions.next().is_none());
        let known = |version: &str| [Version::V2012, Version::V2008].map(Version::name).contains(&version);
        let text = only.and_then(|member| member.value.as_text()).map(Text::written);
        if self.outside().is_none() || text.is_some_and(known) {
            Reading::Sure
        } else {
            Reading::Unsure
        }
    }

    /// The first error that is not in a statement. It affects all statements.
    pub(super) fn outside(&self) -> Option<&Finding> {
        self.errors.get(self.outside?)
    }
}

/// The number of the first error that is in none of these places.
fn first_outside(errors: &[Finding], places: &[&Node<'_>]) -> Option<usize> {
    let mut places: Vec<Place> = places.iter().map(|node| node.place).collect();
    sort(&mut places, Place::cmp);
    // Of the places that begin no later than an error, the one that ends last has it if any does.
    let mut last = 0;
    for place in &mut places {
        last = last.max(place.end);
        place.end = last;
    }
    errors.iter().map(Finding::place).position(|error| {
        let begun = places.partition_point(|place| place.start <= error.start);
        let widest = begun.checked_sub(1).and_then(|at| places.get(at));
        widest.is_none_or(|place| place.end < error.end)
    })
}

/// Places with their numbers, so that those within another are found without a look at the rest: a policy may have an error in each
/// of many statements.
struct ByPlace(Vec<(Place, usize)>);

impl ByPlace {
    fn of(places: impl Iterator<Item = Place>) -> Self {
        let mut sorted: Vec<(Place, usize)> = places.enumerate().map(|(number, place)| (place, number)).collect();
        sort(&mut sorted, Ord::cmp);
        Self(sorted)
    }

    /// The numbers of those within this place.
    fn within(&self, outer: Place) -> impl Iterator<Item = usize> {
        let begun = self.begun_in(outer).iter();
        begun
            .filter(move |(inner, _)| is_in(*inner, outer))
            .map(|(_, number)| *number)
    }

    /// Those that begin in this place, which are all that are looked at.
    fn begun_in(&self, outer: Place) -> &[(Place, usize)] {
        let first = self.0.partition_point(|(place, _)| place.start < outer.start);
        let end = self.0.partition_point(|(place, _)| place.start <= outer.end);
        self.0.get(first..end).unwrap_or_default()
    }
}

/// The effect of a statement with these errors: `Allow` only if it cannot have been meant to deny.
pub(super) fn effect(statement: &StatementOutline<'_>, mistakes: &[&Finding]) -> Effect {
    let members = statement.node.members();
    match statement.effect {
        Some(effect) if mistakes.is_empty() => effect,
        // The effect is duplicated, missing or unknown: `Denied`, or `Deny` under a misspelled name.
        _ if holds(statement.node, &is_deny) => Effect::Deny,
        _ if effects(members).next().is_none() => Effect::Deny,
        _ => Effect::Allow,
    }
}

/// Removes from a `Deny` the elements that cannot be read as written, so that it matches all actions, resources or
/// requests instead of fewer than intended.
pub(super) fn widen(statement: &mut StatementOutline<'_>, mistakes: &[&Finding], version: Reading, kind: Kind) {
    let is_unsure = |text: &str| version == Reading::Unsure && text.contains("${");
    let misspelt: Vec<&str> = ["Principal", "Action", "Resource", "Condition"]
        .into_iter()
        .filter(|name| statement.lacks_only_for_spelling(name))
        .collect();
    let is_unread = |name: &str, element: &Element<'_>| {
        mistakes.iter().any(|mistake| {
            is_within(mistake, element.value) || is_of(name, mistake.subject()) && is_of_pair(mistake.code())
        }) || misspelt.contains(&name)
            || is_about_nothing(name, element)
            || element.texts().any(|(_, text)| is_unsure(text.written()))
            // AWS refuses it in a policy that is attached to its principal.
            || name == "Principal" && matches!(kind, Kind::Identity | Kind::Session | Kind::ServiceControl)
            || name == "Principal" && element.negated && kind == Kind::ResourceControl
    };
    // What else it lists may be actions, or resources.
    let is_more = statement.node.members().iter().any(is_unknown_part);
    let StatementOutline {
        principal,
        action,
        resource,
        ..
    } = statement;
    for (name, element) in [("Principal", principal), ("Action", action), ("Resource", resource)] {
        if is_more || element.is_some_and(|element| is_unread(name, &element)) {
            *element = None;
        }
    }
    let condition = statement.node.member("Condition");
    let is_torn = |mistake: &&Finding| {
        let is_inside = condition.is_some_and(|condition| is_within(mistake, condition));
        match mistake.code() {
            Code::DataTypeMismatch => is_inside,
            Code::DuplicateElement => is_inside || mistake.subject() == "Condition",
            _ => false,
        }
    };
    if is_more || misspelt.contains(&"Condition") || mistakes.iter().any(is_torn) {
        statement.conditions.clear();
    }
    let by_place = ByPlace::of(mistakes.iter().map(|mistake| mistake.place()));
    let is_mistaken = |place: Place| by_place.within(place).next().is_some();
    let unread = Unread::of(&statement.conditions, |condition| {
        let is_of_name = condition.operator.is_none()
            || [condition.operator_place, condition.key_place]
                .into_iter()
                .any(is_mistaken);
        let is_of_values =
            || is_mistaken(condition.value.place) || condition.texts().any(|text| is_unsure(text.written()));
        is_of_name
            .then_some(Part::Name)
            .or_else(|| is_of_values().then_some(Part::Values))
    });
    unread.remove_from(&mut statement.conditions);
}

/// Whether an element, `NotAction`, is the one with this name, `Action`, or its opposite.
fn is_of(name: &str, element: &str) -> bool {
    element.strip_prefix("Not").unwrap_or(element) == name
}

/// Whether a member of a statement is not an element, nor nearly one, or more than the text of a `Sid`, and has a text that is not
/// prose: it could be an action, an ARN or `*`.
fn is_unknown_part(member: &Member<'_>) -> bool {
    let name = member.name.written();
    let is_unknown = nearest(name, STATEMENT_ELEMENTS).is_none() || name == "Sid" && member.value.as_text().is_none();
    let could_be = |text: &str| text.contains([':', '*']);
    is_unknown
        && any(&member.value, &|found| match found {
            Found::Text(text) => could_be(text),
            Found::Members(members) => members.iter().any(|member| could_be(member.name.written())),
        })
}

/// What a value is made of.
enum Found<'n, 'd> {
    /// A text, which is not a name.
    Text(&'n str),
    /// The members of an object.
    Members(&'n [Member<'d>]),
}

/// Whether the value, or anything in it but a `Sid`, is such.
fn any(node: &Node<'_>, is_such: &impl Fn(Found<'_, '_>) -> bool) -> bool {
    match &node.value {
        Value::String(text) => is_such(Found::Text(text.written())),
        Value::Array(items) => items.iter().any(|item| any(item, is_such)),
        Value::Object(members) => {
            let is_id = |member: &Member<'_>| member.name.written() == "Sid" && member.value.as_text().is_some();
            let mut others = members.iter().filter(|member| !is_id(member));
            is_such(Found::Members(members)) || others.any(|member| any(&member.value, is_such))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// Whether the element lists nothing, which IAM rejects.
fn is_about_nothing(name: &str, element: &Element<'_>) -> bool {
    if name == "Principal" {
        // For a kind of policy that does not support such a `Principal`, the reader reports nothing else about it.
        let is_star = |text: &Text<'_>| text.written() == "*";
        return principals(element.value).is_empty() || element.value.as_text().is_some_and(|text| !is_star(text));
    }
    element.texts().next().is_none()
}

/// How to read the variables of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As its version specifies.
    Sure,
    /// As variables or literally: the value of `Version` is not a version.
    Unsure,
}

/// Whether the finding is about two elements, either of which may have been intended.
const fn is_of_pair(code: Code) -> bool {
    matches!(code, Code::DuplicateElement | Code::UnsupportedElementCombination)
}

/// Whether a node in the place of a statement, and not a statement, may have been meant to deny.
pub(super) fn may_deny(node: &Node<'_>) -> bool {
    holds(node, &|text| {
        let text = text.to_ascii_lowercase();
        // Also as JSON in a string, or percent-encoded.
        let begins = text.trim_start().strip_prefix("den");
        let is_sentence = begins.is_some_and(|rest| rest.starts_with(['y', 'i']));
        is_sentence || text.contains("effect") && text.contains("deny")
    })
}

/// Whether anything next to the statements of a policy, or instead of them, may have been meant to deny.
pub(super) fn may_deny_aside(document: &Document<'_>) -> bool {
    let root = document.root();
    if !matches!(root.value, Value::Object(_)) {
        return may_deny(root);
    }
    let mut others = root.members().iter().filter(|member| !is_statements(member));
    others.any(|member| {
        let is_text = matches!(member.name.written(), "Version" | "Id") && member.value.as_text().is_some();
        is_deny(member.name.written()) || !is_text && may_deny(&member.value)
    })
}

/// What is wrong, in which part, and what to write.
pub(super) fn describe(mistake: &Finding) -> Box<str> {
    let mut text = mistake.message().to_owned();
    let subject = mistake.subject();
    // The message names an invisible character by its code point.
    if !text.contains(subject) && mistake.code() != Code::UnsupportedCharacter {
        text = format!("{text}: `{subject}`");
    }
    for help in mistake.help() {
        text.push_str("; ");
        text.push_str(help);
    }
    text.into()
}

fn is_statements(member: &Member<'_>) -> bool {
    member.name.written() == "Statement"
}

fn is_deny(text: &str) -> bool {
    text.trim().eq_ignore_ascii_case(Effect::Deny.name())
}

/// Whether a string or a name in it denies, or an effect in it does not allow.
fn holds(node: &Node<'_>, denies: &impl Fn(&str) -> bool) -> bool {
    any(node, &|found| match found {
        Found::Text(text) => denies(text),
        Found::Members(members) => {
            members.iter().any(|member| is_deny(member.name.written()))
                || effects(members).any(|effect| !allows(effect))
        }
    })
}

/// The effects of a statement, including `Efect`.
fn effects<'m>(members: &'m [Member<'_>]) -> impl Iterator<Item = &'m Node<'m>> {
    let named = |member: &&Member<'_>| nearest(member.name.written(), ["Effect"]).is_some();
    members.iter().filter(named).map(|member| &member.value)
}

fn allows(effect: &Node<'_>) -> bool {
    let text = effect.as_text();
    text.is_some_and(|text| text.written().trim().eq_ignore_ascii_case(Effect::Allow.name()))
}

fn is_within(mistake: &Finding, node: &Node<'_>) -> bool {
    is_in(mistake.place(), node.place)
}

fn is_in(inner: Place, outer: Place) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::{ByPlace, Mistakes};
    use crate::document::{Document, Place};
    use crate::policy::{self, Kind};

    #[test]
    fn of_many_errors_those_of_a_statement_alone_are_looked_at() {
        for statement in [
            "{}",
            r#"{ "Effect": "Deny" }"#,
            r#"{ "Effect": "Denied", "Action": "s3" }"#,
            "null",
        ] {
            for many in [3, 300] {
                let text = format!(
                    r#"{{ "Version": "2012-10-17", "Statement": [{}] }}"#,
                    vec![statement; many].join(", ")
                );
                let document = Document::read(&text).unwrap();
                let (outline, findings) = policy::read(&document, Kind::Identity);
                let mistakes = Mistakes::new(&document, &outline, Kind::Identity, findings);
                let of_each = mistakes.places().iter().map(|node| mistakes.within(node).len());
                let looked_at = mistakes
                    .places()
                    .iter()
                    .map(|node| mistakes.by_place.begun_in(node.place).len());
                let (of_each, looked_at): (Vec<usize>, Vec<usize>) = (of_each.collect(), looked_at.collect());
                assert!(
                    of_each.iter().all(|count| *count > 0 && *count < 10),
                    "{statement}: {of_each:?}"
                );
                assert_eq!((of_each.len(), &looked_at), (many, &of_each), "{statement}");
                assert_eq!(mistakes.outside(), None, "{statement}");
            }
        }
    }

    #[test]
    fn an_error_beside_the_statements_is_outside() {
        for (text, is_outside) in [
            (r#"{ "Version": "2012-10-17", "Statement": [{}, {}] }"#, false),
            (r#"{ "Version": "2012", "Statement": [{}, {}] }"#, true),
            (
                r#"{ "Version": "2012-10-17", "Statement": [{}], "Statemnt": [{}] }"#,
                true,
            ),
            (r#"{ "Version": "2012-10-17", "Statement": [] }"#, true),
            (r#"{ "Version": "2012-10-17", "Statement": {} }"#, false),
        ] {
            let document = Document::read(text).unwrap();
            let (outline, findings) = policy::read(&document, Kind::Identity);
            let mistakes = Mistakes::new(&document, &outline, Kind::Identity, findings);
            assert_eq!(mistakes.outside().is_some(), is_outside, "{text}");
        }
    }

    #[test]
    fn what_is_within_a_place_begins_and_ends_in_it() {
        let inner = [(4, 6), (0, 9), (2, 3), (5, 8), (6, 6), (7, 9), (4, 5)];
        let by_place = ByPlace::of(inner.iter().map(|(start, end)| Place::new(*start, *end)));
        for start in 0..10 {
            for end in start..10 {
                let mut within: Vec<usize> = by_place.within(Place::new(start, end)).collect();
                within.sort_unstable();
                let expected = (0..inner.len()).filter(|number| {
                    let inner = inner.get(*number);
                    inner.is_some_and(|inner| start <= inner.0 && inner.1 <= end)
                });
                assert_eq!(within, expected.collect::<Vec<_>>(), "{start}..{end}");
            }
        }
    }
}
