//! Evaluates conditions against a request.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use std::cmp::Ordering;
use std::net::IpAddr;

use super::arn::{ArnPattern, is_arn};
use super::context::{Context, Key};
use super::decimal::Decimal;
use super::moment::Moment;
use super::pattern::{Match, Pattern, Syntax};
use super::unmet::UnmetCondition;
use crate::catalogue::condition_key;
use crate::document::{Node, Value};
use crate::policy::value::{IpRange, boolean, is_canonical_base64};
use crate::policy::{self, Comparison, Operator, Qualifier, Version};

/// One condition key of one operator, with its values.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    key: Key,
    operator: Operator,
    values: Values,
    /// Whether the policy lists no values.
    is_empty: bool,
    /// Whether the operator is negated and the key can have several values.
    is_of_several_and_negated: bool,
    /// Whether the statement is a `Deny`, which applies where AWS does not document the result; an `Allow` does not.
    denies: bool,
    written: Box<Written>,
}

/// The condition as written, for explanations.
#[derive(Clone, Debug)]
struct Written {
    key: Box<str>,
    values: Box<[Box<str>]>,
}

/// The values in the policy, parsed once.
#[derive(Clone, Debug)]
enum Values {
    Texts(Vec<Pattern>),
    Arns(Vec<ArnPattern>),
    Numbers(Vec<Decimal<Box<str>>>),
    Dates(Vec<Moment>),
    Booleans(Vec<bool>),
    Bytes(Vec<Box<str>>),
    Ranges(Vec<IpRange>),
}

/// The result of a condition for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Met<'c> {
    Yes,
    No,
    /// Not met, because the key is missing from the request context.
    Lacks(&'c Key),
}

impl Condition {
    /// `None` if the operator does not exist, the key is not a condition key, or the operator cannot compare a value.
    pub(super) fn new(condition: &policy::Condition<'_>, version: Version, denies: bool) -> Option<Self> {
        let operator = condition.operator.filter(|operator| {
            // AWS does not have `NullIfExists`.
            !(operator.if_exists && operator.comparison == Comparison::Null) && is_key(condition.key.written())
        })?;
        let texts: Vec<&str> = condition
            .value
            .as_list()
            .iter()
            .map(Node::as_scalar)
            .collect::<Option<_>>()?;
        let is_text = matches!(
            operator.comparison.family(),
            policy::Family::String | policy::Family::Arn
        );
        if is_text && !condition.value.as_list().iter().all(has_one_text) {
            return None;
        }
        let syntax = Syntax {
            wildcards: operator.comparison.supports_wildcards(),
            variables: operator.comparison.supports_variables() && version == Version::V2012,
        };
        let is_empty = texts.is_empty();
        let written = Written {
            key: condition.key.written().into(),
            values: texts.iter().copied().map(Box::from).collect(),
        };
        let values = match operator.comparison.family() {
            policy::Family::String => Values::Texts(texts.iter().map(|text| Pattern::new(text, syntax)).collect()),
            policy::Family::Arn => Values::Arns(texts.iter().map(|text| ArnPattern::new(text, syntax)).collect()),
            policy::Family::Numeric => {
                let numbers = texts.into_iter().map(|text| Decimal::read(text).map(Decimal::owned));
                Values::Numbers(numbers.collect::<Option<_>>()?)
            }
            policy::Family::Date => Values::Dates(texts.into_iter().map(Moment::read).collect::<Option<_>>()?),
            policy::Family::Bool | policy::Family::Null => {
                Values::Booleans(texts.into_iter().map(boolean).collect::<Option<_>>()?)
            }
            policy::Family::Binary => {
                let bytes = texts
                    .into_iter()
                    .map(|text| is_canonical_base64(text).then(|| text.into()));
                Values::Bytes(bytes.collect::<Option<_>>()?)
            }
            policy::Family::IpAddress => {
                let ranges = texts.into_iter().map(|text| IpRange::read(text).ok());
                Values::Ranges(ranges.collect::<Option<_>>()?)
            }
        };
        Some(Self {
            key: Key::new(condition.key.written()),
            operator,
            values,
            is_empty,
            is_of_several_and_negated: operator.comparison.is_negated()
                && condition_key(condition.key.written()).is_some_and(|key| key.value_type().multivalued),
            denies,
            written: Box::new(written),
        })
    }

    /// Its operator, and its key in lowercase.
    pub(super) fn subject(&self) -> (Operator, String) {
        (self.operator, self.key.name().to_owned())
    }

    /// One condition with all the values of several with the same operator and key.
    pub(super) fn joined(conditions: &[Self]) -> Option<Self> {
        let (first, others) = conditions.split_first()?;
        let mut joined = first.clone();
        for other in others {
            joined.values.add(&other.values);
            joined.is_empty &= other.is_empty;
        }
        // Once: there may be many spellings.
        let written = conditions.iter().flat_map(|one| &one.written.values);
        joined.written.values = written.cloned().collect();
        Some(joined)
    }

    /// Whether it restricts the caller's ARN.
    pub(super) fn names_principals(&self) -> bool {
        let Operator {
            comparison, if_exists, ..
        } = self.operator;
        let is_of_names = matches!(comparison.family(), policy::Family::Arn | policy::Family::String);
        is_of_names && !comparison.is_negated() && !if_exists && self.key.name() == "aws:principalarn"
    }

    /// The keys that it depends on and that are not present: its own, or those of the variables in its values.
    pub(super) fn absent_keys<'c>(&'c self, context: &'c Context) -> Vec<&'c str> {
        if context.values(&self.key).is_none() {
            return vec![&self.written.key];
        }
        match &self.values {
            Values::Texts(patterns) => patterns
                .iter()
                .flat_map(|pattern| pattern.absent_keys(context))
                .collect(),
            Values::Arns(patterns) => patterns
                .iter()
                .flat_map(|pattern| pattern.absent_keys(context))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the request meets the condition.
    pub(super) fn is_met<'c>(&'c self, context: &'c Context) -> Met<'c> {
        let values = context.values(&self.key);
        if context.has_wide_keys() || self.key.is_wide() {
            return self.is_met_by_twins(values, context);
        }
        self.is_met_by(values, context)
    }

    /// Whether it is met by the values of its key, or, in doubt, by those of a key that may be the same.
    #[cold]
    fn is_met_by_twins<'c>(&'c self, values: Option<&[String]>, context: &'c Context) -> Met<'c> {
        let all = std::iter::once(values).chain(context.twins(&self.key).map(Some));
        let mut met = all.map(|values| self.is_met_by(values, context));
        let first = met.next().unwrap_or(Met::No);
        // A `Deny` applies if one of them meets it, an `Allow` if all do.
        let decides = |found: &Met<'_>| (*found == Met::Yes) == self.denies;
        if decides(&first) {
            return first;
        }
        met.find(decides).unwrap_or(first)
    }

    fn is_met_by<'c>(&'c self, values: Option<&[String]>, context: &'c Context) -> Met<'c> {
        let Operator {
            qualifier, if_exists, ..
        } = self.operator;
        // <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>, "Empty array
        // condition": without a value the condition is true, and yet the statement gives no permissions.
        if self.is_empty && qualifier.is_none() && !if_exists {
            return Met::of(self.denies);
        }
        if values.is_none()
            && let Some(applies) = context.assumed(&self.key, self.denies)
        {
            return if applies { Met::Yes } else { Met::Lacks(&self.key) };
        }
        if let (Comparison::Null, Values::Booleans(wanted)) = (self.operator.comparison, &self.values) {
            return self.is_null(wanted, values);
        }
        let negated = self.operator.comparison.is_negated();
        let values = match (values, qualifier) {
            (None, _) if if_exists => return Met::Yes,
            // AWS calls an empty text a null value of these operators only: for the others it may be present, or missing.
            (Some(values), None) if self.denies && (if_exists || negated) && is_null(values) => return Met::Yes,
            // An empty text is an empty set for these operators.
            (None, Some(Qualifier::ForAllValues)) => return Met::Yes,
            (Some(values), Some(Qualifier::ForAllValues)) if is_null(values) => return Met::Yes,
            (Some(values), Some(Qualifier::ForAnyValue)) if is_null(values) => return Met::No,
            (None, None) if negated => return Met::Yes,
            (None, _) => return Met::Lacks(&self.key),
            // Nor the result for an empty list.
            (Some([]), None) => return Met::No,
            (Some(values), _) => values,
        };
        if self.is_empty {
            return Met::No;
        }
        match qualifier {
            // AWS does not document how an operator without a qualifier compares several values, nor, for a key that
            // can have several, whether differing from one of them is enough. One value is compared as that of any key: AWS's own
            // policies have `events:detail-type`, which can have several, under `StringEquals`.
            None if (values.len() > 1 || self.is_of_several_and_negated) && !self.denies => Met::No,
            Some(Qualifier::ForAllValues) => self.first(values, context, |met| met != Met::Yes).unwrap_or(Met::Yes),
            None | Some(Qualifier::ForAnyValue) => match values {
                [one] => self.compare(one, context),
                _ => self.first(values, context, |met| met == Met::Yes).unwrap_or(Met::No),
            },
        }
    }

    /// Why the request does not meet the condition; `None` if it does.
    pub(super) fn unmet(&self, context: &Context) -> Option<UnmetCondition> {
        let variable = match self.is_met(context) {
            Met::Yes => return None,
            Met::No => None,
            Met::Lacks(key) => (*key != self.key).then(|| key.name().to_owned()),
        };
        Some(UnmetCondition {
            operator: self.operator,
            key: self.written.key.to_string(),
            wanted: self.written.values.iter().map(ToString::to_string).collect(),
            given: context.values(&self.key).map(<[String]>::to_vec),
            variable,
        })
    }

    /// Whether the key is absent as `Null` requires. With a qualifier the result is constant: see "Null with qualifier"
    /// in <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.
    fn is_null<'c>(&self, wanted: &[bool], values: Option<&[String]>) -> Met<'c> {
        Met::of(match (self.operator.qualifier, values) {
            (Some(qualifier), _) => qualifier == Qualifier::ForAllValues,
            (None, None) => wanted.contains(&true),
            // It is present with an empty value: AWS documents neither that it "does not exist" nor that it "is not null".
            (None, Some(values)) if is_null(values) => self.denies && !wanted.is_empty(),
            (None, Some(_)) => wanted.contains(&false),
        })
    }

    /// The result for the first value that `wanted` selects.
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

    /// Whether a value in the request is one of the policy's; for a negated operator, whether it is not.
    fn compare<'c>(&'c self, value: &str, context: &'c Context) -> Met<'c> {
        let comparison = self.operator.comparison;
        let found: Match<'_> = match &self.values {
            Values::Texts(patterns) => {
                let ignores_case = self.ignores_case();
                let matches = patterns.iter().map(|pattern| {
                    if ignores_case {
                        pattern.equals_ignoring_case(value, context)
                    } else {
                        pattern.matches(value, context)
                    }
                });
                any(matches, context)
            }
            // The value in the request does not have the operator's type: AWS stops "at an error".
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>
            Values::Arns(_) if !is_arn(value) => Match::Doubt,
            Values::Arns(patterns) => any(patterns.iter().map(|pattern| pattern.compares(value, context)), context),
            Values::Numbers(numbers) => match Decimal::read(value) {
                Some(value) => any(numbers.iter().map(|wanted| value.compares(comparison, wanted)), context),
                None => Match::Doubt,
            },
            Values::Dates(dates) => match Moment::read(value) {
                Some(value) => {
                    let matches = dates
                        .iter()
                        .map(|wanted| value.compares(comparison, *wanted, self.denies));
                    any(matches, context)
                }
                None => Match::Doubt,
            },
            Values::Booleans(wanted) => match boolean(value) {
                Some(value) => Match::of(wanted.contains(&value)),
                None => Match::Doubt,
            },
            // Without stray bits equal bytes are equal texts.
            Values::Bytes(_) if !is_canonical_base64(value) => Match::Doubt,
            Values::Bytes(wanted) => Match::of(wanted.iter().any(|wanted| **wanted == *value)),
            Values::Ranges(ranges) => match value.parse::<IpAddr>() {
                Ok(address) if !is_both(address) => match ranges.iter().any(|range| range.contains(address)) {
                    true => Match::Yes,
                    false if ranges.iter().any(|range| range.contains_mapped(address)) => Match::Doubt,
                    false => Match::No,
                },
                Ok(_) | Err(_) => Match::Doubt,
            },
        };
        let found = match found {
            Match::No if context.lacks_path(&self.key) => self.with_any_path(value, context),
            found => found,
        };
        if let Match::Lacks(key) = found
            && let Some(applies) = context.assumed(key, self.denies)
        {
            return if applies { Met::Yes } else { Met::Lacks(key) };
        }
        match (found, comparison.is_negated()) {
            (Match::Doubt, _) => Met::of(self.denies),
            // A variable without a value does not equal anything.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value>
            (Match::Yes, false) | (Match::No | Match::Lacks(_), true) => Met::Yes,
            (Match::No, false) | (Match::Yes, true) => Met::No,
            (Match::Lacks(key), false) => Met::Lacks(key),
        }
    }
}

impl Condition {
    const fn ignores_case(&self) -> bool {
        matches!(
            self.operator.comparison,
            Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase
        )
    }

    /// The result for the ARN of a role without its path, if it is not matched as it is: a path could make it match.
    #[cold]
    fn with_any_path(&self, arn: &str, context: &Context) -> Match<'static> {
        let may_match = match &self.values {
            Values::Texts(patterns) => {
                let ignores_case = self.ignores_case();
                patterns
                    .iter()
                    .any(|pattern| pattern.may_match_path(arn, context, ignores_case))
            }
            Values::Arns(patterns) => patterns.iter().any(|pattern| pattern.may_match_path(arn, context)),
            _ => false,
        };
        if may_match { Match::Doubt } else { Match::No }
    }
}

impl Values {
    /// Adds the values of a condition with the same operator.
    fn add(&mut self, others: &Self) {
        match (self, others) {
            (Self::Texts(all), Self::Texts(more)) => all.extend_from_slice(more),
            (Self::Arns(all), Self::Arns(more)) => all.extend_from_slice(more),
            (Self::Numbers(all), Self::Numbers(more)) => all.extend_from_slice(more),
            (Self::Dates(all), Self::Dates(more)) => all.extend_from_slice(more),
            (Self::Booleans(all), Self::Booleans(more)) => all.extend_from_slice(more),
            (Self::Bytes(all), Self::Bytes(more)) => all.extend_from_slice(more),
            (Self::Ranges(all), Self::Ranges(more)) => all.extend_from_slice(more),
            _ => {}
        }
    }
}

impl Met<'_> {
    const fn of(met: bool) -> Self {
        if met { Self::Yes } else { Self::No }
    }
}

/// Whether a text has the syntax of a condition key, which cannot contain variables. Only behind a slash, in the key of a tag,
/// it has characters such as spaces.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
pub(super) fn is_key(text: &str) -> bool {
    let parts = text.split_once(':');
    let name = text.split('/').next().unwrap_or_default();
    parts.is_some_and(|(prefix, name)| prefix.starts_with(|c: char| c.is_ascii_alphanumeric()) && !name.is_empty())
        && name.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.contains("${")
}

/// Whether it is known which text a value is. AWS does not document what a number is as a text, and `1.0` may be `1`.
fn has_one_text(value: &Node<'_>) -> bool {
    let Value::Number(number) = &value.value else {
        return true;
    };
    let digits = number.strip_prefix('-').unwrap_or(number);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "1"));
    let is_short = digits.len() <= EXACT_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_short && !fraction.ends_with('0') && (digits == &**number || whole != "0" || digits.len() > 1)
}

/// How many digits of a decimal number are the same after it was one of floating point.
const EXACT_DIGITS: usize = 15;

/// Whether a key has no value, or an empty one.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html>
fn is_null(values: &[String]) -> bool {
    values.iter().all(String::is_empty)
}

#[cold]
fn doubt_or_lack<'p>(key: &'p Key, context: &Context) -> Match<'p> {
    if context.assumed(key, false).is_some() {
        Match::Lacks(key)
    } else {
        Match::Doubt
    }
}

/// One match is enough; a doubtful match or a missing key matters only without one. A key that could have any value could have one
/// that matches, which a doubt does not rule out.
#[expect(
    clippy::inline_always,
    reason = "as a call it costs a decision about many policies 10 % more"
)]
#[inline(always)]
pub(super) fn any<'p>(matches: impl Iterator<Item = Match<'p>>, context: &Context) -> Match<'p> {
    let mut any = Match::No;
    for found in matches {
        any = match (found, any) {
            (Match::Yes, _) => return Match::Yes,
            (Match::No, _) => any,
            (Match::Lacks(key), Match::Doubt) | (Match::Doubt, Match::Lacks(key)) => doubt_or_lack(key, context),
            (Match::Lacks(_) | Match::Doubt, _) => found,
        };
    }
    any
}

/// Whether it is an IPv4-mapped IPv6 address: AWS does not document which of the two it counts as.
fn is_both(address: IpAddr) -> bool {
    matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some())
}

/// Whether the order of the request's value and the policy's is the one that the operator requires. For negated operators, whether
/// they are equal.
pub(super) const fn compares(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::NumericLessThan | Comparison::DateLessThan => order.is_lt(),
        Comparison::NumericLessThanEquals | Comparison::DateLessThanEquals => order.is_le(),
        Comparison::NumericGreaterThan | Comparison::DateGreaterThan => order.is_gt(),
        Comparison::NumericGreaterThanEquals | Comparison::DateGreaterThanEquals => order.is_ge(),
        _ => order.is_eq(),
    }
}
