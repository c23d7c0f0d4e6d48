//! Several limits where one of them decides.

use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Node, Value};
use crate::finding::{Change, Code, Finding, Fix};
use crate::policy::Comparison;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RedundantConditionValueNum],
    run: Run::Condition(check),
};

fn check(_: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    several(condition).into_iter().collect_vec()
}

/// The values of a line are alternatives: below 2700 or below 3600 is below 3600.
fn several(condition: &ConditionFacts<'_>) -> Option<Finding> {
    let (widest, keep): (&str, fn(f64, f64) -> bool) = match condition.operator?.comparison {
        Comparison::NumericLessThan | Comparison::NumericLessThanEquals => ("greatest", |one, other| one > other),
        Comparison::NumericGreaterThan | Comparison::NumericGreaterThanEquals => ("least", |one, other| one < other),
        _ => return None,
    };
    let (first, rest) = condition.value.as_list().split_first()?;
    if rest.is_empty() {
        return None;
    }
    let mut kept = number(first)?;
    let mut place = first.place;
    let mut is_exact = is_exact(kept.0);
    for node in rest {
        let other = number(node)?;
        is_exact &= self::is_exact(other.0);
        if keep(other.1, kept.1) {
            kept = other;
            place = node.place;
        }
    }
    let values = condition.value.as_list().iter().map(|node| node.place);
    let others = values.filter(|own| *own != place).map(Change::Remove).collect_vec();
    let fix = Fix::new(format!("write only `{}`", kept.0), others);
    let (key, operator) = (condition.key.written(), condition.operator_text.written());
    Some(
        Finding::new(
            Code::RedundantConditionValueNum,
            condition.value.place,
            format!("of the {} values of `{key}` only the {widest} counts", rest.len() + 1),
        )
        .about(key)
        .note(format!(
            "AWS accepts it, but the values are alternatives, and a request that meets another meets `{}` too",
            kept.0
        ))
        .with_help(format!(
            "write `\"{operator}\": {{ \"{key}\": \"{}\" }}`, or another number if the stricter limit is meant",
            kept.0
        ))
        .fixed_by(if is_exact { fix.safe() } else { fix }),
    )
}

/// Whether a number is written as every reader of numbers reads it, and with few enough digits that no other number has its value.
fn is_exact(written: &str) -> bool {
    written.len() <= 15 && written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A number as written, and its value. One that a hole will be is not known.
fn number<'d>(node: &'d Node<'_>) -> Option<(&'d str, f64)> {
    let written = match &node.value {
        Value::Number(number) => number,
        Value::String(text) if text.holes().is_empty() => text.written(),
        _ => return None,
    };
    let value: f64 = written.parse().ok()?;
    value.is_finite().then_some((written, value))
}
