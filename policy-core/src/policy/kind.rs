//! The kinds of policy, which determine the elements that a document can have.

use std::fmt;
use std::str::FromStr;

use crate::spelling::{self, UnknownNameError};

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

/// A kind of policy as a type, so that a trust policy cannot be passed where an identity-based policy is expected.
/// Sealed.
///
/// Functions for all kinds of policies are generic over it:
///
/// ```
/// use policy_core::policy::{Policy, PolicyKind, TrustPolicy};
///
/// fn errors<K: PolicyKind>(policy: &Policy<K>) -> Vec<String> {
///     let said = policy.check();
///     said.iter().map(|finding| format!("{}: {finding}", K::KIND)).collect()
/// }
///
/// let policy: TrustPolicy = r#"{ "Version": "2012-10-17", "Statement": {
///     "Effect": "Allow", "Principal": { "Service": "ecs-task.amazonaws.com" }, "Action": "sts:AssumeRole" } }"#.parse()?;
/// assert!(errors(&policy).iter().all(|error| error.starts_with("a role trust policy: ")));
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
pub trait PolicyKind: sealed::Sealed + Copy + fmt::Debug + 'static {
    /// The kind as a value.
    const KIND: Kind;
}

/// A kind of policy whose statements name principals: for [`build`](crate::policy::build). Sealed.
#[diagnostic::on_unimplemented(
    message = "the statements of a policy of kind `{Self}` cannot have a `Principal`",
    note = "it applies to the principal that it is attached to; to allow principals to assume a role, build a `TrustPolicy`, and to share a resource, a `ResourcePolicy`"
)]
pub trait HasPrincipals: PolicyKind {}

impl HasPrincipals for Trust {}
impl HasPrincipals for Resource {}
impl HasPrincipals for ResourceControl {}

/// A kind of policy whose statements name resources: for [`build`](crate::policy::build). Sealed.
#[diagnostic::on_unimplemented(
    message = "the statements of a policy of kind `{Self}` cannot have a `Resource`",
    note = "a role trust policy applies to the role that it is attached to"
)]
pub trait HasResources: PolicyKind {}

impl HasResources for Identity {}
impl HasResources for Resource {}
impl HasResources for Session {}
impl HasResources for ServiceControl {}
impl HasResources for ResourceControl {}

/// The kind that a policy type has, for `policy!`: where the user wrote a path, the compiler says what it names.
#[doc(hidden)]
pub trait __PolicyType {
    /// The kind as a type.
    type Kind: PolicyKind;
}

impl<K: PolicyKind> __PolicyType for crate::policy::Policy<K> {
    type Kind = K;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name {}

        impl sealed::Sealed for $name {}

        impl PolicyKind for $name {
            const KIND: Kind = Kind::$name;
        }
    )+};
}

kinds! {
    /// [`Kind::Identity`] as a type.
    Identity;
    /// [`Kind::Trust`] as a type.
    Trust;
    /// [`Kind::Resource`] as a type.
    Resource;
    /// [`Kind::Session`] as a type.
    Session;
    /// [`Kind::ServiceControl`] as a type.
    ServiceControl;
    /// [`Kind::ResourceControl`] as a type.
    ResourceControl;
}
