//! Keys that stand twice in one operator, in letters of different case.

use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::DuplicateKeysWithDifferentCase],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let first = condition.respells;
    first.map(|first| respelt(condition, first)).into_iter().collect_vec()
}

fn respelt(condition: &ConditionFacts<'_>, first: &str) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::DuplicateKeysWithDifferentCase,
        condition.key_place,
        format!("`{key}` is the same key as `{first}`: keys are not case-sensitive"),
    )
    .about(key)
    .note("AWS treats them as one key, and does not document which values it then compares")
    .with_help(format!("write one `{first}` with the values of both"))
}
