//! Resources: the form of ARNs.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>

mod field;
mod form;
mod secret;
mod shape;
mod shown;
#[cfg(test)]
mod tests;

use super::Rule;

pub(super) const RULES: &[Rule] = &[field::RULE, form::RULE, secret::RULE, shape::RULE];
