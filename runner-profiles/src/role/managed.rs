//! The managed policies of a role.

use policy_core::names::PolicyName;
use policy_core::policy::IdentityPolicy;

/// A managed policy of a [`Role`](crate::Role), because its inline policies would exceed IAM's quota.
///
/// Names of managed policies are unique in an account, so its name is the role's, followed by a hyphen and its own
/// unless it is the same; if the policy had to be divided, a hyphen and a number follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// Its name in the account.
    pub name: PolicyName,
    /// The policy.
    pub policy: IdentityPolicy,
}
