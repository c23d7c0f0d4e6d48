//! Policies of which it is known what they are attached to: only there can a resource policy be held to its resource.
//!
//! Source: `validatePolicyResourceType`,
//! <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>

mod fits;
mod irrelevant;
#[cfg(test)]
mod tests;

use super::Rule;

pub(super) const RULES: &[Rule] = &[fits::RULE, irrelevant::RULE];
