//! Actions that AWS uses and does not document.

use crate::check::facts::{ActionFault, ActionRef, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UndocumentedAction],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !statement.has_unknown_actions {
        return Vec::new();
    }
    statement.actions.iter().filter_map(finding).collect_vec()
}

fn finding(action: &ActionRef<'_>) -> Option<Finding> {
    let Some(ActionFault::Undocumented(known)) = action.fault() else {
        return None;
    };
    let written = action.text.written();
    let what = if known.name().contains(':') {
        format!("AWS does not document `{written}`")
    } else {
        format!("AWS does not document the service `{}`", known.name())
    };
    let finding = Finding::new(Code::UndocumentedAction, action.place, what)
        .about(written)
        .note(format!(
            "AWS's managed policy `{}` contains it, but what it allows is not known",
            known.policy()
        ))
        .note(catalogue_note())
        .with_help("remove the action, unless AWS has told you to allow it");
    Some(finding)
}
