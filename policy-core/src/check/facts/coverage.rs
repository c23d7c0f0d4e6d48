//! Which actions a statement covers, and on how much.

use super::{ActionMeaning, ActionRef, ResourceScope, StatementFacts};
use crate::document::Place;

/// How a statement comes to be about an action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Covering {
    /// It names it.
    Name,
    /// It has a pattern that takes it in.
    Pattern,
    /// It is not one of those that `NotAction` leaves out.
    Rest,
}

/// The words of a statement that cover an action.
#[derive(Clone, Copy)]
pub(in crate::check) struct Coverage<'d> {
    pub place: Place,
    pub written: &'d str,
    pub by: Covering,
}

/// The words of a statement that cover an action, by its name first.
pub(in crate::check) fn coverage<'d>(facts: &StatementFacts<'d>, service: &str, name: &str) -> Option<Coverage<'d>> {
    let element = facts.statement.action?;
    let mut found: Option<&ActionRef<'d>> = None;
    for action in &facts.actions {
        if matches!(action.meaning, ActionMeaning::Unknown(_)) && element.negated {
            return None;
        }
        if takes_in(action, service, name) {
            found = Some(action);
            if matches!(action.meaning, ActionMeaning::One(_)) {
                break;
            }
        }
    }
    match found {
        Some(_) if element.negated => None,
        Some(action) => Some(Coverage {
            place: action.place,
            written: action.text.written(),
            by: if matches!(action.meaning, ActionMeaning::One(_)) {
                Covering::Name
            } else {
                Covering::Pattern
            },
        }),
        None if element.negated => Some(Coverage {
            place: element.name_place,
            written: "NotAction",
            by: Covering::Rest,
        }),
        None => None,
    }
}

fn takes_in(action: &ActionRef<'_>, service: &str, name: &str) -> bool {
    match action.meaning {
        ActionMeaning::Everything => true,
        // Names are of different lengths more often than not, prefixes less.
        ActionMeaning::One(one) => one.name() == name && one.service().prefix() == service,
        ActionMeaning::Pattern(of) => of.prefix() == service && action.name().matches_ignore_ascii_case(name),
        ActionMeaning::Unknown(_) => false,
    }
}

/// All resources of a kind: those whose ARN's last field begins so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) struct Breadth {
    pub service: &'static str,
    /// `role/`
    pub start: &'static str,
}

/// Every role.
pub(in crate::check) const ROLES: Breadth = Breadth {
    service: "iam",
    start: "role/",
};

/// Whether a statement is about all resources of a kind, or about any resource where no kind is asked for.
pub(in crate::check) fn is_about_all(facts: &StatementFacts<'_>, on: Option<Breadth>) -> bool {
    let Some(whole) = on else {
        return true;
    };
    let is_negated = facts.statement.resource.is_some_and(|element| element.negated);
    if is_negated {
        // All but some are most of them, unless those that are left out are all.
        return !facts
            .resources
            .iter()
            .any(|resource| matches!(resource.scope, ResourceScope::Unknown) || whole.is_in(&resource.scope));
    }
    facts.resources.iter().any(|resource| whole.is_in(&resource.scope))
}

impl Breadth {
    fn is_in(self, scope: &ResourceScope<'_>) -> bool {
        let arn = match scope {
            ResourceScope::Everything => return true,
            ResourceScope::Arn(arn) => arn,
            ResourceScope::Unknown | ResourceScope::Unsettled => return false,
        };
        let resource = arn.resource().as_str();
        let fixed = resource.trim_end_matches('*');
        fixed.len() < resource.len()
            && self.start.starts_with(fixed)
            && arn.service().matches(self.service)
            // What AWS manages nobody can change.
            && arn.account().as_str() != "aws"
    }
}

/// Whether a statement denies an action wherever it is allowed on all resources of a kind. One whose condition asks for what
/// only IAM knows, as `iam:PermissionsBoundary`, is written against just that, and is believed.
pub(in crate::check) fn is_denied(
    policy: &[StatementFacts<'_>],
    service: &str,
    name: &str,
    on: Option<Breadth>,
) -> bool {
    policy.iter().any(|facts| {
        facts.denies()
            && (facts.conditions.is_empty()
                || facts
                    .conditions
                    .iter()
                    .any(|condition| condition.key.begins_with("iam:") || condition.may_be_any()))
            && denies(facts, on)
            && coverage(facts, service, name).is_some()
    })
}

/// Whether a `Deny` leaves nothing of a kind, or only what it names.
fn denies(facts: &StatementFacts<'_>, on: Option<Breadth>) -> bool {
    facts.statement.resource.is_some_and(|element| element.negated)
        || facts.resources.iter().any(|resource| {
            on.map_or(matches!(resource.scope, ResourceScope::Everything), |whole| {
                whole.is_in(&resource.scope)
            })
        })
}

impl StatementFacts<'_> {
    /// Whether its `Action` or `NotAction` includes an action.
    pub fn includes(&self, action: &str) -> bool {
        let (service, name) = action.split_once(':').unwrap_or_default();
        coverage(self, service, name).is_some()
    }
}
