//! Condition keys about the owner of a VPC endpoint, and services whose requests lack them.
//!
//! AWS fills these keys in for some services only. A request to another has none, however it came, so that a `Deny` of what
//! is not from the organization's own endpoints denies everything.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceorgid>

use std::cell::OnceCell;

use crate::check::facts::{ActionMeaning, ActionRef, ConditionFacts, Facts, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::check::table::rows;
use crate::check::words::listed;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::Effect;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UseConditionKeyOnlyWithSupportedServices],
    run: Run::Statement(check),
};

/// The prefixes of the services that fill the keys in.
fn services() -> impl Iterator<Item = &'static str> {
    rows(include_str!("vpc-endpoint.txt"))
}

/// A condition on such a key in a statement about services that do not fill it in.
fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    unfilled(statement).into_iter().collect_vec()
}

fn unfilled(statement: &StatementFacts<'_>) -> Option<Finding> {
    let asked = OnceCell::new();
    let asked = || asked.get_or_init(|| asked_for(statement)).as_slice();
    let mut conditions = statement.conditions.iter();
    let (condition, without_key) =
        conditions.find_map(|condition| Some((condition, unprovided(statement, condition, asked)?)))?;
    let lacking = if statement.names_actions() {
        Lacking::of(&statement.actions)
    } else {
        Lacking::Others
    };
    let what = match lacking {
        Lacking::None => return None,
        Lacking::Others => format!(
            "most services never set `{}`, and the statement includes them",
            condition.key.written()
        ),
        Lacking::Known(names) => format!(
            "`{}` is never present in requests for {}",
            condition.key.written(),
            listed::first(3, &names.into_iter().map(listed::quoted).collect_vec())
        ),
    };
    let outcome = match (without_key, statement.statement.effect) {
        (WithoutKey::Fails, Some(Effect::Deny)) => "the condition is never met for them, and they are never denied",
        (WithoutKey::Fails, _) => "the condition is never met for them, and they are never allowed",
        (_, Some(Effect::Deny)) => "the condition is always met for them, and they are denied from everywhere",
        (_, _) => "the condition is always met for them, and they are allowed from everywhere",
    };
    Some(
        Finding::new(
            Code::UseConditionKeyOnlyWithSupportedServices,
            condition.key_place,
            what,
        )
        .about(condition.key.written())
        .note(format!("AWS accepts it, but {outcome}"))
        .with_help(
            "name with `Action` the actions of services that fill it in, such as `kms:*` and `s3:*`; for others compare \
             `aws:SourceVpc`",
        ),
    )
}

/// What a condition on such a key says of requests that lack it, if it does not provide for them.
fn unprovided<'s>(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    asked: impl Fn() -> &'s [&'s str],
) -> Option<WithoutKey> {
    let comparison = condition.operator?.comparison;
    if !condition.compares() || !condition.key_facts?.is_of_endpoint_owner {
        return None;
    }
    let without_key = condition.without_key?;
    // `IfExists` says that it need not be there. But in a `Deny` of what is not so, it is how all write it.
    let is_excused = without_key == WithoutKey::Excused && !(statement.denies() && comparison.is_negated());
    let is_asked_for = asked().iter().any(|key| condition.is_on(key))
        || without_key != WithoutKey::Fails && statement.may_have_any_condition();
    (!is_excused && !is_asked_for).then_some(without_key)
}

/// The keys of endpoint owners of which a statement asks whether they are there, each once.
fn asked_for<'s>(statement: &'s StatementFacts<'_>) -> Vec<&'s str> {
    let mut keys: Vec<&str> = Vec::new();
    for condition in statement.conditions.iter().filter(|condition| condition.is_null()) {
        let is_of_owner = condition.key_facts.is_some_and(|key| key.is_of_endpoint_owner);
        if is_of_owner && !keys.iter().any(|key| condition.is_on(key)) {
            keys.push(condition.key.filled());
        }
    }
    keys
}

/// The services that a statement includes and that do not set the keys.
enum Lacking<'d> {
    None,
    /// All services that there are.
    Others,
    /// These actions.
    Known(Vec<&'d str>),
}

impl<'d> Lacking<'d> {
    fn of(actions: &[ActionRef<'d>]) -> Self {
        let mut known = Vec::new();
        for named in actions {
            let lacks = match &named.meaning {
                ActionMeaning::Everything => return Self::Others,
                // The one action of IAM without them.
                ActionMeaning::One(action) if action.service().prefix() == "iam" && action.name() == "PassRole" => true,
                ActionMeaning::One(action) => !services().any(|prefix| prefix == action.service().prefix()),
                ActionMeaning::Pattern(service) => !services().any(|prefix| prefix == service.prefix()),
                ActionMeaning::Unknown(_) => false,
            };
            if lacks {
                known.push(named.text.written());
            }
        }
        if known.is_empty() {
            Self::None
        } else {
            Self::Known(known)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::services;
    use crate::catalogue;

    #[test]
    fn every_service_of_the_list_exists() {
        assert!(services().count() > 40);
        let unknown: Vec<&str> = services()
            .filter(|prefix| catalogue::service(prefix).is_none())
            .collect();
        assert!(unknown.is_empty(), "{unknown:?}");
    }
}
