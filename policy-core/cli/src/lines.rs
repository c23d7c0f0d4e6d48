//! Lines for people. Whatever they quote is shown so that it can do nothing to a terminal or a CI's log, see
//! [`policy_core::shown`]; nothing else of this program prints text.

use std::fmt;
use std::io::{self, Write};

use policy_core::shown::Shown;

/// A stream that takes lines only.
pub struct Lines<W>(pub W);

impl<W: Write> Lines<W> {
    pub fn line(&mut self, text: impl fmt::Display) -> io::Result<()> {
        writeln!(self.0, "{}", Shown(text))
    }
}

/// Says a line on standard error. Where that cannot be written there is nobody to hear of it.
pub fn say(text: impl fmt::Display) {
    let _ = io::stderr().write_all(format!("{}\n", Shown(text)).as_bytes());
}
