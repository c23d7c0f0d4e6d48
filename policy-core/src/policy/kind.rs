//! The kinds of policy: what AWS attaches a document to decides what may stand in it.

use std::fmt;

/// What a policy is attached to.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html>
///
/// ```
/// use policy_core::policy::Kind;
///
/// assert_eq!(Kind::Trust.type_name(), "TrustPolicy");
/// assert_eq!(Kind::ServiceControl.to_string(), "a service control policy");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// To a user, group or role, inline or managed; a permissions boundary too.
    Identity,
    /// To a role, to say who may assume it.
    Trust,
    /// To a resource: a bucket, a key, a queue.
    Resource,
    /// To a session, when a role is assumed.
    Session,
    /// To an account, organizational unit or root: a service control policy (SCP).
    ServiceControl,
    /// To an account, organizational unit or root: a resource control policy (RCP).
    ResourceControl,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 6] = [
        Self::Identity,
        Self::Trust,
        Self::Resource,
        Self::Session,
        Self::ServiceControl,
        Self::ResourceControl,
    ];

    /// What AWS calls it, with an article: `an identity policy`.
    pub const fn described(self) -> &'static str {
        match self {
            Self::Identity => "an identity policy",
            Self::Trust => "a role trust policy",
            Self::Resource => "a resource policy",
            Self::Session => "a session policy",
            Self::ServiceControl => "a service control policy",
            Self::ResourceControl => "a resource control policy",
        }
    }

    /// The type that a policy of this kind has: `IdentityPolicy`, the word in a `policy!` header.
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
        f.write_str(self.described())
    }
}

/// A kind of policy as a type, so that a trust policy cannot be passed where an identity policy is wanted. Sealed.
///
/// What takes policies of every kind is generic over it:
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

/// A kind of policy whose statements say who they are about: for [`build`](crate::policy::build). Sealed.
#[diagnostic::on_unimplemented(
    message = "the statements of a policy of kind `{Self}` have no `Principal`",
    note = "it is about whoever it is attached to; to say who may assume a role build a `TrustPolicy`, to share a resource a `ResourcePolicy`"
)]
pub trait TakesPrincipal: PolicyKind {}

impl TakesPrincipal for Trust {}
impl TakesPrincipal for Resource {}
impl TakesPrincipal for ResourceControl {}

/// A kind of policy whose statements say which resources they are about: for [`build`](crate::policy::build). Sealed.
#[diagnostic::on_unimplemented(
    message = "the statements of a policy of kind `{Self}` have no `Resource`",
    note = "a role trust policy is about the role that it is attached to"
)]
pub trait TakesResource: PolicyKind {}

impl TakesResource for Identity {}
impl TakesResource for Resource {}
impl TakesResource for Session {}
impl TakesResource for ServiceControl {}
impl TakesResource for ResourceControl {}

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
