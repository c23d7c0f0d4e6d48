//! The strings of a policy, wherever they stand.

mod character;
mod partition;
mod placeholder;

use super::Rule;

#[cfg(feature = "evaluate")]
pub(in crate::check) use character::unsupported_characters;

pub(super) const RULES: &[Rule] = &[character::RULE, partition::RULE, placeholder::RULE];
