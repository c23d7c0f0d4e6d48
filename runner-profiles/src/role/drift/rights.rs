//! The rights of statements: what each is, however they are divided between statements.

use std::collections::BTreeSet;

use policy_core::document::Node;
use policy_core::policy::{Policy, PolicyKind};

/// One action on one resource for one principal, with the effect and the conditions of its statement, in the normal form of
/// [`Policy::normalize`]. An element such as `NotAction` is not divided: a statement of each of its values would apply to all others.
pub(super) type Right = String;

/// The rights of all statements of a policy.
pub(super) fn rights<K: PolicyKind>(policy: &Policy<K>) -> BTreeSet<Right> {
    let normal = policy.normalize();
    normal
        .statements()
        .flat_map(|statement| of_statement(statement.node()))
        .collect()
}

fn of_statement(statement: &Node<'_>) -> Vec<Right> {
    let mut rights = vec![String::new()];
    for member in statement.members() {
        let name = member.name.written();
        let values: Vec<String> = match name {
            "Action" | "Resource" => member.value.as_list().iter().map(Node::to_json).collect(),
            "Principal" => principals(&member.value),
            _ => vec![member.value.to_json()],
        };
        let with = |right: &String| {
            values
                .iter()
                .map(move |value| format!("{right}{name}={value}\n"))
                .collect::<Vec<_>>()
        };
        rights = rights.iter().flat_map(with).collect();
    }
    rights
}

fn principals(element: &Node<'_>) -> Vec<String> {
    if element.members().is_empty() {
        return vec![element.to_json()];
    }
    let of_kind = element.members().iter().map(|kind| {
        let names = kind.value.as_list().iter();
        names
            .map(|name| format!("{}:{}", kind.name.written(), name.to_json()))
            .collect::<Vec<_>>()
    });
    of_kind.flatten().collect()
}
