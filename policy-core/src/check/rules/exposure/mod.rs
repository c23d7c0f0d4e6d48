//! Who is let in by the policy of a resource or of a role.
//!
//! What an identity policy allows, it allows to whoever it is attached to. The policy of a resource says itself to whom, and
//! a slip there opens the resource to the world, to another account, or to every customer of a service. Only the policy of a
//! VPC endpoint opens nothing: what passes the endpoint, the resource and the caller's own policies have to allow as well.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html>,
//! <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>

mod account;
mod bearer;
mod public;
mod source;
#[cfg(test)]
mod tests;
mod uncarried;

use super::Rule;

pub(super) const RULES: &[Rule] = &[account::RULE, public::RULE, source::RULE, uncarried::RULE];
