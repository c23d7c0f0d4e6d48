//! Findings as text for people and as JSON for programs.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use policy_core::document::{Document, line_and_column};
use policy_core::finding::{Finding, Findings, Severity};

/// Each finding as rustc would show it: what is wrong, the source with the part underlined, why, and what to write.
pub fn human(out: &mut impl Write, file: &str, text: &str, findings: &Findings) -> io::Result<()> {
    let renderer = if io::stdout().is_terminal() {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    for finding in findings {
        writeln!(out, "{}\n", renderer.render(&[group(file, text, finding)]))?;
    }
    Ok(())
}

fn group<'f>(file: &'f str, text: &'f str, finding: &'f Finding) -> Group<'f> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::SecurityWarning => Level::WARNING.with_name("security warning"),
        Severity::Warning => Level::WARNING,
        Severity::Suggestion => Level::NOTE.with_name("suggestion"),
    };
    let annotation = AnnotationKind::Primary.span(finding.range_in(text));
    let mut group = level
        .primary_title(finding.what())
        .id(finding.code().name())
        .element(Snippet::source(text).path(file).annotation(annotation));
    for note in finding.notes() {
        group = group.element(Level::NOTE.message(note));
    }
    for help in finding.helps() {
        group = group.element(Level::HELP.message(help));
    }
    group
}

/// Each finding as a JSON object on a line of its own.
pub fn json(
    out: &mut impl Write,
    file: &str,
    text: &str,
    findings: &Findings,
    document: Option<&Document<'_>>,
) -> io::Result<()> {
    for finding in findings {
        let (line, column) = line_and_column(text, finding.range_in(text).start);
        let path = document
            .and_then(|document| document.path_to(finding.place()))
            .unwrap_or_default();
        let object = serde_json::json!({
            "file": file,
            "code": finding.code().name(),
            "severity": finding.severity().name(),
            "path": path.to_string(),
            "line": line,
            "column": column,
            "message": message(finding),
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

/// What is wrong, why, and what to write, as one text.
fn message(finding: &Finding) -> String {
    let mut message = finding.what().to_owned();
    for part in finding.notes().chain(finding.helps()) {
        message.push_str("; ");
        message.push_str(part);
    }
    message
}
