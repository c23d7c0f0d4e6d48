//! Which actions a statement takes in, and on how much.

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
        Meant::Pattern(of) => of.prefix() == service && action.name().matches_ignore_ascii_case(name),
        Meant::Unknown => false,
    }
}

/// All resources of a kind: those whose ARN's last field begins so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Whole {
    pub service: &'static str,
    /// `role/`
    pub start: &'static str,
}

/// Every role.
pub(super) const ROLES: Whole = Whole {
    service: "iam",
    start: "role/",
};

/// Whether a statement is about all resources of a kind, or about any resource where no kind is asked for.
pub(super) fn covers(judged: &Judged<'_, '_>, on: Option<Whole>) -> bool {
    let Some(whole) = on else {
        return true;
    };
    let is_negated = judged.statement.resource.is_some_and(|element| element.negated);
    if is_negated {
        // All but some are most of them, unless those that are left out are all.
        return !judged
            .targets
            .iter()
            .any(|target| matches!(target.scope, Scope::Unknown) || whole.is_in(&target.scope));
    }
    judged.targets.iter().any(|target| whole.is_in(&target.scope))
}

impl Whole {
    fn is_in(self, scope: &Scope<'_>) -> bool {
        let arn = match scope {
            Scope::Everything => return true,
            Scope::Arn(arn) => arn,
            Scope::Unknown | Scope::Unsettled => return false,
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
pub(super) fn is_denied(policy: &[Judged<'_, '_>], service: &str, name: &str, on: Option<Whole>) -> bool {
    policy.iter().any(|judged| {
        let statement = judged.statement;
        statement.effect == Some(Effect::Deny)
            && (statement.conditions.is_empty()
                || statement
                    .conditions
                    .iter()
                    .any(|condition| condition.key.begins_with("iam:")))
            && denies(judged, on)
            && taken(judged, service, name).is_some()
    })
}

/// Whether a `Deny` leaves nothing of a kind, or only what it names.
fn denies(judged: &Judged<'_, '_>, on: Option<Whole>) -> bool {
    judged.statement.resource.is_some_and(|element| element.negated)
        || judged.targets.iter().any(|target| {
            on.map_or(matches!(target.scope, Scope::Everything), |whole| {
                whole.is_in(&target.scope)
            })
        })
}
