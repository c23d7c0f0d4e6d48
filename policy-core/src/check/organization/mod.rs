//! What AWS Organizations asks of its policies besides IAM's grammar.

mod perimeter;
mod rcp;
#[cfg(test)]
mod tests;

use super::action::Named;
use crate::finding::Findings;
use crate::policy::{Effect, Kind, Statement};

pub(super) fn check(statement: &Statement<'_>, kind: Kind, actions: &[Named<'_>], findings: &mut Findings) {
    if kind != Kind::ResourceControl {
        return;
    }
    rcp::check(statement, actions, findings);
    if statement.effect == Some(Effect::Deny) {
        findings.extend(perimeter::spared(statement));
    }
}
