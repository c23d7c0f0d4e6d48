//! Policies and statements as values of `serde_json`.

use std::borrow::Cow;

use serde_json::Value as Json;

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
