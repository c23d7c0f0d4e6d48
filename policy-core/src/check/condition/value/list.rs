//! Lists of condition values: none where some are meant, several where one is.

use crate::catalogue::ConditionKey;
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
            "it is met by requests without the key, and by no others",
        ),
        Some(Qualifier::ForAnyValue) => (Code::EmptyArrayConditionForanyvalue, "it is met by no request"),
        None if if_exists => (
            Code::EmptyArrayConditionIfexists,
            "it is met by requests without the key, and by no others",
        ),
        None if operator.is_some_and(|operator| operator.comparison.is_negated()) => {
            (Code::EmptyArrayCondition, "it is met by every request")
        }
        None => (Code::EmptyArrayCondition, "it is met by no request"),
    };
    let finding = Finding::new(
        code,
        condition.value.place,
        format!("there are no values for `{}`", condition.key.written()),
    )
    .about(condition.key.written())
    .note(outcome);
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
        .help("write `\"true\"` or `\"false\"`; to allow both, remove the condition")
    })
}
