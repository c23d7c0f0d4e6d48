//! Values of the keys of `DynamoDB` that have a few words for values.
//!
//! Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html>

use super::words::{finding, never, with_value};
use crate::arn::Glob;
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Family, Operator};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::DynamodbInvalidReturnConsumedCapacity,
        Code::DynamodbInvalidReturnValues,
        Code::DynamodbInvalidSelectValue,
    ],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    if !condition.key.begins_with("dynamodb:") {
        return Vec::new();
    }
    let operands = condition.operands();
    operands
        .filter_map(|(operand, operator)| unfit(condition, &operand, operator))
        .collect_vec()
}

/// The words of each key.
const WORDS: [(&str, Code, &[&str]); 3] = [
    (
        "dynamodb:ReturnConsumedCapacity",
        Code::DynamodbInvalidReturnConsumedCapacity,
        &["NONE", "TOTAL"],
    ),
    (
        "dynamodb:ReturnValues",
        Code::DynamodbInvalidReturnValues,
        &["ALL_NEW", "ALL_OLD", "NONE", "UPDATED_NEW", "UPDATED_OLD"],
    ),
    (
        "dynamodb:Select",
        Code::DynamodbInvalidSelectValue,
        &[
            "ALL_ATTRIBUTES",
            "ALL_PROJECTED_ATTRIBUTES",
            "COUNT",
            "SPECIFIC_ATTRIBUTES",
        ],
    ),
];

fn unfit(condition: &ConditionFacts<'_>, operand: &Operand<'_>, operator: Operator) -> Option<Finding> {
    let key = condition.key.filled();
    let (_, code, words) = *WORDS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(key))?;
    let value = operand.value;
    let is_of_text = operator.comparison.family() == Family::String;
    let fits = |word: &&str| match operator.comparison {
        Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => word.eq_ignore_ascii_case(value),
        Comparison::StringLike | Comparison::StringNotLike => Glob::wildcards(value).matches(word),
        _ => *word == value,
    };
    if !is_of_text || words.iter().any(fits) {
        return None;
    }
    let finding = finding(
        operand,
        code,
        format!("`{}` has no value `{}`", condition.key.written(), operand.written),
    )
    .note(never(condition));
    Some(match nearest(value, words.iter().copied()) {
        Some(meant) if meant.eq_ignore_ascii_case(value) => {
            let note = format!("`{}` is case-sensitive", condition.operator_text.written());
            with_value(finding.note(note), operand, meant)
        }
        Some(meant) => with_value(finding, operand, meant),
        None => {
            let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect_vec();
            finding.with_help(format!("the values are {}", words.join(", ")))
        }
    })
}
