//! Principals.

mod aws;
mod federated;
mod form;
mod misplaced;
mod not_principal;
mod service;
#[cfg(test)]
mod tests;
mod words;

use super::Rule;

#[cfg(feature = "evaluate")]
pub(in crate::check) use form::unreadable;
#[cfg(feature = "evaluate")]
pub(in crate::check) use service::{of_regional, unknown};

pub(super) use misplaced::or_type;

pub(super) const RULES: &[Rule] = &[form::RULE, not_principal::RULE, service::RULE];
