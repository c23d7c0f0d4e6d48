//! Who gets access by the policy of a resource or of a role.
//!
//! An identity policy allows the principal that it is attached to. The policy of a resource names its principals, and a
//! slip there opens the resource to the world, to another account, or to every customer of a service. Only the policy of a
//! VPC endpoint grants nothing: the resource and the caller's own policies have to allow the request as well.
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
