//! Findings for people.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use policy_core::finding::{Finding, Severity};
use policy_core::shown::{Shown, in_columns};

use super::Source;
use crate::policies::Checked;

/// Each finding in rustc's style: what is wrong, the source with the part underlined, why, and the fix.
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

    pub fn finding(
        &mut self,
        source: &Source<'_>,
        checked: &Checked<'_>,
        finding: &Finding,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let excerpt = Excerpt::of(source.range_of(checked, finding), source);
        let rendered = self.renderer.render(&[group(source, checked, finding, &excerpt)]);
        writeln!(out, "{}\n", excerpt.placed(rendered, source))
    }
}

/// By the conventions of <https://no-color.org> and <https://bixense.com/clicolors>.
fn wants_colour() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_on = |name: &str| is_set(name) && env::var_os(name).is_some_and(|value| value != "0");
    !is_set("NO_COLOR") && (is_on("CLICOLOR_FORCE") || io::stdout().is_terminal())
}

/// The most bytes of a finding's part that are underlined: more than the longest policy that a service accepts.
const UNDERLINED: usize = 64 * 1024;
/// How many bytes of a line the renderer gets before and after a finding's part. It shows as much of that as fits the
/// terminal, and reads all of it, for each of many findings in one line.
const BESIDE: usize = 512;

/// The part of a source that the renderer gets for one finding.
struct Excerpt {
    /// The number of the first line.
    line: usize,
    window: Range<usize>,
    part: Range<usize>,
    /// Whether the first line has been cut before the part.
    is_cut: bool,
}

impl Excerpt {
    fn of(part: Range<usize>, source: &Source<'_>) -> Self {
        let text = source.text;
        let part = part.start..part.end.min(boundary(text, part.start + UNDERLINED));
        let (line, lines) = source.lines.around(&part);
        let start = boundary(text, part.start.saturating_sub(BESIDE)).max(lines.start);
        Self {
            line,
            window: start..boundary(text, part.end + BESIDE).min(lines.end),
            part,
            is_cut: start > lines.start,
        }
    }

    /// The rendered text with the column in the whole line; the renderer counts it from the cut.
    fn placed(&self, rendered: String, source: &Source<'_>) -> String {
        const ARROW: &str = "--> ";
        let arrow = rendered.find(ARROW).filter(|_| self.is_cut);
        let Some((before, after)) = arrow.and_then(|at| rendered.split_at_checked(at)) else {
            return rendered;
        };
        let cut = source.text.get(self.window.start..self.part.start).unwrap_or_default();
        let counted = format!(":{}:{}", self.line, cut.chars().count() + 1);
        let whole = format!(":{}:{}", self.line, source.lines.position(self.part.start).column);
        format!("{before}{}", after.replacen(&counted, &whole, 1))
    }
}

/// The place itself, or the last one before it at which a character begins.
fn boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn group(source: &Source<'_>, checked: &Checked<'_>, finding: &Finding, excerpt: &Excerpt) -> Group<'static> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::SecurityWarning => Level::WARNING.with_name("security warning"),
        Severity::Warning => Level::WARNING,
        Severity::Suggestion => Level::NOTE.with_name("suggestion"),
    };
    let Excerpt { line, window, part, .. } = excerpt;
    let columns = |bytes: Range<usize>| in_columns(source.text.get(bytes).unwrap_or_default());
    let [before, meant, after] = [window.start..part.start, part.clone(), part.end..window.end].map(columns);
    let annotation = AnnotationKind::Primary.span(before.len()..before.len() + meant.len());
    let snippet = Snippet::source(before + &meant + &after)
        .line_start(*line)
        .path(shown(source.name))
        .annotation(annotation);
    let mut group = level
        .primary_title(shown(finding.message()))
        .id(finding.code().name())
        .element(snippet);
    for note in finding.notes() {
        group = group.element(Level::NOTE.message(shown(note)));
    }
    for help in super::helps(checked, finding) {
        group = group.element(Level::HELP.message(shown(&help)));
    }
    group
}

/// A text for the renderer, which has replacements of its own, but interprets a line break, and does not replace C1 and
/// zero-width characters.
fn shown(text: &str) -> String {
    Shown(text).to_string()
}
