//! Words that the findings of single values share.

use crate::check::facts::{ConditionFacts, Operand};
use crate::finding::{Code, Finding};

pub(super) fn finding(operand: &Operand<'_>, code: Code, what: impl Into<String>) -> Finding {
    Finding::new(code, operand.place, what).about(operand.written)
}

/// The note about a value that the key cannot have, or that the operator cannot read.
pub(super) fn never(condition: &ConditionFacts<'_>) -> String {
    format!(
        "AWS accepts it, but no value of `{}` matches it",
        condition.key.written()
    )
}
