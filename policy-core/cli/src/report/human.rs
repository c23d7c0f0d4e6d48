//! Findings for people.

use std::collections::BTreeMap;
use std::env;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use policy_core::document::Place;
use policy_core::finding::{Code, Finding, Severity};
use policy_core::shown::{Shown, in_columns};

use super::Source;
use crate::policies::Checked;

/// Each finding in rustc's style: what is wrong, the source with the part underlined, why, and the fix.
pub struct Human {
    renderer: Renderer,
    /// The part of the last finding. Of several at one part, the first shows all of it.
    last: Range<usize>,
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
            last: 0..0,
        }
    }

    pub fn findings(&mut self, source: &Source<'_>, checked: &Checked<'_>, out: &mut impl Write) -> io::Result<()> {
        let mut counts: BTreeMap<(Place, Code), usize> = BTreeMap::new();
        for finding in &checked.findings {
            let count = counts.entry((finding.place(), finding.code())).or_default();
            *count += 1;
            if *count <= FEW {
                self.finding(source, checked, finding, out)?;
            }
        }
        for ((place, code), count) in counts.into_iter().filter(|(_, count)| *count > FEW) {
            let line = source.lines.position(place.start as usize).line;
            let more = count - FEW;
            writeln!(
                out,
                "{more} more of {code} in the string in line {line}: `--format json` shows all\n"
            )?;
        }
        Ok(())
    }

    fn finding(
        &mut self,
        source: &Source<'_>,
        checked: &Checked<'_>,
        finding: &Finding,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let part = source.range_of(checked, finding);
        let most = if part == self.last { BESIDE } else { UNDERLINED };
        let excerpt = Excerpt::of(part.clone(), most, source);
        self.last = part;
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

/// The most findings of one code in one string that are shown: there can be one for each of its characters, each a thousand times as long.
const FEW: usize = 100;
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
    fn of(part: Range<usize>, most: usize, source: &Source<'_>) -> Self {
        let text = source.text;
        let part = part.start..part.end.min(boundary(text, part.start + most));
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
    let message = checked.message(finding);
    let mut group = level
        .primary_title(shown(&message))
        .id(finding.code().name())
        .element(snippet);
    for note in checked.notes(finding) {
        group = group.element(Level::NOTE.message(shown(&note)));
    }
    for help in super::helps(checked, finding) {
        group = group.element(Level::HELP.message(shown(&help)));
    }
    if !shows_subject(
        finding.subject(),
        &message,
        source.text.get(part.clone()).unwrap_or_default(),
    ) {
        let named = format!("if this is intended, an allowance names `{}`", finding.subject());
        group = group.element(Level::HELP.message(shown(&named)));
    }
    group
}

/// Whether a reader sees what an allowance has to name: it is what the message quotes first, or what is underlined. One that is too long for
/// a line, or that is missing from the policy, is not shown either.
fn shows_subject(subject: &str, message: &str, underlined: &str) -> bool {
    let quoted = message.split('`').nth(1);
    let is_long = subject.len() > LONG || subject.is_empty();
    is_long || quoted == Some(subject) || underlined.trim_matches(['"', '\'']) == subject
}

/// The most bytes of a subject that is shown in a line of its own.
const LONG: usize = 200;

/// A text for the renderer, which has replacements of its own, but interprets a line break, and does not replace C1 and
/// zero-width characters.
fn shown(text: &str) -> String {
    Shown(text).to_string()
}
