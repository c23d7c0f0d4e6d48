//! Condition keys that AWS uses and does not document.

use crate::catalogue;
use crate::check::facts::{ConditionFacts, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UndocumentedConditionKey],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let unknown = statement
        .conditions
        .iter()
        .filter(|condition| condition.known_key.is_none() && !condition.is_repeated);
    unknown.filter_map(finding).collect_vec()
}

fn finding(condition: &ConditionFacts<'_>) -> Option<Finding> {
    let known = catalogue::undocumented_condition_key(condition.key.filled())?;
    let written = condition.key.written();
    let what = format!("AWS does not document the condition key `{written}`");
    let finding = Finding::new(Code::UndocumentedConditionKey, condition.key_place, what)
        .about(written)
        .note(format!(
            "AWS's managed policy `{}` contains it, but in which requests it is present is not known",
            known.policy()
        ))
        .note(catalogue_note())
        .with_help("write a condition key that AWS documents for the statement's actions");
    Some(finding)
}
