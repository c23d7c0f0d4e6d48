//! Tables of what is found, a file a rule.

mod delegated;
mod dependent;
mod escalation;
