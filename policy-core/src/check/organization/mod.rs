//! What AWS Organizations asks of its policies besides IAM's grammar.
//!
//! Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html>; that of service
//! control policies is wider by now, and what is left of it stands with the actions and principals.

mod perimeter;
mod rcp;
#[cfg(test)]
mod tests;

use super::judged::Judged;
use crate::finding::Findings;
use crate::policy::{Effect, Kind};

pub(super) fn check(judged: &Judged<'_, '_>, kind: Kind, findings: &mut Findings) {
    if kind != Kind::ResourceControl {
        return;
    }
    rcp::check(judged.statement, &judged.actions, findings);
    if judged.statement.effect == Some(Effect::Deny) {
        findings.extend(perimeter::spared(judged.statement));
    }
}
