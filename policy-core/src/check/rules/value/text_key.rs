//! Operators for numbers, dates and the like on a key of text, with a value that they cannot read: the operator is wrong, not the value.

use crate::catalogue::Scalar;
use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::check::rules::mend;
use crate::document::Signs;
use crate::finding::Finding;
use crate::policy::Comparison;

/// Adds what to write instead of a value: an operator for text if the key has text, else the help for the operator's own type.
pub(super) fn or(
    finding: Finding,
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    value: &'static str,
) -> Finding {
    let Some((own, meant)) = comparisons(condition) else {
        return finding.with_help(value);
    };
    let meant = condition.operator_text.written().replace(own.name(), meant.name());
    finding
        .note(format!("the values of `{}` are text", condition.key.written()))
        .with_help(format!("write `{meant}`"))
        .fixed_by(mend::operator(statement, condition, &meant))
}

/// The comparison of the condition, and the one of texts that asks the same. Texts have no order, and whether a key is present is asked
/// of every type.
fn comparisons(condition: &ConditionFacts<'_>) -> Option<(Comparison, Comparison)> {
    let own = condition.operator?.comparison;
    let is_asked = matches!(
        own,
        Comparison::Bool
            | Comparison::NumericEquals
            | Comparison::NumericNotEquals
            | Comparison::DateEquals
            | Comparison::DateNotEquals
            | Comparison::IpAddress
            | Comparison::NotIpAddress
    );
    let is_of_text = condition.known_key?.value_type().scalar == Scalar::String;
    let has_pattern = condition.texts().any(|text| text.signs().has(Signs::WILDCARD));
    let meant = match (own.is_negated(), has_pattern) {
        (false, false) => Comparison::StringEquals,
        (false, true) => Comparison::StringLike,
        (true, false) => Comparison::StringNotEquals,
        (true, true) => Comparison::StringNotLike,
    };
    (is_asked && is_of_text).then_some((own, meant))
}
