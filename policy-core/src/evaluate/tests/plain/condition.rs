//! Evaluates conditions: qualifiers, missing keys, empty sets.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

use std::collections::BTreeMap;

use serde_json::Value;

use super::form::is_printable;
use super::operator::Operator;
use super::text::is_malformed;
use super::{Asked, Effect, list};

pub(super) fn is_met(statement: &Value, effect: Effect, asked: Asked<'_>) -> bool {
    let Some(condition) = statement.get("Condition") else {
        return true;
    };
    // A value of the wrong type may have meant anything, and so may its neighbours.
    let keys = condition
        .as_object()
        .unwrap()
        .values()
        .flat_map(|keys| keys.as_object().unwrap().values());
    let is_scalar = |value: &Value| matches!(value, Value::String(_) | Value::Bool(_) | Value::Number(_));
    if !keys.flat_map(list).all(|value| is_scalar(&value)) {
        return effect == Effect::Deny;
    }
    let mut is_met = true;
    let letters = |name: &String| name.replace(|one: char| !one.is_ascii_alphabetic(), "").to_lowercase();
    for (name, keys) in condition.as_object().unwrap() {
        // Another operator of the same letters may have been meant to replace it.
        let mut others = condition.as_object().unwrap().keys().filter(|other| *other != name);
        if effect == Effect::Deny && others.any(|other| letters(other) == letters(name)) {
            continue;
        }
        let is_named = |key: &String| is_key(key) && is_printable(key);
        // What is not a key may have been meant for any of the operator's.
        if effect == Effect::Deny && !keys.as_object().unwrap().keys().all(is_named) {
            continue;
        }
        // Of a `Deny`, keys that differ in case only: which of them counts no page says, nor whether all their values do.
        let mut spellings: BTreeMap<String, Vec<Option<Wanted>>> = BTreeMap::new();
        for (key, wanted) in keys.as_object().unwrap() {
            let read = read(name, key, wanted, asked.has_variables);
            let is_plain = |one: &Wanted| is_printable(key) && one.values.iter().all(|value| is_printable(value));
            let is_tag_keys = key.eq_ignore_ascii_case("aws:TagKeys");
            let one = read.filter(is_plain);
            if effect == Effect::Deny {
                spellings.entry(key.to_ascii_lowercase()).or_default().push(one);
            } else {
                // An unreadable condition grants nothing.
                is_met &= one.is_some_and(|one| one.is_met(is_tag_keys, asked.values(key), effect, asked));
            }
        }
        for (key, all) in spellings {
            // It denies by the rest of the statement, which is without the other spellings of what is unreadable.
            let Some(mut all) = all.into_iter().collect::<Option<Vec<Wanted>>>() else {
                continue;
            };
            if let [first, _, ..] = all.as_slice() {
                let values = all.iter().flat_map(|one| one.values.clone()).collect();
                all.push(Wanted {
                    values,
                    ..first.clone()
                });
            }
            let mut met = all
                .iter()
                .map(|one| one.is_met(key == "aws:tagkeys", asked.values(&key), effect, asked));
            is_met &= met.any(|met| met);
        }
    }
    is_met
}

/// One operator with its values.
#[derive(Clone)]
pub(super) struct Wanted {
    qualifier: String,
    pub operator: Operator,
    if_exists: bool,
    pub values: Vec<String>,
}

/// `None` if the operator is unknown, the key has no service prefix, or a value does not have the operator's type.
pub(super) fn read(name: &str, key: &str, wanted: &Value, has_variables: bool) -> Option<Wanted> {
    if !is_key(key) {
        return None;
    }
    let (qualifier, name) = name.split_once(':').unwrap_or(("", name));
    let (base, if_exists) = match name.strip_suffix("IfExists") {
        Some(base) => (base, true),
        None => (name, false),
    };
    if !["", "ForAllValues", "ForAnyValue"].contains(&qualifier) || base == "Null" && if_exists {
        return None;
    }
    let mut values = Vec::new();
    for value in list(wanted) {
        values.push(match value {
            Value::String(text) => text,
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => return None,
        });
    }
    let operator = Operator::read(base, &values)?;
    let supports_variables = has_variables && matches!(operator, Operator::String { .. } | Operator::Arn { .. });
    if supports_variables && values.iter().any(|value| is_malformed(value)) {
        return None;
    }
    Some(Wanted {
        qualifier: qualifier.to_owned(),
        operator,
        if_exists,
        values,
    })
}

fn is_key(key: &str) -> bool {
    let parts = key.split_once(':');
    let is_service = |text: &str| text.starts_with(|first: char| first.is_ascii_alphanumeric());
    parts.is_some_and(|(service, rest)| is_service(service) && !rest.is_empty()) && !key.contains("${")
}

impl Wanted {
    fn is_met(&self, is_tag_keys: bool, sent: Option<&[String]>, effect: Effect, asked: Asked<'_>) -> bool {
        let in_doubt = effect == Effect::Deny;
        if self.operator == Operator::Null {
            return self.is_null(sent, in_doubt);
        }
        // "Empty array condition", "... IfExists", "... ForAllValues", "... ForAnyValue".
        if self.values.is_empty() && !self.if_exists && self.qualifier.is_empty() {
            return in_doubt;
        }
        let Some(sent) = sent else {
            return match &*self.qualifier {
                _ if self.if_exists => true,
                "ForAllValues" => true,
                "ForAnyValue" => false,
                _ => self.operator.is_negated(),
            };
        };
        let is_null = sent.iter().all(String::is_empty);
        let compare = |value: &String| self.compare(value, in_doubt, asked);
        match &*self.qualifier {
            "ForAllValues" => is_null || !self.values.is_empty() && sent.iter().all(compare),
            "ForAnyValue" => !is_null && !self.values.is_empty() && sent.iter().any(compare),
            // Whether an empty value is null the pages say only with a qualifier.
            _ if is_null && in_doubt && (self.operator.is_negated() || self.if_exists) => true,
            // A key that is present without a value certainly does not equal anything.
            _ if sent.is_empty() => in_doubt && self.operator.is_negated(),
            _ if self.values.is_empty() => false,
            // The pages define a key with several values only with a qualifier.
            _ if sent.len() > 1 || is_tag_keys && self.operator.is_negated() => in_doubt && sent.iter().any(compare),
            _ => sent.iter().all(compare),
        }
    }

    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null>
    fn is_null(&self, sent: Option<&[String]>, in_doubt: bool) -> bool {
        let wants = |absent: bool| {
            self.values
                .iter()
                .any(|value| value.eq_ignore_ascii_case(&absent.to_string()))
        };
        match (&*self.qualifier, sent) {
            // "Null with qualifier": constant, whatever the request has.
            ("ForAllValues", _) => true,
            ("ForAnyValue", _) => false,
            _ if self.values.is_empty() => in_doubt,
            (_, None) => wants(true),
            // "The key exists and its value is not null" is false; nor does it not exist: or an empty text is not null.
            (_, Some(sent)) if sent.iter().all(String::is_empty) => in_doubt,
            (_, Some(_)) => wants(false),
        }
    }

    /// Whether one value in the request compares to the policy's as the operator requires: to any of them, or, negated,
    /// to none.
    fn compare(&self, sent: &str, in_doubt: bool, asked: Asked<'_>) -> bool {
        let held: Vec<Option<bool>> = self
            .values
            .iter()
            .map(|wanted| self.operator.holds(sent, wanted, in_doubt, asked))
            .collect();
        if !held.contains(&Some(true)) && held.contains(&None) {
            return in_doubt;
        }
        held.contains(&Some(true)) != self.operator.is_negated()
    }
}
