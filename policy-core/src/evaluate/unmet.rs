//! Which condition a request does not meet, and why.

use std::fmt;

use crate::policy::{Comparison, Operator, Qualifier};

/// How many values of a list are shown; the others are counted.
const SHOWN: usize = 5;

/// A condition that a request does not meet.
///
/// Displayed for people: `` `StringEquals` wants `aws:RequestedRegion` to be `eu-west-1`, and the request has `us-east-1` ``.
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

    /// The condition key, as the policy writes it.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The policy's values, as it writes them.
    pub fn wanted(&self) -> impl Iterator<Item = &str> {
        self.wanted.iter().map(String::as_str)
    }

    /// The request's values, if it has the key.
    pub fn given(&self) -> Option<&[String]> {
        self.given.as_deref()
    }

    /// The key that a variable among the policy's values names and that the request does not have, in small letters.
    pub fn variable(&self) -> Option<&str> {
        self.variable.as_deref()
    }
}

impl fmt::Display for UnmetCondition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (operator, key) = (self.operator, &self.key);
        if operator.comparison == Comparison::Null {
            let is_wanted = self.wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case("false"));
            let wanted = if is_wanted { "be there" } else { "be absent" };
            write!(f, "`{operator}` wants `{key}` to {wanted}")?;
        } else {
            write!(
                f,
                "`{operator}` wants {}`{key}` {} ",
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
        f.write_str(", and the request has ")?;
        match self.given.as_deref() {
            None => f.write_str("no such key")?,
            Some([]) => f.write_str("no value of it")?,
            Some(given) => list(f, given, " and ")?,
        }
        match &self.variable {
            Some(variable) => write!(f, ", but no `{variable}` for the variable"),
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

/// How the value is to stand to those of the policy.
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
        return f.write_str("one of none");
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
