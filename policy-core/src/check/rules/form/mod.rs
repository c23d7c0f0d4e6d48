//! The form of a policy, and what it is as a whole.

mod grammar;
mod sid;
mod size;

use super::Rule;

pub(super) const RULES: &[Rule] = &[grammar::RULE, sid::RULE, size::RULE];
