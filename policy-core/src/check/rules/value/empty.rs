//! Conditions without a value.

use crate::check::facts::{ConditionFacts, StatementFacts, Values};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::Qualifier;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::EmptyArrayCondition,
        Code::EmptyArrayConditionForallvalues,
        Code::EmptyArrayConditionForanyvalue,
        Code::EmptyArrayConditionIfexists,
    ],
    run: Run::Condition(check),
};

const MET_BY_NONE: &str = "is met by no request";

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let is_empty = condition.values == Values::Empty;
    is_empty.then(|| empty(condition)).into_iter().collect_vec()
}

fn empty(condition: &ConditionFacts<'_>) -> Finding {
    let operator = condition.operator;
    let qualifier = operator.and_then(|operator| operator.qualifier);
    let if_exists = operator.is_some_and(|operator| operator.if_exists);
    let (code, outcome) = match qualifier {
        Some(Qualifier::ForAllValues) => (
            Code::EmptyArrayConditionForallvalues,
            "is met only by requests without the key",
        ),
        Some(Qualifier::ForAnyValue) => (Code::EmptyArrayConditionForanyvalue, MET_BY_NONE),
        None if if_exists => (
            Code::EmptyArrayConditionIfexists,
            "is met only by requests without the key",
        ),
        None if operator.is_some_and(|operator| operator.comparison.is_negated()) => {
            (Code::EmptyArrayCondition, "is met by every request")
        }
        None => (Code::EmptyArrayCondition, MET_BY_NONE),
    };
    let finding = Finding::new(
        code,
        condition.value.place,
        format!("there are no values for `{}`", condition.key.written()),
    )
    .about(condition.key.written())
    .note(format!("AWS accepts it, but the condition {outcome}"));
    match code {
        Code::EmptyArrayConditionForallvalues | Code::EmptyArrayConditionIfexists => finding.with_help(format!(
            "write the values, or `\"Null\": {{ \"{}\": \"true\" }}`",
            condition.key.written()
        )),
        // Without a condition that is never met, the statement would match more.
        _ if outcome == MET_BY_NONE => finding.with_help("write the values"),
        _ => finding.with_help("write the values, or remove the condition"),
    }
}
