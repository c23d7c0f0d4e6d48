//! Findings for programs, one JSON object a line.

use std::borrow::Cow;
use std::io::{self, Write};

use policy_core::finding::Finding;

use super::{Source, helps};
use crate::policies::Checked;

pub fn finding(source: &Source<'_>, checked: &Checked<'_>, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let range = source.range_of(finding);
    let (start, end) = (source.lines.position(range.start), source.lines.position(range.end));
    // Written member by member: a policy may have many thousands of findings.
    let (code, severity) = (finding.code().name(), finding.severity().name());
    write!(
        out,
        r#"{{"code":"{code}","column":{},"end_column":{}"#,
        start.column, end.column
    )?;
    write!(out, r#","end_line":{},"file":"#, end.line)?;
    serde_json::to_writer(&mut *out, source.name)?;
    write!(
        out,
        r#","kind":"{}","line":{},"message":"#,
        checked.kind.type_name(),
        start.line
    )?;
    serde_json::to_writer(&mut *out, &message(finding))?;
    out.write_all(br#","path":"#)?;
    serde_json::to_writer(&mut *out, &checked.path_to(finding))?;
    writeln!(out, r#","severity":"{severity}"}}"#)
}

/// What is wrong, why, and what to write, as one text.
fn message(finding: &Finding) -> String {
    let parts = std::iter::once(finding.what()).chain(finding.notes());
    let parts = parts.map(Cow::Borrowed).chain(helps(finding));
    parts.collect::<Vec<_>>().join("; ")
}
