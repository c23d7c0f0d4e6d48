//! Conditions on a resource's tags, with actions for which AWS never looks at them.
//!
//! Which actions those are the service authorization reference says, and on `aws:ResourceTag` it has few gaps: of some 330
//! such conditions in policies of AWS's own it leaves eight in doubt. All eight but one are about actions that make a
//! resource and its tags together, of which some services show the new tags as the resource's. Those are left alone here,
//! as Access Analyzer leaves them; so are `Null`, on which it is silent, and patterns of which any action looks.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html>

use crate::catalogue::Action;
use crate::check::facts::{ActionFit, ActionMeaning, ActionRef, ConditionFacts, Facts, StatementFacts, is_about_tags};
use crate::check::rules::{Rule, Run};
use crate::check::words::{catalogue_note, listed};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::{Effect, Kind};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::AllowWithUnsupportedTagConditionKeyForService,
        Code::DenyWithUnsupportedTagConditionKeyForService,
        Code::AllowNotactionWithUnsupportedTagConditionKeyForService,
        Code::DenyNotactionWithUnsupportedTagConditionKeyForService,
    ],
    run: Run::Statement(check),
};

/// The actions of a statement for which its condition on a resource's tags can never be met.
fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    finding(statement, facts.kind).into_iter().collect_vec()
}

fn finding(statement: &StatementFacts<'_>, kind: Kind) -> Option<Finding> {
    // One message, however many tags it asks for: what is to be done is the same.
    let condition = statement
        .conditions
        .iter()
        .find(|condition| condition.demands_resource_tag())?;
    let element = statement.statement.action?;
    let effect = statement.statement.effect;
    if element.negated {
        // A resource control policy has no `NotAction` at all.
        return (kind != Kind::ResourceControl).then(|| all_but_some(effect, condition.key, element.name_place));
    }
    let lacking: Vec<&ActionRef<'_>> = statement
        .actions
        .iter()
        .filter(|action| never_looks(action) && !is_lost(action))
        .collect_vec();
    (!lacking.is_empty()).then(|| unmet(effect, condition, &lacking, statement.actions.len()))
}

fn never_looks(named: &ActionRef<'_>) -> bool {
    match &named.meaning {
        ActionMeaning::One(action) => !may_look(*action),
        ActionMeaning::Pattern(service) => !named.matched(*service).any(may_look),
        ActionMeaning::Everything | ActionMeaning::Unknown(_) => false,
    }
}

fn may_look(action: Action) -> bool {
    action.carries("aws:ResourceTag/key") || action.carries("aws:RequestTag/key")
}

/// Whether the action has no request in this statement for its resources' sake, whatever their tags.
const fn is_lost(action: &ActionRef<'_>) -> bool {
    matches!(action.fit, ActionFit::NeedsStar { .. })
}

fn unmet(effect: Option<Effect>, condition: &ConditionFacts<'_>, lacking: &[&ActionRef<'_>], all: usize) -> Finding {
    let is_one = lacking.len() == 1;
    // Of actions that act on resources the reference may lack a type, and of those about tags it lacks some.
    let is_certain = lacking.iter().any(|named| match &named.meaning {
        ActionMeaning::One(action) => !action.has_resource_types() && !is_about_tags(*action),
        _ => false,
    });
    let (they_are, them) = if is_one {
        ("the action is", "the action")
    } else {
        ("the actions are", "the actions")
    };
    let none = lacking.len() == all;
    let (code, outcome, help) = match (effect, none) {
        (Some(Effect::Deny), true) => (
            Code::DenyWithUnsupportedTagConditionKeyForService,
            "denied",
            "remove the condition, and name the denied resources by ARN in `Resource`".to_owned(),
        ),
        (Some(Effect::Deny), false) => (
            Code::DenyWithUnsupportedTagConditionKeyForService,
            "denied",
            format!("deny {them} in a statement without this condition, by the ARNs of the resources"),
        ),
        (_, true) => (
            Code::AllowWithUnsupportedTagConditionKeyForService,
            "allowed",
            "remove the condition, and name the allowed resources by ARN in `Resource` where the action supports it"
                .to_owned(),
        ),
        (_, false) => (
            Code::AllowWithUnsupportedTagConditionKeyForService,
            "allowed",
            format!("move {them} to a separate statement, restricted by `Resource` where the action supports it"),
        ),
    };
    Finding::new(
        code,
        condition.key_place,
        format!(
            "`{}` is never present in requests for {}",
            condition.key.written(),
            listed::first(
                3,
                &lacking
                    .iter()
                    .map(|named| listed::quoted(named.text.written()))
                    .collect_vec()
            )
        ),
    )
    .about(condition.key.written())
    .note(format!(
        "AWS accepts it, but the condition is never met, and {they_are} never {outcome}, whatever the tags"
    ))
    .note(catalogue_note())
    .with_help(help)
    .dead(is_certain)
}

fn all_but_some(effect: Option<Effect>, key: &Text<'_>, place: Place) -> Finding {
    let (code, outcome) = match effect {
        Some(Effect::Deny) => (Code::DenyNotactionWithUnsupportedTagConditionKeyForService, "denied"),
        _ => (Code::AllowNotactionWithUnsupportedTagConditionKeyForService, "allowed"),
    };
    Finding::new(
        code,
        place,
        format!("`{}` is never present in requests for many of the other actions", key.written()),
    )
    .about(key.written())
    .note(format!(
        "AWS accepts it, but for those the condition is never met, and they are never {outcome}, nor are similar new actions"
    ))
    .with_help("list in `Action` the actions that depend on the tag")
}
