//! What became of the cases.

use std::fmt::{self, Write as _};

use super::setup::Setup;
use super::{Case, Origin};
use crate::evaluate::{Decision, Explanation, StatementId};
use crate::shown::Shown;

/// A case, and the answer that it was given.
///
/// Displayed for people: the request, and the answer.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'c> {
    case: &'c Case,
    setup: &'c Setup,
    decision: Decision<'c>,
}

impl<'c> Answer<'c> {
    pub(super) fn of(case: &'c Case, setup: &'c Setup) -> Self {
        Self {
            case,
            setup,
            decision: setup.authorizer.ask(&case.request),
        }
    }

    /// The case.
    pub const fn case(&self) -> &'c Case {
        self.case
    }

    /// The answer that was given.
    pub const fn decision(&self) -> Decision<'c> {
        self.decision
    }

    /// Whether it is the answer that was expected, by the statement that was expected.
    pub fn is_as_expected(&self) -> bool {
        let sid = self.decision.statement().and_then(StatementId::sid);
        self.case.expected.is(self.decision.outcome()) && self.case.by().is_none_or(|by| sid == Some(by))
    }

    /// What each statement says of the request.
    pub fn explain(&self) -> Explanation<'c> {
        self.setup.authorizer.explain(&self.case.request)
    }

    /// The policy in which a statement stands.
    pub fn origin(&self, statement: &StatementId) -> Option<&'c Origin> {
        self.setup.origin(statement)
    }

    /// What decided it, in words: the statement and its layer, or the layer in which nothing allows it.
    fn decided(&self) -> String {
        match (self.decision.statement(), self.decision.layer()) {
            (Some(statement), _) => self.place_of(statement),
            (None, Some(layer)) => format!("nothing in the {layer} allows it"),
            (None, None) => String::new(),
        }
    }

    fn place_of(&self, statement: &StatementId) -> String {
        let mut text = statement.in_policy().unwrap_or_default();
        if let Some(origin) = self.origin(statement) {
            let of = if text.is_empty() { "" } else { " of " };
            let _ = write!(text, "{of}{origin}");
        }
        let _ = write!(text, ", {}", statement.layer());
        text
    }

    fn expected(&self) -> String {
        match self.case.by() {
            Some(sid) => format!("{} by `{sid}`", self.case.expected),
            None => self.case.expected.to_string(),
        }
    }

    fn request(&self) -> String {
        let request = &self.case.request;
        let name = self.case.name().map(|name| format!(": {name}")).unwrap_or_default();
        format!("{} on {}{name}", request.action(), request.resource())
    }
}

impl fmt::Display for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (request, outcome, decided) = (self.request(), self.decision.outcome(), self.decided());
        write!(f, "{}", Shown(format_args!("{request}: {outcome}, {decided}")))
    }
}

/// No column of a table is made wider than this: what is longer stands out of it. `{:width$}` panics beyond 65,535.
const WIDEST: usize = 80;

/// The answers to all cases.
///
/// Displayed for people: a table of those that are not as expected, and in the last line how many there are, as in
/// `348 cases, 2 failed`. `{:#}` tells of each of them what every statement says, too.
#[derive(Clone, Debug)]
pub struct Report<'c> {
    file: Option<&'c str>,
    answers: Vec<Answer<'c>>,
}

impl<'c> Report<'c> {
    pub(super) const fn new(file: Option<&'c str>, answers: Vec<Answer<'c>>) -> Self {
        Self { file, answers }
    }

    /// The answers, in the order of the cases.
    pub fn answers(&self) -> impl Iterator<Item = &Answer<'c>> {
        self.answers.iter()
    }

    /// The answers that are not as expected.
    pub fn failures(&self) -> impl Iterator<Item = &Answer<'c>> {
        self.answers.iter().filter(|answer| !answer.is_as_expected())
    }

    /// Whether every answer is as expected.
    pub fn is_success(&self) -> bool {
        self.failures().next().is_none()
    }

    /// The failures as a table, each line ended and as a terminal can show it, [`Shown`]; empty where there are none. With
    /// `explained`, what every statement says.
    pub fn table(&self, explained: bool) -> String {
        let mut rows = vec![(
            ["case", "expected", "given", "decided by"].map(str::to_owned),
            String::new(),
        )];
        rows.extend(self.failures().map(|answer| {
            let cells = [
                self.place(answer),
                answer.expected(),
                answer.decision.outcome().to_string(),
                answer.decided(),
            ];
            (cells.map(|cell| Shown(cell).to_string()), below(answer, explained))
        }));
        if rows.len() == 1 {
            return String::new();
        }
        let mut widths = [0; 4];
        for (cells, _) in &rows {
            for (width, cell) in widths.iter_mut().zip(cells) {
                *width = cell.chars().count().min(WIDEST).max(*width);
            }
        }
        let mut table = String::new();
        for (cells, below) in rows {
            let padded = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            let line = padded.collect::<Vec<_>>().join("  ");
            let _ = writeln!(table, "{}", Shown(line.trim_end()));
            table.push_str(&below);
        }
        table
    }

    /// How many there are and how many failed, `348 cases, 2 failed`.
    pub fn tally(&self) -> String {
        let all = self.answers.len();
        let s = if all == 1 { "" } else { "s" };
        format!("{all} case{s}, {} failed", self.failures().count())
    }

    fn place(&self, answer: &Answer<'_>) -> String {
        let line = answer.case.position.line;
        match self.file {
            Some(file) => format!("{file}:{line}"),
            None => format!("line {line}"),
        }
    }
}

/// The lines below a failure's row.
fn below(answer: &Answer<'_>, explained: bool) -> String {
    let mut lines = format!("    {}\n", Shown(answer.request()));
    if explained {
        for (statement, effect, reason) in answer.explain().statements() {
            let place = answer.place_of(statement);
            let said = format_args!("{effect} in {place}: {reason}");
            let _ = writeln!(lines, "        {}", Shown(said));
        }
    }
    lines
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table(f.alternate()))?;
        f.write_str(&self.tally())
    }
}
