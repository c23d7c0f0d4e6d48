//! `policy lsp`: the checker in an editor, by the Language Server Protocol on standard input and output.

mod actions;
mod allowances;
mod completion;
mod cursor;
mod document;
mod hover;
mod server;
mod spot;
mod starts;
mod text;
mod wire;

use std::io::{self, BufReader, Read, Write};
use std::process::ExitCode;

use serde_json::Value;

use crate::lines::say;
use server::Server;
use wire::{INVALID_REQUEST, Received};

#[derive(clap::Args)]
pub struct Arguments {
    /// Accepted because editors add it; nothing else is possible
    #[arg(long, hide = true)]
    stdio: bool,
}

pub fn run() -> ExitCode {
    match serve(io::stdin().lock(), io::stdout().lock()) {
        Ok(code) => code,
        // The editor has closed the pipe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        Err(error) => {
            say(format_args!("policy: {error}"));
            ExitCode::from(2)
        }
    }
}

/// Serves an editor until it ends the conversation.
fn serve(input: impl Read, mut out: impl Write) -> io::Result<ExitCode> {
    let mut input = BufReader::new(input);
    let mut server = Server::new(&mut out);
    loop {
        match wire::read(&mut input) {
            Ok(Received::Message(message)) => {
                if let Some(code) = server.receive(&message)? {
                    return Ok(code);
                }
            }
            Ok(Received::Broken(reason)) => server.refuse(&reason)?,
            Ok(Received::End) => return Ok(ExitCode::FAILURE),
            Err(error) => {
                drop(server);
                wire::write(
                    &mut out,
                    &wire::error(&Value::Null, INVALID_REQUEST, &error.to_string()),
                )?;
                return Err(error);
            }
        }
        // While more has come already, such as the next letter, nobody waits for the diagnostics of the last.
        if input.buffer().is_empty() {
            server.publish()?;
        }
    }
}
