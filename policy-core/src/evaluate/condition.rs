//! Conditions: whether a request meets them.
//!
//! Where AWS does not say what follows, the answer is the one that lets nobody in: an `Allow` is not met, a `Deny` is.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use std::net::IpAddr;

use super::arn::ArnPattern;
use super::context::{Context, Key};
use super::pattern::{Match, Pattern, Syntax, same_letters};
use crate::document::{Node, Value};
use crate::policy::value::{Date, Instant, IpRange, number};
use crate::policy::{self, Comparison, Effect, Operator, Qualifier, Version};

/// One key of one operator, with its values.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    key: Key,
    operator: Operator,
    values: Values,
    /// Whether it is of a `Deny`.
    denies: bool,
    /// Whether to be equal lets someone in, so that equal is only what is so for certain.
    is_strict: bool,
    /// Whether a value of the policy is none that the operator can read: such a one equals nothing.
    has_unreadable: bool,
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
    pub(super) fn new(condition: &policy::Condition<'_>, version: Version, effect: Effect) -> Option<Self> {
        let operator = condition.operator?;
        let denies = effect == Effect::Deny;
        let is_strict = denies == operator.comparison.is_negated();
        let texts: Vec<&str> = condition.value.as_list().iter().map(scalar).collect::<Option<_>>()?;
        let syntax = Syntax {
            wildcards: operator.comparison.takes_wildcards(),
            variables: operator.comparison.takes_variables() && version == Version::V2012,
        };
        // A value that the operator cannot read equals none.
        let values = match operator.comparison.family() {
            policy::Family::String => Values::Texts(texts.iter().map(|text| Pattern::new(text, syntax)).collect()),
            // The fields of an ARN are compared each with its own: a `*` has not six.
            policy::Family::Arn => Values::Arns(
                texts
                    .iter()
                    .filter(|text| !is_strict || ArnPattern::has_all_fields(text, syntax))
                    .map(|text| ArnPattern::new(text, syntax))
                    .collect(),
            ),
            policy::Family::Numeric => Values::Numbers(texts.iter().filter_map(|text| decimal(text)).collect()),
            policy::Family::Date => Values::Dates(texts.iter().filter_map(|text| Date::read(text).instant()).collect()),
            policy::Family::Bool | policy::Family::Null => {
                Values::Booleans(texts.iter().filter_map(|text| boolean(text)).collect())
            }
            policy::Family::Binary => Values::Bytes(texts.iter().map(|text| Box::from(*text)).collect()),
            policy::Family::IpAddress => {
                Values::Ranges(texts.iter().filter_map(|text| IpRange::read(text).ok()).collect())
            }
        };
        Some(Self {
            key: Key::new(condition.key.written()),
            operator,
            has_unreadable: values.count() < texts.len(),
            values,
            denies,
            is_strict,
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
            // An empty set has no value that could be met; without a qualifier AWS does not say.
            (Some([]), Some(_)) => return Met::No,
            (Some([]), None) => return Met::of(negated && self.denies),
            (Some(values), _) => values,
        };
        let several = values.len() > 1;
        match self.operator.qualifier {
            // A key with several values needs a qualifier, and AWS does not say what is found without.
            None if several && self.denies => self.first(values, context, |met| met == Met::Yes).unwrap_or(Met::No),
            None if several && !negated => Met::No,
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
        let negated = comparison.is_negated();
        // `None` is a value that the operator cannot read.
        let found =
            match &self.values {
                Values::Texts(patterns) => {
                    let ignores_case = matches!(
                        comparison,
                        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase
                    );
                    Some(any(patterns.iter().map(|pattern| {
                        if ignores_case {
                            pattern.equals_ignoring_case(value, context)
                        } else {
                            pattern.matches(value, context)
                        }
                    })))
                }
                Values::Arns(patterns) => ArnPattern::is_arn(value)
                    .then(|| any(patterns.iter().map(|pattern| pattern.matches(value, context)))),
                Values::Numbers(numbers) => decimal(value)
                    .map(|value| Met::of(numbers.iter().any(|wanted| compares(comparison, &value, wanted)))),
                Values::Dates(dates) => Date::read(value)
                    .instant()
                    .map(|value| Met::of(dates.iter().any(|wanted| compares(comparison, &value, wanted)))),
                Values::Booleans(wanted) => boolean(value).map(|value| Met::of(wanted.contains(&value))),
                Values::Bytes(wanted) => Some(Met::of(wanted.iter().any(|wanted| **wanted == *value))),
                Values::Ranges(ranges) => value
                    .parse()
                    .ok()
                    .map(|address| Met::of(self.is_within(ranges, address))),
            };
        match (found, negated) {
            (Some(found), false) => found,
            (None, false) | (Some(Met::Yes), true) => Met::No,
            // A variable without a value equals nothing.
            (Some(_), true) if self.denies || !self.has_unreadable => Met::Yes,
            (_, true) => Met::of(self.denies),
        }
    }

    /// `::ffff:203.0.113.9` is an IPv4 address in the form of IPv6 (RFC 4291, section 2.5.5.2), as which AWS never sends it.
    fn is_within(&self, ranges: &[IpRange], address: IpAddr) -> bool {
        ranges
            .iter()
            .any(|range| range.contains(address) || !self.is_strict && range.contains(address.to_canonical()))
    }
}

impl Values {
    fn count(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Arns(values) => values.len(),
            Self::Numbers(values) => values.len(),
            Self::Dates(values) => values.len(),
            Self::Booleans(values) => values.len(),
            Self::Bytes(values) => values.len(),
            Self::Ranges(values) => values.len(),
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

/// An integer or a decimal: AWS names no number with an exponent.
fn decimal(text: &str) -> Option<f64> {
    number(text).filter(|_| !text.contains(['e', 'E']))
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        _ if same_letters(text, "true") => Some(true),
        _ if same_letters(text, "false") => Some(false),
        _ => None,
    }
}
