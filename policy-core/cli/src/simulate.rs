//! `policy simulate`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use policy_core::evaluate::StatementId;
use policy_core::evaluate::cases::{Answer, Cases, Origin};
use serde_json::{Value, json};

use crate::addressed::Addressed;
use crate::lines::{self, Lines, say};
use crate::tally::several;

#[derive(clap::Args)]
pub struct Arguments {
    /// Explains each failure by the result of every statement
    #[arg(long)]
    explain: bool,
    /// The output format: a table of the failures for people, or every answer as one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// A folder from which, and from below which, cases may name policies; may be repeated. The default is the folder
    /// of each file of cases
    #[arg(long, value_name = "DIR")]
    policies_within: Vec<PathBuf>,
    /// Files of cases; paths of policies in them are relative to the folder of the file
    #[arg(required = true, value_name = "CASES")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// A table of the failures
    Human,
    /// Every answer as one JSON object a line
    Json,
}

/// The counts of a run.
#[derive(Default)]
struct Tally {
    cases: usize,
    failed: usize,
    /// The policies that AWS rejects.
    rejected: usize,
    unreadable: usize,
}

pub fn run(arguments: &Arguments) -> ExitCode {
    let mut tally = Tally::default();
    let mut out = io::BufWriter::new(io::stdout().lock());
    match run_all(arguments, &mut tally, &mut out).and_then(|()| out.flush()) {
        Ok(()) if tally.cases > 0 || tally.unreadable == 0 => {
            let rejected = match tally.rejected {
                0 => String::new(),
                1 => format!("; AWS rejects 1 policy{HELP}"),
                several => format!("; AWS rejects {several} policies{HELP}"),
            };
            say(format_args!(
                "{}, {} failed{rejected}",
                several(tally.cases, "case"),
                tally.failed
            ));
        }
        Ok(()) => {}
        // The reader of the answers has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => {
            tally.unreadable += 1;
            say(format_args!("policy: standard output: {error}"));
        }
    }
    ExitCode::from(if tally.unreadable > 0 {
        2
    } else {
        u8::from(tally.failed > 0 || tally.rejected > 0)
    })
}

/// What to do about a policy that AWS rejects.
const HELP: &str = ": correct it, or write `\"rejected\": true` in its set if that is meant";

fn run_all(arguments: &Arguments, tally: &mut Tally, out: &mut impl Write) -> io::Result<()> {
    for path in &arguments.files {
        let own = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let own = own.unwrap_or(Path::new(".")).to_owned();
        let folders: Vec<PathBuf> = arguments.policies_within.iter().cloned().chain([own]).collect();
        let mut addressed = Addressed::within(&folders);
        let mut find = |file: &Path, text: &str, address: &str| addressed.find(file, text, address);
        let cases = match Cases::open_with(path, &arguments.policies_within, &mut find) {
            Ok(cases) => cases,
            Err(unreadable) => {
                tally.unreadable += 1;
                for line in format!("{unreadable:#}").lines() {
                    say(format_args!("policy: {line}"));
                }
                continue;
            }
        };
        let name = path.display().to_string();
        if cases.is_empty() {
            tally.unreadable += 1;
            say(format_args!("policy: {name}: there are no cases"));
        }
        for remark in cases.remarks() {
            say(format_args!("policy: {name}:{remark}"));
        }
        let report = cases.run();
        tally.cases += cases.len();
        tally.rejected += cases.rejected().count();
        tally.failed += report.failures().count();
        match arguments.format {
            Format::Human => {
                let mut lines = Lines(&mut *out);
                report
                    .table(arguments.explain)
                    .lines()
                    .try_for_each(|line| lines.line(line))?;
            }
            Format::Json => {
                for answer in report.answers() {
                    lines::object(out, &object(&name, answer, arguments.explain))?;
                }
            }
        }
    }
    Ok(())
}

/// An answer for programs.
fn object(file: &str, answer: &Answer<'_>, explained: bool) -> Value {
    let case = answer.case();
    let decision = answer.decision();
    let mut object = json!({
        "file": file,
        "line": case.position().line,
        "column": case.position().column,
        "name": case.name(),
        "action": case.request().action(),
        "resource": case.request().resource(),
        "expected": case.expected().name(),
        "expected_by": case.by(),
        "given": decision.outcome().to_string(),
        "passed": answer.is_as_expected(),
        "layer": decision.layer().map(|layer| layer.to_string()),
        "statement": decision.statement().map(|id| statement(answer, id)),
        "rule": decision.rule().map(|rule| rule.to_string()),
    });
    if let (true, Some(members)) = (explained, object.as_object_mut()) {
        let explanation = answer.explain();
        let statements = explanation.statements().map(|(id, effect, reason)| {
            json!({
                "statement": statement(answer, id),
                "effect": effect.name(),
                "layer": id.layer().to_string(),
                "reason": reason.to_string(),
            })
        });
        members.insert("statements".to_owned(), statements.collect());
        let rules = explanation
            .rules()
            .map(|rule| json!({ "rule": rule.to_string(), "page": rule.page() }));
        members.insert("rules".to_owned(), rules.collect());
    }
    object
}

/// The place of a statement: the policy's file, or the line of a policy among the cases; its index and `Sid`.
fn statement(answer: &Answer<'_>, id: &StatementId) -> Value {
    let (file, line) = match answer.origin(id) {
        Some(Origin::File(path)) => (Some(path.as_str()), None),
        Some(Origin::Inline(line)) => (None, Some(*line)),
        None => (None, None),
    };
    json!({ "policy": file, "policy_line": line, "index": id.index(), "sid": id.sid() })
}
