//! What a condition says of a request that lacks its key.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use crate::document::Text;
use crate::policy::{Comparison, Condition, Effect, Qualifier};

/// What a condition means for a request without its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum WithoutKey {
    /// It is not met.
    Fails,
    /// It is met.
    Passes,
    /// It is met, and that is what was meant.
    Excused,
}

impl WithoutKey {
    /// `None` where the operator is unknown, or `Null` has not one value.
    pub(in crate::check) fn of(condition: &Condition<'_>) -> Option<Self> {
        let operator = condition.operator?;
        Some(match (operator.comparison, operator.qualifier) {
            _ if operator.if_exists => Self::Excused,
            (Comparison::Null, _) => {
                let [value] = condition.value.as_list() else {
                    return None;
                };
                match value.as_text().map(Text::filled) {
                    Some("false") => Self::Fails,
                    _ => Self::Excused,
                }
            }
            (_, Some(Qualifier::ForAllValues)) => Self::Passes,
            // `ForAnyValue` wants a value even where the comparison is negated.
            (comparison, None) if comparison.is_negated() => Self::Passes,
            _ => Self::Fails,
        })
    }

    /// What becomes of a statement with this effect by a condition on a key that no request has.
    pub(in crate::check) const fn outcome(self, effect: Option<Effect>) -> &'static str {
        match (self, effect) {
            (Self::Fails, Some(Effect::Deny)) => "the condition is never met: the statement denies nothing",
            (Self::Fails, _) => "the condition is never met: the statement allows nothing",
            (Self::Passes | Self::Excused, _) => "the condition is met by every request",
        }
    }
}
