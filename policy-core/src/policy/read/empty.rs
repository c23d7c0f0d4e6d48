//! Elements of a statement without a value: the statement then matches no request, and IAM rejects the policy when it is saved.

use super::STATEMENT_ELEMENTS;
use crate::document::{Member, Node, Place, Value};
use crate::finding::{Code, Finding, Findings, Fix};

/// An element of a statement without a value, or a key of its principals.
pub(in crate::policy) struct Empty<'n> {
    /// The element, or the key.
    name: &'n str,
    pub code: Code,
    pub place: Place,
    /// Whether the statement has nothing else in that element.
    is_whole: bool,
}

/// What is empty in an element of a statement. An empty `Condition` is not: AWS accepts it, as one that every request meets.
pub(in crate::policy) fn empties<'n>(element: &'n Member<'_>) -> Vec<Empty<'n>> {
    let name = element.name.written();
    let empty = |name, node: &Node<'_>, code, is_whole| Empty {
        name,
        code,
        place: node.place,
        is_whole,
    };
    let has_no_value = |node: &Node<'_>| node.as_list().is_empty();
    let value = &element.value;
    match (name, &value.value) {
        ("Action" | "NotAction", _) if has_no_value(value) => {
            vec![empty(name, value, Code::EmptyArrayAction, true)]
        }
        ("Resource" | "NotResource", _) if has_no_value(value) => {
            vec![empty(name, value, Code::EmptyArrayResource, true)]
        }
        ("Principal" | "NotPrincipal", Value::Object(keys)) if keys.is_empty() => {
            vec![empty(name, value, Code::EmptyObjectPrincipal, true)]
        }
        ("Principal" | "NotPrincipal", Value::Object(keys)) => keys
            .iter()
            .filter(|key| has_no_value(&key.value) && !STATEMENT_ELEMENTS.contains(&key.name.written()))
            .map(|key| {
                let code = Code::EmptyArrayPrincipal;
                empty(key.name.written(), &key.value, code, keys.len() == 1)
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Reports what is empty in an element of a statement, which `removal` mends if the statement has nothing else there.
pub(super) fn report(element: &Member<'_>, removal: Option<&Fix>, findings: &mut Findings) {
    for empty in empties(element) {
        let finding = if empty.code == Code::EmptyObjectPrincipal {
            Finding::new(empty.code, empty.place, "the statement has no principals")
                .about("Principal")
                .note("an empty `Principal` does not match any request")
                .with_help("name the principals, such as `{ \"Service\": \"ecs-tasks.amazonaws.com\" }`")
        } else {
            Finding::new(
                empty.code,
                empty.place,
                format!("the list of `{}` is empty", empty.name),
            )
            .about(empty.name)
            .note("the statement then matches nothing; IAM rejects the policy")
            .with_help("add the missing values, or remove the statement")
        };
        let removal = removal.filter(|_| empty.is_whole);
        findings.push(finding.fixed_by(removal.cloned()));
    }
}
