//! Policies and statements as values of `serde_json`.

use std::borrow::Cow;

use serde_json::{Number, Value as Json};

use crate::collected::CollectVec;
use crate::document::{Document, Member, Node, Value};
use crate::policy::build::Statement;
use crate::policy::{Policy, PolicyKind, ReadError};

/// Fails with every mistake of the policy's structure, each with its path.
///
/// ```
/// use policy_core::policy::IdentityPolicy;
///
/// let policy = IdentityPolicy::try_from(serde_json::json!({
///     "Version": "2012-10-17",
///     "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }],
/// }))?;
/// assert_eq!(policy.statements().len(), 1);
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
impl<K: PolicyKind> TryFrom<Json> for Policy<K> {
    type Error = ReadError;

    fn try_from(value: Json) -> Result<Self, ReadError> {
        Self::from_document(&Document::new(node(value)).numbered())
    }
}

/// Fails with every mistake of the statement's structure, each with its path.
impl<K: PolicyKind> TryFrom<Json> for Statement<K> {
    type Error = ReadError;

    fn try_from(value: Json) -> Result<Self, ReadError> {
        Self::from_node(&node(value))
    }
}

/// The policy as a value. A number that `serde_json` would write in another way becomes a string, which means the same in a policy.
///
/// ```
/// use policy_core::policy::IdentityPolicy;
///
/// let text = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}"#;
/// let policy = IdentityPolicy::from_json(text)?;
/// let value = serde_json::Value::from(policy.clone());
/// assert_eq!(value["Statement"][0]["Action"], "s3:ListAllMyBuckets");
/// assert!(IdentityPolicy::try_from(value)?.is_equivalent(&policy));
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
impl<K: PolicyKind> From<Policy<K>> for Json {
    fn from(policy: Policy<K>) -> Self {
        value(policy.document().root())
    }
}

/// The policy as a value, like that of one that is given.
impl<K: PolicyKind> From<&Policy<K>> for Json {
    fn from(policy: &Policy<K>) -> Self {
        value(policy.document().root())
    }
}

/// The statement as a value.
impl<K: PolicyKind> From<Statement<K>> for Json {
    fn from(statement: Statement<K>) -> Self {
        value(statement.view().node())
    }
}

fn value(node: &Node<'_>) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Number(number) => match number.parse::<Number>() {
            Ok(value) if value.to_string() == *number => Json::Number(value),
            _ => Json::String(number.clone().into_owned()),
        },
        Value::String(text) => Json::String(text.written().to_owned()),
        Value::Array(elements) => Json::Array(elements.iter().map(value).collect()),
        Value::Object(members) => {
            let members = members.iter();
            Json::Object(
                members
                    .map(|member| (member.name.written().to_owned(), value(&member.value)))
                    .collect(),
            )
        }
    }
}

fn node(value: Json) -> Node<'static> {
    Node::built(match value {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(value),
        Json::Number(number) => Value::Number(Cow::Owned(number.to_string())),
        Json::String(text) => return Node::string(text),
        Json::Array(elements) => Value::Array(elements.into_iter().map(node).collect_vec()),
        Json::Object(members) => {
            let members = members.into_iter();
            Value::Object(
                members
                    .map(|(name, value)| Member::built(name, node(value)))
                    .collect_vec(),
            )
        }
    })
}
