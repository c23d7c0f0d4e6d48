//! The answer that a case expects.

use std::fmt;

use crate::evaluate::Outcome;

/// The answer that a case expects.
///
/// ```
/// use policy_core::evaluate::Outcome;
/// use policy_core::evaluate::cases::Expected;
///
/// let expected = Expected::from_name("denied").unwrap();
/// assert!(expected.is(Outcome::ImplicitlyDenied) && expected.is(Outcome::ExplicitlyDenied));
/// assert!(!Expected::ExplicitlyDenied.is(Outcome::ImplicitlyDenied));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expected {
    /// Something allows it and nothing denies it.
    Allowed,
    /// It is denied, one way or the other.
    Denied,
    /// A `Deny` applies.
    ExplicitlyDenied,
    /// Nothing that has to allow it does.
    ImplicitlyDenied,
}

impl Expected {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Allowed,
        Self::Denied,
        Self::ExplicitlyDenied,
        Self::ImplicitlyDenied,
    ];

    /// As a case writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::Denied => "denied",
            Self::ExplicitlyDenied => "explicitly denied",
            Self::ImplicitlyDenied => "implicitly denied",
        }
    }

    /// The one that a case writes so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|expected| expected.name() == name)
    }

    /// Whether this is the answer that is expected.
    pub const fn is(self, outcome: Outcome) -> bool {
        matches!(
            (self, outcome),
            (Self::Allowed, Outcome::Allowed)
                | (Self::Denied | Self::ExplicitlyDenied, Outcome::ExplicitlyDenied)
                | (Self::Denied | Self::ImplicitlyDenied, Outcome::ImplicitlyDenied)
        )
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
