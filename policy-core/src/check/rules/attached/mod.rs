//! Policies of which it is known what they are attached to: only there can a resource policy be held to its resource.
//!
//! Source: `validatePolicyResourceType`,
//! <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>

mod endpoint;
mod fits;
mod irrelevant;
mod locked;
mod one_resource;
mod quota;
mod refused;
mod scope;
#[cfg(test)]
mod tests;
mod unused;

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    endpoint::RULE,
    fits::RULE,
    irrelevant::RULE,
    locked::RULE,
    one_resource::RULE,
    quota::RULE,
    refused::RULE,
    scope::RULE,
    unused::RULE,
];
