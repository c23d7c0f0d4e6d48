//! How much a service accepts in the policy of one of its resources.

use crate::check::facts::{Facts, ResourcePolicy, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::document::Place;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ResourcePolicyExceedsServiceQuota],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let root = facts.document.root().place;
    let statements = facts.statements.len();
    let principals = facts
        .statements
        .iter()
        .map(|statement| statement.principals.len())
        .sum();
    let conditions = facts
        .statements
        .iter()
        .map(|statement| statement.conditions.len())
        .sum();
    let mut found = Vec::new();
    for (count, most, noun) in [
        (statements, policy.most_statements, "statements"),
        (principals, policy.most_principals, "principals"),
        (conditions, policy.most_conditions, "conditions"),
        (facts.size.characters, policy.most_characters, "characters"),
    ] {
        found.extend(most.and_then(|most| exceeds(policy, root, "the policy", count, most, noun)));
    }
    let in_statement = |statement: &StatementFacts<'_>| {
        let element = statement.statement.action?;
        let most = policy.most_actions_in_statement?;
        let finding = exceeds(
            policy,
            element.name_place,
            "the statement",
            statement.actions.len(),
            most,
            "actions",
        )?;
        Some(finding.with_help("write a pattern that matches only these actions, or two statements"))
    };
    found.extend(facts.statements.iter().filter_map(in_statement));
    found
}

fn exceeds(
    policy: &ResourcePolicy,
    place: Place,
    whole: &str,
    count: usize,
    most: usize,
    noun: &'static str,
) -> Option<Finding> {
    let name = policy.name;
    let finding = Finding::new(
        Code::ResourcePolicyExceedsServiceQuota,
        place,
        format!("{whole} has {count} {noun}; {name} accepts at most {most}"),
    )
    .about(noun);
    // A message in words is about something else, and only a code is about quotas.
    let finding = match policy.error.filter(|error| !error.contains(' ')) {
        Some(error) => finding.note(format!("{name} rejects the policy: `{error}`")),
        None => finding.note(format!("{name} rejects the policy")),
    };
    (count > most).then_some(finding)
}
