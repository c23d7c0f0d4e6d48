//! Findings for programs, one JSON object a line.

use std::borrow::Cow;
use std::io::{self, Write};

use policy_core::finding::Finding;
use policy_files::FileFix;
use serde_json::{Value, json};

use super::{Source, helps};
use crate::lines::{quoted, without_commands};
use crate::policies::Checked;

/// Writes the findings, their members in the order of their names. By hand: a policy may have a million findings, all of which
/// quote one long text and are at one place.
pub fn findings(source: &Source<'_>, checked: &Checked<'_>, out: &mut impl Write) -> io::Result<()> {
    let mut last = None;
    let editor = super::fixer(source, checked);
    for finding in &checked.findings {
        let known = last.take_if(|(place, _)| *place == finding.place());
        let (place, path) = known.unwrap_or_else(|| (finding.place(), checked.path_to(finding)));
        let fixes = super::fixes(editor.as_ref(), finding);
        self::finding(source, checked, finding, &fixes, &path, out)?;
        last = Some((place, path));
    }
    Ok(())
}

fn finding(
    source: &Source<'_>,
    checked: &Checked<'_>,
    finding: &Finding,
    fixes: &[FileFix],
    path: &str,
    out: &mut impl Write,
) -> io::Result<()> {
    let range = source.range_of(checked, finding);
    let (start, end) = (source.lines.position(range.start), source.lines.position(range.end));
    // Where the policy is in a file that has more.
    out.write_all(b"{")?;
    if !checked.address().is_empty() {
        out.write_all(br#""address":"#)?;
        quoted(out, [Cow::Borrowed(checked.address())])?;
        out.write_all(b",")?;
    }
    write!(
        out,
        r#""blocking":{},"code":"{}","column":{},"end_column":{},"end_line":{},"file":"#,
        finding.is_blocking(),
        finding.code().name(),
        start.column,
        end.column,
        end.line
    )?;
    quoted(out, [Cow::Borrowed(source.name)])?;
    if !fixes.is_empty() {
        let fixes: Vec<Value> = fixes.iter().map(|fix| self::fix(source, fix)).collect();
        out.write_all(br#","fixes":"#)?;
        without_commands(out, &Value::from(fixes).to_string())?;
    }
    let kind = checked.kind.type_name();
    write!(out, r#","kind":"{kind}","line":{},"message":"#, start.line)?;
    let notes = checked.notes(finding);
    let parts = std::iter::once(checked.message(finding)).chain(notes);
    quoted(out, parts.chain(helps(checked, finding).map(Cow::Owned)))?;
    out.write_all(br#","path":"#)?;
    quoted(out, [Cow::Borrowed(path)])?;
    write!(out, r#","severity":"{}","subject":"#, finding.severity().name())?;
    quoted(out, [Cow::Borrowed(finding.subject())])?;
    out.write_all(b"}\n")
}

/// A fix: its edits, in the order of the file, belong together.
fn fix(source: &Source<'_>, fix: &FileFix) -> Value {
    let edits: Vec<Value> = fix
        .edits()
        .iter()
        .map(|edit| {
            let [start, end] = [edit.range.start, edit.range.end].map(|at| source.lines.position(at));
            json!({
                "column": start.column,
                "end_column": end.column,
                "end_line": end.line,
                "line": start.line,
                "text": edit.text,
            })
        })
        .collect();
    json!({ "edits": edits, "safe": fix.is_safe(), "title": fix.title() })
}
