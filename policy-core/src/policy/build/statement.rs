//! Statements as values.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;

use crate::document::{Member, Node, Value};
use crate::policy::NonEmpty;
use crate::policy::kind::{HasPrincipals, HasResources, PolicyKind};
use crate::policy::read::STATEMENT_ELEMENTS;
use crate::policy::{Effect, Operator, PrincipalKey, StatementRef, Version};

/// A statement of a policy of kind `K`: new, for a [`Builder`](super::Builder), or one of an existing policy, to edit it.
///
/// Names and ARNs can be anything that is written as text: `&str`, [`Arn`](crate::arn::Arn), the types of
/// [`names`](crate::names). Lists are [`NonEmpty`], since an empty list does not match anything: an array, or
/// `NonEmpty::try_from` of a `Vec`. A single value is written as a scalar, several as a list; a second call appends to
/// the list. A new element is in the order of AWS's pages: `Sid`, `Effect`, `Principal`, `Action`, `Resource`,
/// `Condition`. To read its elements, use [`view`](Self::view).
///
/// A new statement is of version 2012-10-17, in which `${aws:username}` is a policy variable: a policy of the older version without `${`
/// that gets such a statement becomes one of this version, as with a statement of another policy. One that is read from JSON by itself means
/// what it means where it comes to be.
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
#[derive(Clone)]
#[must_use = "a statement does nothing until it is in a policy"]
pub struct Statement<K> {
    /// An object with at least an effect and actions.
    pub(super) node: Node<'static>,
    /// The version of the policy that it is of; a new one is of the current version, and one that is read of none.
    version: Option<Version>,
    kind: PhantomData<fn() -> K>,
}

impl<K> Statement<K> {
    pub(super) const fn of(node: Node<'static>) -> Self {
        Self {
            node,
            version: None,
            kind: PhantomData,
        }
    }

    pub(in crate::policy) fn into_node(self) -> Node<'static> {
        self.node
    }

    /// The version in which its text means what it means; `None` if that is the version of the policy that it becomes part of.
    pub(in crate::policy) const fn version(&self) -> Option<Version> {
        self.version
    }

    /// Its elements, to read them.
    ///
    /// ```
    /// use policy_core::policy::kind::Identity;
    /// use policy_core::policy::build::Statement;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject"]).sid("Read").resources(["*"]);
    /// assert_eq!(statement.view().sid(), Some("Read"));
    /// assert!(statement.view().actions().values().eq(["s3:GetObject"]));
    /// ```
    pub const fn view(&self) -> StatementRef<'_> {
        StatementRef::of(&self.node, self.version)
    }

    /// It as JSON without whitespace.
    pub fn to_json(&self) -> String {
        self.node.to_json()
    }
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
        let node = Node::built(Value::Object(vec![
            Member::built("Effect", Node::string(effect.name())),
            Member::built(action, scalar_or_list(written(actions))),
        ]));
        Self {
            version: Some(Version::V2012),
            ..Self::of(node)
        }
    }

    /// Sets the `Sid`.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        let sid = Node::string(sid.into());
        match self.element_mut("Sid") {
            Some(old) => *old = sid,
            None => self.put("Sid", sid),
        }
        self
    }

    /// Adds actions to its `Action`, behind those that it has.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::kind::Identity;
    ///
    /// let statement = Statement::<Identity>::allow(["s3:GetObject"]).resources(["*"]).actions(["s3:PutObject"]);
    /// assert_eq!(
    ///     statement.to_json(),
    ///     r#"{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}"#,
    /// );
    /// ```
    pub fn actions<A: fmt::Display>(mut self, actions: impl Into<NonEmpty<A>>) -> Self {
        self.add("Action", written(actions));
        self
    }

    /// Adds the resources that it applies to: ARNs, or `*`.
    pub fn resources<R: fmt::Display>(mut self, resources: impl Into<NonEmpty<R>>) -> Self
    where
        K: HasResources,
    {
        self.add("Resource", written(resources));
        self
    }

    /// Adds the resources that it does not apply to; it applies to all others.
    pub fn not_resources<R: fmt::Display>(mut self, resources: impl Into<NonEmpty<R>>) -> Self
    where
        K: HasResources,
    {
        self.add("NotResource", written(resources));
        self
    }

    /// Adds principals of one type: accounts and roles with [`PrincipalKey::Aws`], services with
    /// [`PrincipalKey::Service`].
    pub fn principals<P: fmt::Display>(mut self, key: PrincipalKey, principals: impl Into<NonEmpty<P>>) -> Self
    where
        K: HasPrincipals,
    {
        self.add_principals("Principal", key, written(principals));
        self
    }

    /// Makes it apply to everyone, with or without an AWS account: `"Principal": "*"`.
    pub fn everyone(mut self) -> Self
    where
        K: HasPrincipals,
    {
        let everyone = Node::string("*");
        match self.element_mut("Principal") {
            None => self.put("Principal", everyone),
            Some(old) if *old == everyone => {}
            Some(_) => self.add_principals("Principal", PrincipalKey::Aws, vec![everyone]),
        }
        self
    }

    /// Adds principals that it does not apply to; it applies to all others. AWS accepts this only in resource-based
    /// policies.
    pub fn not_principals<P: fmt::Display>(mut self, key: PrincipalKey, principals: impl Into<NonEmpty<P>>) -> Self
    where
        K: HasPrincipals,
    {
        self.add_principals("NotPrincipal", key, written(principals));
        self
    }

    /// Adds a condition that compares the request's values of `key` to these. Numbers, booleans and dates are written
    /// as text, as in AWS's pages.
    ///
    /// All conditions must be met, each by any of its values. A second condition with the same operator and key would
    /// not add a value, and [`Builder::build`](super::Builder::build) rejects it.
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
        let operator = operator.into().to_string();
        let mut key = key.to_string();
        let values = scalar_or_list(written(values));
        if self.element_mut("Condition").is_none() {
            self.put("Condition", Node::built(Value::Object(Vec::new())));
        }
        let operators = self.element_mut("Condition").and_then(Node::members_mut);
        if let Some(operators) = operators {
            let known = operators.iter_mut().find(|member| member.name.written() == operator);
            if let Some(lines) = known.and_then(|member| member.value.members_mut()) {
                // Keys are not case-sensitive: a second spelling is the same key twice.
                let mut names = lines.iter().map(|line| line.name.written());
                if let Some(same) = names.find(|name| name.eq_ignore_ascii_case(&key)) {
                    same.clone_into(&mut key);
                }
                lines.push(Member::built(key, values));
            } else {
                let line = Member::built(key, values);
                operators.push(Member::built(operator, Node::built(Value::Object(vec![line]))));
            }
        }
        self
    }

    /// The value of the element.
    pub(super) fn element_mut(&mut self, name: &str) -> Option<&mut Node<'static>> {
        let mut members = self.node.members_mut()?.iter_mut();
        let member = members.find(|member| member.name.written() == name)?;
        Some(&mut member.value)
    }

    /// Sets an element that it does not have, before those that follow in the order of AWS's pages.
    fn put(&mut self, name: &'static str, value: Node<'static>) {
        let rank = |name: &str| STATEMENT_ELEMENTS.iter().position(|element| *element == name);
        if let Some(members) = self.node.members_mut() {
            let follows = |member: &Member<'_>| rank(member.name.written()) > rank(name);
            let at = members.iter().position(follows).unwrap_or(members.len());
            members.insert(at, Member::built(name, value));
        }
    }

    fn add(&mut self, name: &'static str, values: Vec<Node<'static>>) {
        match self.element_mut(name) {
            Some(node) => extend(node, values),
            None => self.put(name, scalar_or_list(values)),
        }
    }

    /// Adds principals below a key. `*` is written alone only if nothing else is listed; below `AWS` it means the same.
    fn add_principals(&mut self, name: &'static str, key: PrincipalKey, principals: Vec<Node<'static>>) {
        let Some(node) = self.element_mut(name) else {
            let below = Member::built(key.name(), scalar_or_list(principals));
            return self.put(name, Node::built(Value::Object(vec![below])));
        };
        let bare = node.as_text().is_some().then(|| node.clone());
        if bare.is_some() {
            *node = Node::built(Value::Object(Vec::new()));
        }
        let everyone = bare.map(|everyone| (PrincipalKey::Aws, vec![everyone]));
        for (key, principals) in [(key, principals)].into_iter().chain(everyone) {
            let Some(keys) = node.members_mut() else { return };
            match keys.iter_mut().find(|member| member.name.written() == key.name()) {
                Some(member) => extend(&mut member.value, principals),
                None => keys.push(Member::built(key.name(), scalar_or_list(principals))),
            }
        }
    }
}

/// A statement of a policy, with the spelling it has there. Whether a kind of policy accepts it is known when it becomes
/// part of one, and so is whether `${...}` means the same there: see [`Policy::push`](crate::policy::Policy::push).
impl<K: PolicyKind> From<StatementRef<'_>> for Statement<K> {
    fn from(statement: StatementRef<'_>) -> Self {
        Self {
            version: statement.version(),
            ..Self::of(statement.node().clone().into_owned())
        }
    }
}

/// Statements are equal if they are the same JSON.
impl<K> PartialEq for Statement<K> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<K> Eq for Statement<K> {}

/// Equal if they are the same JSON.
impl<K> PartialEq<StatementRef<'_>> for Statement<K> {
    fn eq(&self, other: &StatementRef<'_>) -> bool {
        self.node == *other.node()
    }
}

/// Equal if they are the same JSON.
impl<K> PartialEq<Statement<K>> for StatementRef<'_> {
    fn eq(&self, other: &Statement<K>) -> bool {
        other == self
    }
}

impl<K> Hash for Statement<K> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.to_json().hash(state);
    }
}

impl<K> fmt::Debug for Statement<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Statement({})", self.to_json())
    }
}

/// The statement as JSON without whitespace.
impl<K> fmt::Display for Statement<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

fn written<T: fmt::Display>(names: impl Into<NonEmpty<T>>) -> Vec<Node<'static>> {
    names.into().iter().map(|name| Node::string(name.to_string())).collect()
}

/// Appends to a list; a scalar becomes one. A list of which nothing is left is written as a new one is, so that a scalar that is
/// replaced stays a scalar.
fn extend(node: &mut Node<'static>, values: Vec<Node<'static>>) {
    if let Value::Array(elements) = &mut node.value {
        if elements.is_empty() {
            *node = scalar_or_list(values);
        } else {
            elements.extend(values);
        }
        return;
    }
    let place = node.place;
    let scalar = std::mem::replace(node, Node::built(Value::Null));
    *node = Node {
        place,
        value: Value::Array(std::iter::once(scalar).chain(values).collect()),
    };
}

/// A scalar for one value, a list for several or none.
pub(in crate::policy) fn scalar_or_list(nodes: impl IntoIterator<Item = Node<'static>>) -> Node<'static> {
    let nodes: Vec<Node<'static>> = nodes.into_iter().collect();
    match <[Node<'static>; 1]>::try_from(nodes) {
        Ok([only]) => only,
        Err(nodes) => Node::built(Value::Array(nodes)),
    }
}
