//! The severity of a finding.

use std::fmt;
use std::str::FromStr;

use crate::spelling::{self, UnknownNameError};

/// The severity of a finding, on IAM Access Analyzer's scale.
///
/// Source: <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicyFinding.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// AWS rejects the policy, or part of it does not work.
    Error,
    /// The policy allows access that AWS considers too wide.
    SecurityWarning,
    /// The policy does not follow AWS's best practices, or part of it may not have the intended effect.
    Warning,
    /// The policy could be simpler.
    Suggestion,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Self; 4] = [Self::Error, Self::SecurityWarning, Self::Warning, Self::Suggestion];

    /// The name, as Access Analyzer writes it.
    #[inline]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "ERROR",
            Self::SecurityWarning => "SECURITY_WARNING",
            Self::Warning => "WARNING",
            Self::Suggestion => "SUGGESTION",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Severity {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a severity", name, &Self::ALL, Self::name)
    }
}
