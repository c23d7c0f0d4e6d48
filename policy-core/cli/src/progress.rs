//! How far a long run is, for someone who waits at a terminal.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// How long a run takes before it says anything of itself.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line at the end of a terminal, which is replaced as the run goes on, and is gone when it ends.
pub struct Progress<W> {
    out: W,
    is_terminal: bool,
    start: Instant,
    is_shown: bool,
}

impl Progress<io::Stderr> {
    pub fn new() -> Self {
        let out = io::stderr();
        Self {
            is_terminal: out.is_terminal(),
            out,
            start: Instant::now(),
            is_shown: false,
        }
    }
}

impl<W: Write> Progress<W> {
    /// Shows how many files are done. An error in doing so is ignored.
    pub fn show(&mut self, done: usize, all: usize) {
        if self.is_terminal && self.start.elapsed() >= PATIENCE && done < all {
            let _ = write!(self.out, "{done} of {all} files").and_then(|()| self.out.flush());
            self.is_shown = true;
        }
    }

    /// Removes the line, before anything else is printed.
    pub fn hide(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            let _ = self.out.write_all(b"\r\x1b[K").and_then(|()| self.out.flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PATIENCE, Progress};
    use std::time::Instant;

    #[test]
    fn a_terminal_alone_is_told_of_a_long_run_and_keeps_nothing_of_it() {
        let now = Instant::now();
        let long_ago = now.checked_sub(PATIENCE);
        for (is_terminal, start, expected) in [
            (true, long_ago, "1 of 9 files\r\x1b[K2 of 9 files\r\x1b[K"),
            (true, Some(now), ""),
            (false, long_ago, ""),
        ] {
            let mut progress = Progress {
                out: Vec::new(),
                is_terminal,
                start: start.unwrap_or(now),
                is_shown: false,
            };
            for done in [1, 2, 9] {
                progress.hide();
                progress.show(done, 9);
            }
            progress.hide();
            assert_eq!(String::from_utf8_lossy(&progress.out), expected);
        }
    }
}
