//! Services that accept some of their actions only in the policies of their resources.

use crate::check::facts::{ActionRef, Actions, Facts, ResourcePolicy, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ActionOutOfServiceScope],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for statement in &facts.statements {
        if !statement.names_actions() {
            continue;
        }
        if let Some(accepted) = &policy.actions {
            for action in &statement.actions {
                if action.is_other_than(&accepted.names) {
                    found.push(out_of_scope(policy, accepted, action));
                }
            }
        }
        if let Some(needed) = &policy.needed {
            found.extend(lacks(policy, needed, statement));
        }
    }
    found
}

fn out_of_scope(policy: &ResourcePolicy, accepted: &Actions, action: &ActionRef<'_>) -> Finding {
    let (written, name) = (action.text.written(), policy.name);
    let what = format!("`{written}` is not an action that {name} accepts in the policy of a resource");
    Finding::new(Code::ActionOutOfServiceScope, action.place, what)
        .about(written)
        .note(policy.rejection(accepted.answer))
        .with_help(format!("write only these: {}", policy.own_actions(&accepted.names)))
}

fn lacks(policy: &ResourcePolicy, needed: &Actions, statement: &StatementFacts<'_>) -> Option<Finding> {
    let has = |name: &&str| {
        let mut written = statement.actions.iter().map(|action| action.text.filled());
        written.any(|action| {
            action
                .split_once(':')
                .is_some_and(|(_, written)| written.eq_ignore_ascii_case(name))
        })
    };
    let missing: Vec<&str> = needed.names.iter().copied().filter(|name| !has(name)).collect_vec();
    if missing.is_empty() {
        return None;
    }
    let missing = policy.own_actions(&missing);
    let name = policy.name;
    let what = format!("{name} requires actions that the statement does not have: {missing}");
    let finding = Finding::new(
        Code::ActionOutOfServiceScope,
        statement.statement.action?.name_place,
        what,
    );
    let finding = finding
        .about(missing.replace('`', ""))
        .note(policy.rejection(needed.answer));
    Some(finding.with_help(format!("add {missing}")))
}
