//! Values that their operator cannot read.

use super::{Operand, date, ip};
use crate::catalogue::{self, Scalar};
use crate::finding::{Code, Finding};
use crate::names::nearest;
use crate::policy::{Comparison, Condition, Family, Operator, value, variable};

pub(super) fn unfit(operand: &Operand<'_, '_>, operator: Operator) -> Option<Finding> {
    match operator.comparison.family() {
        Family::Bool | Family::Null => no_boolean(operand),
        Family::Numeric => no_number(operand),
        Family::Date => date::unfit(operand),
        Family::IpAddress => ip::unfit(operand),
        Family::Binary => base64(operand),
        Family::Arn => arn(operand),
        Family::String => wildcard(operand, operator.comparison),
    }
}

fn no_boolean(operand: &Operand<'_, '_>) -> Option<Finding> {
    if value::boolean(operand.value).is_some() {
        return None;
    }
    let help = nearest(operand.value, ["true", "false"]).map_or_else(
        || "write `\"true\"` or `\"false\"`".to_owned(),
        |meant| format!("write `\"{meant}\"`"),
    );
    Some(
        operand
            .finding(
                Code::TypeMismatchBoolean,
                format!("`{}` is neither `true` nor `false`", operand.written),
            )
            .note(never_met(operand))
            .help(help),
    )
}

fn no_number(operand: &Operand<'_, '_>) -> Option<Finding> {
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
        operand
            .finding(Code::TypeMismatchNumber, format!("`{}` is no number", operand.written))
            .note(never_met(operand))
            .help(help),
    )
}

fn base64(operand: &Operand<'_, '_>) -> Option<Finding> {
    (!value::is_base64(operand.value)).then(|| {
        operand
            .finding(Code::TypeMismatchString, format!("`{}` is not base64", operand.written))
            .note(never_met(operand))
            .help("write the bytes in base64, such as `\"QmluYXJ5\"`")
    })
}

fn arn(operand: &Operand<'_, '_>) -> Option<Finding> {
    let value = operand.value;
    let could_be = value.starts_with("arn:") || value.starts_with(['*', '?']) || value.contains("${");
    (!could_be).then(|| {
        operand
            .finding(Code::TypeMismatchArn, format!("`{}` is no ARN", operand.written))
            .note(never_met(operand))
            .help(if value.starts_with("arn") || holds_arns(operand.condition) {
                "write an ARN, `arn:partition:service:region:account:resource`"
            } else {
                "write an ARN, or compare with `StringEquals` or `StringLike`"
            })
    })
}

/// Whether AWS says that the key's values are ARNs, so that no other operator would help.
fn holds_arns(condition: &Condition<'_>) -> bool {
    catalogue::condition_key(condition.key.filled()).is_some_and(|key| key.value_type().scalar == Scalar::Arn)
}

/// A key whose values are patterns themselves: a Contributor Insights rule names log groups by `AllowedWildcard*`.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-contributor.html>
const LOG_GROUPS_OF_A_RULE: &str = "cloudwatch:requestInsightRuleLogGroups";

fn wildcard(operand: &Operand<'_, '_>, comparison: Comparison) -> Option<Finding> {
    if comparison.takes_wildcards()
        || operand
            .condition
            .key
            .filled()
            .eq_ignore_ascii_case(LOG_GROUPS_OF_A_RULE)
    {
        return None;
    }
    let (start, found) = variable::outside(operand.value).find_map(|(start, part)| {
        let (at, found) = part.char_indices().find(|(_, found)| matches!(found, '*' | '?'))?;
        Some((start + at, found))
    })?;
    let operator = operand.operator();
    let like = match comparison {
        Comparison::StringNotEquals | Comparison::StringNotEqualsIgnoreCase => "StringNotLike",
        _ => "StringLike",
    };
    let finding = operand
        .finding(
            Code::WildcardWithoutLikeOperator,
            format!("`{found}` is no wildcard with `{operator}`"),
        )
        .note("AWS accepts it, and compares with the character itself")
        .help(format!("write `{}`", operator.replace(comparison.name(), like)))
        .dead(!comparison.is_negated());
    Some(match operand.text {
        Some(text) => finding.part(text, start..start + 1),
        None => finding,
    })
}

fn never_met(operand: &Operand<'_, '_>) -> String {
    format!(
        "AWS accepts it; no value of `{}` compares with it",
        operand.condition.key.written()
    )
}
