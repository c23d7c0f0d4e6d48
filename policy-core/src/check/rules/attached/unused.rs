//! Parts of a policy that its service accepts and never uses.

use crate::check::facts::{ActionRef, ConditionFacts, Facts, PrincipalRef, ResourcePolicy, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::PrincipalKey;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::NoEffectInResourcePolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if statement.names_actions() {
        for action in &statement.actions {
            found.extend(of_action(policy, action));
        }
        found.extend(across_accounts(facts, policy, statement));
    }
    if statement.named_principals().is_some() {
        for principal in &statement.principals {
            found.extend(of_principal(policy, principal));
        }
    }
    for condition in &statement.conditions {
        found.extend(of_key(policy, condition));
    }
    found
}

fn of_action(policy: &ResourcePolicy, action: &ActionRef<'_>) -> Option<Finding> {
    let (written, name) = (action.text.written(), policy.name);
    let finding = |note: String, help: String| {
        let what = format!("`{written}` has no effect in the policy of a resource of {name}");
        let finding = Finding::new(Code::NoEffectInResourcePolicy, action.place, what).about(written);
        finding.note(note).with_help(help)
    };
    if policy.ignores_wildcard_actions && action.has_wildcard() {
        let note = format!("{name} does not support a wildcard in an action");
        return Some(finding(note, "name each action".to_owned()));
    }
    if policy.used_actions.is_empty() || action.has_wildcard() || !action.is_other_than(&policy.used_actions) {
        return None;
    }
    let used = policy.own_actions(&policy.used_actions);
    let note = format!("{name} uses such a policy for these actions only: {used}");
    Some(finding(
        note,
        "remove the action; a permission for it belongs in an identity policy".to_owned(),
    ))
}

/// What is allowed to principals of other accounts, where the service lets them do less: the principals if they are allowed nothing
/// else, and otherwise the actions if nobody but they is allowed them.
fn across_accounts(facts: &Facts<'_>, policy: &ResourcePolicy, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let own = facts.owner(statement).filter(|_| statement.allows());
    let (Some(own), Some(principals), false) = (
        own,
        statement.named_principals(),
        policy.cross_account_actions.is_empty(),
    ) else {
        return Vec::new();
    };
    let is_other = |principal: &PrincipalRef<'_>| principal.account().is_some_and(|account| account != own);
    let refused = |action: &ActionRef<'_>| action.is_other_than(&policy.cross_account_actions);
    let name = policy.name;
    let usable = policy.own_actions(&policy.cross_account_actions);
    let finding = |place, written: &str, what: String| {
        Finding::new(Code::NoEffectInResourcePolicy, place, what)
            .about(written)
            .note(format!(
                "{name} rejects every request of another account but {usable}, whatever the policy allows"
            ))
            .with_help(format!(
                "allow other accounts {usable} only; for the rest they need a role in account {own}"
            ))
    };
    let mut found = Vec::new();
    if statement.actions.iter().all(refused) {
        for principal in principals {
            if is_other(principal) {
                let written = principal.text.written();
                let what = format!("`{written}` has no effect: the resource is of another account, {own}");
                found.push(finding(principal.place, written, what));
            }
        }
    } else if principals.iter().all(is_other) {
        for action in &statement.actions {
            if refused(action) {
                let written = action.text.written();
                let what = format!("`{written}` has no effect for the other accounts that the statement names");
                found.push(finding(action.place, written, what));
            }
        }
    }
    found
}

fn of_principal(policy: &ResourcePolicy, principal: &PrincipalRef<'_>) -> Option<Finding> {
    let is_everyone = principal.text.filled() == "*";
    if !policy.asks_for_services_only || is_everyone || principal.key == PrincipalKey::Service {
        return None;
    }
    let (written, name) = (principal.text.written(), policy.name);
    let what = format!("the principal `{written}` has no effect in the policy of a resource of {name}");
    let finding = Finding::new(Code::NoEffectInResourcePolicy, principal.place, what).about(written);
    Some(
        finding
            .note(format!("{name} uses such a policy for requests of AWS services only"))
            .with_help("name a service principal; permissions of users and roles belong in their identity policies"),
    )
}

fn of_key(policy: &ResourcePolicy, condition: &ConditionFacts<'_>) -> Option<Finding> {
    let key = condition.key.filled();
    let is_global =
        condition.known_key.is_some() && key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    let name = key.split('/').next().unwrap_or(key);
    let is_used = policy.used_keys.iter().any(|used| used.eq_ignore_ascii_case(name));
    if policy.used_keys.is_empty() || !is_global || is_used {
        return None;
    }
    let (written, name) = (condition.key.written(), policy.name);
    let what = format!("`{written}` is not a condition key that the policy of a resource of {name} can use");
    let finding = Finding::new(Code::NoEffectInResourcePolicy, condition.key_place, what).about(written);
    let used: Vec<String> = policy.used_keys.iter().map(|key| format!("`{key}`")).collect_vec();
    Some(
        finding
            .note(format!(
                "AWS accepts it, but {name} does not list the key among those that its requests have"
            ))
            .with_help(format!("use one of these keys: {}", used.join(", "))),
    )
}
