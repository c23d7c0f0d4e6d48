//! Policy variables: where they may stand, how they are written, and whether AWS fills them in.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

mod content;
mod element;
mod form;
#[cfg(test)]
mod tests;
mod version;

use super::Rule;

#[cfg(feature = "cases")]
pub(in crate::check) use content::MALFORMED;
#[cfg(feature = "evaluate")]
pub(in crate::check) use content::malformed;

pub(super) const RULES: &[Rule] = &[content::RULE, element::RULE, version::RULE];
