//! The mistakes in a file of cases.

use std::fmt;
use std::io;

use crate::document::Position;
use crate::finding::AndMore;
use crate::shown::Shown;

/// A mistake in cases, and where. Displayed as `4:17: message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    position: Position,
    message: String,
}

impl Mistake {
    pub(super) const fn new(position: Position, message: String) -> Self {
        Self { position, message }
    }

    /// The position of the mistake.
    pub const fn position(&self) -> Position {
        self.position
    }

    /// What is wrong, and a suggestion.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Position { line, column } = self.position;
        write!(f, "{line}:{column}: {}", Shown(&self.message))
    }
}

/// The error for cases that cannot be read. Displayed as the first mistake, with the file's name if it has one, and how
/// many more there are; with `{:#}` as a line for each: `cases.json:4:17: message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CasesError {
    file: Option<String>,
    /// Why the file cannot be read.
    no_file: Option<String>,
    mistakes: Vec<Mistake>,
}

impl CasesError {
    pub(super) fn new(file: Option<String>, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(Mistake::position);
        Self {
            file,
            no_file: None,
            mistakes,
        }
    }

    pub(super) fn file(file: String, error: &io::Error) -> Self {
        Self {
            file: Some(file),
            no_file: Some(error.to_string()),
            mistakes: Vec::new(),
        }
    }

    /// The mistakes, in order of position; empty if the file itself could not be read.
    pub fn mistakes(&self) -> impl Iterator<Item = &Mistake> {
        self.mistakes.iter()
    }
}

impl fmt::Display for CasesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.as_deref().unwrap_or_default();
        if let Some(error) = &self.no_file {
            return write!(f, "{}", Shown(format_args!("{file}: {error}")));
        }
        let colon = if self.file.is_some() { ":" } else { "" };
        let shown = if f.alternate() { self.mistakes.len() } else { 1 };
        for (index, mistake) in self.mistakes.iter().take(shown).enumerate() {
            let line_end = if index > 0 { "\n" } else { "" };
            write!(f, "{line_end}{}", Shown(format_args!("{file}{colon}{mistake}")))?;
        }
        AndMore(self.mistakes.len().saturating_sub(shown)).fmt(f)
    }
}

impl std::error::Error for CasesError {}
