//! The checker: a document in, findings out.

use crate::document::Document;
use crate::finding::Findings;
use crate::policy::{self, Kind};

/// Everything that is wrong with a policy of this kind, in the order in which it stands in the document.
pub fn check(document: &Document<'_>, kind: Kind) -> Findings {
    let mut findings = Findings::new();
    let _outline = policy::read(document, kind, &mut findings);
    findings.sort();
    findings
}
