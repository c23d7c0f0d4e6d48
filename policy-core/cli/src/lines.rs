//! Lines for people. Quoted texts are shown so that they cannot affect a terminal or a CI's log, see
//! [`policy_core::shown`]; nothing else of this program prints text.

use std::fmt;
use std::io::{self, Write};

use policy_core::shown::Shown;
use serde::Serialize;

/// A stream of lines.
pub struct Lines<W>(pub W);

impl<W: Write> Lines<W> {
    pub fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self.0, "{}", Shown(text))
    }
}

/// An object for programs, on one line. Its texts are exact, but no line has `##`, by which CI systems read commands
/// from the middle of a line: JSON has another way to write that.
pub fn object(out: &mut impl Write, object: &impl Serialize) -> io::Result<()> {
    writeln!(out, "{}", without_commands(&serde_json::to_string(object)?))
}

/// JSON that means the same and commands nothing.
pub fn without_commands(json: &str) -> String {
    json.replace("##", r"#\u0023")
}

/// Prints a line on standard error. An error in doing so is ignored.
pub fn say(text: impl fmt::Display) {
    let _ = io::stderr().write_all(format!("{}\n", Shown(text)).as_bytes());
}
