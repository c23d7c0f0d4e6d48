//! The kinds as types.

use std::fmt;

use super::Kind;

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
