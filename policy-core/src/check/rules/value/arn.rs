//! Values that are not ARNs, below an operator that compares ARNs or of a key that has ARNs.

use super::words::{finding, never, with_value};
use crate::arn::{ArnErrorKind, ArnPattern, Glob, meant};
use crate::catalogue::Scalar;
use crate::check::facts::{ConditionFacts, KeyArns, Operand, StatementFacts};
use crate::check::rules::short_arn;
use crate::check::words::{ARN_FIELDS, example_arn};
use crate::finding::{Code, Finding};
use crate::policy::{Family, Operator};

pub(super) fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
    operator: Operator,
) -> Option<Finding> {
    if let Some(finding) = queue_url(condition, operand) {
        return Some(finding);
    }
    let compares_arns = operator.comparison.family() == Family::Arn;
    let is_pattern = compares_arns || operator.comparison.supports_wildcards();
    let key_arns = || KeyArns::of(statement, condition);
    // Of a key that is named after no type of resource it is not known that it has no IDs or names besides.
    let is_named = || condition.key.begins_with("aws:") || key_arns().is_some();
    let may_be_compared = compares_arns || is_held(condition);
    if !may_be_compared || may_be_arn(operand.value, is_pattern) || !(compares_arns || is_named()) {
        return None;
    }
    let value = operand.value;
    if let Err(error) = ArnPattern::parse(value)
        && let ArnErrorKind::MissingFrom(field) = error.kind()
    {
        let what = format!("the ARN `{}` ends before its {field}", operand.written);
        let help = operand.text.map_or_else(|| ARN_FIELDS.to_owned(), short_arn::help);
        let finding = finding(operand, Code::TypeMismatchArn, what).note(never(condition));
        return Some(finding.with_help(help));
    }
    let help = match key_arns() {
        _ if value.starts_with("arn") => None,
        Some(KeyArns::Held(held)) => example_arn(held.format).map(|arn| format!("write an ARN, such as `{arn}`")),
        _ if !is_held(condition) => Some("write an ARN, or compare with `StringEquals` or `StringLike`".to_owned()),
        _ => None,
    };
    let sample = || "write an ARN, such as `arn:aws:iam::111122223333:role/ROLE_NAME`".to_owned();
    let what = format!("`{}` is not an ARN", operand.written);
    let finding = finding(operand, Code::TypeMismatchArn, what).note(never(condition));
    Some(finding.with_help(help.unwrap_or_else(sample)))
}

/// Whether AWS says that the key's values are ARNs, so that no other operator would help.
pub(super) fn is_held(condition: &ConditionFacts<'_>) -> bool {
    condition
        .known_key
        .is_some_and(|key| key.value_type().scalar == Scalar::Arn)
}

/// Whether an ARN with all its fields can have this value, or match it: a wildcard can match fields, with their colons.
fn may_be_arn(value: &str, is_pattern: bool) -> bool {
    let has_all_fields = ArnPattern::parse(value).is_ok();
    if has_all_fields || !is_pattern {
        return has_all_fields;
    }
    let could_be = value.starts_with("arn:") || value.starts_with(['*', '?']) || value.contains("${");
    could_be && (value.contains("${") || Glob::wildcards(value).intersects(Glob::wildcards("arn:*:*:*:*:*")))
}

/// The URL of a queue in place of its ARN, which SQS shows beside it.
fn queue_url(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    let arn = meant::of_queue_url(operand.written).filter(|_| is_held(condition))?;
    let what = format!("`{}` is the URL of a queue, not its ARN", operand.written);
    let finding = finding(operand, Code::TypeMismatchArn, what).note(never(condition));
    Some(with_value(finding, operand, arn))
}
