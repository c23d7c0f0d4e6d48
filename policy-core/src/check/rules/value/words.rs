//! Words that the findings of single values share.

use crate::check::facts::{ConditionFacts, Operand};
use crate::finding::{Code, Finding};

pub(super) fn finding(operand: &Operand<'_>, code: Code, what: impl Into<String>) -> Finding {
    Finding::new(code, operand.place, what).about(operand.written)
}

/// What becomes of a value that the key cannot have.
pub(super) fn never(condition: &ConditionFacts<'_>) -> String {
    format!("AWS accepts it; `{}` never has such a value", condition.key.written())
}

/// What becomes of a value that the operator cannot read.
pub(super) fn never_met(condition: &ConditionFacts<'_>) -> String {
    format!(
        "AWS accepts it; no value of `{}` can be compared with it",
        condition.key.written()
    )
}
