//! Conditions on a resource's tags, with actions for which AWS never looks at them.
//!
//! Which actions those are the service authorization reference says, and on `aws:ResourceTag` it has few gaps: of some 330
//! such conditions in policies of AWS's own it leaves eight in doubt. All eight but one are about actions that make a
//! resource and its tags together, of which some services show the new tags as the resource's. Those are left alone here,
//! as Access Analyzer leaves them; so are `Null`, on which it is silent, and patterns of which any action looks.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html>

use std::collections::HashSet;

use super::without_key::WithoutKey;
use crate::catalogue::Action;
use crate::check::action::{Meant, Named};
use crate::check::fit::is_about_tags;
use crate::check::{catalogue_note, listed};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Condition, Effect, Kind, Statement};

/// Reports the actions of a statement for which its condition on a resource's tags can never be met. The findings from
/// `before` on are about its actions and resources.
pub(super) fn check(
    statement: &Statement<'_>,
    kind: Kind,
    actions: &[Named<'_>],
    before: usize,
    findings: &mut Findings,
) {
    // One message, however many tags it asks for: what is to be done is the same.
    let Some(condition) = statement.conditions.iter().find(|condition| is_judged(condition)) else {
        return;
    };
    let Some(element) = statement.action else { return };
    if element.negated {
        // A resource control policy has no `NotAction` at all.
        if kind != Kind::ResourceControl {
            findings.push(all_but_some(statement.effect, condition.key, element.name_place));
        }
        return;
    }
    // Of an action that has no request in this statement for its resources' sake that has been said.
    let lost: HashSet<Place> = findings
        .iter()
        .skip(before)
        .filter(|finding| finding.code() == Code::ActionNeedsStarResource)
        .map(Finding::place)
        .collect();
    let lacking: Vec<&Named<'_>> = actions
        .iter()
        .filter(|named| never_looks(named) && !lost.contains(&named.place))
        .collect();
    if !lacking.is_empty() {
        findings.push(unmet(statement.effect, condition, &lacking, actions.len()));
    }
}

/// Whether a condition is on a resource's tag, and not met where the request has none.
pub(super) fn is_judged(condition: &Condition<'_>) -> bool {
    is_of_resource(condition) && condition.compares() && WithoutKey::of(condition) == Some(WithoutKey::Fails)
}

/// `aws:ResourceTag/...`
pub(super) fn is_of_resource(condition: &Condition<'_>) -> bool {
    const HEAD: &str = "aws:ResourceTag/";
    let key = condition.key.filled();
    condition.key.begins_with(HEAD) && key.len() > HEAD.len() && !key.contains("${")
}

fn never_looks(named: &Named<'_>) -> bool {
    match &named.meant {
        Meant::One(action) => !may_look(*action),
        Meant::Pattern(service) => !named.matched(*service).any(may_look),
        Meant::Everything | Meant::Unknown => false,
    }
}

fn may_look(action: Action) -> bool {
    action.carries("aws:ResourceTag/key") || action.carries("aws:RequestTag/key")
}

fn unmet(effect: Option<Effect>, condition: &Condition<'_>, lacking: &[&Named<'_>], all: usize) -> Finding {
    let is_one = lacking.len() == 1;
    // Of actions that act on resources the reference may lack a type, and of those about tags it lacks some.
    let is_certain = lacking.iter().any(|named| match &named.meant {
        Meant::One(action) => !action.has_resource_types() && !is_about_tags(*action),
        _ => false,
    });
    let (they_are, them) = if is_one { ("it is", "it") } else { ("they are", "them") };
    let none = lacking.len() == all;
    let (code, outcome, help) = match (effect, none) {
        (Some(Effect::Deny), true) => (
            Code::DenyWithUnsupportedTagConditionKeyForService,
            "denied",
            "remove the condition, and name what is denied by ARN in `Resource`".to_owned(),
        ),
        (Some(Effect::Deny), false) => (
            Code::DenyWithUnsupportedTagConditionKeyForService,
            "denied",
            format!("deny {them} in a statement without this condition, by the ARNs of the resources"),
        ),
        (_, true) => (
            Code::AllowWithUnsupportedTagConditionKeyForService,
            "allowed",
            "remove the condition, and name what is allowed by ARN in `Resource` where the action takes one".to_owned(),
        ),
        (_, false) => (
            Code::AllowWithUnsupportedTagConditionKeyForService,
            "allowed",
            format!("move {them} to a statement without this condition"),
        ),
    };
    Finding::new(
        code,
        condition.key_place,
        format!(
            "{} never carr{} `{}`",
            listed::first(3, lacking.iter().map(|named| listed::quoted(named.text.written()))),
            if is_one { "ies" } else { "y" },
            condition.key.written()
        ),
    )
    .about(condition.key.written())
    .note(format!(
        "AWS accepts it; the condition is never met, and {they_are} never {outcome}, whatever the tags"
    ))
    .note(catalogue_note())
    .help(help)
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
        format!("many of the other actions never carry `{}`", key.written()),
    )
    .about(key.written())
    .note(format!(
        "AWS accepts it; for those the condition is never met, and they are never {outcome}, nor are new ones of their kind"
    ))
    .help("name with `Action` the actions that the tag is to decide about")
}
