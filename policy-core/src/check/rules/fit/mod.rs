//! Actions and resources held against each other.

mod misfit;
mod narrower;
mod needs_star;
mod several;
mod silence;
#[cfg(test)]
mod tests;

use super::Rule;

#[cfg(feature = "evaluate")]
pub(in crate::check) use misfit::{formats, types};

pub(super) const RULES: &[Rule] = &[misfit::RULE, narrower::RULE, needs_star::RULE, several::RULE];
