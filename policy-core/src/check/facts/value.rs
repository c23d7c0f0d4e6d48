//! The values of a condition: how far they can be judged, and which of them match more than was meant.
//!
//! What is wrong with the list as a whole, or with the operator that compares it, is one mistake, and nothing is reported of its
//! values then.

use std::ops::Range;

use crate::arn::Glob;
use crate::catalogue::{ConditionKey, Fixed, KeyFacts, Scalar, key_facts};
use crate::collected::CollectVec;
use crate::document::{Node, Place, Signs, Text, Value};
use crate::policy::value::Date;
use crate::policy::variable::{self, Content};
use crate::policy::{Comparison, Condition, Effect, Family, Operator};

/// How far the values of a condition can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Values<'d> {
    /// There is no value.
    Empty,
    /// They stand below an operator that there is not.
    Unjudged,
    /// The operator cannot compare what the key holds.
    Mismatched {
        /// The first value that as text is that of no request, if the operator compares texts: a range of addresses, a date.
        unlike: Option<&'d str>,
    },
    /// A pattern matches every value: one question is left, whether there is a value.
    Anything(Place),
    /// Some are of one JSON type, some of this one.
    Mixed(&'static str),
    /// One boolean is meant, and there are several.
    SeveralBooleans,
    /// One by one.
    Each,
}

impl<'d> Values<'d> {
    pub(super) fn of(condition: &Condition<'d>, key: Option<ConditionKey>, has_wide: bool) -> Self {
        if condition.value.as_list().is_empty() {
            return Self::Empty;
        }
        let Some(operator) = judging(condition) else {
            return Self::Unjudged;
        };
        if let Some(key) = key.filter(|key| is_mismatched(condition, operator, *key)) {
            let is_text = operator.comparison.family() == Family::String;
            let unlike = is_text.then(|| unlike(condition, operator.comparison, key)).flatten();
            return Self::Mismatched { unlike };
        }
        if let Some(place) = anything(condition, operator).filter(|_| !has_wide) {
            return Self::Anything(place);
        }
        if let Some(other) = mixed(condition) {
            return Self::Mixed(other);
        }
        if one_boolean_is_meant(operator, key) && condition.value.as_list().len() > 1 {
            return Self::SeveralBooleans;
        }
        Self::Each
    }
}

/// The operator that compares the values. What is below an operator that does not exist cannot be judged;
/// `NullIfExists` does not exist.
fn judging(condition: &Condition<'_>) -> Option<Operator> {
    condition
        .operator
        .filter(|operator| operator.comparison != Comparison::Null || !operator.if_exists)
}

/// Whether the operator cannot compare what the key holds.
///
/// Access Analyzer is lenient here, and so is AWS. Where it is silent on AWS's own policies, so is this: an ARN may be
/// compared as text, and a key of text as an ARN or as a boolean.
fn is_mismatched(condition: &Condition<'_>, operator: Operator, key: ConditionKey) -> bool {
    let Some(scalar) = operator.comparison.family().scalar() else {
        return false;
    };
    // What is text may be a number, a date or an ARN: a tag's value is.
    if key.accepts(scalar) || key.accepts(Scalar::String) {
        return false;
    }
    let is_text = scalar == Scalar::String;
    match key.value_type().scalar {
        Scalar::Arn if is_text => false,
        // An address with another one of the same request, letter by letter, as AWS shows it: an operator for addresses takes
        // no variable.
        // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2instancesourceprivateip4
        Scalar::IpAddress if is_text && are_variables(condition) => false,
        Scalar::Arn | Scalar::Bool | Scalar::Numeric | Scalar::Date | Scalar::IpAddress | Scalar::Binary => true,
        _ => false,
    }
}

/// Whether each value is a policy variable and nothing else.
fn are_variables(condition: &Condition<'_>) -> bool {
    let is_variable = |text: &str| text.starts_with("${") && text.find('}') == Some(text.len() - 1);
    let mut values = condition.value.as_list().iter();
    values.all(|node| node.as_text().is_some_and(|text| is_variable(text.filled())))
}

/// The first value that as text is that of no request: a range of addresses, or a date, since AWS writes the time of a request to the
/// second at least. What fills a hole of `policy!` has the key's type.
fn unlike<'d>(condition: &Condition<'d>, comparison: Comparison, key: ConditionKey) -> Option<&'d str> {
    let is_hole = |text: &Text<'_>| {
        matches!(text.holes(), [only] if only.written == (0..text.written().len())) && text.written().starts_with('<')
    };
    let has_wildcard = |text: &str| comparison.supports_wildcards() && text.contains(['*', '?']);
    let mut texts = condition.texts().filter(|text| !has_wildcard(text.filled()));
    let unlike = match key.value_type().scalar {
        Scalar::Date if key.name().starts_with("aws:") => {
            texts.find(|text| is_hole(text) || Date::read(text.filled()) != Date::Wrong)
        }
        Scalar::IpAddress => texts.find(|text| is_hole(text) || text.written().contains('/')),
        _ => None,
    };
    unlike.map(Text::written)
}

fn anything(condition: &Condition<'_>, operator: Operator) -> Option<Place> {
    if operator.qualifier.is_some() || operator.if_exists || !operator.comparison.supports_wildcards() {
        return None;
    }
    let any = condition.value.as_list().iter().find(|value| {
        value
            .as_text()
            .is_some_and(|text| Glob::wildcards(text.filled()).is_everything())
    })?;
    Some(any.place)
}

/// The JSON type of the first value that is of another than the first. AWS reads `true` as `"true"` and `8` as `"8"`, but
/// not in one list.
fn mixed(condition: &Condition<'_>) -> Option<&'static str> {
    let values = condition.value.as_list();
    let (first, rest) = values.split_first()?;
    let other = rest
        .iter()
        .find(|value| std::mem::discriminant(&value.value) != std::mem::discriminant(&first.value))?;
    // What cannot be a condition value at all the reader has refused.
    let is_refused = |value: &Node<'_>| matches!(value.value, Value::Null | Value::Array(_) | Value::Object(_));
    (!values.iter().any(is_refused)).then_some(other.type_name())
}

fn one_boolean_is_meant(operator: Operator, key: Option<ConditionKey>) -> bool {
    match operator.comparison {
        Comparison::Null => true,
        Comparison::Bool => key.is_some_and(|key| !key.value_type().multivalued),
        _ => false,
    }
}

/// One value of a condition, as text: AWS takes `true` for `"true"` and `8` for `"8"`.
#[derive(Clone, Copy)]
pub(in crate::check) struct Operand<'d> {
    pub place: Place,
    /// As judged.
    pub value: &'d str,
    /// As written.
    pub written: &'d str,
    pub text: Option<&'d Text<'d>>,
}

impl<'d> Operand<'d> {
    /// `None` of what cannot be judged: what is wrong with a variable is reported of the variable, and what fills it in is not
    /// known. Of `${*}`, `${?}` and `${$}` it is.
    pub(super) fn of(node: &'d Node<'d>) -> Option<Self> {
        let written = node.as_scalar()?;
        let text = node.as_text();
        let value = text.map_or(written, Text::filled);
        let may_have_one = text.is_some_and(|text| text.signs().has(Signs::DOLLAR));
        let is_known =
            || variable::variables(value).all(|variable| variable.content == Ok(variable::Content::Character));
        (!may_have_one || is_known()).then_some(Self {
            place: node.place,
            value,
            written,
            text,
        })
    }
}

/// A value that matches more than was meant, in a condition on ids of accounts, organizations, networks or users.
pub(in crate::check) struct Wide<'d> {
    pub place: Place,
    pub text: &'d Text<'d>,
    /// The part that matches more than itself.
    pub at: Range<usize>,
    /// The variable that it is; else it is a wildcard.
    pub variable: Option<&'d str>,
    /// What should be fixed.
    pub fixed: Fixed,
}

/// What is before a wildcard in a path: `o-a1b2`.
const LITERAL: usize = 6;

/// The values of a condition that match more than was meant.
pub(super) fn wide<'d>(
    condition: &Condition<'d>,
    key: Option<ConditionKey>,
    facts: Option<&KeyFacts>,
    effect: Option<Effect>,
) -> Vec<Wide<'d>> {
    let Some(fixed) = facts.and_then(|facts| facts.fixed) else {
        return Vec::new();
    };
    let Some(operator) = judging(condition) else {
        return Vec::new();
    };
    // To allow less, or to deny more, a wildcard may stand anywhere.
    let opens = (effect == Some(Effect::Deny)) == operator.comparison.is_negated();
    let is_text = operator.comparison.family() == Family::String;
    if !is_text || !opens || key.is_some_and(|key| is_mismatched(condition, operator, key)) {
        return Vec::new();
    }
    let values = condition.value.as_list().iter();
    values
        .filter_map(|node| first_open(condition, operator, fixed, node))
        .collect_vec()
}

/// A part of a value that matches more than itself.
struct Open<'t> {
    at: Range<usize>,
    variable: Option<&'t str>,
}

/// The first part of a value that should not be open.
fn first_open<'d>(condition: &Condition<'d>, operator: Operator, fixed: Fixed, node: &'d Node<'d>) -> Option<Wide<'d>> {
    let text = node.as_text()?;
    let value = text.filled();
    let mut open: Vec<Open<'d>> = Vec::new();
    // A part of the value, and the variable behind it.
    let mut variables = variable::variables(value);
    for (start, part) in variable::outside(value) {
        if operator.comparison.supports_wildcards() {
            open.extend(part.match_indices(['*', '?']).map(|(at, _)| Open {
                at: start + at..start + at + 1,
                variable: None,
            }));
        }
        let variable = variables.next();
        if let Some((at, Ok(Content::Key { name, .. }))) = variable.map(|variable| (variable.range, variable.content)) {
            let variable = Some(name);
            open.push(Open { at, variable });
        }
    }
    let key = condition.key.filled();
    let is_settled = |open: &Open<'_>| open.variable.is_some_and(|name| is_known_to_aws(name, key));
    // A whole organization that AWS itself names is as good as its letters.
    if fixed == Fixed::Organization && open.first().is_some_and(is_settled) {
        return None;
    }
    let is_right = |open: &Open<'_>| may_be_open(fixed, value, &open.at) || fixed == Fixed::Whole && is_settled(open);
    let wide = open.into_iter().find(|open| !is_right(open))?;
    Some(Wide {
        place: node.place,
        text,
        at: wide.at,
        variable: wide.variable,
        fixed,
    })
}

/// Whether a value may be open there.
fn may_be_open(fixed: Fixed, value: &str, at: &Range<usize>) -> bool {
    match fixed {
        Fixed::Whole => false,
        Fixed::Organization => at.start >= LITERAL,
        Fixed::Id => {
            let colon = variable::outside(value).find_map(|(start, part)| Some(start + part.find(':')?));
            colon.is_some_and(|colon| colon < at.start || at.start == 0 && at.end == colon)
        }
    }
}

/// Whether a variable is one of the facts about a request that AWS itself knows, and not the condition's own, which would be
/// compared with itself.
fn is_known_to_aws(name: &str, key: &str) -> bool {
    key_facts(name).is_some_and(|facts| facts.is_known_to_aws) && !name.eq_ignore_ascii_case(key)
}
