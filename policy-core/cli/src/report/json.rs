//! Findings for programs, one JSON object a line.

use std::borrow::Cow;
use std::io::{self, Write};

use policy_core::finding::Finding;
use serde::Serialize;

use super::{Source, helps};
use crate::lines;
use crate::policies::Checked;

/// The content of a line, its members in the order of their names.
#[derive(Serialize)]
struct Printed<'f> {
    /// Where the policy is in a file that has more.
    #[serde(skip_serializing_if = "str::is_empty")]
    address: &'f str,
    blocking: bool,
    code: &'static str,
    column: usize,
    end_column: usize,
    end_line: usize,
    file: &'f str,
    kind: &'static str,
    line: usize,
    message: String,
    path: String,
    severity: &'static str,
}

pub fn finding(source: &Source<'_>, checked: &Checked<'_>, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let range = source.range_of(checked, finding);
    let (start, end) = (source.lines.position(range.start), source.lines.position(range.end));
    // A type of its own instead of a map: a policy may have many thousands of findings.
    let printed = Printed {
        address: checked.address(),
        blocking: finding.is_blocking(),
        code: finding.code().name(),
        column: start.column,
        end_column: end.column,
        end_line: end.line,
        file: source.name,
        kind: checked.kind.type_name(),
        line: start.line,
        message: message(checked, finding),
        path: checked.path_to(finding),
        severity: finding.severity().name(),
    };
    lines::object(out, &printed)
}

/// The message, the notes and the helps as one text.
fn message(checked: &Checked<'_>, finding: &Finding) -> String {
    let parts = std::iter::once(finding.what()).chain(finding.notes());
    let parts = parts.map(Cow::Borrowed).chain(helps(checked, finding));
    parts.collect::<Vec<_>>().join("; ")
}
