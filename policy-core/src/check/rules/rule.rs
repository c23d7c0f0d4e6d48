//! What a rule is.

use crate::check::facts::{ConditionFacts, Facts, StatementFacts};
use crate::finding::{Code, Finding};

/// A rule.
pub(in crate::check) struct Rule {
    /// What it finds.
    pub codes: &'static [Code],
    /// How it does.
    pub run: Run,
}

/// What a rule looks at.
pub(in crate::check) enum Run {
    /// The policy as a whole.
    Policy(fn(&Facts<'_>) -> Vec<Finding>),
    /// Each statement by itself.
    Statement(fn(&Facts<'_>, &StatementFacts<'_>) -> Vec<Finding>),
    /// Each line of each condition.
    Condition(fn(&StatementFacts<'_>, &ConditionFacts<'_>) -> Vec<Finding>),
}
