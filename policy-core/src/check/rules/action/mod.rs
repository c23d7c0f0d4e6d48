//! Actions: whether they exist.

mod deprecated;
mod deprecated_service;
mod invalid;
mod meant;
mod silence;
mod slip;
mod suggest;
#[cfg(test)]
mod tests;
mod undocumented;

use super::Rule;

#[cfg(feature = "evaluate")]
pub(in crate::check) use invalid::unreadable;

pub(super) const RULES: &[Rule] = &[
    deprecated::RULE,
    deprecated_service::RULE,
    invalid::RULE,
    undocumented::RULE,
];
