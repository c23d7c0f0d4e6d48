//! Lists of condition values: none where some are meant, several where one is, or a pattern that takes in all others.

use crate::arn::Glob;
use crate::catalogue::ConditionKey;
use crate::document::Value;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Condition, Operator, Qualifier};

pub(super) fn empty(condition: &Condition<'_>) -> Option<Finding> {
    if !condition.value.as_list().is_empty() {
        return None;
    }
    let operator = condition.operator;
    let qualifier = operator.and_then(|operator| operator.qualifier);
    let if_exists = operator.is_some_and(|operator| operator.if_exists);
    let (code, outcome) = match qualifier {
        Some(Qualifier::ForAllValues) => (
            Code::EmptyArrayConditionForallvalues,
            "is met by requests without the key, and by no others",
        ),
        Some(Qualifier::ForAnyValue) => (Code::EmptyArrayConditionForanyvalue, "is met by no request"),
        None if if_exists => (
            Code::EmptyArrayConditionIfexists,
            "is met by requests without the key, and by no others",
        ),
        None if operator.is_some_and(|operator| operator.comparison.is_negated()) => {
            (Code::EmptyArrayCondition, "is met by every request")
        }
        None => (Code::EmptyArrayCondition, "is met by no request"),
    };
    let finding = Finding::new(
        code,
        condition.value.place,
        format!("there are no values for `{}`", condition.key.written()),
    )
    .about(condition.key.written())
    .note(format!("AWS accepts it; the condition {outcome}"));
    Some(match code {
        Code::EmptyArrayConditionForallvalues | Code::EmptyArrayConditionIfexists => finding.help(format!(
            "write the values, or `\"Null\": {{ \"{}\": \"true\" }}`",
            condition.key.written()
        )),
        _ => finding.help("write the values, or remove the condition"),
    })
}

pub(super) fn several_booleans(
    condition: &Condition<'_>,
    operator: Operator,
    key: Option<ConditionKey>,
) -> Option<Finding> {
    let one_is_meant = match operator.comparison {
        Comparison::Null => true,
        Comparison::Bool => !key?.value_type().multivalued,
        _ => false,
    };
    let count = condition.value.as_list().len();
    (one_is_meant && count > 1).then(|| {
        Finding::new(
            Code::InvalidConditionMultipleBoolean,
            condition.value.place,
            format!("`{}` takes one boolean, and these are {count}", condition.key.written()),
        )
        .about(condition.key.written())
        .note("it is enough that one of them fits")
        .help("write `\"true\"` or `\"false\"`; to allow both, remove the condition")
    })
}

/// AWS reads `true` as `"true"` and `8` as `"8"`, but not in one list.
pub(super) fn mixed(condition: &Condition<'_>) -> Option<Finding> {
    let values = condition.value.as_list();
    let (first, rest) = values.split_first()?;
    let other = rest
        .iter()
        .find(|value| std::mem::discriminant(&value.value) != std::mem::discriminant(&first.value))?;
    // What cannot be a condition value at all the reader has refused.
    if values
        .iter()
        .any(|value| matches!(value.value, Value::Null | Value::Array(_) | Value::Object(_)))
    {
        return None;
    }
    Some(
        Finding::new(
            Code::InvalidConditionDataType,
            condition.value.place,
            format!(
                "the values of `{}` are {} and {}",
                condition.key.written(),
                first.type_name(),
                other.type_name()
            ),
        )
        .about(condition.key.written())
        .help("write all of them as strings"),
    )
}

/// A pattern that takes in every value leaves one question, whether there is a value.
pub(super) fn any_value(condition: &Condition<'_>, operator: Operator) -> Option<Finding> {
    if operator.qualifier.is_some() || operator.if_exists || !operator.comparison.takes_wildcards() {
        return None;
    }
    let any = condition.value.as_list().iter().find(|value| {
        value
            .as_text()
            .is_some_and(|text| Glob::wildcards(text.filled()).is_everything())
    })?;
    let (code, absent, asked) = if operator.comparison.is_negated() {
        (Code::EquivalentToNullTrue, "true", "is absent")
    } else {
        (Code::EquivalentToNullFalse, "false", "is there")
    };
    Some(
        Finding::new(
            code,
            any.place,
            format!(
                "`{}` with `*` asks only whether `{}` {asked}",
                condition.operator_text.written(),
                condition.key.written()
            ),
        )
        .about(condition.key.written())
        .help(format!(
            "write `\"Null\": {{ \"{}\": \"{absent}\" }}`",
            condition.key.written()
        )),
    )
}
