//! Principals: their form.

use crate::finding::Findings;
use crate::policy::{Kind, Statement};

pub(super) fn check(statement: &Statement<'_>, kind: Kind, findings: &mut Findings) {
    let _ = (statement, kind, findings);
}
