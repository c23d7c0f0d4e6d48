//! Conditions without a value.

use crate::check::facts::{ConditionFacts, Facts, StatementFacts, Values};
use crate::check::rules::mend::removal;
use crate::check::rules::{Rule, Run};
use crate::finding::{Change, Code, Finding, Fix};
use crate::policy::{Qualifier, idle_statement_removal};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::EmptyArrayCondition,
        Code::EmptyArrayConditionForallvalues,
        Code::EmptyArrayConditionForanyvalue,
        Code::EmptyArrayConditionIfexists,
    ],
    run: Run::Policy(check),
};

const MET_BY_NONE: &str = "is met by no request";

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let is_alone = facts.statements.len() < 2;
    let mut found = Vec::new();
    for statement in &facts.statements {
        let empty = statement.conditions.iter().filter(|own| own.values == Values::Empty);
        found.extend(empty.map(|condition| finding(statement, is_alone, condition)));
    }
    found
}

fn finding(statement: &StatementFacts<'_>, is_alone: bool, condition: &ConditionFacts<'_>) -> Finding {
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
        _ if outcome == MET_BY_NONE => {
            let removal = idle_statement_removal(statement.statement.node, is_alone).filter(|_| !if_exists);
            match removal {
                Some(removal) => finding
                    .with_help("write the values, or remove the statement")
                    .fixed_by(removal),
                None => finding.with_help("write the values"),
            }
        }
        _ => {
            let finding = finding.with_help("write the values, or remove the condition");
            finding.fixed_by(removal(statement, condition).map(|removal| removed(removal, statement)))
        }
    }
}

/// AWS says of an empty list both that every request meets its condition, and that its statement allows nothing: a statement that denies
/// is the same without.
fn removed(removal: Change, statement: &StatementFacts<'_>) -> Fix {
    let fix = Fix::new("remove the condition", vec![removal]);
    if statement.denies() { fix.safe() } else { fix }
}
