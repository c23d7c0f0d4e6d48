//! `policy`: the checker at the command line.

#![deny(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "`lines` shows the texts of a file so that they command nothing"
)]

mod actions;
mod addressed;
mod arguments;
mod baseline;
mod batch;
mod changed;
mod check;
mod config;
mod content;
mod difference;
mod embedded;
mod explain;
mod files;
mod fixes;
mod inside;
mod kind;
mod lines;
mod list;
mod lsp;
mod policies;
mod progress;
mod refusal;
mod relative;
mod report;
mod simulate;
mod tally;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use policy_core::shown::Shown;

use arguments::CodeToExplain;
use refusal::refuse;

/// Checks AWS IAM policies, and simulates what they allow, offline
#[derive(Parser)]
#[command(name = "policy", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    explain: CodeToExplain,
}

#[derive(Subcommand)]
enum Command {
    /// Reports mistakes in policies
    ///
    /// Exits with 1 if a finding blocks, that is an ERROR, a `SECURITY_WARNING`, or an element without any effect, or
    /// is denied; with 2 if something cannot be read; and otherwise with 0.
    Check(Box<arguments::Arguments>),
    /// Simulates requests against policies, and compares the decisions with the expected ones
    ///
    /// A file of cases is described in the documentation of `policy_core::evaluate::cases`. Exits with 1 if a decision
    /// is not as expected, with 2 if something cannot be read, and otherwise with 0.
    Simulate(simulate::Arguments),
    /// Lists the actions in policies, with their access levels
    ///
    /// Wildcards are expanded. Exits with 2 if something cannot be read or has no policy, and otherwise with 0.
    Actions(actions::Arguments),
    /// Lists the policies in files: where each is, its kind, and what the file leaves open
    ///
    /// Exits with 2 if something cannot be read or has no policy, and otherwise with 0.
    List(list::Arguments),
    /// Checks policies in an editor, while they are written
    ///
    /// A language server on standard input and output, which an editor starts.
    Lsp(lsp::Arguments),
}

fn main() -> ExitCode {
    let mut command = Arguments::command();
    let matches = command
        .try_get_matches_from_mut(std::env::args_os())
        .unwrap_or_else(|error| refuse(error));
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| refuse(error.format(&mut command)));
    if let Some(code) = arguments.explain.asked {
        return explain::run(code);
    }
    match (arguments.command, matches.subcommand()) {
        (Some(Command::Check(arguments)), Some((name, matches))) => {
            if let Some(code) = arguments.explain.asked {
                return explain::run(code);
            }
            match arguments.plan(matches) {
                Ok(plan) => check::run(plan),
                Err(error) => refuse(
                    command
                        .find_subcommand_mut(name)
                        .unwrap_or(&mut Arguments::command())
                        .error(clap::error::ErrorKind::ValueValidation, Shown(error)),
                ),
            }
        }
        (Some(Command::Simulate(arguments)), _) => simulate::run(&arguments),
        (Some(Command::Actions(arguments)), _) => actions::run(arguments),
        (Some(Command::List(arguments)), _) => list::run(arguments),
        (Some(Command::Lsp(_)), _) => lsp::run(),
        _ => ExitCode::SUCCESS,
    }
}
