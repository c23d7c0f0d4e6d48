//! Conditions: whether a request meets them.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use std::net::IpAddr;

use super::arn::ArnPattern;
use super::context::{Context, Key};
use super::pattern::{Match, Pattern, Syntax, same_letters};
use crate::document::{Node, Value};
use crate::policy::value::{Date, Instant, IpRange, number};
use crate::policy::{self, Comparison, Operator, Qualifier, Version};

/// One key of one operator, with its values.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    key: Key,
    operator: Operator,
    values: Values,
}

/// The values of a policy, read once.
#[derive(Clone, Debug)]
enum Values {
    Texts(Vec<Pattern>),
    Arns(Vec<ArnPattern>),
    Numbers(Vec<f64>),
    Dates(Vec<Instant>),
    Booleans(Vec<bool>),
    Bytes(Vec<Box<str>>),
    Ranges(Vec<IpRange>),
}

/// What a condition says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met<'c> {
    Yes,
    No,
    /// It is not met because the request has no such key.
    Lacks(&'c Key),
}

impl Condition {
    /// `None` if AWS has no such operator, or the values have no such form.
    pub(super) fn new(condition: &policy::Condition<'_>, version: Version) -> Option<Self> {
        let operator = condition.operator?;
        let texts: Vec<&str> = condition.value.as_list().iter().map(scalar).collect::<Option<_>>()?;
        let syntax = Syntax {
            wildcards: operator.comparison.takes_wildcards(),
            variables: operator.comparison.takes_variables() && version == Version::V2012,
        };
        // A value that the operator cannot read equals none.
        let values = match operator.comparison.family() {
            policy::Family::String => Values::Texts(texts.iter().map(|text| Pattern::new(text, syntax)).collect()),
            policy::Family::Arn => Values::Arns(texts.iter().map(|text| ArnPattern::new(text, syntax)).collect()),
            policy::Family::Numeric => Values::Numbers(texts.into_iter().filter_map(number).collect()),
            policy::Family::Date => Values::Dates(texts.iter().filter_map(|text| Date::read(text).instant()).collect()),
            policy::Family::Bool | policy::Family::Null => {
                Values::Booleans(texts.into_iter().filter_map(boolean).collect())
            }
            policy::Family::Binary => Values::Bytes(texts.into_iter().map(Box::from).collect()),
            policy::Family::IpAddress => {
                Values::Ranges(texts.into_iter().filter_map(|text| IpRange::read(text).ok()).collect())
            }
        };
        Some(Self {
            key: Key::new(condition.key.written()),
            operator,
            values,
        })
    }

    /// Whether the request meets it.
    pub(super) fn is_met<'c>(&'c self, context: &'c Context) -> Met<'c> {
        let values = context.values(&self.key);
        if let (Comparison::Null, Values::Booleans(wanted)) = (self.operator.comparison, &self.values) {
            return Met::of(wanted.contains(&values.is_none()));
        }
        let negated = self.operator.comparison.is_negated();
        let values = match (values, self.operator.qualifier) {
            (None, _) if self.operator.if_exists => return Met::Yes,
            (None | Some([]), Some(Qualifier::ForAllValues)) => return Met::Yes,
            (None, None) if negated => return Met::Yes,
            (None, _) => return Met::Lacks(&self.key),
            // An empty set has no value that could be met.
            (Some([]), _) => return Met::of(negated && self.operator.qualifier.is_none()),
            (Some(values), _) => values,
        };
        match self.operator.qualifier {
            // Of a key with several values an operator without a qualifier asks what it asks of one.
            None if values.len() > 1 && !negated => Met::No,
            None | Some(Qualifier::ForAllValues) => {
                self.first(values, context, |met| met != Met::Yes).unwrap_or(Met::Yes)
            }
            Some(Qualifier::ForAnyValue) => self.first(values, context, |met| met == Met::Yes).unwrap_or(Met::No),
        }
    }

    /// What is said of the first value of which `wanted` says so.
    fn first<'c>(
        &'c self,
        values: &[String],
        context: &'c Context,
        wanted: impl Fn(Met<'_>) -> bool,
    ) -> Option<Met<'c>> {
        values
            .iter()
            .map(|value| self.compare(value, context))
            .find(|met| wanted(*met))
    }

    /// Whether one value of the request is among the policy's, or, negated, is not.
    fn compare<'c>(&'c self, value: &str, context: &'c Context) -> Met<'c> {
        let comparison = self.operator.comparison;
        let found = match &self.values {
            Values::Texts(patterns) => {
                let ignores_case = matches!(
                    comparison,
                    Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase
                );
                any(patterns.iter().map(|pattern| {
                    if ignores_case {
                        pattern.equals_ignoring_case(value, context)
                    } else {
                        pattern.matches(value, context)
                    }
                }))
            }
            Values::Arns(patterns) => any(patterns.iter().map(|pattern| pattern.matches(value, context))),
            Values::Numbers(numbers) => Met::of(
                number(value).is_some_and(|value| numbers.iter().any(|wanted| compares(comparison, &value, wanted))),
            ),
            Values::Dates(dates) => {
                let value = Date::read(value).instant();
                Met::of(value.is_some_and(|value| dates.iter().any(|wanted| compares(comparison, &value, wanted))))
            }
            Values::Booleans(wanted) => Met::of(boolean(value).is_some_and(|value| wanted.contains(&value))),
            Values::Bytes(wanted) => Met::of(wanted.iter().any(|wanted| **wanted == *value)),
            Values::Ranges(ranges) => {
                let address: Option<IpAddr> = value.parse().ok();
                Met::of(address.is_some_and(|address| ranges.iter().any(|range| range.contains(address))))
            }
        };
        match (found, comparison.is_negated()) {
            (found, false) => found,
            // A variable without a value equals nothing.
            (Met::No | Met::Lacks(_), true) => Met::Yes,
            (Met::Yes, true) => Met::No,
        }
    }
}

impl Met<'_> {
    const fn of(met: bool) -> Self {
        if met { Self::Yes } else { Self::No }
    }
}

/// One that matches is enough; that a key was missing matters only where none does.
fn any<'p>(matches: impl Iterator<Item = Match<'p>>) -> Met<'p> {
    let mut met = Met::No;
    for found in matches {
        match found {
            Match::Yes => return Met::Yes,
            Match::Lacks(key) => met = Met::Lacks(key),
            Match::No => {}
        }
    }
    met
}

/// Whether the request's value stands to the policy's as the operator says. That of the negated ones is the equality.
fn compares<T: PartialOrd>(comparison: Comparison, value: &T, wanted: &T) -> bool {
    match comparison {
        Comparison::NumericLessThan | Comparison::DateLessThan => value < wanted,
        Comparison::NumericLessThanEquals | Comparison::DateLessThanEquals => value <= wanted,
        Comparison::NumericGreaterThan | Comparison::DateGreaterThan => value > wanted,
        Comparison::NumericGreaterThanEquals | Comparison::DateGreaterThanEquals => value >= wanted,
        _ => value == wanted,
    }
}

/// AWS takes `true` for `"true"` and `8` for `"8"`.
fn scalar<'d>(node: &'d Node<'_>) -> Option<&'d str> {
    match &node.value {
        Value::String(text) => Some(text.written()),
        Value::Number(number) => Some(number),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        _ if same_letters(text, "true") => Some(true),
        _ if same_letters(text, "false") => Some(false),
        _ => None,
    }
}
