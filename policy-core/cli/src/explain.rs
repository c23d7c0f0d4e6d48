//! `--explain`: the meaning of a code.

use std::io::{self, Write};
use std::process::ExitCode;

use policy_core::finding::Code;

use crate::lines::say;

/// Prints the page of a code; without a code, a line about each.
pub fn run(code: Option<Code>) -> ExitCode {
    let text = match code {
        Some(code) => page(code),
        None => Code::ALL.iter().map(|code| line(*code)).collect(),
    };
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            say(format_args!("policy: standard output: {error}"));
            ExitCode::from(2)
        }
        _ => ExitCode::SUCCESS,
    }
}

fn line(code: Code) -> String {
    format!("{}: {}\n", head(code), code.summary())
}

fn page(code: Code) -> String {
    let mut page = format!("{}\n\n{}\n", head(code), code.summary());
    if !code.explanation().is_empty() {
        page.push('\n');
    }
    let mut in_block = false;
    for line in code.explanation().lines() {
        if line.starts_with("```") {
            in_block = !in_block;
            continue;
        }
        if in_block && !line.is_empty() {
            page.push_str("    ");
        }
        page.push_str(line);
        page.push('\n');
    }
    page
}

/// The code, its severity, and whether Access Analyzer has it too.
fn head(code: Code) -> String {
    let own = if code.is_own() { ", our own" } else { "" };
    format!("{code} ({}{own})", code.severity())
}
