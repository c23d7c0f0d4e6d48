//! Partitions written by hand where a hole should stand.

use crate::finding::Findings;
use crate::policy::Statement;

pub(super) fn check(statement: &Statement<'_>, findings: &mut Findings) {
    let _ = (statement, findings);
}
