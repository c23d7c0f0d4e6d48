//! `policy`: the checker at the command line.

mod check;
mod report;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Checks AWS IAM policies, offline
#[derive(Parser)]
#[command(name = "policy", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reports what is wrong with policies
    ///
    /// Exits with 0 where no finding is an ERROR, with 1 where one is, and with 2 where a file cannot be read.
    Check(check::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Check(arguments) => check::run(&arguments),
    }
}
