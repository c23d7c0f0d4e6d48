//! Conditions of which a wildcard makes that every request meets them, or none.
//!
//! Access Analyzer publishes no rule for these two. A plain `*` asks whether the key is there, which is reported for
//! `EQUIVALENT_TO_NULL_FALSE` and `EQUIVALENT_TO_NULL_TRUE`; here is what does not even ask that.

use crate::arn::{ArnPattern, Glob, Sieve};
use crate::check::facts::cover::glob;
use crate::check::facts::{ConditionFacts, Facts, StatementFacts};
use crate::check::rules::mend::removal;
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Node, Text};
use crate::finding::{Code, Finding, Fix};
use crate::policy::{Comparison, Family, Operator, Qualifier, Version};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::RedundantKeyDueToWildcardInCondition,
        Code::RedundantStatementDueToWildcardInCondition,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(statement.conditions.iter().filter_map(|own| alone(statement, own)));
    contradictions(&statement.conditions, facts.version, &mut found);
    found
}

/// A line with `*` that is met whether or not the key is there, or neither way.
fn alone(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    let operator = condition.operator?;
    if !operator.comparison.supports_wildcards() || operator.qualifier.is_none() && !operator.if_exists {
        return None;
    }
    condition
        .texts()
        .find(|text| Glob::wildcards(text.filled()).is_everything())?;
    match (operator.comparison.is_negated(), operator.qualifier, operator.if_exists) {
        // The rule of its qualifier reports that requests without a single-valued key meet it.
        (false, Some(Qualifier::ForAllValues), _) if is_multivalued(condition) != Some(false) => {
            Some(always_met(statement, condition))
        }
        (false, None | Some(Qualifier::ForAnyValue), true) => Some(always_met(statement, condition)),
        (true, Some(Qualifier::ForAnyValue), false) => Some(never_met(
            condition,
            format!(
                "it asks for a value of `{}` that `*` does not match",
                condition.key.written()
            ),
        )),
        _ => None,
    }
}

/// Lines that forbid all that another demands, each once.
///
/// Source: every line has to be met, <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
fn contradictions(conditions: &[ConditionFacts<'_>], version: Version, found: &mut Vec<Finding>) {
    for ban in conditions {
        if ban.operator.is_some_and(|operator| operator.comparison.is_negated()) {
            found.extend(conditions.iter().find_map(|demand| contradicts(demand, ban, version)));
        }
    }
}

fn contradicts(demand: &ConditionFacts<'_>, ban: &ConditionFacts<'_>, version: Version) -> Option<Finding> {
    let (demanded, banned) = (demand.operator?, ban.operator?);
    if !is_contradictable(demanded, banned) || !demand.key.filled().eq_ignore_ascii_case(ban.key.filled()) {
        return None;
    }
    let patterns: Vec<(&Text<'_>, Sieve)> = ban
        .texts()
        .filter(|text| text.filled().contains(['*', '?']))
        .map(|text| (text, Sieve::of(text.written())))
        .collect_vec();
    // `*` itself is reported for its own line.
    if ban.texts().any(|text| Glob::wildcards(text.filled()).is_everything()) {
        return None;
    }
    let values = demand.value.as_list();
    let is_banned = |value: &Node<'_>| {
        value.as_text().is_some_and(|text| {
            let sieve = Sieve::of(text.written());
            text.holes().is_empty()
                && patterns.iter().any(|(pattern, of_pattern)| {
                    of_pattern.may_cover(&sieve)
                        && pattern.holes().is_empty()
                        && covers(pattern, text, demanded, version)
                })
        })
    };
    if values.is_empty() || !values.iter().all(is_banned) || is_multivalued(demand) == Some(true) {
        return None;
    }
    let (pattern, _) = patterns.first()?;
    Some(never_met(
        ban,
        format!(
            "`{}` asks for a value of `{}` that `{}`, `{}`, excludes",
            demand.operator_text.written(),
            demand.key.written(),
            ban.operator_text.written(),
            pattern.written()
        ),
    ))
}

fn is_contradictable(demanded: Operator, banned: Operator) -> bool {
    use Comparison as C;
    let pair = matches!(
        (demanded.comparison, banned.comparison),
        (C::StringEquals | C::StringLike, C::StringNotLike)
            | (C::ArnEquals | C::ArnLike, C::ArnNotEquals | C::ArnNotLike)
    );
    pair && demanded.qualifier.is_none() && banned.qualifier.is_none() && !demanded.if_exists
}

fn covers(pattern: &Text<'_>, value: &Text<'_>, demanded: Operator, version: Version) -> bool {
    let (pattern, value) = (pattern.written(), value.written());
    match demanded.comparison {
        // ARNs are compared field by field.
        _ if demanded.comparison.family() == Family::Arn => {
            match (ArnPattern::parse(pattern), ArnPattern::parse(value)) {
                (Ok(pattern), Ok(value)) => pattern.covers(&value),
                _ => false,
            }
        }
        Comparison::StringEquals if !value.contains("${") => glob(pattern, version).covers(Glob::literal(value)),
        _ => glob(pattern, version).covers(glob(value, version)),
    }
}

/// Whether a request can have several values of the key, where the catalogue has it.
fn is_multivalued(condition: &ConditionFacts<'_>) -> Option<bool> {
    Some(condition.known_key?.value_type().multivalued)
}

fn always_met(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Finding {
    let (key, operator) = (condition.key.written(), condition.operator_text.written());
    let finding = Finding::new(
        Code::RedundantKeyDueToWildcardInCondition,
        condition.key_place,
        format!("`{operator}` with `*` is met by every request"),
    )
    .about(key)
    .note(format!(
        "AWS accepts it, but a request with `{key}` meets it, whatever the value, and one without meets it too"
    ))
    .with_help("remove the condition, or write the values that are meant")
    .with_help(format!(
        "to check whether the key is present, write `\"Null\": {{ \"{key}\": \"false\" }}`"
    ));
    let fix = |removal| {
        let fix = Fix::new("remove the condition", vec![removal]);
        if is_certain(statement, condition) {
            fix.safe()
        } else {
            fix
        }
    };
    finding.fixed_by(removal(statement, condition).map(fix))
}

/// Whether a condition that every request should meet is met by those too of which AWS documents little: with several values where one is
/// compared, with a value that is not an ARN, or with an empty one.
fn is_certain(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> bool {
    let Some(operator) = condition.operator else {
        return false;
    };
    match operator.qualifier {
        Some(Qualifier::ForAnyValue) => false,
        _ if statement.denies() => true,
        Some(Qualifier::ForAllValues) => operator.comparison.family() == Family::String,
        None => operator.comparison.family() == Family::String && is_multivalued(condition) == Some(false),
    }
}

fn never_met(condition: &ConditionFacts<'_>, why: String) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::RedundantStatementDueToWildcardInCondition,
        condition.key_place,
        format!("no request meets this condition on `{key}`"),
    )
    .about(key)
    .note(why)
    .note("AWS accepts it, but the statement never applies")
    .with_help("write the values that are meant, or remove the statement")
}
