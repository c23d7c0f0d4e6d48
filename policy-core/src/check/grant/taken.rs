//! Which actions a statement takes in, and on how much.

use crate::arn::Glob;
use crate::check::action::{Meant, Named};
use crate::check::judged::Judged;
use crate::check::resource::Scope;
use crate::document::Place;
use crate::policy::Effect;

/// How a statement comes to be about an action.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// It names it.
    Name,
    /// It has a pattern that takes it in.
    Pattern,
    /// It is none of those that `NotAction` leaves out.
    Rest,
}

/// The words of a statement that take in an action.
#[derive(Clone, Copy)]
pub(super) struct Taken<'d> {
    pub place: Place,
    pub written: &'d str,
    pub by: By,
}

/// The words of a statement that take in an action, by its name first.
pub(super) fn taken<'d>(judged: &Judged<'_, 'd>, service: &str, name: &str) -> Option<Taken<'d>> {
    let element = judged.statement.action?;
    let mut found: Option<&Named<'d>> = None;
    for action in &judged.actions {
        if matches!(action.meant, Meant::Unknown) && element.negated {
            return None;
        }
        if takes_in(action, service, name) {
            found = Some(action);
            if matches!(action.meant, Meant::One(_)) {
                break;
            }
        }
    }
    match found {
        Some(_) if element.negated => None,
        Some(action) => Some(Taken {
            place: action.place,
            written: action.text.written(),
            by: if matches!(action.meant, Meant::One(_)) {
                By::Name
            } else {
                By::Pattern
            },
        }),
        None if element.negated => Some(Taken {
            place: element.name_place,
            written: "NotAction",
            by: By::Rest,
        }),
        None => None,
    }
}

fn takes_in(action: &Named<'_>, service: &str, name: &str) -> bool {
    match action.meant {
        Meant::Everything => true,
        // Names are of different lengths more often than not, prefixes less.
        Meant::One(one) => one.name() == name && one.service().prefix() == service,
        Meant::Pattern(of) => of.prefix() == service && pattern(action).matches_ignore_ascii_case(name),
        Meant::Unknown => false,
    }
}

/// The part of a pattern of actions that stands behind the service.
pub(super) fn pattern<'t>(action: &Named<'t>) -> Glob<'t> {
    Glob::wildcards(action.text.filled().split_once(':').unwrap_or_default().1)
}

/// Whether a statement without conditions denies an action wherever it is allowed.
pub(super) fn is_denied(policy: &[Judged<'_, '_>], service: &str, name: &str) -> bool {
    policy.iter().any(|judged| {
        let statement = judged.statement;
        statement.effect == Some(Effect::Deny)
            && statement.conditions.is_empty()
            && is_about_everything(judged)
            && taken(judged, service, name).is_some()
    })
}

/// Whether `*` is among a statement's resources.
pub(super) fn is_about_everything(judged: &Judged<'_, '_>) -> bool {
    let is_negated = judged.statement.resource.is_some_and(|element| element.negated);
    !is_negated
        && judged
            .targets
            .iter()
            .any(|target| matches!(target.scope, Scope::Everything))
}
