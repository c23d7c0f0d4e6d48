//! `policy list`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use policy_core::document::Lines as Positions;
use policy_core::policy::AttachedTo;
use policy_files::{Assumption, FilePolicy, Reader};
use serde_json::{Value, json};

use crate::arguments::{SettingsArguments, today};
use crate::config::Configs;
use crate::files::{self, Input};
use crate::inside::{self, Skipped};
use crate::kind::KindName;
use crate::lines::{self, Lines, say};
use crate::tally::several;

#[derive(clap::Args)]
pub struct Arguments {
    /// Names each file of a folder that is skipped, and why
    #[arg(long, short)]
    verbose: bool,
    /// The output format: text for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    settings: SettingsArguments,
    /// The files that have policies, folders of them, or `-` for standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// How a list is printed, here and by `policy actions`.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// Text for people
    Human,
    /// One JSON object a line
    Json,
}

#[derive(Default)]
struct Tally {
    policies: usize,
    files: usize,
    skipped: Skipped,
    unreadable: usize,
}

pub fn run(arguments: Arguments) -> ExitCode {
    let mut tally = Tally::default();
    let named = arguments.files.into_iter().map(|file| (file, KindName::Auto)).collect();
    let mut files = files::find(named, |folder, error| {
        tally.unreadable += 1;
        say(format_args!("policy: {}: {error}", folder.display()));
    });
    let choice = arguments.settings.choice();
    if let Err(code) = Configs::default().apply_or_end(&mut files.inputs, &choice, today()) {
        return code;
    }
    let shown = Shown {
        verbose: arguments.verbose,
        format: arguments.format,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let written = list_all(&files.inputs, shown, &mut tally, &mut out).and_then(|()| out.flush());
    match written {
        Ok(()) => {
            let skipped = &tally.skipped;
            let passed_over = files::passed_over(files.passed_over);
            let listed = match tally.policies {
                0 => "no policy was found".to_owned(),
                1 => "1 policy in 1 file".to_owned(),
                count => format!("{count} policies in {}", several(tally.files, "file")),
            };
            say(format_args!("{listed}{skipped}{passed_over}"));
        }
        // The reader of the list has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => {
            tally.unreadable += 1;
            say(format_args!("policy: standard output: {error}"));
        }
    }
    ExitCode::from(if tally.unreadable > 0 || tally.policies == 0 {
        2
    } else {
        0
    })
}

/// What is printed.
#[derive(Clone, Copy)]
struct Shown {
    verbose: bool,
    format: Format,
}

fn list_all(inputs: &[Input], shown: Shown, tally: &mut Tally, out: &mut impl Write) -> io::Result<()> {
    let mut reader = Reader::new();
    for input in inputs {
        let name = input.shown().display().to_string();
        let mut problem = |what: &str| {
            tally.unreadable += 1;
            say(format_args!("policy: {name}: {what}"));
        };
        let text = input.read().map_err(|error| error.to_string());
        let text = text.and_then(|read| String::from_utf8(read.bytes).map_err(|error| error.to_string()));
        let text = match text {
            Ok(text) => text,
            Err(error) => {
                problem(&error);
                continue;
            }
        };
        let reading = match inside::read(input, &text, &mut reader) {
            Ok(reading) => reading,
            Err(refused) if refused.is_problem => {
                problem(&refused.reason);
                continue;
            }
            Err(refused) => {
                tally.skipped.add(refused.is_template);
                inside::say_skipped(shown.verbose, &name, Some(&refused.reason));
                continue;
            }
        };
        for unread in inside::unread(&reading, &text) {
            problem(&unread);
        }
        let skipped = inside::skipped(&reading, &text);
        tally.skipped.add_policies(shown.verbose, &name, &skipped);
        if reading.policies().is_empty() {
            if reading.unread().is_empty() && skipped.is_empty() {
                tally.skipped.add(false);
                inside::say_skipped(shown.verbose, &name, None);
            }
            continue;
        }
        tally.files += 1;
        let positions = Positions::of(&text);
        for policy in inside::settled(input, reading, None) {
            tally.policies += 1;
            let listed = Listed::of(&name, &policy, &positions);
            match shown.format {
                Format::Human => listed.human(&mut Lines(&mut *out))?,
                Format::Json => lines::object(out, &listed.json())?,
            }
        }
        // The policies of a large folder appear while it is read.
        out.flush()?;
    }
    Ok(())
}

/// A policy in a list.
struct Listed<'p> {
    address: &'p str,
    /// Why it may not be the policy that is deployed.
    assumptions: Vec<&'p str>,
    attached_to: Option<&'static str>,
    column: usize,
    file: &'p str,
    holes: Vec<String>,
    kind: &'static str,
    line: usize,
    statements: usize,
}

impl<'p> Listed<'p> {
    fn of(file: &'p str, policy: &'p FilePolicy, positions: &Positions<'_>) -> Self {
        let start = positions.position(policy.place().start);
        Self {
            address: policy.address(),
            assumptions: policy.assumptions().iter().map(Assumption::reason).collect(),
            attached_to: policy.attached_to().map(AttachedTo::name),
            column: start.column,
            file,
            holes: policy.holes(),
            kind: policy.kind().type_name(),
            line: start.line,
            statements: policy.statements(),
        }
    }

    fn json(&self) -> Value {
        let mut object = json!({
            "address": self.address,
            "column": self.column,
            "file": self.file,
            "holes": self.holes,
            "kind": self.kind,
            "line": self.line,
            "statements": self.statements,
        });
        if let Some(members) = object.as_object_mut() {
            if let Some(attached_to) = self.attached_to {
                members.insert("attached_to".to_owned(), attached_to.into());
            }
            if !self.assumptions.is_empty() {
                members.insert("assumptions".to_owned(), json!(self.assumptions));
            }
        }
        object
    }

    fn human(&self, out: &mut Lines<impl Write>) -> io::Result<()> {
        let Self { file, line, column, .. } = self;
        let address = match self.address {
            "" => String::new(),
            address => format!(" {address}:"),
        };
        let holes = match self.holes.len() {
            0 => String::new(),
            count => format!(", {}", several(count, "hole")),
        };
        let assumptions = match self.assumptions.len() {
            0 => String::new(),
            count => format!(", {}", several(count, "assumption")),
        };
        let statements = several(self.statements, "statement");
        out.line(format_args!(
            "{file}:{line}:{column}:{address} {}, {statements}{holes}{assumptions}",
            self.kind
        ))
    }
}
