//! Words that the findings of single values share.

use crate::check::facts::{ConditionFacts, Operand};
use crate::finding::{Code, Finding, Fix};
use crate::policy::Operator;

pub(super) fn finding(operand: &Operand<'_>, code: Code, what: impl Into<String>) -> Finding {
    Finding::new(code, operand.place, what).about(operand.written)
}

/// The note about a value that the key cannot have, or that the operator cannot read.
pub(super) fn never(condition: &ConditionFacts<'_>) -> String {
    let key = condition.key.written();
    let excepts = |operator: &Operator| operator.comparison.is_negated() && operator.qualifier.is_none();
    // What is excepted besides still is.
    let is_open = condition.operator.as_ref().is_some_and(excepts) && condition.value.as_list().len() == 1;
    let outcome = if is_open {
        ": the condition is met by every request"
    } else {
        ""
    };
    format!("AWS accepts it, but no value of `{key}` matches it{outcome}")
}

/// The finding with this value to write instead: as help, and as a fix where the value is a string.
pub(super) fn with_value(finding: Finding, operand: &Operand<'_>, meant: impl Into<String>) -> Finding {
    let fix = Fix::write(operand.place, meant);
    let finding = finding.with_help(fix.title().to_owned());
    finding.fixed_by(operand.text.map(|_| fix))
}
