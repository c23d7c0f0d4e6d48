//! Condition keys that an action never carries.
//!
//! A request has the keys that AWS lists for its action, for the action's resource types and for the resource types
//! themselves, most of the global keys, and what an identity provider brings. A condition on another key is met by no
//! request, or, where it says what must not be, by every one. AWS accepts both.
//!
//! AWS's tables have gaps, and its own managed policies show them. So an action for which AWS lists no key at all is left
//! alone, a key that no action of its service is listed with too, and so are actions with wildcards.

use crate::catalogue::{self, Action, ConditionKey, Listing};
use crate::check::facts::dynamodb::speaks_of;
use crate::check::facts::{ActionRef, ConditionFacts, Facts, StatementFacts, WithoutKey, is_part_of_assuming};
use crate::check::rules::{Rule, Run};
use crate::check::words::{catalogue_note, listed};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{AttachedTo, Effect};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::UnsupportedActionForConditionKey,
        Code::ActionNeverCarriesConditionKey,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // Each of the conditions with each of the actions.
    if !statement.names_actions() {
        return found;
    }
    // Gathered when a key asks for them.
    let mut actions: Option<Actions> = None;
    // One message for each key, in however many operators it appears.
    let mut said: Vec<&str> = Vec::new();
    for condition in &statement.conditions {
        let Some(template) = condition.known_key.filter(|_| condition.respells.is_none()) else {
            continue;
        };
        let key = condition.key.filled();
        // A resource's tags are a rule by themselves.
        let is_another_rule = condition.demands_resource_tag();
        if condition.is_in_every_request() || is_another_rule || said.iter().any(|said| said.eq_ignore_ascii_case(key))
        {
            continue;
        }
        let actions = actions.get_or_insert_with(|| Actions::of(&statement.actions));
        let is_of_bucket = facts.attached_to() == Some(AttachedTo::S3Bucket);
        if let Some(finding) = uncarried(statement.statement.effect, condition, template, actions, is_of_bucket) {
            said.push(key);
            found.push(finding);
        }
    }
    found
}

/// The statement's actions, as far as they are known one by one.
struct Actions {
    exact: Vec<Action>,
    /// Whether there are others: with wildcards, or unknown.
    others: bool,
}

impl Actions {
    fn of(named: &[ActionRef<'_>]) -> Self {
        let exact: Vec<Action> = named.iter().filter_map(ActionRef::one).collect_vec();
        let others = exact.len() < named.len();
        Self { exact, others }
    }
}

fn uncarried(
    effect: Option<Effect>,
    condition: &ConditionFacts<'_>,
    template: ConditionKey,
    actions: &Actions,
    is_of_bucket: bool,
) -> Option<Finding> {
    let key = condition.key.filled();
    let without_key = condition
        .without_key
        .filter(|without_key| *without_key != WithoutKey::Excused)?;
    let mut listing = Listing::of(key);
    let (carrying, lacking): (Vec<&Action>, Vec<&Action>) =
        actions.exact.iter().partition(|action| listing.has(action));
    let lacking: Vec<&Action> = lacking
        .into_iter()
        .filter(|action| {
            lists_keys(action) && !is_part_of_assuming(**action) && !speaks_of(**action, condition, effect)
        })
        .collect_vec();
    // A global key does not come here: what carries this one is what the reference lists it for.
    if lacking.is_empty() || catalogue::federated_condition_key(key).is_some() {
        return None;
    }
    let is_of_tags = template.only_where_listed();
    let none = carrying.is_empty() && !actions.others && lacking.len() == actions.exact.len();
    let code = match (none, without_key) {
        (true, _) if !is_of_tags => Code::UnsupportedActionForConditionKey,
        (true, WithoutKey::Fails) => Code::ActionNeverCarriesConditionKey,
        // Access Analyzer asks no more of `Null` and a resource's tags than this.
        (false, WithoutKey::Fails) if !condition.is_of_resource_tag() => Code::ActionNeverCarriesConditionKey,
        _ => return None,
    };
    let elsewhere = if is_of_tags { Vec::new() } else { carriers(key)? };
    let those = if lacking.len() == 1 {
        "this action"
    } else {
        "these actions"
    };
    let outcome = match (without_key, effect) {
        (WithoutKey::Fails, Some(Effect::Deny)) => {
            format!("the condition is never met, and the statement never denies {those}")
        }
        (WithoutKey::Fails, _) => format!("the condition is never met, and the statement never allows {those}"),
        (_, Some(Effect::Deny)) => {
            format!(
                "a request without the key meets the condition, and the statement denies {those} whatever the value"
            )
        }
        (_, _) => {
            format!(
                "a request without the key meets the condition, and the statement allows {those} whatever the value"
            )
        }
    };
    let finding = Finding::new(
        code,
        condition.key_place,
        format!(
            "the condition key `{}` is never present in requests for {}",
            condition.key.written(),
            names(&lacking)
        ),
    )
    .about(condition.key.written())
    .note(if is_of_bucket {
        "S3 rejects the policy: `Conditions do not apply to combination of actions and resources in statement`"
            .to_owned()
    } else {
        format!("AWS accepts it, but {outcome}")
    })
    .note(catalogue_note())
    .dead(without_key == WithoutKey::Fails);
    let is_one = lacking.len() == 1;
    // What is never allowed today is not to be allowed without any condition tomorrow.
    let finding = match (none, without_key) {
        (true, _) => finding,
        (false, WithoutKey::Fails) => finding.with_help(format!(
            "move {those} to a separate statement, restricted by `Resource` or by another condition key"
        )),
        (false, _) => finding.with_help(format!(
            "move {} to a statement without this condition",
            names(&lacking)
        )),
    };
    Some(if elsewhere.is_empty() {
        if none {
            let support = if is_one {
                "this action supports"
            } else {
                "these actions support"
            };
            let help = format!("write a condition on a key that {support}");
            finding.with_help(match without_key {
                WithoutKey::Fails => help,
                _ => format!("remove the condition, or {help}"),
            })
        } else {
            finding
        }
    } else {
        finding.with_help(format!(
            "the key is present in requests for {}",
            names(&elsewhere.iter().collect_vec())
        ))
    })
}

/// Whether AWS lists any condition key for an action, itself or by way of its resources.
fn lists_keys(action: &Action) -> bool {
    action.condition_keys().next().is_some()
        || action
            .resource_types()
            .any(|on| on.condition_keys().next().is_some() || on.resource_type().condition_keys().next().is_some())
}

/// The actions of a key's own service that carry it; `None` where AWS lists it with none, and so says nothing.
fn carriers(key: &str) -> Option<Vec<Action>> {
    let (prefix, _) = key.split_once(':')?;
    let mut listing = Listing::of(key);
    let carriers: Vec<Action> = catalogue::service(prefix)?
        .actions()
        .filter(|action| listing.has(action))
        .collect_vec();
    (!carriers.is_empty()).then_some(carriers)
}

/// Actions, with the ones after the third counted.
fn names(actions: &[&Action]) -> String {
    listed::first(
        3,
        &actions
            .iter()
            .map(|action| listed::quoted(action.qualified()))
            .collect_vec(),
    )
}
