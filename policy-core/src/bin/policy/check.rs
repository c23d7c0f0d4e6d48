//! `policy check`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::ValueEnum;
use policy_core::check::Options;
use policy_core::document::Document;
use policy_core::finding::{Finding, Findings};
use policy_core::policy::Kind;

use crate::report;

#[derive(clap::Args)]
pub struct Arguments {
    /// What the policies are attached to
    #[arg(long, value_enum, default_value_t = KindName::Identity)]
    kind: KindName,
    /// What a finding looks like: text for people, or one JSON object a line
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The policies, one JSON document a file
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindName {
    /// A user, group or role (also a permissions boundary)
    Identity,
    /// A role, to say who may assume it
    Trust,
    /// A resource
    Resource,
    /// A session
    Session,
    /// An account or organization: service control policy
    Scp,
    /// An account or organization: resource control policy
    Rcp,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

impl From<KindName> for Kind {
    fn from(name: KindName) -> Self {
        match name {
            KindName::Identity => Self::Identity,
            KindName::Trust => Self::Trust,
            KindName::Resource => Self::Resource,
            KindName::Session => Self::Session,
            KindName::Scp => Self::ServiceControl,
            KindName::Rcp => Self::ResourceControl,
        }
    }
}

/// What became of a run, the worst last: its number is the exit code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    NoErrors = 0,
    Errors = 1,
    Unreadable = 2,
}

pub fn run(arguments: &Arguments) -> ExitCode {
    let mut outcome = Outcome::NoErrors;
    for file in &arguments.files {
        let result = check_file(file, arguments);
        outcome = outcome.max(match result {
            Ok(outcome) => outcome,
            // Whoever reads the findings has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => break,
            Err(error) => {
                eprintln!("policy: {}: {error}", file.display());
                Outcome::Unreadable
            }
        });
    }
    ExitCode::from(outcome as u8)
}

fn check_file(file: &Path, arguments: &Arguments) -> io::Result<Outcome> {
    let text = read_text(file)?;
    let (findings, document) = check_text(&text, arguments.kind.into());
    let mut out = io::stdout().lock();
    let name = file.display().to_string();
    match arguments.format {
        Format::Human => report::human(&mut out, &name, &text, &findings)?,
        Format::Json => report::json(&mut out, &name, &text, &findings, document.as_ref())?,
    }
    out.flush()?;
    Ok(if findings.has_errors() {
        Outcome::Errors
    } else {
        Outcome::NoErrors
    })
}

fn read_text(file: &Path) -> io::Result<String> {
    String::from_utf8(fs::read(file)?).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("byte {offset} is not UTF-8; save the file as UTF-8 without a byte order mark"),
        )
    })
}

/// The findings in a text, and the document that they are in if the text is JSON.
fn check_text(text: &str, kind: Kind) -> (Findings, Option<Document<'_>>) {
    match Document::read(text) {
        Ok(document) => (
            policy_core::check::check(&document, kind, &Options::new()),
            Some(document),
        ),
        Err(error) => {
            let mut findings = Findings::new();
            findings.push(Finding::from(&error));
            (findings, None)
        }
    }
}
