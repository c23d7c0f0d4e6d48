//! The kinds of policy, which determine the elements that a document can have.

#[cfg(feature = "values")]
mod types;

use std::fmt;
use std::str::FromStr;

use crate::spelling::{self, UnknownNameError};

#[cfg(feature = "values")]
pub use types::*;

/// The kind of policy, by what it is attached to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html>
///
/// ```
/// use policy_core::policy::Kind;
///
/// assert_eq!(Kind::Trust.type_name(), "TrustPolicy");
/// assert_eq!(Kind::ServiceControl.to_string(), "a service control policy");
/// assert_eq!("a service control policy".parse(), Ok(Kind::ServiceControl));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Attached to a user, group or role, inline or managed; also a permissions boundary.
    Identity,
    /// Attached to a role, naming who may assume it.
    Trust,
    /// Attached to a resource: a bucket, a key, a queue.
    Resource,
    /// Passed when a role is assumed, for the session.
    Session,
    /// Attached to an account, organizational unit or root: a service control policy (SCP).
    ServiceControl,
    /// Attached to an account, organizational unit or root: a resource control policy (RCP).
    ResourceControl,
}

impl Kind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::Identity,
        Self::Trust,
        Self::Resource,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
    ];

    /// AWS's name for it, with an article: `an identity policy`.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Identity => "an identity policy",
            Self::Trust => "a role trust policy",
            Self::Resource => "a resource policy",
            Self::Session => "a session policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
        }
    }

    /// The Rust type of a policy of this kind: `IdentityPolicy`, as in a `policy!` header.
    pub const fn type_name(self) -> &'static str {
        match self {
            Self::Identity => "IdentityPolicy",
            Self::Trust => "TrustPolicy",
            Self::Resource => "ResourcePolicy",
            Self::Session => "SessionPolicy",
            Self::ServiceControl => "ServiceControlPolicy",
            Self::ResourceControl => "ResourceControlPolicy",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.noun())
    }
}

/// Parses what [`noun`](Kind::noun) returns: `an identity policy`.
impl FromStr for Kind {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(noun: &str) -> Result<Self, UnknownNameError> {
        spelling::find("a kind of policy", noun, Self::ALL, Self::noun)
    }
}
