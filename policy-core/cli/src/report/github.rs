//! Findings as commands of GitHub Actions, which shows each as an annotation of the file:
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message>.

use std::io::{self, Write};

use policy_core::finding::{Finding, Severity};
use policy_core::shown::Shown;

use super::{Source, message};
use crate::policies::Checked;

/// The only output that is to be commands: each text in it is escaped, so that it ends none and starts none.
pub fn finding(source: &Source<'_>, checked: &Checked<'_>, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
    let range = source.range_of(checked, finding);
    let (start, end) = (source.lines.position(range.start), source.lines.position(range.end));
    let level = match finding.severity() {
        Severity::Error => "error",
        Severity::SecurityWarning | Severity::Warning => "warning",
        Severity::Suggestion => "notice",
    };
    // An annotation of several lines has no columns.
    let columns = if start.line == end.line {
        format!(",col={},endColumn={}", start.column, end.column)
    } else {
        String::new()
    };
    writeln!(
        out,
        "::{level} file={},line={},endLine={}{columns},title={}::{}",
        property(source.name),
        start.line,
        end.line,
        finding.code(),
        data(&message(checked, finding))
    )
}

/// A text with its lines, and otherwise as a log can show it.
fn data(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| Shown(line).to_string().replace('%', "%25"))
        .collect();
    lines.join("%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
