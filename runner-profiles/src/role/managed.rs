//! The managed policies of a role.

use policy_core::names::PolicyName;
use policy_core::policy::IdentityPolicy;

/// A managed policy that a [`Role`](crate::Role) brings with it, since its inline policies would be longer than IAM takes.
///
/// As managed policies of an account share one set of names, its name is the role's, and a hyphen and its own follow unless it
/// is the same; where the policy had to be divided, a hyphen and a number follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManagedPolicy {
    /// Its name in the account.
    pub name: PolicyName,
    /// What it allows.
    pub policy: IdentityPolicy,
}
