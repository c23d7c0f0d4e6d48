//! The strings of a policy, wherever they stand.

mod character;
mod partition;
mod placeholder;

use super::Rule;

pub(super) const RULES: &[Rule] = &[character::RULE, partition::RULE, placeholder::RULE];
