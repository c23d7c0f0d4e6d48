//! What a statement grants, and what the statements of a policy grant together.
//!
//! Only of policies that give an identity its permissions: what a resource policy or a role's trust policy grants is the
//! matter of other rooms, and the policies of an organization grant nothing.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege>

mod delegated;
mod dependent;
mod escalation;
mod taken;
#[cfg(test)]
mod tests;

use super::judged::Judged;
use crate::finding::Findings;
use crate::policy::Kind;

pub(super) fn check(policy: &[Judged<'_, '_>], kind: Kind, findings: &mut Findings) {
    if !matches!(kind, Kind::Identity | Kind::Session) {
        return;
    }
    delegated::check(policy, findings);
    dependent::check(policy, findings);
    escalation::check(policy, findings);
}
