//! What a statement grants, and what the statements of a policy grant together.
//!
//! Only of policies that give an identity its permissions: what a resource policy or a role's trust policy grants is the
//! matter of other rules, and the policies of an organization grant nothing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>

mod delegated;
mod dependent;
mod escalation;
#[cfg(test)]
mod tests;

use super::Rule;

pub(super) const RULES: &[Rule] = &[delegated::RULE, dependent::RULE, escalation::RULE];
