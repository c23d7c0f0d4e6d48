//! Values that their operator cannot read.

use super::words::{finding, never, with_value};
use super::{arn_type, date, ip};
use crate::arn::meant;
use crate::catalogue::Scalar;
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::check::rules::{Rule, Run, mend};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Family, Operator, value, variable};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::TypeMismatchArn,
        Code::TypeMismatchBoolean,
        Code::TypeMismatchDate,
        Code::TypeMismatchIpRange,
        Code::TypeMismatchNumber,
        Code::TypeMismatchString,
        Code::ImproveIpRange,
        Code::InvalidDateValue,
        Code::WildcardWithoutLikeOperator,
    ],
    run: Run::Condition(check),
};

fn check(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let unfit = |(operand, operator): (Operand<'_>, Operator)| {
        unfit(statement, condition, &operand, operator).or_else(|| arn_type::unfit(statement, condition, &operand))
    };
    condition.operands().filter_map(unfit).collect_vec()
}

fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
    operator: Operator,
) -> Option<Finding> {
    match operator.comparison.family() {
        Family::Bool | Family::Null => no_boolean(condition, operand),
        Family::Numeric => no_number(condition, operand),
        Family::Date => date::unfit(condition, operand),
        Family::IpAddress => ip::unfit(condition, operand),
        Family::Binary => base64(condition, operand),
        Family::Arn => arn(condition, operand),
        Family::String => {
            queue_url(condition, operand).or_else(|| wildcard(statement, condition, operand, operator.comparison))
        }
    }
}

fn no_boolean(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    if value::boolean(operand.value).is_some() {
        return None;
    }
    let help = nearest(operand.value, ["true", "false"]).map_or_else(
        || "write `\"true\"` or `\"false\"`".to_owned(),
        |meant| format!("write `\"{meant}\"`"),
    );
    Some(
        finding(
            operand,
            Code::TypeMismatchBoolean,
            format!("`{}` is neither `true` nor `false`", operand.written),
        )
        .note(never(condition))
        .with_help(help),
    )
}

fn no_number(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    if value::number(operand.value).is_some() {
        return None;
    }
    let digits: String = operand
        .value
        .chars()
        .filter(|character| !matches!(character, ',' | '_' | ' '))
        .collect();
    let help = if value::number(&digits).is_some() {
        format!("write `\"{digits}\"`")
    } else {
        "write a number, such as `\"3600\"`".to_owned()
    };
    Some(
        finding(
            operand,
            Code::TypeMismatchNumber,
            format!("`{}` is not a number", operand.written),
        )
        .note(never(condition))
        .with_help(help),
    )
}

fn base64(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    (!value::is_base64(operand.value)).then(|| {
        finding(
            operand,
            Code::TypeMismatchString,
            format!("`{}` is not base64", operand.written),
        )
        .note(never(condition))
        .with_help("write the bytes in base64, such as `\"QmluYXJ5\"`")
    })
}

/// The URL of a queue in place of its ARN, which SQS shows beside it.
fn queue_url(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    let arn = meant::of_queue_url(operand.written).filter(|_| holds_arns(condition))?;
    let what = format!("`{}` is the URL of a queue, not its ARN", operand.written);
    let finding = finding(operand, Code::TypeMismatchArn, what).note(never(condition));
    Some(with_value(finding, operand, arn))
}

fn arn(condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    if let Some(finding) = queue_url(condition, operand) {
        return Some(finding);
    }
    let value = operand.value;
    let could_be = value.starts_with("arn:") || value.starts_with(['*', '?']) || value.contains("${");
    (!could_be).then(|| {
        finding(
            operand,
            Code::TypeMismatchArn,
            format!("`{}` is not an ARN", operand.written),
        )
        .note(never(condition))
        .with_help(if value.starts_with("arn") || holds_arns(condition) {
            "write an ARN, such as `arn:aws:iam::111122223333:role/ROLE_NAME`"
        } else {
            "write an ARN, or compare with `StringEquals` or `StringLike`"
        })
    })
}

/// Whether AWS says that the key's values are ARNs, so that no other operator would help.
fn holds_arns(condition: &ConditionFacts<'_>) -> bool {
    condition
        .known_key
        .is_some_and(|key| key.value_type().scalar == Scalar::Arn)
}

/// A key whose values are patterns themselves: a Contributor Insights rule names log groups by `AllowedWildcard*`.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-contributor.html>
const LOG_GROUPS_OF_A_RULE: &str = "cloudwatch:requestInsightRuleLogGroups";

fn wildcard(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
    comparison: Comparison,
) -> Option<Finding> {
    if comparison.supports_wildcards() || condition.key.filled().eq_ignore_ascii_case(LOG_GROUPS_OF_A_RULE) {
        return None;
    }
    let (start, found) = variable::outside(operand.value).find_map(|(start, part)| {
        let (at, found) = part.char_indices().find(|(_, found)| matches!(found, '*' | '?'))?;
        Some((start + at, found))
    })?;
    let operator = condition.operator_text.written();
    let like = match (holds_arns(condition), comparison.is_negated()) {
        (true, false) => "ArnLike",
        (true, true) => "ArnNotLike",
        (false, true) => "StringNotLike",
        (false, false) => "StringLike",
    };
    let meant = operator.replace(comparison.name(), like);
    let finding = finding(
        operand,
        Code::WildcardWithoutLikeOperator,
        format!("`{found}` is not a wildcard with `{operator}`"),
    )
    .note("AWS accepts it, but matches only the character itself")
    .with_help(format!("write `{meant}`"))
    .dead(!comparison.is_negated())
    .fixed_by(mend::operator(statement, condition, &meant));
    Some(match operand.text {
        Some(text) => finding.part(text, start..start + 1),
        None => finding,
    })
}
