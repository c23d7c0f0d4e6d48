//! Policy variables in the policy language of 2008.

use super::form::is_well_formed;
use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::Version;
use crate::policy::variable::variables_of;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::VariableUnsupportedInVersion],
    run: Run::Policy(check),
};

/// In a policy of 2008 every variable is literal. One mistake, so one message, at the first.
fn check(facts: &Facts<'_>) -> Vec<Finding> {
    if facts.version != Version::V2008 {
        return Vec::new();
    }
    for statement in &facts.statements {
        if let Some(resource) = statement.statement.resource {
            for (place, text) in resource.texts() {
                if let Some(finding) = literal(place, text) {
                    return vec![finding];
                }
            }
        }
        for condition in &statement.statement.conditions {
            for node in condition.value.as_list() {
                if let Some(finding) = node.as_text().and_then(|text| literal(node.place, text)) {
                    return vec![finding];
                }
            }
        }
    }
    Vec::new()
}

fn literal(place: Place, text: &Text<'_>) -> Option<Finding> {
    let variable = variables_of(text).find(is_well_formed)?;
    let what = "policy variables require `\"Version\": \"2012-10-17\"`";
    let finding = Finding::new(Code::VariableUnsupportedInVersion, place, what)
        .part(text, variable.range)
        .note("AWS accepts it, but with `2008-10-17`, or without `Version`, `${...}` is literal text")
        .with_help("write `\"Version\": \"2012-10-17\"`");
    Some(finding)
}
