//! Names that are not in a list, and the names that were perhaps meant.

mod nearest;
mod one_edit;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use crate::collected::CollectVec;
use crate::shown::Shown;

pub(crate) use nearest::edits;
pub use nearest::nearest;
pub(crate) use one_edit::is_one_edit;

/// Whether a text begins with another, in any case.
pub(crate) fn begins(text: &str, with: &str) -> bool {
    text.get(..with.len())
        .is_some_and(|begin| begin.eq_ignore_ascii_case(with))
}

/// The longest of some names with which a text begins, in any case: `aws:SourceIp` of `aws:SourceIpAddress`. Of equals the last.
pub(crate) fn longest_start<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    names.filter(|name| begins(text, name)).max_by_key(|name| name.len())
}

/// The error for a text that is not in a list of names: of the codes of findings, the effects, the kinds of policies.
///
/// Displayed, it suggests the nearest name; if none is near, all of them, or an example of many. It is the error of
/// `parse` for each type whose values have names.
///
/// ```
/// use policy_core::finding::Code;
/// use policy_core::policy::Effect;
///
/// let error = "INVALID_ACTON".parse::<Code>().unwrap_err();
/// assert_eq!(error.suggestion(), Some("INVALID_ACTION"));
/// assert_eq!(error.to_string(), "`INVALID_ACTON` is not the code of a finding; did you mean `INVALID_ACTION`?");
///
/// let error = "permit".parse::<Effect>().unwrap_err();
/// assert_eq!(error.to_string(), "`permit` is not an effect; write `Allow` or `Deny`");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownNameError {
    noun: &'static str,
    input: String,
    known: Vec<Cow<'static, str>>,
}

/// With more names than this an example is displayed instead of all.
const FEW: usize = 8;

impl UnknownNameError {
    /// Creates the error for `input`, which is not one of the names that are `known`; `noun` has an article: `an effect`.
    pub fn new<N: Into<Cow<'static, str>>>(
        noun: &'static str,
        input: &str,
        known: impl IntoIterator<Item = N>,
    ) -> Self {
        Self {
            noun,
            input: input.to_owned(),
            known: known.into_iter().map(Into::into).collect_vec(),
        }
    }

    /// The text that was given.
    #[inline]
    pub fn input(&self) -> &str {
        &self.input
    }

    /// The name that was perhaps meant: see [`nearest`].
    #[inline]
    pub fn suggestion(&self) -> Option<&str> {
        nearest(&self.input, self.known.iter().map(|name| &**name))
    }
}

impl fmt::Display for UnknownNameError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { noun, input, known } = self;
        write!(f, "{}", Shown(format_args!("`{input}` is not {noun}; ")))?;
        if let Some(meant) = self.suggestion() {
            return write!(f, "did you mean `{meant}`?");
        }
        f.write_str("write ")?;
        match known.as_slice() {
            [first, _, ..] if known.len() > FEW => write!(f, "one such as `{first}`"),
            [others @ .., last] => {
                for (index, name) in others.iter().enumerate() {
                    write!(f, "{}`{name}`", if index == 0 { "" } else { ", " })?;
                }
                write!(f, "{}`{last}`", if others.is_empty() { "" } else { " or " })
            }
            [] => Ok(()),
        }
    }
}

impl Error for UnknownNameError {}

/// The value with this name among all of its type. Case matters.
pub(crate) fn find<T: Copy>(
    noun: &'static str,
    name: &str,
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
) -> Result<T, UnknownNameError> {
    let found = all.iter().copied().find(|value| name_of(*value) == name);
    found.ok_or_else(|| UnknownNameError::new(noun, name, all.iter().copied().map(name_of)))
}
