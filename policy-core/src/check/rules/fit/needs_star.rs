//! Actions that act on no resource, in a statement that names resources.

use super::silence::Silence;
use crate::check::facts::{ActionFit, ActionRef, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ActionNeedsStarResource],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !statement.has_unfit_actions {
        return Vec::new();
    }
    let Some(silence) = Silence::of(facts, statement).filter(|silence| !silence.has_no_types) else {
        return Vec::new();
    };
    let actions = statement.actions.iter();
    actions
        .filter_map(|action| match action.fit {
            ActionFit::NeedsStar { is_covered } => {
                Some(needs_star(action, is_covered, silence, statement.actions.len() == 1))
            }
            ActionFit::Fits | ActionFit::FitsNone => None,
        })
        .collect_vec()
}

fn needs_star(action: &ActionRef<'_>, is_covered: bool, silence: Silence, is_alone: bool) -> Finding {
    let written = action.text.written();
    let finding = Finding::new(
        Code::ActionNeedsStarResource,
        action.place,
        format!("`{written}` does not support resource-level permissions; it needs `\"Resource\": \"*\"`"),
    )
    .about(written);
    let finding = if is_covered {
        finding
            .dead(false)
            .note("AWS documents no resource for it; such a pattern is known to work for some actions only")
    } else {
        finding.note(silence.note(&format!("`{written}`"), "only `*` matches such a request"))
    };
    let help = if is_alone {
        "write `\"Resource\": \"*\"`"
    } else {
        "write the action in a separate statement, with `\"Resource\": \"*\"`"
    };
    finding.with_help(help).note(catalogue_note())
}
