//! The decision that a case expects.

use std::fmt;
use std::str::FromStr;

use crate::evaluate::Outcome;
use crate::spelling::{self, UnknownNameError};

/// The decision that a case expects.
///
/// ```
/// use policy_core::evaluate::Outcome;
/// use policy_core::evaluate::cases::Expected;
///
/// let expected: Expected = "denied".parse()?;
/// assert!(expected.is(Outcome::ImplicitlyDenied) && expected.is(Outcome::ExplicitlyDenied));
/// assert!(!Expected::ExplicitlyDenied.is(Outcome::ImplicitlyDenied));
/// # Ok::<(), policy_core::spelling::UnknownNameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// A statement allows it and none denies it.
    Allowed,
    /// It is denied, explicitly or implicitly.
    Denied,
    /// A `Deny` applies.
    ExplicitlyDenied,
    /// A policy that must allow it does not.
    ImplicitlyDenied,
    /// It is allowed only if the key policy, which is not given, delegates to the account.
    DependsOnKeyPolicy,
}

impl Expected {
    /// All decisions.
    pub const ALL: [Self; 5] = [
        Self::Allowed,
        Self::Denied,
        Self::ExplicitlyDenied,
        Self::ImplicitlyDenied,
        Self::DependsOnKeyPolicy,
    ];

    /// The name, as written in a case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::ExplicitlyDenied => "explicitly denied",
            Self::ImplicitlyDenied => "implicitly denied",
            Self::DependsOnKeyPolicy => "depends on the key policy",
        }
    }

    /// Whether this is the expected outcome.
    pub const fn is(self, outcome: Outcome) -> bool {
        matches!(
            (self, outcome),
            (Self::Allowed, Outcome::Allowed)
                | (Self::Denied | Self::ExplicitlyDenied, Outcome::ExplicitlyDenied)
                | (Self::Denied | Self::ImplicitlyDenied, Outcome::ImplicitlyDenied)
                | (Self::DependsOnKeyPolicy, Outcome::DependsOnKeyPolicy)
        )
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Expected {
    type Err = UnknownNameError;

    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("an answer", name, &Self::ALL, Self::name)
    }
}
