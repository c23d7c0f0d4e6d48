//! Statements of which the outline has all.

use crate::document::Value;
use crate::policy::StatementOutline;

/// Whether the outline has all of the statement: what is wrong with its form is one mistake, and nothing is built on the rest.
pub(super) fn is_whole(statement: &StatementOutline<'_>) -> bool {
    let Value::Object(members) = &statement.node.value else {
        return false;
    };
    let elements = [statement.principal, statement.action, statement.resource];
    // A line that is not one is not in the outline.
    let has_condition = statement
        .node
        .member("Condition")
        .is_some_and(|condition| match &condition.value {
            Value::Object(lines) => lines.iter().all(|line| matches!(line.value.value, Value::Object(_))),
            _ => false,
        });
    let read = usize::from(statement.sid.is_some())
        + usize::from(statement.effect.is_some())
        + elements.iter().flatten().count()
        + usize::from(has_condition);
    let lists = [statement.action, statement.resource];
    read == members.len()
        && statement.effect.is_some()
        && statement.action.is_some()
        && lists.iter().flatten().all(|element| {
            let list = element.value.as_list();
            !list.is_empty() && list.iter().all(|node| node.as_text().is_some())
        })
}
