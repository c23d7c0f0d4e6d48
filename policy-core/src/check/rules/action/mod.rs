//! Actions: whether they exist.

mod deprecated;
mod deprecated_service;
mod invalid;
mod silence;
mod suggest;
#[cfg(test)]
mod tests;

use super::Rule;

pub(super) const RULES: &[Rule] = &[deprecated::RULE, deprecated_service::RULE, invalid::RULE];
