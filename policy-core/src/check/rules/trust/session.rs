//! Conditions on what a session is to carry, without the action that sets it.
//!
//! A caller who assumes a role with tags or a source identity needs `sts:TagSession` or `sts:SetSourceIdentity` in the
//! same call. A trust policy that demands such values and allows only to assume the role refuses every call: with them for lack
//! of the action, without them by its condition.
//!
//! Access Analyzer's message names an action and a key and not which ones; these are what AWS says of sessions. Which action
//! sets which key is what the catalogue lists for it. A role has one trust policy, so that what it does not allow nothing
//! does; of other policies that cannot be said.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_permissions-required>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html#id_credentials_temp_control-access_monitor-perms>

use std::cell::OnceCell;

use crate::catalogue::{self, Action};
use crate::check::facts::{
    ASSUME, ASSUME_WITH_SAML, ASSUME_WITH_WEB_IDENTITY, ConditionFacts, Facts, SESSION_SETTERS, StatementFacts,
    WithoutKey,
};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingActionForConditionKey],
    run: Run::Policy(check),
};

/// A trust policy as a whole: another statement may allow what one of them lacks.
fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if facts.kind != Kind::Trust {
        return found;
    }
    let allowed = SESSION_SETTERS.map(|_| OnceCell::new());
    let is_allowed = |setter: &str| {
        let is_allowed_by = |other: &StatementFacts<'_>| other.allows() && other.includes(setter);
        let mut known = SESSION_SETTERS.iter().zip(&allowed);
        known.any(|(known, allowed)| {
            *known == setter && *allowed.get_or_init(|| facts.statements.iter().any(is_allowed_by))
        })
    };
    for statement in facts.statements.iter().filter(|statement| statement.allows()) {
        let assumes = [ASSUME, ASSUME_WITH_SAML, ASSUME_WITH_WEB_IDENTITY];
        if !assumes.iter().any(|action| statement.includes(action)) {
            continue;
        }
        let mut said: Vec<&str> = Vec::new();
        for condition in &statement.conditions {
            let Some(setter) = setter(condition) else { continue };
            if !said.contains(&setter) && !is_allowed(setter) {
                said.push(setter);
                found.push(unset(condition, setter));
            }
        }
    }
    found
}

/// The action that sets the values that a condition demands.
fn setter(condition: &ConditionFacts<'_>) -> Option<&'static str> {
    let key = condition.key.filled();
    // What an identity provider says nobody sets, though AWS's tables list some of it with these actions too.
    let is_of_session = ["aws:", "sts:"].iter().any(|prefix| condition.key.begins_with(prefix));
    if !is_of_session || condition.without_key != Some(WithoutKey::Fails) {
        return None;
    }
    let lists = |action: Action| {
        action
            .condition_keys()
            .any(|listed| catalogue::key_matches(listed, key))
    };
    let sts = catalogue::service("sts")?;
    for qualified in SESSION_SETTERS {
        let (_, name) = qualified.split_once(':').unwrap_or_default();
        if sts.action(name).is_some_and(lists) {
            return Some(qualified);
        }
    }
    None
}

fn unset(condition: &ConditionFacts<'_>, setter: &str) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::MissingActionForConditionKey,
        condition.key_place,
        format!("nobody can set `{key}`: that requires `{setter}`"),
    )
    .about(key)
    .note("AWS accepts it, but a call with the value lacks the action, and one without it does not meet the condition")
    .with_help(format!(
        "write `{setter}` among the statement's actions, or allow it in a separate statement"
    ))
}
