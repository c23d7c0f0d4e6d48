//! `policy`: the checker at the command line.

mod arguments;
mod check;
mod embedded;
mod explain;
mod files;
mod kind;
mod policies;
mod report;
mod tally;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use policy_core::finding::Code;

/// Checks AWS IAM policies, offline
#[derive(Parser)]
#[command(name = "policy", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Says what a code means, with a policy that has the finding and one that has not; without CODE, lists all codes
    #[arg(long, global = true, value_name = "CODE", num_args = 0..=1, display_order = 100, value_parser = arguments::code)]
    #[expect(clippy::option_option, reason = "the flag, and its value, can both be absent")]
    explain: Option<Option<Code>>,
}

#[derive(Subcommand)]
enum Command {
    /// Reports what is wrong with policies
    ///
    /// Exits with 1 where a finding is an ERROR or is denied, with 2 where something cannot be read, and otherwise with 0.
    Check(arguments::Arguments),
}

fn main() -> ExitCode {
    let mut command = Arguments::command();
    let matches = command.get_matches_mut();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit());
    match (arguments.explain, arguments.command, matches.subcommand()) {
        (Some(code), ..) => explain::run(code),
        (None, Some(Command::Check(arguments)), Some((name, matches))) => match arguments.plan(matches) {
            Ok(plan) => check::run(plan),
            Err(error) => command
                .find_subcommand_mut(name)
                .unwrap_or(&mut Arguments::command())
                .error(clap::error::ErrorKind::ValueValidation, error)
                .exit(),
        },
        _ => ExitCode::SUCCESS,
    }
}
