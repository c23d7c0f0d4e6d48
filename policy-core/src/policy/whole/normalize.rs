//! The normal form of a policy.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue;
use crate::document::{Member, Node, Value};
use crate::policy::build::scalar_or_list;
use crate::policy::compare::{ConditionMeaning, StatementMeaning};
use crate::policy::read::STATEMENT;
use crate::policy::{Effect, Kind, Policy, PolicyKind, PrincipalKey, Version, read};

impl<K: PolicyKind> Policy<K> {
    /// The policy in a normal form, which evaluates the same. Two policies [are equivalent](Self::is_equivalent) exactly if
    /// their normal forms are equal, so the form is a key for policies from different sources, and its text has no
    /// differences that do not matter.
    ///
    /// In the normal form
    ///
    /// - the elements are in the order of AWS's pages, the statements and all lists are sorted, and each is there once;
    /// - `Statement` is a list, all other lists of one value are scalars, and there is no whitespace;
    /// - `Version` is there, and `Sid` and `Id` are not, as they grant nothing;
    /// - an action that the catalogue has is spelled like there, and other actions, patterns and condition keys are in lower
    ///   case;
    /// - condition values are strings, `ArnEquals` is `ArnLike` unless both have different values of one key, `{"AWS": "*"}` is `"*"`,
    ///   and the root of an account of the partition `aws` is its ID.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let policy = IdentityPolicy::from_json(r#"{ "Statement": {
    ///     "Sid": "Read", "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*"], "Action": ["S3:getobject"], "Effect": "Allow",
    ///     "Condition": { "Bool": { "AWS:SecureTransport": [true] } } }, "Version": "2012-10-17" }"#)?;
    /// assert_eq!(
    ///     policy.normalize().text(),
    ///     concat!(
    ///         r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","#,
    ///         r#""Resource":["arn:aws:s3:::a/*","arn:aws:s3:::b/*"],"#,
    ///         r#""Condition":{"Bool":{"aws:securetransport":"true"}}}]}"#,
    ///     ),
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    #[must_use]
    pub fn normalize(&self) -> Self {
        let (outline, _) = read(self.document(), K::KIND);
        let meanings: BTreeSet<_> = outline.statements.iter().map(StatementMeaning::of).collect();
        let statements = meanings
            .iter()
            .map(|meaning| meaning.to_node(K::KIND, &as_string))
            .collect();
        Self::of_statements(Some(outline.version), Node::built(Value::Array(statements)))
    }

    /// A policy of these statements, which are of its kind.
    pub(super) fn of_statements(version: Option<Version>, statements: Node<'static>) -> Self {
        let version = version.map(|version| Member::built("Version", Node::string(version.name())));
        let statements = Member::built(STATEMENT, statements);
        let members = version.into_iter().chain([statements]).collect();
        Self::rendered(Node::built(Value::Object(members)).to_json())
    }
}

/// How a condition value of an operator is written.
pub(super) type WriteValue = dyn Fn(&str, &str) -> Node<'static>;

fn as_string(_: &str, value: &str) -> Node<'static> {
    Node::string(value.to_owned())
}

impl StatementMeaning<'_> {
    /// A statement with this meaning.
    pub(super) fn to_node(&self, kind: Kind, value: &WriteValue) -> Node<'static> {
        let name = |negated: bool, name: &'static str, not: &'static str| if negated { not } else { name };
        let effect = if self.allow { Effect::Allow } else { Effect::Deny };
        let mut members = vec![Member::built("Effect", Node::string(effect.name()))];
        if let Some((negated, principals)) = &self.principals {
            let name = name(*negated, "Principal", "NotPrincipal");
            members.push(Member::built(name, principals_node(principals, kind)));
        }
        if let Some((negated, actions)) = &self.actions {
            let actions = actions.iter().map(|action| Node::string(spelled(action)));
            members.push(Member::built(
                name(*negated, "Action", "NotAction"),
                scalar_or_list(actions),
            ));
        }
        if let Some((negated, resources)) = &self.resources {
            let resources = resources.iter().map(|resource| Node::string((*resource).to_owned()));
            members.push(Member::built(
                name(*negated, "Resource", "NotResource"),
                scalar_or_list(resources),
            ));
        }
        if !self.conditions.is_empty() {
            members.push(Member::built("Condition", self.condition_node(value)));
        }
        Node::built(Value::Object(members))
    }

    fn condition_node(&self, value: &WriteValue) -> Node<'static> {
        let mut operators: Vec<Member<'static>> = Vec::new();
        let is_same = |one: &ConditionMeaning, other: &ConditionMeaning| {
            (&one.operator, &one.key) == (&other.operator, &other.key)
        };
        for lists in self.conditions.chunk_by(is_same) {
            for (index, ConditionMeaning { operator, key, values }) in lists.iter().enumerate() {
                let values = scalar_or_list(values.iter().map(|text| value(operator, text)));
                let key = distinct(key, index);
                let known = operators.iter_mut().find(|member| member.name.written() == *operator);
                if let Some(lines) = known.and_then(|member| member.value.members_mut()) {
                    lines.push(Member::built(key, values));
                } else {
                    let lines = vec![Member::built(key, values)];
                    operators.push(Member::built(operator.clone(), Node::built(Value::Object(lines))));
                }
            }
        }
        Node::built(Value::Object(operators))
    }
}

/// The same key in another case for each index, since an object cannot have two members of one name. There are as many as a policy can have.
fn distinct(key: &str, mut index: usize) -> String {
    let in_case = |character: char| {
        if !character.is_ascii_lowercase() {
            return character;
        }
        let is_upper = index % 2 == 1;
        index /= 2;
        if is_upper {
            character.to_ascii_uppercase()
        } else {
            character
        }
    };
    key.chars().map(in_case).collect()
}

/// The action as in the catalogue; one that is a pattern or not there stays in lower case.
pub(super) fn spelled(action: &str) -> String {
    catalogue::action(action).map_or_else(|| action.to_owned(), |action| action.qualified())
}

fn principals_node(principals: &[(&'static str, String)], kind: Kind) -> Node<'static> {
    let mut keys: BTreeMap<&str, Vec<Node<'static>>> = BTreeMap::new();
    for (key, principal) in principals {
        keys.entry(key).or_default().push(Node::string(principal.clone()));
    }
    let everyone = Node::string("*");
    let is_everyone = |keys: &BTreeMap<_, Vec<Node<'_>>>| {
        keys.len() == 1
            && keys
                .get(PrincipalKey::Aws.name())
                .is_some_and(|of| *of == [everyone.clone()])
    };
    if kind == Kind::ResourceControl || is_everyone(&keys) {
        return everyone;
    }
    let members = keys.into_iter().map(|(key, of)| Member::built(key, scalar_or_list(of)));
    Node::built(Value::Object(members.collect()))
}
