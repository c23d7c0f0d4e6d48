//! Asks this evaluator and referees the same questions, and explains every difference: see `README.md`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test tool that fails by panicking"
)]

mod classes;
mod edges;
mod endpoints;
mod explain;
mod layers;
mod managed;
mod page;
mod question;
mod random;
mod referee;
mod report;
mod services;

use std::fs::File;
use std::io::{self, BufWriter, Write};

use question::Question;
use referee::{Answer, Referee};
use report::{Direction, Report};
use serde_json::json;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, seeds, details, iam_simulate, iam_rs] = arguments.as_slice() else {
        return Err(io::Error::other(
            "differential COUNT 'SEED ...' DETAILS IAM_SIMULATE IAM_RS",
        ));
    };
    let number = |text: &str| text.parse().map_err(io::Error::other);
    let count: usize = count.parse().map_err(io::Error::other)?;
    let seeds: Vec<u64> = seeds.split_whitespace().map(number).collect::<io::Result<_>>()?;
    let mut details = BufWriter::new(File::create(details)?);
    let mut report = Report::default();
    for (name, command) in [("iam-simulate", iam_simulate), ("iam-rs", iam_rs)] {
        let mut referee = Referee::start(name, command)?;
        for seed in &seeds {
            let kinds = [
                ("managed", managed::questions(*seed, count)?),
                ("edges", edges::questions(*seed, count)),
                ("layers", layers::questions(*seed, count)),
                ("services", services::questions(*seed, count)),
                ("endpoints", endpoints::questions(*seed, count)),
            ];
            for (kind, questions) in kinds {
                for question in questions {
                    ask((*seed, kind), question, &mut referee, &mut report, &mut details)?;
                }
            }
            eprintln!("{name}, seed {seed}: asked; {} faults", report.faults.len());
        }
    }
    details.flush()?;
    print!("{report}");
    if report.faults.is_empty() {
        return Ok(());
    }
    report.faults.sort();
    for fault in &report.faults {
        eprintln!("{fault}");
    }
    Err(io::Error::other("not every difference is explained"))
}

fn ask(
    (seed, kind): (u64, &'static str),
    mut question: Question,
    referee: &mut Referee,
    report: &mut Report,
    details: &mut impl Write,
) -> io::Result<()> {
    let mut theirs = match referee.ask(&question)? {
        Answer::Says { outcome, ignored } => {
            without_keys(&mut question, ignored);
            outcome
        }
        Answer::Refuses(why) => {
            report.refused(referee.name, why);
            return Ok(());
        }
    };
    let (mut ours, mut explanation) = question.ask();
    // What an early `Deny` decides, it does not look at further.
    if ours != theirs
        && let Answer::Says { ignored, .. } = referee.ask(&question.alone())?
        && without_keys(&mut question, ignored)
        && let Answer::Says { outcome, .. } = referee.ask(&question)?
    {
        theirs = outcome;
        (ours, explanation) = question.ask();
    }
    report.answered(referee.name, seed, kind, ours, theirs);
    if ours == theirs {
        return Ok(());
    }
    let classes = explain::explain(&question, ours, referee)?;
    report.explained(referee.name, Direction::of(ours, theirs), classes.as_deref());
    let names: Option<Vec<&str>> = classes.map(|classes| classes.iter().map(|class| class.name).collect());
    let source = &question.source;
    let (ours, theirs) = (ours.to_string(), theirs.to_string());
    let line = json!({ "referee": referee.name, "seed": seed, "source": source, "classes": names, "ours": ours, "theirs": theirs,
        "explanation": explanation, "question": question.to_json() });
    writeln!(details, "{line}")
}

/// AWS sends no key that the action does not have, and one of the referees knows which. Returns whether there were some.
fn without_keys(question: &mut Question, ignored: Vec<String>) -> bool {
    let before = question.context.len();
    for key in ignored {
        question.context.remove(&key);
    }
    question.context.len() < before
}
