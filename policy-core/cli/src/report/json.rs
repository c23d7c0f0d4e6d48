//! Findings for programs, one JSON object a line.

use std::borrow::Cow;
use std::io::{self, Write};

use policy_core::finding::Finding;

use super::{Source, helps};
use crate::policies::Checked;

pub fn finding(source: &Source<'_>, checked: &Checked<'_>, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let range = finding.range_in(source.text);
    let (start, end) = (source.lines.position(range.start), source.lines.position(range.end));
    let object = serde_json::json!({
        "file": source.name,
        "kind": checked.kind.type_name(),
        "code": finding.code().name(),
        "severity": finding.severity().name(),
        "blocking": finding.is_blocking(),
        "path": checked.path_to(finding),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "message": message(finding),
    });
    writeln!(out, "{object}")
}

/// What is wrong, why, and what to write, as one text.
fn message(finding: &Finding) -> String {
    let parts = std::iter::once(finding.what()).chain(finding.notes());
    let parts = parts.map(Cow::Borrowed).chain(helps(finding));
    parts.collect::<Vec<_>>().join("; ")
}
