//! Policy variables: where they may stand, how they are written, and whether AWS fills them in.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

#[cfg(test)]
mod tests;

use crate::arn::{ArnPattern, Field};
use crate::catalogue;
use crate::check::catalogue_note;
use crate::check::condition::nearest_key;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::policy::variable::{Content, Fault, Variable, variables};
use crate::policy::{Condition, Element, Family, Outline, Statement, Version, principals};

pub(super) fn check(outline: &Outline<'_>, findings: &mut Findings) {
    for statement in &outline.statements {
        elsewhere(statement, findings);
    }
    if outline.version == Version::V2008 {
        version(outline, findings);
        return;
    }
    for statement in &outline.statements {
        for (place, text) in statement.resource.iter().flat_map(Element::texts) {
            for variable in variables(text.filled()) {
                let misplaced = outside_resource_part(place, text, &variable);
                findings.extend(misplaced.or_else(|| unfit(place, text, &variable)));
            }
        }
        for condition in &statement.conditions {
            values(condition, findings);
        }
    }
}

fn values(condition: &Condition<'_>, findings: &mut Findings) {
    let refusing = condition
        .operator
        .filter(|operator| !operator.comparison.takes_variables());
    for node in condition.value.as_list() {
        let Some(text) = node.as_text() else { continue };
        for variable in variables(text.filled()) {
            if refusing.is_some() {
                findings.push(
                    Finding::new(
                        Code::InvalidVariableForOperator,
                        node.place,
                        format!("`{}` takes no policy variables", condition.operator_text.written()),
                    )
                    .part(text, variable.range)
                    .note("only the string and ARN operators do; here the characters stand for themselves")
                    .help(instead_of_variable(condition)),
                );
                break;
            }
            findings.extend(unfit(node.place, text, &variable));
        }
    }
}

/// The codes of what [`malformed`] finds.
#[cfg(feature = "evaluate")]
pub(super) const MALFORMED: [Code; 4] = [
    Code::MissingBraceInVariable,
    Code::MissingQuoteInVariable,
    Code::UnsupportedSpaceInVariable,
    Code::EmptyVariable,
];

/// The variables that have not the form of one, where variables may stand.
#[cfg(feature = "evaluate")]
pub(super) fn malformed(outline: &Outline<'_>, findings: &mut Findings) {
    if outline.version == Version::V2008 {
        return;
    }
    let takes_variables = |condition: &&Condition<'_>| {
        let operator = condition.operator;
        operator.is_none_or(|operator| operator.comparison.takes_variables())
    };
    for statement in &outline.statements {
        let resources = statement.resource.iter().flat_map(Element::texts);
        let conditions = statement.conditions.iter().filter(takes_variables);
        let values = conditions.flat_map(|condition| condition.value.as_list());
        let values = values.filter_map(|node| Some((node.place, node.as_text()?)));
        for (place, text) in resources.chain(values) {
            let first = variables(text.filled()).find_map(|variable| match variable.content {
                Err(_) => unfit(place, text, &variable),
                Ok(Content::Key {
                    default: Some(default), ..
                }) if default.contains(['\'', '}']) => Some(
                    Finding::new(
                        Code::MissingQuoteInVariable,
                        place,
                        "no page says where the default of the policy variable ends",
                    )
                    .part(text, variable.range)
                    .help("write a default without quotes and braces in it"),
                ),
                Ok(_) => None,
            });
            findings.extend(first);
        }
    }
}

/// What to write for a variable whose operator takes none.
fn instead_of_variable(condition: &Condition<'_>) -> &'static str {
    match condition.operator.map(|operator| operator.comparison.family()) {
        Some(Family::Date) => "write the date itself, such as `2026-12-31T23:59:59Z`",
        Some(Family::Numeric) => "write the number itself",
        Some(Family::IpAddress) => "write the addresses themselves, such as `203.0.113.0/24`",
        Some(Family::Bool | Family::Null) => "write `true` or `false`",
        Some(Family::Binary) => "write the bytes themselves, in base64",
        Some(Family::String | Family::Arn) | None => "write the value itself",
    }
}

/// Variables in the elements that take none.
fn elsewhere(statement: &Statement<'_>, findings: &mut Findings) {
    // Where a `Sid` takes letters and digits only, it has been refused for its `$`.
    let refused = |place: Place| {
        let mut of_sids = findings.iter().filter(|finding| finding.code() == Code::UnsupportedSid);
        of_sids.any(|finding| finding.place() == place)
    };
    let sid = statement.sid.and_then(|node| Some((node.place, node.as_text()?)));
    let sid = sid.filter(|(place, _)| !refused(*place));
    let mut refuse = |element: &str, place: Place, text: &Text<'_>| {
        let Some(variable) = variables(text.filled()).next() else {
            return;
        };
        findings.push(
            Finding::new(
                Code::VariableUnsupportedInElement,
                place,
                format!("{element} takes no policy variables"),
            )
            .part(text, variable.range)
            .note("AWS fills them in in `Resource` and in the values of a `Condition` only")
            .help(match element {
                "an action" => "name the actions, and bind them to the caller with `Resource` or a condition",
                "a principal" => {
                    "name the principal, or let in the account and write a condition on `aws:PrincipalArn`"
                }
                "a condition key" => "name the key; the value that it is compared with may be a variable",
                _ => "write it without the variable",
            }),
        );
    };
    if let Some((place, text)) = sid {
        refuse("a `Sid`", place, text);
    }
    for (place, text) in statement.action.iter().flat_map(Element::texts) {
        refuse("an action", place, text);
    }
    for principal in statement.principal.iter().flat_map(|element| principals(element.value)) {
        refuse("a principal", principal.place, principal.text);
    }
    for condition in &statement.conditions {
        refuse("a condition key", condition.key_place, condition.key);
    }
}

/// In a policy of 2008 every variable is literal. One mistake, so one message, at the first.
fn version(outline: &Outline<'_>, findings: &mut Findings) {
    let strings = outline.statements.iter().flat_map(|statement| {
        let resources = statement.resource.into_iter().flat_map(|resource| resource.texts());
        let values = statement
            .conditions
            .iter()
            .flat_map(|condition| condition.value.as_list())
            .filter_map(|node| Some((node.place, node.as_text()?)));
        resources.chain(values)
    });
    let mut of_variables = strings.filter_map(|(place, text)| {
        let variable = variables(text.filled()).find(is_well_formed)?;
        Some((place, text, variable))
    });
    let Some((place, text, variable)) = of_variables.next() else {
        return;
    };
    // The missing `Version` is this very mistake.
    findings.retain(|finding| finding.code() != Code::MissingVersion);
    findings.push(
        Finding::new(
            Code::VariableUnsupportedInVersion,
            place,
            "policy variables need the policy language of 2012",
        )
        .part(text, variable.range)
        .note("in a policy of 2008, and in one without `Version`, `${...}` are these very characters; AWS accepts it")
        .help("write `\"Version\": \"2012-10-17\"`"),
    );
}

fn outside_resource_part(place: Place, text: &Text<'_>, variable: &Variable<'_>) -> Option<Finding> {
    if !is_well_formed(variable) {
        return None;
    }
    let arn = ArnPattern::parse(text.filled()).ok()?;
    let field = Field::ALL
        .into_iter()
        .find(|field| *field != Field::Resource && arn.range(*field).contains(&variable.range.start))?;
    // One that there is nowhere, `${aws:Region}`, is the worse mistake, but the help is that of the place.
    let unknown = match variable.content {
        Ok(Content::Key { name: key, .. }) => unknown(key).filter(|(code, ..)| *code == Code::UnknownVariable),
        _ => None,
    };
    if let Some((code, what, notes, _)) = unknown {
        let finding = Finding::new(code, place, what).part(text, variable.range.clone());
        return Some(
            notes
                .into_iter()
                .fold(finding, Finding::note)
                .help(format!("write the {field}, or `*`"))
                .note(catalogue_note()),
        );
    }
    Some(
        Finding::new(
            Code::VariableOutsideResourcePart,
            place,
            format!("a policy variable in the {field} of an ARN"),
        )
        .part(text, variable.range.clone())
        .note("AWS documents variables for what follows the fifth colon only, and accepts them anywhere")
        .help(format!("write the {field}, or `*`")),
    )
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html> has but the two forms, `${key}` and
/// `${key, 'default'}`.
const NO_VARIABLE: &str = "to AWS it is no variable; nothing takes its place, so the string matches nothing";

/// What is wrong with a variable that stands where variables may.
fn unfit(place: Place, text: &Text<'_>, variable: &Variable<'_>) -> Option<Finding> {
    let finding = |code, what: String| Finding::new(code, place, what).part(text, variable.range.clone());
    match variable.content {
        Ok(Content::Character) => None,
        Ok(Content::Key { name: key, .. }) => unknown(key).map(|(code, what, notes, help)| {
            let finding = notes.into_iter().fold(finding(code, what), Finding::note);
            finding.help(help).note(catalogue_note())
        }),
        Err(Fault::NoBrace(rest)) => {
            let key = likely_key(rest);
            let finding = finding(
                Code::MissingBraceInVariable,
                "the policy variable has no closing brace".to_owned(),
            )
            .note(NO_VARIABLE);
            Some(if key.is_empty() {
                finding.help("write `${key}`, such as `${aws:username}`")
            } else {
                finding.help(format!("write `${{{key}}}`"))
            })
        }
        Err(Fault::NoQuote { key, default }) => Some(
            finding(
                Code::MissingQuoteInVariable,
                "the default of the policy variable lacks a quote".to_owned(),
            )
            .note(NO_VARIABLE)
            .help(format!("write `${{{key}, '{}'}}`", default.trim_matches('\''))),
        ),
        Err(Fault::Space(inside)) => Some(
            finding(
                Code::UnsupportedSpaceInVariable,
                "there is a space in the policy variable".to_owned(),
            )
            .note(NO_VARIABLE)
            .help(format!("write `{}`", without_spaces(inside))),
        ),
        Err(Fault::Empty) => Some(
            finding(Code::EmptyVariable, "the policy variable is empty".to_owned())
                .note(NO_VARIABLE)
                .help("write a condition key in it, such as `${aws:username}`, or remove it"),
        ),
    }
}

/// What is no condition key: Transfer Family fills it in itself, in the session policies of its users, before IAM reads them.
/// <https://docs.aws.amazon.com/transfer/latest/userguide/users-policies-session.html>
const FILLED_BY_TRANSFER: [&str; 4] = [
    "transfer:HomeBucket",
    "transfer:HomeDirectory",
    "transfer:HomeFolder",
    "transfer:UserName",
];

type Unknown = (Code, String, Vec<&'static str>, String);

fn unknown(key: &str) -> Option<Unknown> {
    let (prefix, _) = key.split_once(':').unwrap_or_default();
    match catalogue::condition_key(key) {
        Some(known) if known.value_type().multivalued => Some((
            Code::MultivaluedVariable,
            format!("`{key}` has several values, and a policy variable stands for one"),
            vec!["AWS accepts it and never fills it in"],
            format!("compare `{key}` in a condition, with `ForAnyValue` or `ForAllValues`"),
        )),
        // A provider that AWS does not document, `oidc.example.com:sub`, or a service that it documents no longer.
        None if prefix.contains('.') || catalogue::removed_service(prefix).is_some() => None,
        None if FILLED_BY_TRANSFER.iter().any(|filled| filled.eq_ignore_ascii_case(key)) => None,
        None => {
            let help = nearest_key(key, &[]).map_or_else(
                || "name a condition key that a request carries, such as `${aws:PrincipalAccount}`".to_owned(),
                |key| format!("write `${{{key}}}`"),
            );
            Some((
                Code::UnknownVariable,
                format!("there is no policy variable `${{{key}}}`"),
                vec!["AWS accepts it; nothing takes its place, so the string matches nothing"],
                help,
            ))
        }
        Some(_) => None,
    }
}

/// What a variable without its brace was to be: up to where a key ends.
fn likely_key(rest: &str) -> &str {
    let end = rest
        .find(|character: char| !character.is_ascii_alphanumeric() && !matches!(character, ':' | '-' | '_' | '.'))
        .unwrap_or(rest.len());
    let key = rest.get(..end).unwrap_or_default();
    // Of a tag's key the part behind the slash belongs to it.
    if catalogue::condition_key(key).is_none()
        && let Some(tag) = rest.get(end..).and_then(|rest| rest.strip_prefix('/'))
    {
        let tag = tag.find('/').map_or(tag.len(), |at| at);
        let with_tag = rest.get(..end + 1 + tag).unwrap_or_default();
        if catalogue::condition_key(with_tag).is_some() {
            return with_tag.trim_end_matches('*');
        }
    }
    key
}

fn without_spaces(inside: &str) -> String {
    let strip = |text: &str| text.split_whitespace().collect::<String>();
    match inside.split_once(',') {
        Some((key, default)) => format!("${{{}, '{}'}}", strip(key), default.trim().trim_matches('\'').trim()),
        None => format!("${{{}}}", strip(inside)),
    }
}

/// Whether it has the form of a variable of AWS's, `${prefix:name}`. What has not, `${Account}` or `${AWS::Region}`, is for
/// the room of placeholders or unknown.
fn is_well_formed(variable: &Variable<'_>) -> bool {
    let has_prefix = |key: &str| key.split_once(':').is_some_and(|(_, name)| !name.starts_with(':'));
    matches!(variable.content, Ok(Content::Key { name: key, .. }) if has_prefix(key))
}
