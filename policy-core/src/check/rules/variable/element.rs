//! Policy variables in elements that take none.

use crate::check::facts::{ActionFault, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::variable::variables_of;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::VariableUnsupportedInElement],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, facts: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let statement = &facts.statement;
    let sid = statement.sid.and_then(|node| Some((node.place, node.as_text()?)));
    let mut refuse = |element: &str, place: Place, text: &Text<'_>| {
        let Some(variable) = variables_of(text).next() else {
            return;
        };
        found.push(
            Finding::new(
                Code::VariableUnsupportedInElement,
                place,
                format!("{element} does not support policy variables"),
            )
            .part(text, variable.range)
            .note("AWS replaces them only in `Resource` and in the values of a `Condition`")
            .with_help(match element {
                "an action" => "name the actions, and limit them to the caller with `Resource` or a condition",
                "a principal" => "name the principal, or allow the account with a condition on `aws:PrincipalArn`",
                "a condition key" => "name the key; its value can be a policy variable",
                _ => "write the text without the variable",
            }),
        );
    };
    if let Some((place, text)) = sid {
        refuse("a `Sid`", place, text);
    }
    for action in &facts.actions {
        // What has none of them has a meaning, or another fault.
        if let Some(ActionFault::Variable) = action.fault() {
            refuse("an action", action.place, action.text);
        }
    }
    for principal in &facts.principals {
        refuse("a principal", principal.place, principal.text);
    }
    for condition in &statement.conditions {
        refuse("a condition key", condition.key_place, condition.key);
    }
    found
}
