//! The findings of a run, for people and for programs.

mod github;
mod human;
mod json;
mod junit;
mod sarif;

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;

use policy_core::document::{Lines, Place};
use policy_core::finding::Finding;
use policy_files::{FileFix, Fixer};

use crate::arguments::Format;
use crate::lines::say;
use crate::policies::Checked;
use human::Human;
use junit::Junit;
use sarif::Sarif;

/// A file, as a report shows it.
pub struct Source<'t> {
    name: &'t str,
    path: &'t Path,
    text: &'t str,
    lines: Lines<'t>,
    /// The last string that was looked at, and whether it is written with escapes, or percent-encoded: several findings may be in one.
    escapes: Cell<Option<(Place, bool)>>,
}

impl<'t> Source<'t> {
    pub fn new(name: &'t str, path: &'t Path, text: &'t str) -> Self {
        Self {
            name,
            path,
            text,
            lines: Lines::of(text),
            escapes: Cell::new(None),
        }
    }

    /// The bytes of a finding, as [`Finding::range_in`] has them, or as the file of another language does.
    fn range_of(&self, checked: &Checked<'_>, finding: &Finding) -> Range<usize> {
        if let Some(range) = checked.range_of(finding) {
            return range;
        }
        let place = finding.place();
        let whole = place.start as usize..place.end as usize;
        let Some(part) = finding.span_in_string() else {
            return whole;
        };
        let known = self.escapes.get().filter(|(at, _)| *at == place);
        let (_, has_escapes) = known.unwrap_or_else(|| {
            let literal = self.text.get(whole.clone()).unwrap_or_default();
            (place, !literal.starts_with('"') || literal.contains('\\'))
        });
        self.escapes.set(Some((place, has_escapes)));
        if has_escapes {
            whole
        } else {
            whole.start + 1 + part.start..whole.start + 1 + part.end
        }
    }
}

/// The fixes, and, if the policy may be right after all, how to hide the finding.
fn helps(checked: &Checked<'_>, finding: &Finding) -> impl Iterator<Item = String> {
    let allowance = finding
        .allow_when()
        .map(|when| format!("if {when}, `--allow {}` hides such findings", finding.code()));
    checked.helps(finding).into_iter().chain(allowance)
}

/// The fixes of a finding as edits of the file.
fn fixes(fixer: Option<&Fixer<'_>>, finding: &Finding) -> Vec<FileFix> {
    fixer.map(|fixer| fixer.fixes(finding)).unwrap_or_default()
}

/// What makes edits of the fixes of a policy's findings, if any has one.
fn fixer<'c>(source: &'c Source<'_>, checked: &'c Checked<'_>) -> Option<Fixer<'c>> {
    let has_fixes = checked.findings.iter().any(|finding| !finding.fixes().is_empty());
    Some(checked.in_file().filter(|_| has_fixes)?.fixer(source.text))
}

/// The message, the notes and the helps.
fn message(checked: &Checked<'_>, finding: &Finding) -> String {
    let mut message = checked.message(finding).into_owned();
    let notes = checked.notes(finding).into_iter().map(|note| ("note", note));
    let helps = helps(checked, finding).map(|help| ("help", Cow::Owned(help)));
    for (word, part) in notes.chain(helps) {
        let _ = write!(message, "\n{word}: {part}");
    }
    message
}

/// The output of the findings.
pub enum Report {
    Human(Human),
    Json,
    Sarif(Box<Sarif>),
    Github,
    Junit(Junit),
}

impl Report {
    pub fn new(format: Format) -> Self {
        match format {
            Format::Human => Self::Human(Human::new()),
            Format::Json => Self::Json,
            Format::Sarif => Self::Sarif(Box::default()),
            Format::Github => Self::Github,
            Format::Junit => Self::Junit(Junit::default()),
        }
    }

    /// Reports what is wrong with a policy in a file.
    pub fn findings(&mut self, source: &Source<'_>, checked: &Checked<'_>, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Human(human) => human.findings(source, checked, out)?,
            Self::Json => json::findings(source, checked, out)?,
            Self::Github => {
                for finding in &checked.findings {
                    github::finding(source, checked, finding, out)?;
                }
            }
            Self::Junit(junit) => junit.policy(source, checked),
            Self::Sarif(sarif) => {
                let editor = fixer(source, checked);
                for finding in &checked.findings {
                    sarif.finding(source, checked, finding, &fixes(editor.as_ref(), finding));
                }
            }
        }
        Ok(())
    }

    /// Reports an input that could not be read.
    pub fn problem(&mut self, name: &str, what: &str) {
        say(format_args!("policy: {name}: {what}"));
        match self {
            Self::Sarif(sarif) => sarif.problem(name, what),
            Self::Junit(junit) => junit.problem(name, what),
            Self::Human(_) | Self::Json | Self::Github => {}
        }
    }

    /// Writes the end of the report, after the last finding.
    pub fn finish(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Sarif(sarif) => sarif.write(out),
            Self::Junit(junit) => junit.write(out),
            Self::Human(_) | Self::Json | Self::Github => Ok(()),
        }
    }
}
