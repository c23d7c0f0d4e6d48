//! Builds policies at run time.
//!
//! Use `policy!` for a policy whose structure is known at compile time. Where the structure itself is data, such as a
//! statement per tenant, or an action only if a flag is set, build the policy here:
//!
//! ```
//! use policy_core::names::SecretArn;
//! use policy_core::policy::build::Statement;
//! use policy_core::policy::{Comparison, IdentityPolicy};
//!
//! let secret = SecretArn::from_static("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-password-a1B2c3");
//! let policy = IdentityPolicy::builder()
//!     .statement(
//!         Statement::allow(["secretsmanager:GetSecretValue"])
//!             .sid("ReadSecrets")
//!             .resources([secret])
//!             .condition(Comparison::StringEquals, "aws:PrincipalTag/team", ["data", "platform"]),
//!     )
//!     .build()?;
//! assert_eq!(
//!     policy.to_json(),
//!     concat!(
//!         r#"{"Version":"2012-10-17","Statement":[{"Sid":"ReadSecrets","Effect":"Allow","#,
//!         r#""Action":"secretsmanager:GetSecretValue","#,
//!         r#""Resource":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-password-a1B2c3","#,
//!         r#""Condition":{"StringEquals":{"aws:PrincipalTag/team":["data","platform"]}}}]}"#,
//!     ),
//! );
//! // Whether the actions exist and apply to the resources is checked separately.
//! assert!(policy.check().is_empty());
//! # Ok::<(), policy_core::policy::ReadError>(())
//! ```
//!
//! An element that a kind of policy does not support does not compile: `resources` in a trust policy, `principals` in
//! an identity-based policy. Missing elements are reported by [`Builder::build`], which uses the same reader as every
//! other policy.

#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;

use crate::document::{Document, Member, Node, Value};
use crate::policy::NonEmpty;
use crate::policy::kind::{HasPrincipals, HasResources, PolicyKind, Resource};
use crate::policy::read::STATEMENT;
use crate::policy::{Effect, Operator, Policy, PrincipalKey, ReadError, Version};

/// A builder for a policy: see [`Policy::builder`].
///
/// The elements are in the order of AWS's pages, `Version`, `Id`, `Statement`; `Version` is always `2012-10-17`.
#[derive(Clone, Debug)]
#[must_use = "a builder makes nothing until `build`"]
pub struct Builder<K> {
    id: Option<String>,
    statements: Vec<Statement<K>>,
}

impl<K: PolicyKind> Policy<K> {
    /// Returns a builder for a policy of [statements](Statement): see [`build`](self).
    pub const fn builder() -> Builder<K> {
        Builder {
            id: None,
            statements: Vec::new(),
        }
    }
}

impl<K: PolicyKind> Builder<K> {
    /// Appends a statement.
    pub fn statement(mut self, statement: Statement<K>) -> Self {
        self.statements.push(statement);
        self
    }

    /// Appends statements.
    pub fn statements(mut self, statements: impl IntoIterator<Item = Statement<K>>) -> Self {
        self.statements.extend(statements);
        self
    }

    /// Builds the policy.
    ///
    /// # Errors
    ///
    /// The result is not a policy of this kind; the error lists every mistake of its structure with its path.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    /// use policy_core::policy::build::Statement;
    ///
    /// let error = IdentityPolicy::builder().statement(Statement::allow(["s3:GetObject"])).build().unwrap_err();
    /// assert!(error.to_string().starts_with("/Statement/0: the statement has no `Resource` [MISSING_RESOURCE]"));
    /// ```
    pub fn build(self) -> Result<Policy<K>, ReadError> {
        let mut members = vec![Member::built("Version", Node::string(Version::V2012.name()))];
        members.extend(self.id.map(|id| Member::built("Id", Node::string(id))));
        let statements = self.statements.into_iter().map(Statement::into_node).collect();
        members.push(Member::built(STATEMENT, Node::built(Value::Array(statements))));
        Policy::from_document(&Document::new(Node::built(Value::Object(members))).numbered())
    }
}

impl Builder<Resource> {
    /// Sets the `Id`, which some services require in resource-based policies. No other kind of policy needs one.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// A statement of a policy of kind `K`, for a [`Builder`].
///
/// Names and ARNs can be anything that is written as text: `&str`, [`Arn`](crate::arn::Arn), the types of
/// [`names`](crate::names). Lists are [`NonEmpty`], since an empty list does not match anything: an array, or
/// `NonEmpty::try_from` of a `Vec`. A single value is written as a scalar, several as a list; a second call appends to
/// the list. The elements are in the order of AWS's pages: `Sid`, `Effect`, `Principal`, `Action`, `Resource`,
/// `Condition`.
///
/// ```
/// use policy_core::policy::build::Statement;
/// use policy_core::policy::{Comparison, PrincipalKey, TrustPolicy};
///
/// let policy = TrustPolicy::builder()
///     .statement(
///         Statement::allow(["sts:AssumeRole"])
///             .principals(PrincipalKey::Service, ["ecs-tasks.amazonaws.com"])
///             .condition(Comparison::StringEquals, "aws:SourceAccount", ["111122223333"]),
///     )
///     .build()?;
/// assert!(policy.check().is_empty());
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
///
/// A role trust policy applies to its role, and has no resources:
///
/// ```compile_fail,E0277
/// use policy_core::policy::TrustPolicy;
/// use policy_core::policy::build::Statement;
///
/// TrustPolicy::builder().statement(Statement::allow(["sts:AssumeRole"]).resources(["*"]));
/// ```
///
/// An identity-based policy applies to the principal it is attached to, and has no principals:
///
/// ```compile_fail,E0277
/// use policy_core::policy::IdentityPolicy;
/// use policy_core::policy::build::Statement;
///
/// IdentityPolicy::builder().statement(Statement::allow(["s3:GetObject"]).everyone());
/// ```
#[derive(Clone, Debug)]
#[must_use = "a statement does nothing until it is in a policy"]
pub struct Statement<K> {
    sid: Option<String>,
    effect: Effect,
    principals: Option<Principals>,
    not_principals: Option<Principals>,
    action: &'static str,
    actions: Vec<String>,
    resources: Option<Vec<String>>,
    not_resources: Option<Vec<String>>,
    conditions: Vec<(Operator, Vec<Member<'static>>)>,
    kind: PhantomData<fn() -> K>,
}

/// The value of `Principal`.
#[derive(Clone, Debug, Default)]
struct Principals {
    everyone: bool,
    listed: Vec<(PrincipalKey, Vec<String>)>,
}

impl<K: PolicyKind> Statement<K> {
    /// Allows these actions: `s3:GetObject`, `s3:Get*`.
    pub fn allow<A: fmt::Display>(actions: impl Into<NonEmpty<A>>) -> Self {
        Self::new(Effect::Allow, "Action", actions)
    }

    /// Denies these actions.
    pub fn deny<A: fmt::Display>(actions: impl Into<NonEmpty<A>>) -> Self {
        Self::new(Effect::Deny, "Action", actions)
    }

    /// Allows every action except these, including actions that AWS adds later: `NotAction`.
    pub fn allow_except<A: fmt::Display>(actions: impl Into<NonEmpty<A>>) -> Self {
        Self::new(Effect::Allow, "NotAction", actions)
    }

    /// Denies every action except these: `NotAction`.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::{Comparison, ServiceControlPolicy};
    ///
    /// let policy = ServiceControlPolicy::builder()
    ///     .statement(
    ///         Statement::deny_except(["iam:*", "sts:*"])
    ///             .resources(["*"])
    ///             .condition(Comparison::StringNotEquals, "aws:RequestedRegion", ["eu-west-1"]),
    ///     )
    ///     .build()?;
    /// assert!(policy.to_json().contains(r#""Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*""#));
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn deny_except<A: fmt::Display>(actions: impl Into<NonEmpty<A>>) -> Self {
        Self::new(Effect::Deny, "NotAction", actions)
    }

    fn new<A: fmt::Display>(effect: Effect, action: &'static str, actions: impl Into<NonEmpty<A>>) -> Self {
        Self {
            sid: None,
            effect,
            principals: None,
            not_principals: None,
            action,
            actions: written(actions),
            resources: None,
            not_resources: None,
            conditions: Vec::new(),
            kind: PhantomData,
        }
    }

    /// Sets the `Sid`.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// Adds the resources that it applies to: ARNs, or `*`.
    pub fn resources<R: fmt::Display>(mut self, resources: impl Into<NonEmpty<R>>) -> Self
    where
        K: HasResources,
    {
        self.resources.get_or_insert_default().extend(written(resources));
        self
    }

    /// Adds the resources that it does not apply to; it applies to all others.
    pub fn not_resources<R: fmt::Display>(mut self, resources: impl Into<NonEmpty<R>>) -> Self
    where
        K: HasResources,
    {
        self.not_resources.get_or_insert_default().extend(written(resources));
        self
    }

    /// Adds principals of one type: accounts and roles with [`PrincipalKey::Aws`], services with
    /// [`PrincipalKey::Service`].
    pub fn principals<P: fmt::Display>(mut self, key: PrincipalKey, principals: impl Into<NonEmpty<P>>) -> Self
    where
        K: HasPrincipals,
    {
        self.principals.get_or_insert_default().add(key, written(principals));
        self
    }

    /// Makes it apply to everyone, with or without an AWS account: `"Principal": "*"`.
    pub fn everyone(mut self) -> Self
    where
        K: HasPrincipals,
    {
        self.principals.get_or_insert_default().everyone = true;
        self
    }

    /// Adds principals that it does not apply to; it applies to all others. AWS accepts this only in resource-based
    /// policies.
    pub fn not_principals<P: fmt::Display>(mut self, key: PrincipalKey, principals: impl Into<NonEmpty<P>>) -> Self
    where
        K: HasPrincipals,
    {
        self.not_principals
            .get_or_insert_default()
            .add(key, written(principals));
        self
    }

    /// Adds a condition that compares the request's values of `key` to these. Numbers, booleans and dates are written
    /// as text, as in AWS's pages.
    ///
    /// All conditions must be met, each by any of its values. A second condition with the same operator and key would
    /// not add a value, and [`Builder::build`] rejects it.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::{Comparison, Operator, Qualifier, ResourcePolicy};
    ///
    /// let policy = ResourcePolicy::builder()
    ///     .statement(
    ///         Statement::deny(["s3:*"])
    ///             .everyone()
    ///             .resources(["arn:aws:s3:::exports", "arn:aws:s3:::exports/*"])
    ///             .condition(Comparison::Bool, "aws:SecureTransport", [false])
    ///             .condition(
    ///                 Operator::from(Comparison::StringLike).qualified(Qualifier::ForAnyValue),
    ///                 "aws:PrincipalOrgPaths",
    ///                 ["o-a1b2c3d4e5/*"],
    ///             ),
    ///     )
    ///     .build()?;
    /// assert!(policy.to_json().ends_with(
    ///     r#""Condition":{"Bool":{"aws:SecureTransport":"false"},"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-a1b2c3d4e5/*"}}}]}"#
    /// ));
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn condition<V: fmt::Display>(
        mut self,
        operator: impl Into<Operator>,
        key: impl fmt::Display,
        values: impl Into<NonEmpty<V>>,
    ) -> Self {
        let operator = operator.into();
        let line = Member::built(key.to_string(), one_or_list(written(values)));
        match self.conditions.iter_mut().find(|(other, _)| *other == operator) {
            Some((_, lines)) => lines.push(line),
            None => self.conditions.push((operator, vec![line])),
        }
        self
    }

    fn into_node(self) -> Node<'static> {
        let conditions = self
            .conditions
            .into_iter()
            .map(|(operator, lines)| Member::built(operator.to_string(), Node::built(Value::Object(lines))));
        let condition = Some(conditions.collect::<Vec<_>>()).filter(|conditions| !conditions.is_empty());
        let elements = [
            ("Sid", self.sid.map(Node::string)),
            ("Effect", Some(Node::string(self.effect.name()))),
            ("Principal", self.principals.map(Principals::into_node)),
            ("NotPrincipal", self.not_principals.map(Principals::into_node)),
            (self.action, Some(one_or_list(self.actions))),
            ("Resource", self.resources.map(one_or_list)),
            ("NotResource", self.not_resources.map(one_or_list)),
            (
                "Condition",
                condition.map(|members| Node::built(Value::Object(members))),
            ),
        ];
        let members = elements
            .into_iter()
            .filter_map(|(name, node)| node.map(|node| Member::built(name, node)));
        Node::built(Value::Object(members.collect()))
    }
}

impl Principals {
    fn add(&mut self, key: PrincipalKey, principals: Vec<String>) {
        match self.listed.iter_mut().find(|(other, _)| *other == key) {
            Some((_, listed)) => listed.extend(principals),
            None => self.listed.push((key, principals)),
        }
    }

    /// `*` is written alone only if nothing else is listed; under `AWS` it means the same.
    fn into_node(mut self) -> Node<'static> {
        if self.everyone {
            if self.listed.is_empty() {
                return Node::string("*");
            }
            self.add(PrincipalKey::Aws, vec!["*".to_owned()]);
        }
        let members = self
            .listed
            .into_iter()
            .map(|(key, principals)| Member::built(key.name(), one_or_list(principals)));
        Node::built(Value::Object(members.collect()))
    }
}

fn written<T: fmt::Display>(names: impl Into<NonEmpty<T>>) -> Vec<String> {
    names.into().iter().map(T::to_string).collect()
}

/// A scalar for one value, a list for several.
fn one_or_list(strings: Vec<String>) -> Node<'static> {
    let mut nodes: Vec<_> = strings.into_iter().map(Node::string).collect();
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => {
            nodes.extend(last);
            Node::built(Value::Array(nodes))
        }
    }
}
