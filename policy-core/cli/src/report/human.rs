//! Findings for people.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use policy_core::finding::{Finding, Severity};
use policy_core::shown::{Shown, in_columns};

use super::Source;

/// Each finding as rustc would show it: what is wrong, the source with the part underlined, why, and what to write.
pub struct Human {
    renderer: Renderer,
}

impl Human {
    pub fn new() -> Self {
        let renderer = if wants_colour() {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        Self {
            renderer: match terminal_size::terminal_size_of(io::stdout()) {
                Some((terminal_size::Width(width), _)) => renderer.term_width(width.into()),
                None => renderer,
            },
        }
    }

    pub fn finding(&mut self, source: &Source<'_>, finding: &Finding, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{}\n", self.renderer.render(&[group(source, finding)]))
    }
}

/// By the conventions of <https://no-color.org> and <https://bixense.com/clicolors>.
fn wants_colour() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_on = |name: &str| is_set(name) && env::var_os(name).is_some_and(|value| value != "0");
    !is_set("NO_COLOR") && (is_on("CLICOLOR_FORCE") || io::stdout().is_terminal())
}

fn group(source: &Source<'_>, finding: &Finding) -> Group<'static> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::SecurityWarning => Level::WARNING.with_name("security warning"),
        Severity::Warning => Level::WARNING,
        Severity::Suggestion => Level::NOTE.with_name("suggestion"),
    };
    // The renderer would look through all of a large text for every finding.
    let part = finding.range_in(source.text);
    let (first, lines) = source.lines.around(&part);
    let columns = |bytes: Range<usize>| in_columns(source.text.get(bytes).unwrap_or_default());
    let [before, meant, after] = [lines.start..part.start, part.clone(), part.end..lines.end].map(columns);
    let annotation = AnnotationKind::Primary.span(before.len()..before.len() + meant.len());
    let snippet = Snippet::source(before + &meant + &after)
        .line_start(first)
        .path(shown(source.name))
        .annotation(annotation);
    let mut group = level
        .primary_title(shown(finding.what()))
        .id(finding.code().name())
        .element(snippet);
    for note in finding.notes() {
        group = group.element(Level::NOTE.message(shown(note)));
    }
    for help in super::helps(finding) {
        group = group.element(Level::HELP.message(shown(&help)));
    }
    group
}

/// A text as the renderer is to have it: it has replacements of its own, but takes a line break for one, and passes on C1
/// and zero-width characters.
fn shown(text: &str) -> String {
    Shown(text).to_string()
}
