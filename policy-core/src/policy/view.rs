//! The statements of a policy, borrowed from it.

use std::fmt;
use std::iter::FusedIterator;
use std::slice;

use crate::document::{Node, Text};
use crate::policy::operator::Operator;
use crate::policy::principal::{Principal, Principals};
use crate::policy::read::STATEMENT;
use crate::policy::statement::{Condition, Effect, Element, Version};
use crate::policy::{Policy, PolicyKind};

impl<K: PolicyKind> Policy<K> {
    /// The statements, in order, whether `Statement` is a list or a single object.
    ///
    /// They are views of the policy: nothing is copied, and once [`document`](Self::document) has read the policy, nothing
    /// is allocated.
    ///
    /// ```
    /// use policy_core::policy::{Effect, IdentityPolicy};
    ///
    /// let policy = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::exports/*" },
    ///     { "Effect": "Deny", "NotAction": "s3:*", "Resource": "*" }] }"#)?;
    /// let mut statements = policy.statements();
    /// assert_eq!(statements.len(), 2);
    /// let allow = statements.next().unwrap();
    /// assert_eq!(allow.effect(), Effect::Allow);
    /// assert!(allow.actions().values().eq(["s3:GetObject", "s3:PutObject"]));
    /// let deny = statements.next().unwrap();
    /// assert!(deny.actions().is_negated());
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn statements(&self) -> Statements<'_> {
        let list = self.document().root().member(STATEMENT);
        Statements {
            nodes: list.map_or(&[][..], Node::as_list).iter(),
            version: self.version(),
        }
    }

    /// The version of the policy language; of a policy without `Version` it is `2008-10-17`.
    pub fn version(&self) -> Version {
        let written = self.document().root().member("Version").and_then(Node::as_text);
        match written {
            Some(text) if text.written() == Version::V2012.name() => Version::V2012,
            _ => Version::V2008,
        }
    }

    /// The `Id`, which resource-based policies can have.
    pub fn id(&self) -> Option<&str> {
        let id = self.document().root().member("Id")?;
        Some(id.as_text()?.written())
    }
}

/// The statements of a policy: see [`Policy::statements`].
#[derive(Clone, Debug)]
pub struct Statements<'p> {
    nodes: slice::Iter<'p, Node<'p>>,
    version: Version,
}

impl<'p> Statements<'p> {
    const fn statement(&self, node: &'p Node<'p>) -> StatementRef<'p> {
        StatementRef::of(node, Some(self.version))
    }
}

impl<'p> Iterator for Statements<'p> {
    type Item = StatementRef<'p>;

    fn next(&mut self) -> Option<StatementRef<'p>> {
        self.nodes.next().map(|node| self.statement(node))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.nodes.size_hint()
    }
}

/// The statements, in order: see [`Policy::statements`].
#[expect(clippy::into_iter_without_iter, reason = "the method is `statements`")]
impl<'p, K: PolicyKind> IntoIterator for &'p Policy<K> {
    type Item = StatementRef<'p>;
    type IntoIter = Statements<'p>;

    fn into_iter(self) -> Statements<'p> {
        self.statements()
    }
}

impl DoubleEndedIterator for Statements<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.nodes.next_back().map(|node| self.statement(node))
    }
}

impl ExactSizeIterator for Statements<'_> {}
impl FusedIterator for Statements<'_> {}

/// A statement, borrowed from its policy.
///
/// Each element is as it is written: the case of actions, the order and shape of lists, the spelling of numbers. To edit
/// it, convert it into a [`Statement`](crate::policy::build::Statement).
///
/// ```
/// use policy_core::policy::{Comparison, PrincipalKey, TrustPolicy};
///
/// let policy = TrustPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": {
///     "Sid": "Deploy", "Effect": "Allow", "Principal": { "AWS": ["111122223333", "444455556666"] },
///     "Action": "sts:AssumeRole", "Condition": { "StringEquals": { "sts:ExternalId": "maia" } } } }"#)?;
/// let statement = policy.statements().next().unwrap();
/// assert_eq!(statement.sid(), Some("Deploy"));
/// assert_eq!(statement.principals().count(), 2);
/// assert!(statement.principals().all(|principal| principal.key == PrincipalKey::Aws));
/// assert!(statement.resources().is_none());
///
/// let condition = statement.conditions().next().unwrap();
/// assert_eq!(condition.operator, Some(Comparison::StringEquals.into()));
/// assert!(condition.is_on("sts:ExternalId") && condition.values().eq(["maia"]));
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
#[derive(Clone, Copy)]
pub struct StatementRef<'p> {
    node: &'p Node<'p>,
    version: Option<Version>,
}

impl<'p> StatementRef<'p> {
    /// The statement of this object, which has been verified as one, in a policy of this version; `None` if it is in none.
    pub(super) const fn of(node: &'p Node<'p>, version: Option<Version>) -> Self {
        Self { node, version }
    }

    /// The version of its policy.
    pub(super) const fn version(self) -> Option<Version> {
        self.version
    }

    /// Its JSON, with the places of the policy's text.
    pub const fn node(self) -> &'p Node<'p> {
        self.node
    }

    /// Its `Sid`.
    pub fn sid(self) -> Option<&'p str> {
        self.node.member("Sid")?.as_text().map(Text::written)
    }

    /// Its `Effect`.
    pub fn effect(self) -> Effect {
        let written = self.node.member("Effect").and_then(Node::as_text);
        let effect = written.and_then(|text| text.written().parse::<Effect>().ok());
        effect.unwrap_or_else(|| unreachable!("each statement of a policy has an effect"))
    }

    /// Its `Action` or `NotAction`.
    pub fn actions(self) -> Element<'p> {
        let action = self.element(["Action", "NotAction"]);
        action.unwrap_or_else(|| unreachable!("each statement of a policy has actions"))
    }

    /// Its `Resource` or `NotResource`. Trust policies have none, and some resource-based policies.
    pub fn resources(self) -> Option<Element<'p>> {
        self.element(["Resource", "NotResource"])
    }

    /// Its `Principal` or `NotPrincipal`, in policies that have them.
    pub fn principal(self) -> Option<Element<'p>> {
        self.element(["Principal", "NotPrincipal"])
    }

    /// Each principal with its key; [`principal`](Self::principal) tells whether they are negated.
    pub fn principals(self) -> impl Iterator<Item = Principal<'p>> + use<'p> {
        let elements = self.principal().into_iter();
        elements.flat_map(|element| Principals::of(element.value))
    }

    /// Its conditions: each operator with each of its keys.
    pub fn conditions(self) -> impl Iterator<Item = Condition<'p>> + use<'p> {
        let operators = self.node.member("Condition").map_or(&[][..], Node::members).iter();
        operators.flat_map(|operator| {
            let known = operator.name.written().parse::<Operator>().ok();
            operator.value.members().iter().map(move |key| Condition {
                operator_place: operator.name_place,
                operator_text: &operator.name,
                operator: known,
                key_place: key.name_place,
                key: &key.name,
                value: &key.value,
            })
        })
    }

    /// It as JSON without whitespace.
    pub fn to_json(self) -> String {
        self.node.to_json()
    }

    fn element(self, names: [&str; 2]) -> Option<Element<'p>> {
        let member = self
            .node
            .members()
            .iter()
            .find(|member| names.contains(&member.name.written()))?;
        Some(Element {
            negated: member.name.written().starts_with("Not"),
            name_place: member.name_place,
            value: &member.value,
        })
    }
}

/// Statements are equal if they are the same JSON.
impl PartialEq for StatementRef<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl Eq for StatementRef<'_> {}

impl fmt::Debug for StatementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StatementRef({})", self.to_json())
    }
}

/// The statement as JSON without whitespace.
impl fmt::Display for StatementRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}
