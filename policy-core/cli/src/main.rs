//! `policy`: the checker at the command line.

#![deny(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "`lines` shows what a file said so that it commands nothing"
)]

mod actions;
mod arguments;
mod check;
mod embedded;
mod explain;
mod files;
mod kind;
mod lines;
mod policies;
mod refusal;
mod report;
mod simulate;
mod tally;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use policy_core::shown::Shown;

use arguments::CodeToExplain;
use refusal::refuse;

/// Checks AWS IAM policies, and says what they allow, offline
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
    /// Reports what is wrong with policies
    ///
    /// Exits with 1 where a finding blocks, that is an ERROR, a `SECURITY_WARNING`, or what has no effect at all, or is denied;
    /// with 2 where something cannot be read; and otherwise with 0.
    Check(arguments::Arguments),
    /// Asks policies what they allow, and compares the answers with those that are expected
    ///
    /// A file of cases is described in the documentation of `policy_core::evaluate::cases`. Exits with 1 where an answer is not
    /// as expected, with 2 where something cannot be read, and otherwise with 0.
    Simulate(simulate::Arguments),
    /// Lists the actions that policies are about, with what they do to a resource
    ///
    /// Wildcards are written out. Exits with 2 where something cannot be read or has no policy, and otherwise with 0.
    Actions(actions::Arguments),
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
        _ => ExitCode::SUCCESS,
    }
}
