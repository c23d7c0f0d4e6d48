//! The error of all names.

use std::error::Error;
use std::fmt;

use super::reason::Reason;
use super::told::Told;
use super::{ArnKind, NameKind};
use crate::shown::Shown;

/// The error for a text that is not a valid name of its type.
///
/// Displayed, it says what is wrong and what to write instead:
///
/// ```
/// use policy_core::names::{AccountId, Region};
///
/// assert_eq!(
///     AccountId::new("11112222333").unwrap_err().to_string(),
///     "`11112222333` is not an AWS account ID: it has 11 digits; leading zeros may have been lost; \
///      write all 12 digits, such as `111122223333`"
/// );
/// let misspelt = Region::new("eu-wset-1").unwrap_err();
/// assert_eq!(misspelt.suggestion().as_deref(), Some("eu-west-1"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError(Box<Mistake>);

/// Boxed, to keep results small.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mistake {
    kind: NameKind,
    input: String,
    reason: Reason,
}

impl NameError {
    pub(super) fn new(kind: NameKind, input: String, reason: Reason) -> Self {
        Self(Box::new(Mistake { kind, input, reason }))
    }

    /// The expected type.
    pub fn kind(&self) -> NameKind {
        self.0.kind
    }

    /// The identifier of that type, such as `AccountId`.
    pub fn name_type(&self) -> &'static str {
        self.0.kind.type_name()
    }

    /// The text that was given.
    pub fn input(&self) -> &str {
        &self.0.input
    }

    /// What is wrong: `it has 11 digits, ...`.
    pub fn reason(&self) -> String {
        self.0.reason.words(&self.0.input)
    }

    /// A valid name to write instead, if one can be derived from the text.
    pub fn suggestion(&self) -> Option<String> {
        self.0
            .reason
            .repair(&self.0.input)
            .filter(|meant| self.0.kind.verify(meant).is_ok())
    }

    /// The other type of ARNs that the text is of.
    fn of_other_type(&self) -> Option<NameKind> {
        let mut kinds = ArnKind::ALL.iter().map(|kind| NameKind::Arn(*kind));
        kinds.find(|other| matches!(self.0.kind, NameKind::Arn(_)) && other.verify(&self.0.input).is_ok())
    }
}

impl fmt::Display for NameError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, input) = (self.0.kind, &self.0.input);
        let mut told = Told::new();
        kind.wrong(input, self.0.reason, &mut told);
        let (wrong, form) = (Shown(told.as_str()), kind.form());
        match self.suggestion() {
            Some(meant) => write!(f, "{wrong}; write `{meant}` ({form})"),
            None => match self.of_other_type() {
                Some(other) => write!(f, "{wrong}; it is {}: use `{}`", other.noun(), other.type_name()),
                None => write!(f, "{wrong}; write {form}, such as `{}`", kind.sample()),
            },
        }
    }
}

impl Error for NameError {}
