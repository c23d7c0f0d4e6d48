//! Policies put together while the program runs.
//!
//! `policy!` is for a policy whose shape is known when the program is written. Where the shape itself is data, a statement
//! for each tenant, an action only if a flag is set, it is built here:
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
//! // Whether the actions exist and the resources fit is, as ever, for the checker to say.
//! assert!(policy.check().is_empty());
//! # Ok::<(), policy_core::policy::ReadError>(())
//! ```
//!
//! What a kind of policy cannot have does not compile: `resources` in a trust policy, `principals` in an identity policy.
//! What is missing is found by [`Builder::build`], which asks the reader that reads every other policy.

#[cfg(test)]
mod tests;

use std::fmt;
use std::marker::PhantomData;

use crate::document::{Document, Member, Node, Value};
use crate::names::NonEmpty;
use crate::policy::kind::{PolicyKind, Resource, TakesPrincipal, TakesResource};
use crate::policy::read::STATEMENT;
use crate::policy::{Effect, Operator, Policy, PrincipalKey, ReadError, Version};

/// A policy that is being put together: see [`Policy::builder`].
///
/// The keys come in the order of AWS's pages, `Version`, `Id`, `Statement`; `Version` is always `2012-10-17`.
#[derive(Clone, Debug)]
#[must_use = "a builder makes nothing until `build`"]
pub struct Builder<K> {
    id: Option<String>,
    statements: Vec<Statement<K>>,
}

impl<K: PolicyKind> Policy<K> {
    /// A policy to be put together from [statements](Statement) while the program runs: see [`build`](self).
    pub const fn builder() -> Builder<K> {
        Builder {
            id: None,
            statements: Vec::new(),
        }
    }
}

impl<K: PolicyKind> Builder<K> {
    /// Adds a statement behind those that are there.
    pub fn statement(mut self, statement: Statement<K>) -> Self {
        self.statements.push(statement);
        self
    }

    /// Adds statements behind those that are there.
    pub fn statements(mut self, statements: impl IntoIterator<Item = Statement<K>>) -> Self {
        self.statements.extend(statements);
        self
    }

    /// The policy.
    ///
    /// # Errors
    ///
    /// What was put together is not a policy of this kind; every mistake of its form is named with its path.
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
    /// The `Id`, which some services demand of the policies of their resources. No other kind of policy needs one.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// A statement of a policy of the kind `K`, for a [`Builder`].
///
/// Names and ARNs are taken as anything that is written as text: `&str`, [`Arn`](crate::arn::Arn), the types of
/// [`names`](crate::names). Lists are [`NonEmpty`], since an empty one would match nothing: an array, or
/// `NonEmpty::try_from` of a `Vec`. One is written as a scalar, several as a list; what is given in two calls is one list.
/// The keys come in the order of AWS's pages: `Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition`.
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
/// A role trust policy is about its role, and has no resources:
///
/// ```compile_fail,E0277
/// use policy_core::policy::TrustPolicy;
/// use policy_core::policy::build::Statement;
///
/// TrustPolicy::builder().statement(Statement::allow(["sts:AssumeRole"]).resources(["*"]));
/// ```
///
/// An identity policy is about whoever it is attached to, and has no principals:
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

    /// Allows every action but these, also those that AWS is yet to add: `NotAction`.
    pub fn allow_all_but<A: fmt::Display>(actions: impl Into<NonEmpty<A>>) -> Self {
        Self::new(Effect::Allow, "NotAction", actions)
    }

    /// Denies every action but these: `NotAction`.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::{Comparison, ServiceControlPolicy};
    ///
    /// let policy = ServiceControlPolicy::builder()
    ///     .statement(
    ///         Statement::deny_all_but(["iam:*", "sts:*"])
    ///             .resources(["*"])
    ///             .condition(Comparison::StringNotEquals, "aws:RequestedRegion", ["eu-west-1"]),
    ///     )
    ///     .build()?;
    /// assert!(policy.to_json().contains(r#""Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*""#));
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn deny_all_but<A: fmt::Display>(actions: impl Into<NonEmpty<A>>) -> Self {
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

    /// Its name, `Sid`.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// The resources that it is about: ARNs, or `*`.
    pub fn resources<R: fmt::Display>(mut self, resources: impl Into<NonEmpty<R>>) -> Self
    where
        K: TakesResource,
    {
        self.resources.get_or_insert_default().extend(written(resources));
        self
    }

    /// The resources that it is not about: it is about every other.
    pub fn not_resources<R: fmt::Display>(mut self, resources: impl Into<NonEmpty<R>>) -> Self
    where
        K: TakesResource,
    {
        self.not_resources.get_or_insert_default().extend(written(resources));
        self
    }

    /// Principals of one sort that it is about: accounts and roles below [`PrincipalKey::Aws`], services below
    /// [`PrincipalKey::Service`].
    pub fn principals<P: fmt::Display>(mut self, key: PrincipalKey, principals: impl Into<NonEmpty<P>>) -> Self
    where
        K: TakesPrincipal,
    {
        self.principals.get_or_insert_default().add(key, written(principals));
        self
    }

    /// It is about everyone, AWS account or not: `"Principal": "*"`.
    pub fn everyone(mut self) -> Self
    where
        K: TakesPrincipal,
    {
        self.principals.get_or_insert_default().everyone = true;
        self
    }

    /// Principals that it is not about: it is about every other. AWS takes it in policies of resources only.
    pub fn not_principals<P: fmt::Display>(mut self, key: PrincipalKey, principals: impl Into<NonEmpty<P>>) -> Self
    where
        K: TakesPrincipal,
    {
        self.not_principals
            .get_or_insert_default()
            .add(key, written(principals));
        self
    }

    /// A condition: the values of `key` in the request, compared to these. Numbers, booleans and dates are written as text,
    /// as AWS's pages write them.
    ///
    /// All conditions must be met, and of one condition any value. So a second condition with the same operator and key is
    /// not one more value: [`Builder::build`] refuses it.
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

    /// `*` stands alone only where nothing else is listed; below `AWS` it means the same.
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

/// A scalar for one, a list for several.
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
