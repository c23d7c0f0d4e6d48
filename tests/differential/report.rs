//! What was found, as the page `differences.md`.

use std::collections::BTreeMap;
use std::fmt;

use policy_core::evaluate::Outcome;

use crate::classes::{self, Class, Page};

/// Who grants more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    WeGrant,
    TheyGrant,
    BothDeny,
}

impl Direction {
    pub fn of(ours: Outcome, theirs: Outcome) -> Self {
        if ours == Outcome::Allowed {
            Self::WeGrant
        } else if theirs == Outcome::Allowed {
            Self::TheyGrant
        } else {
            Self::BothDeny
        }
    }
}

#[derive(Default)]
pub struct Report {
    asked: BTreeMap<(&'static str, u64, &'static str), Asked>,
    refused: BTreeMap<(&'static str, String), usize>,
    explained: BTreeMap<(&'static str, &'static str, Direction), usize>,
    /// How many differences have several classes, in each of which they are counted.
    joint: BTreeMap<&'static str, usize>,
    /// What is wrong with this evaluator, with the classes or with a referee.
    pub faults: Vec<String>,
}

#[derive(Default)]
struct Asked {
    answered: usize,
    allowed: usize,
    different: usize,
}

impl Report {
    pub fn answered(&mut self, referee: &'static str, seed: u64, kind: &'static str, ours: Outcome, theirs: Outcome) {
        let asked = self.asked.entry((referee, seed, kind)).or_default();
        asked.answered += 1;
        asked.allowed += usize::from(ours == Outcome::Allowed);
        asked.different += usize::from(ours != theirs);
    }

    pub fn refused(&mut self, referee: &'static str, why: String) {
        *self.refused.entry((referee, why)).or_default() += 1;
    }

    /// A difference, with its classes; a fault if it has no class, or if we grant what no page settles.
    ///
    /// What is put in place of a doubt grants nothing, so that we never grant because of it: together with a class that is settled
    /// it only takes away what a referee would not answer.
    pub fn explained(&mut self, referee: &'static str, direction: Direction, classes: Option<&[&'static Class]>) {
        let mut classes = classes.unwrap_or_default().to_vec();
        if direction == Direction::WeGrant {
            classes.retain(|class| class.may_grant());
        }
        if classes.is_empty() {
            self.faults.push(format!("{referee}: not explained ({direction:?})"));
        }
        if classes.len() > 1 {
            *self.joint.entry(referee).or_default() += 1;
        }
        for class in classes {
            *self.explained.entry((referee, class.name, direction)).or_default() += 1;
        }
    }

    fn counts(&self, referee: &'static str, class: &Class) -> String {
        let count = |direction| {
            self.explained
                .get(&(referee, class.name, direction))
                .copied()
                .unwrap_or(0)
        };
        let counts = [Direction::WeGrant, Direction::TheyGrant, Direction::BothDeny].map(count);
        match counts {
            [0, 0, 0] => String::new(),
            [we, they, both] => format!("{we} / {they} / {both}"),
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let referees: Vec<&'static str> = self.asked.keys().map(|(referee, ..)| *referee).collect();
        let mut referees = referees;
        referees.dedup();
        writeln!(f, "# Where the evaluators differ\n")?;
        writeln!(
            f,
            "Written by `run.sh`; what the classes are is in `classes`, and how each difference is shown to be of one in `README.md`."
        )?;
        writeln!(
            f,
            "A page without an address is one of <https://docs.aws.amazon.com/IAM/latest/UserGuide/>.\n"
        )?;
        writeln!(f, "## Asked\n")?;
        writeln!(
            f,
            "| referee | seed | questions | answered | allowed by us | different |\n|---|---|---|---|---|---|"
        )?;
        for ((referee, seed, kind), asked) in &self.asked {
            let Asked {
                answered,
                allowed,
                different,
            } = asked;
            writeln!(
                f,
                "| {referee} | {seed} | {kind} | {answered} | {allowed} | {different} |"
            )?;
        }
        for referee in &referees {
            let of = |asked: &(&(&str, u64, &str), &Asked)| asked.0.0 == *referee;
            let (answered, different) = self
                .asked
                .iter()
                .filter(of)
                .fold((0, 0), |(answered, different), (_, asked)| {
                    (answered + asked.answered, different + asked.different)
                });
            writeln!(f, "| **{referee}** | | all | **{answered}** | | **{different}** |")?;
        }
        writeln!(
            f,
            "\nLeft out, as a referee does not answer:\n\n| referee | its reason | questions |\n|---|---|---|"
        )?;
        for ((referee, why), count) in &self.refused {
            writeln!(f, "| {referee} | {why} | {count} |")?;
        }
        let settled: fn(&Page) -> bool = |page| matches!(page, Page::Settles(_));
        let open: fn(&Page) -> bool = |page| matches!(page, Page::LeavesOpen(_));
        for (title, note, is_of) in [
            ("Settled by a page", "", settled),
            (
                "Left open by the pages",
                "In doubt an `Allow` is not met and a `Deny` is: in no difference of these we grant.\n\n",
                open,
            ),
        ] {
            write!(f, "\n## {title}\n\n{note}")?;
            write!(
                f,
                "Counts: we grant and the referee does not / it grants and we do not / both deny, but not for the same reason.\n\n| class | what is right | page |"
            )?;
            for referee in &referees {
                write!(f, " {referee} |")?;
            }
            writeln!(f, "\n|---|---|---|{}", "---|".repeat(referees.len()))?;
            for class in classes::all().filter(|class| is_of(&class.page)) {
                let (Page::Settles(page) | Page::LeavesOpen(page)) = class.page;
                let page = if page.starts_with("https") {
                    format!("<{page}>")
                } else {
                    format!("`{page}`")
                };
                write!(f, "| {} | {} | {page} |", class.name, class.rule)?;
                for referee in &referees {
                    write!(f, " {} |", self.counts(referee, class))?;
                }
                writeln!(f)?;
            }
        }
        writeln!(f)?;
        for referee in &referees {
            let joint = self.joint.get(referee).copied().unwrap_or(0);
            writeln!(
                f,
                "Of {referee}, {joint} differences need several classes together and are counted in each."
            )?;
        }
        let faults = self.faults.len();
        writeln!(f, "\nIn no class, or granted where no page says so: **{faults}**.")
    }
}
