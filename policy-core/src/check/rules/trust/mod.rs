//! What only role trust policies have: who may assume the role, by which action, and on what condition.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html>,
//! <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>

mod action;
mod audience;
mod claim;
mod everyone;
mod foreign;
mod issuer;
mod provider;
mod repository;
mod roles_anywhere;
mod session;
mod tagged;
#[cfg(test)]
mod tests;
mod token;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    action::RULE,
    audience::RULE,
    everyone::RULE,
    foreign::RULE,
    issuer::RULE,
    provider::RULE,
    repository::RULE,
    roles_anywhere::RULE,
    session::RULE,
    tagged::RULE,
    token::RULE,
];
