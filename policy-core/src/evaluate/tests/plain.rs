//! A slow evaluator straight from the pages' words, of what `laws` makes: string operators, wildcards, variables.

use serde_json::Value;

use super::super::{Outcome, Request};

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
pub(super) fn outcome(policy: &str, request: &Request) -> Outcome {
    let policy: Value = serde_json::from_str(policy).unwrap();
    let mut outcome = Outcome::ImplicitlyDenied;
    for statement in list(policy.get("Statement").unwrap()) {
        let denies = text(statement.get("Effect").unwrap()) == "Deny";
        if !applies(statement, denies, request) {
            continue;
        }
        if denies {
            return Outcome::ExplicitlyDenied;
        }
        outcome = Outcome::Allowed;
    }
    outcome
}

fn applies(statement: &Value, denies: bool, request: &Request) -> bool {
    let action = request.action().to_lowercase();
    let means_action = |pattern: &str| glob(&plain(&pattern.to_lowercase()), action.as_bytes());
    let is_about_action = if let Some(actions) = statement.get("Action") {
        list(actions).iter().any(|pattern| means_action(text(pattern)))
    } else {
        let actions = statement.get("NotAction").unwrap();
        !list(actions).iter().any(|pattern| means_action(text(pattern)))
    };
    let resource = request.resource().as_bytes();
    let is_about_resource = match statement.get("Resource") {
        Some(resources) => list(resources)
            .iter()
            .any(|pattern| filled(text(pattern), request).is_some_and(|pattern| glob(&pattern, resource))),
        None => list(statement.get("NotResource").unwrap()).iter().all(|pattern| {
            // A variable without a value: not known to be another resource.
            filled(text(pattern), request).map_or(denies, |pattern| !glob(&pattern, resource))
        }),
    };
    is_about_action && is_about_resource && is_met(statement, denies, request)
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>
fn is_met(statement: &Value, denies: bool, request: &Request) -> bool {
    let operators = [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringNotLike",
        "StringEqualsIgnoreCase",
    ];
    let Some(condition) = statement.get("Condition") else {
        return true;
    };
    for qualifier in ["", "ForAnyValue:", "ForAllValues:"] {
        for operator in operators {
            for if_exists in ["", "IfExists"] {
                let Some(keys) = condition.get(format!("{qualifier}{operator}{if_exists}")) else {
                    continue;
                };
                let wanted = keys.get("aws:TagKeys").unwrap();
                let compare = |value: &str| compares(operator, value, wanted, request);
                let negated = operator.contains("Not");
                return match (request.context().get("aws:TagKeys"), qualifier) {
                    (None, _) if if_exists == "IfExists" => true,
                    (None, "ForAnyValue:") => false,
                    (None, "ForAllValues:") => true,
                    (None, _) => negated,
                    // An empty text is as good as none.
                    (Some(values), "ForAnyValue:") => !is_null(values) && values.iter().any(|value| compare(value)),
                    (Some(values), "ForAllValues:") => is_null(values) || values.iter().all(|value| compare(value)),
                    // The key needs a qualifier. What AWS does without is not said: nobody is let in by it.
                    (Some([]), _) => negated && denies,
                    (Some(values), _) if denies => values.iter().any(|value| compare(value)),
                    (Some(_), _) => false,
                };
            }
        }
    }
    true
}

fn is_null(values: &[String]) -> bool {
    values.iter().all(String::is_empty)
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String>
fn compares(operator: &str, value: &str, wanted: &Value, request: &Request) -> bool {
    let among = list(wanted).iter().any(|wanted| {
        let wanted = filled(text(wanted), request);
        let written = |pattern: &[Unit]| -> Vec<u8> {
            let byte = |unit: &Unit| match unit {
                Unit::Byte(byte) => *byte,
                Unit::One => b'?',
                Unit::Many => b'*',
            };
            pattern.iter().map(byte).collect()
        };
        wanted.is_some_and(|wanted| match operator {
            "StringLike" | "StringNotLike" => glob(&wanted, value.as_bytes()),
            "StringEqualsIgnoreCase" => written(&wanted).eq_ignore_ascii_case(value.as_bytes()),
            _ => written(&wanted) == value.as_bytes(),
        })
    });
    among != operator.contains("Not")
}

#[derive(Clone, Copy)]
enum Unit {
    Byte(u8),
    One,
    Many,
}

fn plain(pattern: &str) -> Vec<Unit> {
    let unit = |byte| match byte {
        b'*' => Unit::Many,
        b'?' => Unit::One,
        byte => Unit::Byte(byte),
    };
    pattern.bytes().map(unit).collect()
}

/// The pattern with the values of its variables: none where one has no value.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
fn filled(pattern: &str, request: &Request) -> Option<Vec<Unit>> {
    let Some((before, rest)) = pattern.split_once("${") else {
        return Some(plain(pattern));
    };
    let (variable, after) = rest.split_once('}').unwrap();
    let (key, default) = match variable.split_once(", ") {
        Some((key, default)) => (key, Some(default.trim_matches('\''))),
        None => (variable, None),
    };
    let value = match key {
        "*" => "*",
        key => match request.context().get(key) {
            // An empty text is as good as none.
            Some([value]) if !value.is_empty() => value,
            Some([_, _, ..]) => return None,
            _ => default?,
        },
    };
    let mut units = plain(before);
    units.extend(value.bytes().map(Unit::Byte));
    units.extend(filled(after, request)?);
    Some(units)
}

fn glob(pattern: &[Unit], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([Unit::Many, rest @ ..], _) => glob(rest, text) || !text.is_empty() && glob(pattern, text.split_at(1).1),
        ([Unit::One, rest @ ..], [_, text @ ..]) => glob(rest, text),
        ([Unit::Byte(byte), rest @ ..], [first, text @ ..]) => byte == first && glob(rest, text),
        _ => false,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}
