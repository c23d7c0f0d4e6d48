//! What only role trust policies have: who may assume the role, by which action, and on what condition.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html>,
//! <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>

mod action;
mod audience;
mod claim;
mod everyone;
mod provider;
mod repository;
mod roles_anywhere;
mod session;
#[cfg(test)]
mod tests;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    action::RULE,
    audience::RULE,
    everyone::RULE,
    provider::RULE,
    repository::RULE,
    roles_anywhere::RULE,
    session::RULE,
];
