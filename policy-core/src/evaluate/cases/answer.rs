//! The results of the cases.

use std::fmt::{self, Write as _};

use super::setup::Setup;
use super::{Case, Mistake, Origin};
use crate::evaluate::{Decision, Explanation, StatementId};
use crate::shown::Shown;

/// A case and its result.
///
/// Displayed for people: the request and the result.
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

    /// The decision.
    pub const fn decision(&self) -> Decision<'c> {
        self.decision
    }

    /// Whether the decision is the expected one, by the expected statement.
    pub fn is_as_expected(&self) -> bool {
        let sid = self.decision.statement().and_then(StatementId::sid);
        self.case.expected.is(self.decision.outcome()) && self.case.by().is_none_or(|by| sid == Some(by))
    }

    /// The result of each statement for the request.
    pub fn explain(&self) -> Explanation<'c> {
        self.setup.authorizer.explain(&self.case.request)
    }

    /// The origin of the policy that contains a statement.
    pub fn origin(&self, statement: &StatementId) -> Option<&'c Origin> {
        self.setup.origin(statement)
    }

    /// The statement and its layer, or the layer in which no statement allows the request.
    fn decided(&self) -> String {
        let decided = match (self.decision.statement(), self.decision.layer()) {
            (Some(statement), _) => self.place_of(statement),
            (None, Some(layer)) => format!("no statement in the {layer} allows it"),
            (None, None) => String::new(),
        };
        match self.decision.rule() {
            Some(rule) if decided.is_empty() => rule.to_string(),
            // The key policy is the one that a set may lack.
            Some(rule) => format!(
                "{decided}, but {rule}; add the key policy as `resource`, or `\"key_policy\": \"default\"` if it does"
            ),
            None => decided,
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

/// The widest column of a table; longer texts exceed it. `{:$width}` panics beyond 65,535.
const WIDEST: usize = 80;

/// The results of all cases.
///
/// Displayed for people: a table of the failures, the policies that AWS rejects, then the counts, as in `348 cases, 2 failed`. `{:#}`
/// also shows the result of every statement for each failure.
#[derive(Clone, Debug)]
pub struct Report<'c> {
    file: Option<&'c str>,
    answers: Vec<Answer<'c>>,
    rejected: &'c [Mistake],
}

impl<'c> Report<'c> {
    pub(super) const fn new(file: Option<&'c str>, answers: Vec<Answer<'c>>, rejected: &'c [Mistake]) -> Self {
        Self {
            file,
            answers,
            rejected,
        }
    }

    /// The results, in the order of the cases.
    pub fn answers(&self) -> impl Iterator<Item = &Answer<'c>> {
        self.answers.iter()
    }

    /// The results that are not as expected.
    pub fn failures(&self) -> impl Iterator<Item = &Answer<'c>> {
        self.answers.iter().filter(|answer| !answer.is_as_expected())
    }

    /// Whether every result is as expected, and AWS does not [reject](super::Cases::rejected) a policy that they are of.
    pub fn is_success(&self) -> bool {
        self.failures().next().is_none() && self.rejected.is_empty()
    }

    /// The failures as a table, each line terminated and safe for a terminal, [`Shown`]; empty without failures. With
    /// `explained`, the table includes the result of every statement.
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

    /// The number of cases and of failures, `348 cases, 2 failed`, and of policies that AWS rejects, if there are any.
    pub fn tally(&self) -> String {
        let all = self.answers.len();
        let s = if all == 1 { "" } else { "s" };
        let tally = format!("{all} case{s}, {} failed", self.failures().count());
        match self.rejected.len() {
            0 => tally,
            1 => format!("{tally}; AWS rejects 1 policy"),
            several => format!("{tally}; AWS rejects {several} policies"),
        }
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
        let explanation = answer.explain();
        for rule in explanation.rules() {
            let _ = writeln!(lines, "        rule: {rule}: {}", rule.page());
        }
        for (statement, effect, reason) in explanation.statements() {
            let place = answer.place_of(statement);
            let _ = writeln!(
                lines,
                "        {}",
                Shown(format_args!("{effect} in {place}: {reason}"))
            );
        }
    }
    lines
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table(f.alternate()))?;
        for rejected in self.rejected {
            match self.file {
                Some(file) => writeln!(f, "{}:{rejected}", Shown(file))?,
                None => writeln!(f, "{rejected}")?,
            }
        }
        f.write_str(&self.tally())
    }
}
