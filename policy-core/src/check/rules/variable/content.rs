//! The content of a policy variable, where in an ARN it does, and whether AWS fills it in.

use super::form::is_well_formed;
use crate::arn::{ArnPattern, Field};
use crate::catalogue;
use crate::check::facts::{ConditionFacts, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::check::words::nearest_key::nearest_key;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::variable::{Content, Fault, Variable, variables_of};
use crate::policy::{Element, Family, Version};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidVariableForOperator,
        Code::MissingBraceInVariable,
        Code::MissingQuoteInVariable,
        Code::UnsupportedSpaceInVariable,
        Code::EmptyVariable,
        Code::UnknownVariable,
        Code::MultivaluedVariable,
        Code::VariableOutsideResourcePart,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // In a policy of 2008 there are no variables, which is one mistake.
    if facts.version == Version::V2008 {
        return found;
    }
    for (place, text) in statement.statement.resource.iter().flat_map(Element::texts) {
        let mut arn = None;
        for variable in variables_of(text) {
            let arn = arn
                .get_or_insert_with(|| ArnPattern::parse(text.filled()).ok())
                .as_ref();
            let misplaced = outside_resource_part(place, text, arn, &variable);
            found.extend(misplaced.or_else(|| unfit(place, text, &variable)));
        }
    }
    for condition in &statement.conditions {
        values(condition, &mut found);
    }
    found
}

fn values(condition: &ConditionFacts<'_>, found: &mut Vec<Finding>) {
    let refusing = condition
        .operator
        .filter(|operator| !operator.comparison.supports_variables());
    for node in condition.value.as_list() {
        let Some(text) = node.as_text() else { continue };
        for variable in variables_of(text) {
            if refusing.is_some() {
                found.push(
                    Finding::new(
                        Code::InvalidVariableForOperator,
                        node.place,
                        format!(
                            "`{}` does not support policy variables",
                            condition.operator_text.written()
                        ),
                    )
                    .part(text, variable.range)
                    .note("only string and ARN operators do; here the characters are literal")
                    .with_help(instead_of_variable(condition)),
                );
                break;
            }
            found.extend(unfit(node.place, text, &variable));
        }
    }
}

/// The codes of what [`malformed`] finds.
#[cfg(feature = "cases")]
pub(in crate::check) const MALFORMED: [Code; 4] = [
    Code::MissingBraceInVariable,
    Code::MissingQuoteInVariable,
    Code::UnsupportedSpaceInVariable,
    Code::EmptyVariable,
];

/// The variables that have not the form of one, where variables may stand.
#[cfg(feature = "evaluate")]
pub(in crate::check) fn malformed(outline: &crate::policy::Outline<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if outline.version == Version::V2008 {
        return found;
    }
    let supports_variables = |condition: &&crate::policy::Condition<'_>| {
        let operator = condition.operator;
        operator.is_none_or(|operator| operator.comparison.supports_variables())
    };
    for statement in &outline.statements {
        let resources = statement.resource.iter().flat_map(Element::texts);
        let conditions = statement.conditions.iter().filter(supports_variables);
        let values = conditions.flat_map(|condition| condition.value.as_list());
        let values = values.filter_map(|node| Some((node.place, node.as_text()?)));
        for (place, text) in resources.chain(values) {
            let first = variables_of(text).find_map(|variable| match variable.content {
                Err(_) => unfit(place, text, &variable),
                Ok(Content::Key {
                    default: Some(default), ..
                }) if default.contains(['\'', '}']) => Some(
                    Finding::new(
                        Code::MissingQuoteInVariable,
                        place,
                        "AWS does not document where the default of the policy variable ends",
                    )
                    .part(text, variable.range)
                    .with_help("write a default without quotes and braces in it"),
                ),
                Ok(_) => None,
            });
            found.extend(first);
        }
    }
    found
}

/// What to write for a variable whose operator takes none.
fn instead_of_variable(condition: &ConditionFacts<'_>) -> &'static str {
    match condition.operator.map(|operator| operator.comparison.family()) {
        Some(Family::Date) => "write the date itself, such as `2026-12-31T23:59:59Z`",
        Some(Family::Numeric) => "write the number itself",
        Some(Family::IpAddress) => "write the addresses themselves, such as `203.0.113.0/24`",
        Some(Family::Bool | Family::Null) => "write `true` or `false`",
        Some(Family::Binary) => "write the bytes themselves, in base64",
        Some(Family::String | Family::Arn) | None => "write the value itself",
    }
}

fn outside_resource_part(
    place: Place,
    text: &Text<'_>,
    arn: Option<&ArnPattern<'_>>,
    variable: &Variable<'_>,
) -> Option<Finding> {
    let arn = arn.filter(|_| is_well_formed(variable))?;
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
                .with_help(format!("write the {field} itself"))
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
        .note("AWS documents variables only after the fifth colon, and accepts them anywhere")
        .with_help(format!("write the {field} itself")),
    )
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html> has but the two forms, `${key}` and
/// `${key, 'default'}`.
const NO_VARIABLE: &str = "AWS reads it as literal text, so the string does not match what the variable was meant for";

/// What is wrong with a variable where variables are allowed.
fn unfit(place: Place, text: &Text<'_>, variable: &Variable<'_>) -> Option<Finding> {
    let finding = |code, what: String| Finding::new(code, place, what).part(text, variable.range.clone());
    match variable.content {
        Ok(Content::Character) => None,
        Ok(Content::Key { name: key, .. }) => unknown(key).map(|(code, what, notes, help)| {
            let finding = notes.into_iter().fold(finding(code, what), Finding::note);
            finding.with_help(help).note(catalogue_note())
        }),
        Err(Fault::NoBrace(rest)) => {
            let key = likely_key(rest);
            let finding = finding(
                Code::MissingBraceInVariable,
                "the policy variable has no closing brace".to_owned(),
            )
            .note(NO_VARIABLE);
            Some(if key.is_empty() {
                finding.with_help("close the variable with `}`, such as `${aws:username}`")
            } else {
                finding.with_help(format!("add the brace: `${{{key}}}`"))
            })
        }
        Err(Fault::NoQuote { key, default }) => Some(
            finding(
                Code::MissingQuoteInVariable,
                "the default of the policy variable lacks a quote".to_owned(),
            )
            .note(NO_VARIABLE)
            .with_help(format!("write `${{{key}, '{}'}}`", default.trim_matches('\''))),
        ),
        Err(Fault::Space(inside)) => Some(
            finding(
                Code::UnsupportedSpaceInVariable,
                "there is a space in the policy variable".to_owned(),
            )
            .note(NO_VARIABLE)
            .with_help(format!("write `{}`", without_spaces(inside))),
        ),
        Err(Fault::Empty) => Some(
            finding(Code::EmptyVariable, "the policy variable is empty".to_owned())
                .note(NO_VARIABLE)
                .with_help("write a condition key in the variable, such as `${aws:username}`, or remove the variable"),
        ),
    }
}

/// Not a condition key: Transfer Family sets it itself, in the session policies of its users, before IAM reads them.
/// <https://docs.aws.amazon.com/transfer/latest/userguide/users-policies-session.html>
const FILLED_BY_TRANSFER: [&str; 4] = [
    "transfer:HomeBucket",
    "transfer:HomeDirectory",
    "transfer:HomeFolder",
    "transfer:UserName",
];

/// <https://docs.aws.amazon.com/iot/latest/developerguide/iot-policy-variables.html>
const IOT_CORE: &str = "AWS IoT Core replaces variables of `iot` in its own policies, which are not IAM policies";

type Unknown = (Code, String, Vec<&'static str>, String);

fn unknown(key: &str) -> Option<Unknown> {
    let (prefix, _) = key.split_once(':').unwrap_or_default();
    match catalogue::condition_key(key) {
        Some(known) if known.value_type().multivalued => Some((
            Code::MultivaluedVariable,
            format!("`{key}` has several values, and a policy variable has one"),
            vec!["AWS accepts it, but never replaces it"],
            format!("compare `{key}` in a condition, with `ForAnyValue` or `ForAllValues`"),
        )),
        // A provider that AWS does not document, `oidc.example.com:sub`, or a service that it documents no longer.
        None if prefix.contains('.') || catalogue::removed_service(prefix).is_some() => None,
        None if catalogue::undocumented_condition_key(key).is_some() => None,
        None if FILLED_BY_TRANSFER.iter().any(|filled| filled.eq_ignore_ascii_case(key)) => None,
        None => {
            let meant = nearest_key(key, &[]);
            let help = match meant {
                // Either may be meant, and they have different values.
                Some(_) if key.eq_ignore_ascii_case("aws:user") => {
                    "write `${aws:username}` for the name of the user, or `${aws:userid}` for the unique ID".to_owned()
                }
                Some(meant) => format!("write `${{{meant}}}`"),
                None => "name a condition key that requests have, such as `${aws:PrincipalAccount}`".to_owned(),
            };
            let mut notes = vec!["AWS accepts it, but does not replace it, so the string matches nothing"];
            if prefix.eq_ignore_ascii_case("iot") {
                notes.push(IOT_CORE);
            }
            Some((
                Code::UnknownVariable,
                format!("`${{{key}}}` is not a policy variable"),
                notes,
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
