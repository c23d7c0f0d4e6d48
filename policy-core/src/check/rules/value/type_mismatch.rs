//! Operators of another type than their key.

use crate::catalogue::{ConditionKey, Scalar};
use crate::check::facts::{ConditionFacts, StatementFacts, Values};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Family, Operator};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::TypeMismatch],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    mismatched(condition).into_iter().collect_vec()
}

/// An operator that cannot compare what the key holds.
fn mismatched(condition: &ConditionFacts<'_>) -> Option<Finding> {
    let Values::Mismatched { unlike } = condition.values else {
        return None;
    };
    let (operator, key) = (condition.operator?, condition.known_key?);
    let is_text = operator.comparison.family() == Family::String;
    let (holds, instead) = held(operator, key)?;
    let outcome = match unlike {
        Some(value) if key.value_type().scalar == Scalar::Date => {
            format!("compares `{value}` as text, and a request's time is that text in one second at most")
        }
        Some(range) => format!("compares `{range}` as text, and no address is written like that"),
        None if is_text => "compares the values as text".to_owned(),
        None => "the condition does not do what it says".to_owned(),
    };
    Some(
        Finding::new(
            Code::TypeMismatch,
            condition.operator_place,
            format!(
                "`{}` cannot compare `{}`, which holds {holds}",
                condition.operator_text.written(),
                condition.key.written()
            ),
        )
        .about(condition.operator_text.written())
        .note(format!("AWS accepts it, but {outcome}"))
        .note(catalogue_note())
        .with_help(format!("write an operator such as `{instead}`"))
        // `"true"` is `"true"` as text too; a range is no address, and a date no time.
        .dead(!is_text || unlike.is_some()),
    )
}

/// What the key holds, and an operator that compares it.
fn held(operator: Operator, key: ConditionKey) -> Option<(&'static str, Comparison)> {
    let scalar = key.value_type().scalar;
    let holds = match scalar {
        Scalar::Arn => "ARNs",
        Scalar::Bool => "`true` or `false`",
        Scalar::Numeric => "numbers",
        Scalar::Date => "dates",
        Scalar::IpAddress => "IP addresses",
        Scalar::Binary => "bytes",
        Scalar::String => return None,
    };
    Some(match scalar {
        Scalar::IpAddress if operator.comparison.is_negated() => (holds, Comparison::NotIpAddress),
        _ => (holds, Comparison::usual(scalar)),
    })
}
