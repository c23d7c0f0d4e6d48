//! Values that their operator cannot read.

use super::words::{finding, never};
use super::{arn, arn_type, date, ip, text_key};
use crate::catalogue::Holds;
use crate::check::facts::{ConditionFacts, Operand, StatementFacts};
use crate::check::rules::{Rule, Run, mend};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Family, Operator, value, variable};
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::ArnMatchesNoResourceType,
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
        Family::Bool | Family::Null => no_boolean(statement, condition, operand),
        Family::Numeric => no_number(statement, condition, operand),
        Family::Date => date::unfit(statement, condition, operand),
        Family::IpAddress => ip::unfit(statement, condition, operand),
        Family::Binary => base64(condition, operand),
        Family::Arn => arn::unfit(statement, condition, operand, operator),
        Family::String => wildcard(statement, condition, operand, operator.comparison)
            .or_else(|| arn::unfit(statement, condition, operand, operator)),
    }
}

fn no_boolean(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
) -> Option<Finding> {
    if value::boolean(operand.value).is_some() {
        return None;
    }
    let finding = finding(
        operand,
        Code::TypeMismatchBoolean,
        format!("`{}` is neither `true` nor `false`", operand.written),
    )
    .note(never(condition));
    Some(match nearest(operand.value, ["true", "false"]) {
        Some(meant) => finding.with_help(format!("write `\"{meant}\"`")),
        None => text_key::or(finding, statement, condition, "write `\"true\"` or `\"false\"`"),
    })
}

fn no_number(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, operand: &Operand<'_>) -> Option<Finding> {
    if value::number(operand.value).is_some() {
        return None;
    }
    let digits: String = operand
        .value
        .chars()
        .filter(|character| !matches!(character, ',' | '_' | ' '))
        .collect();
    let finding = finding(
        operand,
        Code::TypeMismatchNumber,
        format!("`{}` is not a number", operand.written),
    )
    .note(never(condition));
    Some(if value::number(&digits).is_some() {
        finding.with_help(format!("write `\"{digits}\"`"))
    } else {
        text_key::or(finding, statement, condition, "write a number, such as `\"3600\"`")
    })
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

/// Whether the key's values can have `*` in them.
fn is_of_wildcards(condition: &ConditionFacts<'_>) -> bool {
    condition
        .key_facts
        .is_some_and(|key| key.holds == Some(Holds::Wildcards))
}

fn wildcard(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    operand: &Operand<'_>,
    comparison: Comparison,
) -> Option<Finding> {
    if comparison.supports_wildcards() || is_of_wildcards(condition) {
        return None;
    }
    let (start, found) = variable::outside(operand.value).find_map(|(start, part)| {
        let (at, found) = part.char_indices().find(|(_, found)| matches!(found, '*' | '?'))?;
        Some((start + at, found))
    })?;
    let operator = condition.operator_text.written();
    let like = match (arn::is_held(condition), comparison.is_negated()) {
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
    .fixed_by(mend::operator(statement, condition, &meant));
    Some(match operand.text {
        Some(text) => finding.part(text, start..start + 1),
        None => finding,
    })
}
