//! Policy variables in the policy language of 2008.

use super::form::is_well_formed;
use crate::check::facts::Facts;
use crate::check::rules::{Rule, Run};
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
    let strings = facts.statements.iter().flat_map(|facts| {
        let statement = &facts.statement;
        let resources = statement.resource.into_iter().flat_map(|resource| resource.texts());
        let values = statement
            .conditions
            .iter()
            .flat_map(|condition| condition.value.as_list())
            .filter_map(|node| Some((node.place, node.as_text()?)));
        resources.chain(values)
    });
    let mut of_variables = strings.filter_map(|(place, text)| {
        let variable = variables_of(text).find(is_well_formed)?;
        Some((place, text, variable))
    });
    let Some((place, text, variable)) = of_variables.next() else {
        return Vec::new();
    };
    vec![
        Finding::new(
            Code::VariableUnsupportedInVersion,
            place,
            "policy variables require `\"Version\": \"2012-10-17\"`",
        )
        .part(text, variable.range)
        .note("AWS accepts it, but with `2008-10-17`, or without `Version`, `${...}` is literal text")
        .with_help("write `\"Version\": \"2012-10-17\"`"),
    ]
}
