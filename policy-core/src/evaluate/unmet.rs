//! A condition that a request does not meet, and why.

use std::fmt;

use crate::policy::{Comparison, Operator, Qualifier};

/// The number of values shown of a list; the others are counted.
const SHOWN: usize = 5;

/// A condition that a request does not meet.
///
/// Displayed for people: `` `StringEquals` requires `aws:RequestedRegion` to be `eu-west-1`, but the request has
/// `us-east-1` ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnmetCondition {
    pub(super) operator: Operator,
    pub(super) key: String,
    pub(super) wanted: Vec<String>,
    pub(super) given: Option<Vec<String>>,
    pub(super) variable: Option<String>,
}

impl UnmetCondition {
    /// The operator.
    pub const fn operator(&self) -> Operator {
        self.operator
    }

    /// The condition key, as written in the policy.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The values in the policy, as written.
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(String::as_str)
    }

    /// The values in the request; `None` if the key is missing.
    pub fn given(&self) -> Option<&[String]> {
        self.given.as_deref()
    }

    /// The key of a policy variable in the policy's values that is missing from the request context, in lowercase.
    pub fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }
}

impl fmt::Display for UnmetCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operator, key) = (self.operator, &self.key);
        if operator.comparison == Comparison::Null {
            let is_wanted = self.wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case("false"));
            let wanted = if is_wanted { "be present" } else { "be absent" };
            write!(f, "`{operator}` requires `{key}` to {wanted}")?;
        } else {
            write!(
                f,
                "`{operator}` requires {}`{key}` {} ",
                each(operator),
                relation(operator.comparison)
            )?;
            let last = if operator.comparison.is_negated() {
                " nor "
            } else {
                " or "
            };
            list(f, &self.wanted, last)?;
        }
        match self.given.as_deref() {
            None => f.write_str(", but the key is missing from the request context")?,
            Some([]) => f.write_str(", but the request has no value for it")?,
            Some(given) => {
                f.write_str(", but the request has ")?;
                list(f, given, " and ")?;
            }
        }
        match &self.variable {
            Some(variable) => write!(f, ", and no `{variable}` for the variable"),
            None => Ok(()),
        }
    }
}

const fn each(operator: Operator) -> &'static str {
    match operator.qualifier {
        None => "",
        Some(Qualifier::ForAllValues) => "every value of ",
        Some(Qualifier::ForAnyValue) => "a value of ",
    }
}

/// The required relation of the value to those in the policy.
const fn relation(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::NumericLessThan => "to be less than",
        Comparison::NumericLessThanEquals => "to be at most",
        Comparison::NumericGreaterThan => "to be more than",
        Comparison::NumericGreaterThanEquals => "to be at least",
        Comparison::DateLessThan => "to be before",
        Comparison::DateLessThanEquals => "to be no later than",
        Comparison::DateGreaterThan => "to be after",
        Comparison::DateGreaterThanEquals => "to be no earlier than",
        Comparison::IpAddress => "to be in",
        Comparison::NotIpAddress => "not to be in",
        Comparison::StringLike | Comparison::ArnEquals | Comparison::ArnLike => "to be like",
        Comparison::StringNotLike | Comparison::ArnNotEquals | Comparison::ArnNotLike => "not to be like",
        _ if comparison.is_negated() => "not to be",
        _ => "to be",
    }
}

fn list(f: &mut fmt::Formatter<'_>, values: &[String], last: &str) -> fmt::Result {
    if values.is_empty() {
        return f.write_str("one of an empty list");
    }
    for (index, value) in values.iter().take(SHOWN).enumerate() {
        let separator = match index {
            0 => "",
            _ if index + 1 == values.len() => last,
            _ => ", ",
        };
        write!(f, "{separator}`{value}`")?;
    }
    match values.len().checked_sub(SHOWN) {
        None | Some(0) => Ok(()),
        Some(more) => write!(f, "{last}{more} more"),
    }
}
