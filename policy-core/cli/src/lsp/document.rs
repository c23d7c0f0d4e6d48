//! A file that is open in an editor: its text, and what was read of it last.

use std::cell::OnceCell;
use std::ops::Range;
use std::path::{Path, PathBuf};

use policy_core::check::Options;
use policy_core::finding::{Finding, Findings, Severity};
use policy_files::{FilePolicy, Reader, Reading, Unreadable, is_of_module, language_of};
use serde_json::{Value, json};

use super::text::Text;
use crate::arguments::today;
use crate::config::{Configs, OfFile};
use crate::inside::mentions_a_policy;
use crate::kind::KindName;

/// A file that is open in an editor.
pub struct Document {
    /// The path by whose name it is read.
    path: PathBuf,
    text: Text,
    version: Value,
    /// Whether the text is newer than what was read of it.
    is_stale: bool,
    /// Why the text cannot be read, and where.
    problem: Option<(Range<usize>, String)>,
    last: Last,
    /// How what was read of it last has moved since: an editor can send thousands of changes before that is asked for.
    moves: OnceCell<Moves>,
}

/// What was read of the last text that could be.
#[derive(Default)]
struct Last {
    content: String,
    policies: Vec<Checked>,
    /// The policies that could not be read, and allowances that hide nothing: a place, a severity, and the reason.
    others: Vec<(Range<usize>, u8, String)>,
}

/// A policy, and what is wrong with it.
pub struct Checked {
    pub policy: FilePolicy,
    pub findings: Findings,
}

impl Document {
    /// `language` is the editor's word for the language, which counts where the name does not tell it.
    pub fn new(path: &Path, language: &str, text: Text, version: Value) -> Self {
        let path = match (language_of(path), language) {
            (Some(_), _) => path.to_owned(),
            (None, "terraform" | "opentofu" | "hcl") => path.with_extension("tf"),
            (None, "json" | "jsonc") => path.with_extension("json"),
            (None, _) => path.with_extension("yaml"),
        };
        Self {
            path,
            text,
            version,
            is_stale: true,
            problem: None,
            last: Last::default(),
            moves: OnceCell::new(),
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    /// Makes changes of the text, as an editor sends them. What is not one is left out.
    pub fn change<'c>(&mut self, changes: impl IntoIterator<Item = &'c Value>, version: Value) {
        for change in changes {
            let _ = self.text.change(change);
        }
        self.version = version;
        self.is_stale = true;
        self.moves = OnceCell::new();
    }

    /// Has it read again, because something that it depends on has changed.
    pub fn expire(&mut self) {
        self.is_stale = true;
    }

    /// Reads and checks the text, if that has not been done.
    pub fn refresh(&mut self, reader: &mut Reader, configs: &mut Configs) {
        if std::mem::take(&mut self.is_stale) {
            self.read(reader, configs);
            self.moves = OnceCell::new();
        }
    }

    fn read(&mut self, reader: &mut Reader, configs: &mut Configs) {
        let content = self.text.content();
        self.problem = None;
        let has_any = mentions_a_policy(content);
        // One of Terraform may define what those beside it use.
        if !has_any && !is_of_module(&self.path) {
            self.last = Last::default();
            return;
        }
        match reader.read(&self.path, content) {
            Err(_) if !has_any => self.last = Last::default(),
            Ok(reading) => {
                let unread = reading.unread().iter();
                let mut others: Vec<(Range<usize>, u8, String)> = unread
                    // As in `policy check`, which ends with 2: nothing of that policy is checked.
                    .map(|unread| (unread.place(), ERROR, unread.to_string()))
                    .collect();
                let own = configs.of_path(&self.path, today()).unwrap_or_else(|lines| {
                    others.extend(lines.iter().map(|line| (0..0, ERROR, line.clone())));
                    None
                });
                self.last = Last {
                    content: content.to_owned(),
                    policies: self.checked(reading, own.as_ref(), &mut others),
                    others,
                };
            }
            Err(Unreadable::Syntax(error)) => {
                let at = error.offset().min(content.len());
                let what = format!("not {}: {}", error.language(), error.reason());
                self.problem = Some((at..at, what));
            }
            Err(error) => self.problem = Some((0..0, error.to_string())),
        }
    }

    fn checked(
        &self,
        reading: Reading,
        own: Option<&OfFile>,
        others: &mut Vec<(Range<usize>, u8, String)>,
    ) -> Vec<Checked> {
        let options = own.map_or_else(Options::new, |own| own.options(Options::new()));
        let by_settings = own.and_then(|own| own.kind?.named());
        let policies = reading.into_policies().into_iter().map(|policy| {
            // The kind of a file that is a policy may be in its name.
            let policy = match (by_settings, policy.documents()) {
                (Some(kind), _) => policy.with_kind(kind, None),
                (None, [document]) if policy.address().is_empty() => {
                    let kind = KindName::Auto.of(&self.path, None, document.root());
                    policy.with_kind(kind, None)
                }
                _ => policy,
            };
            let policy = match own {
                Some(own) => own.filled(policy),
                None => policy,
            };
            let (findings, stale) = policy.check_on(today(), &options);
            let stale = stale.iter();
            others.extend(stale.map(|stale| (stale.allowance().place(), ERROR, stale.to_string())));
            Checked { policy, findings }
        });
        policies.collect()
    }

    /// Whether the last text that could be read is the text now.
    pub fn is_current(&self) -> bool {
        !self.is_stale && self.last.content == self.text.content()
    }

    /// The policies of the last text that could be read.
    pub fn policies(&self) -> &[Checked] {
        &self.last.policies
    }

    /// The bytes of the text that were these bytes of the last text that could be read; `None` if they have changed.
    pub fn now(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let moves = || Moves::between(&self.last.content, self.text.content());
        self.moves.get_or_init(moves).of(range)
    }

    /// The byte in the last text that could be read which is this byte of the text now.
    pub fn then(&self, offset: usize) -> Option<usize> {
        let back = Moves::between(self.text.content(), &self.last.content);
        back.of(&(offset..offset)).map(|range| range.start)
    }

    /// The parameters of `textDocument/publishDiagnostics`.
    pub fn diagnostics(&self, uri: &str) -> Value {
        let mut diagnostics = Vec::new();
        for checked in &self.last.policies {
            for finding in &checked.findings {
                if let Some(range) = self.now(&checked.policy.range_of(finding)) {
                    diagnostics.push(self.diagnostic(checked, finding, &range));
                }
            }
        }
        let others = self.last.others.iter();
        let others = others.filter_map(|(range, severity, what)| Some((self.now(range)?, *severity, what)));
        let problem = self.problem.iter();
        let problem = problem.map(|(range, what)| (range.clone(), INFORMATION, what));
        for (range, severity, what) in others.chain(problem) {
            diagnostics.push(json!({
                "range": self.text.range(&range),
                "severity": severity,
                "source": SOURCE,
                "message": what,
            }));
        }
        json!({ "uri": uri, "version": self.version, "diagnostics": diagnostics })
    }

    /// A finding at this place.
    pub fn diagnostic(&self, checked: &Checked, finding: &Finding, range: &Range<usize>) -> Value {
        let severity = match finding.severity() {
            Severity::Error => ERROR,
            Severity::SecurityWarning | Severity::Warning => 2,
            Severity::Suggestion => INFORMATION,
        };
        let mut message = checked.policy.message(finding).into_owned();
        for note in checked.policy.notes(finding) {
            message.push('\n');
            message.push_str(&note);
        }
        for help in checked.policy.helps(finding) {
            message.push_str("\nhelp: ");
            message.push_str(&help);
        }
        json!({
            "range": self.text.range(range),
            "severity": severity,
            "code": finding.code().name(),
            "source": SOURCE,
            "message": message,
        })
    }
}

const SOURCE: &str = "policy";
/// <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#diagnosticSeverity>
const ERROR: u8 = 1;
const INFORMATION: u8 = 3;

/// Where the parts of a text are in another version of the text: what is before the first difference, or after the last, has been
/// moved as a whole.
struct Moves {
    /// How many bytes of both are the same before the first difference.
    same_before: usize,
    /// And after the last.
    same_after: usize,
    from: usize,
    to: usize,
}

impl Moves {
    fn between(from: &str, to: &str) -> Self {
        let before = from.bytes().zip(to.bytes());
        let after = from.bytes().rev().zip(to.bytes().rev());
        Self {
            same_before: before.take_while(|(one, other)| one == other).count(),
            same_after: after.take_while(|(one, other)| one == other).count(),
            from: from.len(),
            to: to.len(),
        }
    }

    fn of(&self, range: &Range<usize>) -> Option<Range<usize>> {
        if range.end <= self.same_before {
            return Some(range.clone());
        }
        let move_of = |at: usize| (at + self.to).checked_sub(self.from);
        let is_after = range.start >= self.from - self.same_after;
        is_after.then(|| Some(move_of(range.start)?..move_of(range.end)?))?
    }
}

#[cfg(test)]
mod tests {
    use super::Moves;

    #[test]
    fn a_part_that_has_not_changed_is_found() {
        for (from, to, part, expected) in [
            ("one two three", "one two three", "two", Some("two")),
            ("one two three", "one 2 three", "one", Some("one")),
            ("one two three", "one 2 three", "three", Some("three")),
            ("one two three", "one 2 three", "two", None),
            ("one two three", "one 2 three", "one two", None),
            ("one two three", "one three", "three", Some("three")),
            ("aaaa", "aaaaaa", "aaaa", Some("aaaa")),
            ("one", "", "one", None),
            ("", "one", "", Some("")),
        ] {
            let start = from.find(part).unwrap_or_default();
            let found = Moves::between(from, to).of(&(start..start + part.len()));
            let found = found.and_then(|range| to.get(range));
            assert_eq!(found, expected, "{part} of {from} in {to}");
        }
    }
}
