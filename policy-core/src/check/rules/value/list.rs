//! Lists of condition values: of several JSON types, several where one is meant, or a pattern that matches all others.

use crate::check::facts::{ConditionFacts, StatementFacts, Values};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Node, Place};
use crate::finding::{Change, Code, Finding, Fix};
use crate::policy::Comparison;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::EquivalentToNullFalse,
        Code::EquivalentToNullTrue,
        Code::InvalidConditionDataType,
        Code::InvalidConditionMultipleBoolean,
    ],
    run: Run::Condition(check),
};

fn check(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let found = match condition.values {
        Values::Anything(place) => Some(anything(statement, condition, place)),
        Values::Mixed(other) => Some(mixed(condition, other)),
        Values::SeveralBooleans => Some(several_booleans(condition)),
        Values::Empty | Values::Unjudged | Values::Mismatched { .. } | Values::Each => None,
    };
    found.into_iter().collect_vec()
}

fn several_booleans(condition: &ConditionFacts<'_>) -> Finding {
    let count = condition.value.as_list().len();
    Finding::new(
        Code::InvalidConditionMultipleBoolean,
        condition.value.place,
        format!(
            "`{}` has one boolean, and the list has {count}",
            condition.key.written()
        ),
    )
    .about(condition.key.written())
    .note("one matching value is enough")
    .with_help("write only one of `\"true\"` and `\"false\"`")
}

fn mixed(condition: &ConditionFacts<'_>, other: &str) -> Finding {
    let first = condition.value.as_list().first().map_or("", Node::type_name);
    Finding::new(
        Code::InvalidConditionDataType,
        condition.value.place,
        format!("the values of `{}` mix {first} and {other}", condition.key.written()),
    )
    .about(condition.key.written())
    .with_help("write every value as a string")
}

/// A pattern that matches every value leaves one question, whether there is a value.
fn anything(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, place: Place) -> Finding {
    let is_negated = condition
        .operator
        .is_some_and(|operator| operator.comparison.is_negated());
    let (code, absent, asked) = if is_negated {
        (Code::EquivalentToNullTrue, "true", "is missing")
    } else {
        (Code::EquivalentToNullFalse, "false", "is present")
    };
    let finding = Finding::new(
        code,
        place,
        format!(
            "`{}` with `*` checks only whether `{}` {asked}",
            condition.operator_text.written(),
            condition.key.written()
        ),
    )
    .about(condition.key.written());
    let fix = as_null(statement, condition, place, absent);
    let help = format!("write `\"Null\": {{ \"{}\": \"{absent}\" }}`", condition.key.written());
    match fix {
        // Not safe: an empty value matches `*`, and is null.
        Some(changes) => finding.with_fix(Fix::new(help, changes)),
        None => finding.with_help(help),
    }
}

/// The changes that make `Null` of the operator of a pattern that matches everything. Its other keys keep their operator, and a
/// second `Null` cannot be written.
fn as_null(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    pattern: Place,
    absent: &str,
) -> Option<Vec<Change>> {
    let is_in_the_way = |other: &ConditionFacts<'_>| {
        let is_null = other
            .operator
            .is_some_and(|operator| operator.comparison == Comparison::Null);
        is_null || other.operator_place == condition.operator_place && other.key_place != condition.key_place
    };
    if statement.conditions.iter().any(is_in_the_way) {
        return None;
    }
    let write = |place, text: &str| Change::Write {
        place,
        text: text.to_owned(),
    };
    let others = condition.value.as_list().iter().map(|value| value.place);
    let mut changes = vec![write(condition.operator_place, "Null"), write(pattern, absent)];
    changes.extend(others.filter(|place| *place != pattern).map(Change::Remove));
    Some(changes)
}
