//! Actions that AWS does not document any more.

use super::suggest;
use crate::catalogue::{Removed, Service};
use crate::check::facts::{ActionFault, ActionRef, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DeprecatedAction],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !statement.has_unknown_actions {
        return Vec::new();
    }
    statement.actions.iter().filter_map(finding).collect_vec()
}

fn finding(action: &ActionRef<'_>) -> Option<Finding> {
    match *action.fault()? {
        ActionFault::RemovedAction(removed, service, name) => Some(one(action, removed, service, name)),
        ActionFault::RemovedActions(removed, service) => Some(pattern(action, removed, service)),
        _ => None,
    }
}

fn one(action: &ActionRef<'_>, removed: Removed, service: Service, name: &str) -> Finding {
    let written = action.text.written();
    let finding = Finding::new(
        Code::DeprecatedAction,
        action.place,
        format!(
            "AWS no longer documents `{written}` (last documented {})",
            removed.last_seen()
        ),
    )
    .about(written)
    .note("AWS accepts it, but the action has been removed or renamed")
    .note(catalogue_note());
    finding.with_help(match suggest::authorizing(service, name) {
        Some(actions) => format!("write {actions}"),
        None => "remove the action, or write the action that replaced it".to_owned(),
    })
}

fn pattern(action: &ActionRef<'_>, removed: Removed, service: Service) -> Finding {
    let written = action.text.written();
    Finding::new(
        Code::DeprecatedAction,
        action.place,
        format!("`{written}` matches only actions that AWS no longer documents"),
    )
    .about(written)
    .note(format!(
        "AWS accepts it, but it matches only actions such as `{}:{}`, last documented in {}",
        service.prefix(),
        removed.name(),
        removed.last_seen()
    ))
    .with_help("remove the pattern, or write the actions that replaced them")
    .note(catalogue_note())
}
