//! Condition keys that only some of the resources of a request carry.
//!
//! A request such as `ec2:RunInstances` is about several resources, and each of them must be allowed. A condition on a key that some of
//! the required ones never carry is not met for those, so that the statement by itself allows no request.
//! <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances>

use crate::catalogue::{Action, ActionResource};
use crate::check::facts::{ActionRef, ConditionFacts, Facts, ResourceScope, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::check::words::{catalogue_note, listed};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::numbers::Texts;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ConditionKeyOfSomeResources],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if !facts.gives_permissions() {
        return found;
    }
    for (index, statement) in facts.statements.iter().enumerate() {
        if !statement.allows() || !statement.names_actions() || !is_on_everything(statement) {
            continue;
        }
        // Each key once, and each of the few actions whose requests are about several resources.
        let mut keys = Texts::new();
        let mut failing = Vec::new();
        for condition in &statement.conditions {
            let may_lack = is_demanded(condition) && !condition.is_in_every_request();
            if may_lack && keys.insert(condition.key.filled().into()) {
                failing.push(condition);
            }
        }
        if failing.is_empty() {
            continue;
        }
        let mut names = Texts::new();
        for action in statement.actions.iter().filter_map(ActionRef::one) {
            if action.types().nth(1).is_none() || !names.insert(action.qualified().into()) {
                continue;
            }
            for condition in &failing {
                let lacking = lacking(action, condition.key.filled());
                // Another statement may allow the request on those.
                let mut others = facts.statements.iter().enumerate().filter(|(other, _)| *other != index);
                let is_allowed = |other: &StatementFacts<'_>| {
                    let mut conditions = other.conditions.iter();
                    other.allows()
                        && other.includes(&action.qualified())
                        && !conditions.any(|other| is_same(other, condition))
                };
                if !lacking.is_empty() && !others.any(|(_, other)| is_allowed(other)) {
                    found.push(partly(condition, action, &lacking));
                }
            }
        }
    }
    found
}

fn is_on_everything(statement: &StatementFacts<'_>) -> bool {
    let mut resources = statement.resources.iter();
    resources.any(|resource| matches!(resource.scope, ResourceScope::Everything))
}

/// Whether a request without the key does not meet the condition. The tags of resources are another rule.
fn is_demanded(condition: &ConditionFacts<'_>) -> bool {
    let is_known = condition.known_key.is_some() && condition.respells.is_none();
    is_known && condition.without_key == Some(WithoutKey::Fails) && !condition.is_of_resource_tag()
}

fn is_same(one: &ConditionFacts<'_>, other: &ConditionFacts<'_>) -> bool {
    one.key.filled().eq_ignore_ascii_case(other.key.filled()) && is_demanded(one)
}

/// The required resources that lack the key, if others carry it.
fn lacking(action: Action, key: &str) -> Vec<ActionResource> {
    if !action.resource_types().any(|on| on.carries(&action, key)) {
        return Vec::new();
    }
    action
        .resource_types()
        .filter(|on| on.required() && !on.carries(&action, key))
        .collect_vec()
}

fn partly(condition: &ConditionFacts<'_>, action: Action, lacking: &[ActionResource]) -> Finding {
    let key = condition.key.written();
    let types = lacking.iter().map(|on| listed::quoted(on.resource_type().name()));
    let types = listed::first(4, &types.collect_vec());
    Finding::new(
        Code::ConditionKeyOfSomeResources,
        condition.key_place,
        format!(
            "`{}` also needs resources for which `{key}` is never present: {types}",
            action.qualified()
        ),
    )
    .about(key)
    .note("AWS authorizes the request on each of its resources, so this statement alone allows no request")
    .note(catalogue_note())
    .with_help("name those resources in a separate statement, and the other resources in this statement")
}
