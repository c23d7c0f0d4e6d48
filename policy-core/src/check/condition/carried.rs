//! Condition keys that an action never carries.
//!
//! A request has the keys that AWS lists for its action, for the action's resource types and for the resource types
//! themselves, most of the global keys, and what an identity provider brings. A condition on another key is met by no
//! request, or, where it says what must not be, by every one. AWS accepts both.
//!
//! AWS's tables have gaps, and its own managed policies show them. So an action for which AWS lists no key at all is left
//! alone, a key that no action of its service is listed with too, and so are actions with wildcards.

use super::without_key::WithoutKey;
use super::{dynamodb, tag};
use crate::catalogue::{self, Action, ConditionKey};
use crate::check::action::{Meant, Named};
use crate::check::judged::Judged;
use crate::check::{catalogue_note, listed, trust};
use crate::finding::{Code, Finding};
use crate::policy::{Condition, Effect, Statement};

/// The rule for one statement.
pub(super) struct Rule<'s, 'd> {
    judged: &'s Judged<'s, 'd>,
    /// Gathered when a key asks for them.
    actions: Option<Actions>,
    /// The keys that something was said of: one message a key, in however many operators it stands.
    said: Vec<&'s str>,
}

impl<'s, 'd> Rule<'s, 'd> {
    pub(super) const fn new(judged: &'s Judged<'s, 'd>) -> Self {
        Self {
            judged,
            actions: None,
            said: Vec::new(),
        }
    }

    pub(super) fn check(&mut self, condition: &'s Condition<'d>, template: ConditionKey) -> Option<Finding> {
        let statement = self.judged.statement;
        statement.action.filter(|action| !action.negated)?;
        let key = condition.key.filled();
        let is_everywhere = catalogue::global_condition_key(key).is_some_and(|global| !global.only_where_listed());
        if is_everywhere || tag::is_judged(condition) || self.said.iter().any(|said| said.eq_ignore_ascii_case(key)) {
            return None;
        }
        let actions = self.actions.get_or_insert_with(|| Actions::of(&self.judged.actions));
        let finding = uncarried(statement, condition, template, actions)?;
        self.said.push(key);
        Some(finding)
    }
}

/// The statement's actions, as far as they are known one by one.
struct Actions {
    exact: Vec<Action>,
    /// Whether there are others: with wildcards, or unknown.
    others: bool,
}

impl Actions {
    fn of(named: &[Named<'_>]) -> Self {
        let exact: Vec<Action> = named
            .iter()
            .filter_map(|named| match named.meant {
                Meant::One(action) => Some(action),
                Meant::Everything | Meant::Pattern(_) | Meant::Unknown => None,
            })
            .collect();
        let others = exact.len() < named.len();
        Self { exact, others }
    }
}

fn uncarried(
    statement: &Statement<'_>,
    condition: &Condition<'_>,
    template: ConditionKey,
    actions: &Actions,
) -> Option<Finding> {
    let key = condition.key.filled();
    let without_key = WithoutKey::of(condition).filter(|without_key| *without_key != WithoutKey::Excused)?;
    let (carrying, lacking): (Vec<&Action>, Vec<&Action>) =
        actions.exact.iter().partition(|action| action.carries(key));
    let lacking: Vec<&Action> = lacking
        .into_iter()
        .filter(|action| {
            lists_keys(action)
                && !trust::is_part_of_assuming(**action)
                && !dynamodb::speaks_of(**action, condition, statement.effect)
        })
        .collect();
    if lacking.is_empty() {
        return None;
    }
    let is_of_tags = template.only_where_listed();
    let elsewhere = if is_of_tags { Vec::new() } else { carriers(key)? };
    let none = carrying.is_empty() && !actions.others && lacking.len() == actions.exact.len();
    let code = match (none, without_key) {
        (true, _) if !is_of_tags => Code::UnsupportedActionForConditionKey,
        (true, WithoutKey::Fails) => Code::ActionNeverCarriesConditionKey,
        // Access Analyzer asks no more of `Null` and a resource's tags than this.
        (false, WithoutKey::Fails) if !tag::is_of_resource(condition) => Code::ActionNeverCarriesConditionKey,
        _ => return None,
    };
    let those = if lacking.len() == 1 {
        "this action"
    } else {
        "these actions"
    };
    let outcome = match (without_key, statement.effect) {
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
            "{} never carr{} the condition key `{}`",
            names(&lacking),
            if lacking.len() == 1 { "ies" } else { "y" },
            condition.key.written()
        ),
    )
    .about(condition.key.written())
    .note(format!("AWS accepts it; {outcome}"))
    .note(catalogue_note())
    .dead(without_key == WithoutKey::Fails);
    let finding = if none {
        finding
    } else {
        let them = if lacking.len() == 1 { "it" } else { "them" };
        finding.help(format!("move {them} to a statement without this condition"))
    };
    Some(if elsewhere.is_empty() {
        if none {
            let it_carries = if lacking.len() == 1 { "it carries" } else { "they carry" };
            finding.help(format!("remove the condition, or write one on a key that {it_carries}"))
        } else {
            finding
        }
    } else {
        finding.help(format!(
            "the key is carried by {}",
            names(&elsewhere.iter().collect::<Vec<_>>())
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
    let carriers: Vec<Action> = catalogue::service(prefix)?
        .actions()
        .filter(|action| action.carries(key))
        .collect();
    (!carriers.is_empty()).then_some(carriers)
}

/// Actions, with the ones after the third counted.
fn names(actions: &[&Action]) -> String {
    listed::first(3, actions.iter().map(|action| listed::quoted(action.qualified())))
}
