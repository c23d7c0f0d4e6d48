//! The error for a request that AWS never gets.

use std::fmt;

use crate::finding::AndMore;
use crate::shown::Shown;

/// The error for a request that AWS never gets: its action does not exist, the resource is not one that the action applies
/// to, or a condition key or its value is wrong.
///
/// Displayed as the first mistake and how many more there are; with `{:#}` each mistake on a line. A mistake names what is
/// wrong and what to write instead.
///
/// ```
/// use policy_core::evaluate::{Caller, Request};
///
/// let error = Request::new(Caller::anonymous(), "s3:Frobnicate", "exports/a.csv").unwrap_err();
/// assert_eq!(
///     format!("{error:#}"),
///     "unknown action `s3:Frobnicate`; if AWS added the action after 2026-10-27, use `Request::unchecked`\n\
///      the resource `exports/a.csv` is neither `*` nor an ARN; write `arn:aws:s3:::exports/a.csv`"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    mistakes: Vec<String>,
}

impl RequestError {
    /// An error, if there are mistakes.
    pub(super) fn of(mistakes: Vec<String>) -> Result<(), Self> {
        if mistakes.is_empty() {
            Ok(())
        } else {
            Err(Self { mistakes })
        }
    }

    /// The error of one mistake.
    pub(super) fn one(mistake: String) -> Self {
        Self {
            mistakes: vec![mistake],
        }
    }

    /// The mistakes: the action first, then the resource, or the condition key and its values.
    pub fn mistakes(&self) -> impl Iterator<Item = &str> {
        self.mistakes.iter().map(String::as_str)
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if f.alternate() { self.mistakes.len() } else { 1 };
        for (index, mistake) in self.mistakes.iter().take(shown).enumerate() {
            let line_end = if index > 0 { "\n" } else { "" };
            write!(f, "{line_end}{}", Shown(mistake))?;
        }
        AndMore(self.mistakes.len().saturating_sub(shown)).fmt(f)
    }
}

impl std::error::Error for RequestError {}
