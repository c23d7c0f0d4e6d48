//! What AWS Organizations asks of its policies besides IAM's grammar.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>; that of service
//! control policies is wider by now, and the rest of it is in the modules of actions and principals.

mod perimeter;
mod rcp;
#[cfg(test)]
mod tests;

use super::Rule;

pub(super) const RULES: &[Rule] = &[perimeter::RULE, rcp::RULE];
