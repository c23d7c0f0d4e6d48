//! Words that the findings of single values share.

use crate::check::facts::{ConditionFacts, Operand};
use crate::finding::{Code, Finding, Fix};

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

/// The finding with this value to write instead: as help, and as a fix where the value is a string.
pub(super) fn with_value(finding: Finding, operand: &Operand<'_>, meant: impl Into<String>) -> Finding {
    let fix = Fix::write(operand.place, meant);
    let finding = finding.with_help(fix.title().to_owned());
    finding.fixed_by(operand.text.map(|_| fix))
}
