//! What a run has found, for people and for programs.

mod human;
mod json;
mod sarif;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use policy_core::document::Lines;
use policy_core::finding::Finding;

use crate::arguments::Format;
use crate::lines::say;
use crate::policies::Checked;
use human::Human;
use sarif::Sarif;

/// A file, as a report shows it.
pub struct Source<'t> {
    name: &'t str,
    path: &'t Path,
    text: &'t str,
    lines: Lines<'t>,
}

impl<'t> Source<'t> {
    pub fn new(name: &'t str, path: &'t Path, text: &'t str) -> Self {
        Self {
            name,
            path,
            text,
            lines: Lines::of(text),
        }
    }
}

/// What to write instead, and where it may be right after all how to leave the finding out.
fn helps(finding: &Finding) -> impl Iterator<Item = Cow<'_, str>> {
    let allowance = finding
        .allowed_if()
        .map(|when| format!("if {when}, `--allow {}` leaves out such findings", finding.code()));
    finding.helps().map(Cow::Borrowed).chain(allowance.map(Cow::Owned))
}

/// Where the findings go.
pub enum Report {
    Human(Human),
    Json,
    Sarif(Box<Sarif>),
}

impl Report {
    pub fn new(format: Format) -> Self {
        match format {
            Format::Human => Self::Human(Human::new()),
            Format::Json => Self::Json,
            Format::Sarif => Self::Sarif(Box::default()),
        }
    }

    /// Reports what is wrong with a policy in a file.
    pub fn findings(&mut self, source: &Source<'_>, checked: &Checked<'_>, out: &mut impl Write) -> io::Result<()> {
        for finding in &checked.findings {
            match self {
                Self::Human(human) => human.finding(source, finding, out)?,
                Self::Json => json::finding(source, checked, finding, out)?,
                Self::Sarif(sarif) => sarif.finding(source, checked, finding),
            }
        }
        Ok(())
    }

    /// Reports what could not be read.
    pub fn problem(&mut self, name: &str, what: &str) {
        say(format_args!("policy: {name}: {what}"));
        if let Self::Sarif(sarif) = self {
            sarif.problem(name, what);
        }
    }

    /// Writes what comes after the last finding.
    pub fn finish(self, out: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Sarif(sarif) => sarif.write(out),
            Self::Human(_) | Self::Json => Ok(()),
        }
    }
}
