//! Condition operators: that they exist, and that they suit keys with one value or with several.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use crate::catalogue::ConditionKey;
use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::check::rules::{Rule, Run, mend};
use crate::check::words::{catalogue_note, listed};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding, Fix};
use crate::policy::{Comparison, Family, Operator, Qualifier};
use crate::spelling::{longest_start, nearest};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidConditionOperator,
        Code::NullWithIfExists,
        Code::NullWithQualifier,
        Code::MissingQualifier,
        Code::ForallvaluesWithSingleValuedKey,
    ],
    run: Run::Condition(check),
};

fn check(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    finding(statement, condition).into_iter().collect_vec()
}

fn finding(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    // An operator with several keys is one operator, and wrong once.
    match condition.operator {
        None => condition
            .is_first_of_operator
            .then(|| invalid(condition).note("AWS rejects the policy")),
        Some(operator) if operator.comparison == Comparison::Null => condition
            .is_first_of_operator
            .then(|| null(condition, operator))
            .flatten(),
        Some(operator) => qualifier(statement, condition, operator),
    }
}

fn invalid(condition: &ConditionFacts<'_>) -> Finding {
    let written = condition.operator_text.written();
    let finding = Finding::new(
        Code::InvalidConditionOperator,
        condition.operator_place,
        format!("`{written}` is not a condition operator"),
    )
    .about(written);
    if condition.is_turned_round() {
        let operator = condition.key.written();
        return finding
            .note("the key belongs inside the operator")
            .with_help(format!("write `\"{operator}\": {{ \"{written}\": ... }}`"));
    }
    match meant(written) {
        Some(meant) if meant.eq_ignore_ascii_case(written) => finding
            .note("operators are case-sensitive")
            .with_fix(Fix::write(condition.operator_place, meant)),
        Some(meant) => finding.with_fix(Fix::write(condition.operator_place, meant)),
        None => finding.with_help(format!("the operators are {}", list(written))),
    }
}

/// The operator that was perhaps meant, its parts in the right order: `StringEquals:ForAnyValue` turned round.
fn meant(written: &str) -> Option<String> {
    let (qualifier, base) = split(written);
    let mut names: Vec<String> = Vec::new();
    for comparison in Comparison::ALL {
        names.push(comparison.name().to_owned());
        if *comparison != Comparison::Null {
            names.push(format!("{}IfExists", comparison.name()));
        }
    }
    let near = nearest(base, names.iter().map(String::as_str));
    // `Bool` for `Boolean`.
    let overdone = || longest_start(base, Comparison::ALL.iter().map(|comparison| comparison.name()));
    let base = near.or_else(overdone)?;
    Some(match qualifier {
        Some(qualifier) => format!("{}:{base}", qualifier.name()),
        None => base.to_owned(),
    })
}

/// The qualifier, before or behind, with a colon or without one, and what is left.
fn split(written: &str) -> (Option<Qualifier>, &str) {
    const SPELLINGS: [(&str, Qualifier); 5] = [
        ("forallvalues", Qualifier::ForAllValues),
        ("forallvalue", Qualifier::ForAllValues),
        ("foranyvalues", Qualifier::ForAnyValue),
        ("foranyvalue", Qualifier::ForAnyValue),
        ("foranyofvalues", Qualifier::ForAnyValue),
    ];
    let lower = written.to_ascii_lowercase();
    for (spelling, qualifier) in SPELLINGS {
        let rest = if lower.starts_with(spelling) {
            written.get(spelling.len()..)
        } else if lower.ends_with(spelling) {
            written.get(..written.len() - spelling.len())
        } else {
            None
        };
        if let Some(rest) = rest {
            return (Some(qualifier), rest.trim_matches([':', ' ']));
        }
    }
    if let Some((before, base)) = written.split_once(':')
        && let Some(name) = nearest(before, ["ForAllValues", "ForAnyValue"])
    {
        let qualifier = if name == "ForAllValues" {
            Qualifier::ForAllValues
        } else {
            Qualifier::ForAnyValue
        };
        return (Some(qualifier), base);
    }
    (None, written)
}

/// The operators of the type that the name begins with, or one of each type.
fn list(written: &str) -> String {
    let lower = written.to_ascii_lowercase();
    let of_type = |family: Family| {
        let word = match family {
            Family::String => "string",
            Family::Numeric => "num",
            Family::Date => "date",
            Family::IpAddress => "ip",
            Family::Arn => "arn",
            Family::Bool | Family::Binary | Family::Null => return false,
        };
        lower.contains(word)
    };
    let mut names: Vec<&str> = Comparison::ALL
        .iter()
        .filter(|comparison| of_type(comparison.family()))
        .map(|comparison| comparison.name())
        .collect_vec();
    if names.is_empty() {
        names = [
            "StringEquals",
            "StringLike",
            "ArnLike",
            "NumericEquals",
            "DateLessThan",
            "Bool",
            "IpAddress",
            "Null",
        ]
        .to_vec();
        return format!("{} and their like", quoted(&names));
    }
    quoted(&names)
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(listed::quoted).collect_vec().join(", ")
}

fn null(condition: &ConditionFacts<'_>, operator: Operator) -> Option<Finding> {
    let finding = |code, what: String| {
        Finding::new(code, condition.operator_place, what)
            .about(condition.operator_text.written())
            .with_fix(Fix::write(condition.operator_place, Comparison::Null.name()))
    };
    if operator.if_exists {
        return Some(
            finding(Code::NullWithIfExists, "`Null` does not support `IfExists`".to_owned())
                .note("`Null` checks whether the key is present; AWS rejects the policy"),
        );
    }
    let always = match operator.qualifier? {
        Qualifier::ForAllValues => "is met by every request",
        Qualifier::ForAnyValue => "is met by no request",
    };
    Some(
        finding(
            Code::NullWithQualifier,
            format!("`{}` {always}", condition.operator_text.written()),
        )
        .note("AWS accepts it, but `Null` checks whether the key is present, not its values")
        .dead(operator.qualifier == Some(Qualifier::ForAnyValue)),
    )
}

fn qualifier(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, operator: Operator) -> Option<Finding> {
    let known: ConditionKey = condition.known_key?;
    let key = condition.key.written();
    let written = condition.operator_text.written();
    let several = known.value_type().multivalued;
    match (several, operator.qualifier) {
        (true, None) => {
            let finding = Finding::new(
                Code::MissingQualifier,
                condition.key_place,
                format!("a request has several values of `{key}`, and `{written}` does not say how many must match"),
            )
            .about(key)
            .note("AWS accepts it, although such a key requires `ForAnyValue` or `ForAllValues`")
            .note(catalogue_note());
            // In an `Allow` first the one that allows no other value.
            let any = format!(
                "write `ForAnyValue:{written}` if one matching value is enough: the request may have others that do not match"
            );
            let all = format!(
                "write `ForAllValues:{written}` if all of them must match; a request without values then meets the condition too"
            );
            let restricts_by_all = statement.allows() && !operator.comparison.is_negated();
            let (first, second) = if restricts_by_all { (all, any) } else { (any, all) };
            Some(finding.with_help(first).with_help(second))
        }
        (false, Some(Qualifier::ForAllValues)) if !operator.if_exists => {
            let meant = written.trim_start_matches("ForAllValues:");
            let finding = Finding::new(
                Code::ForallvaluesWithSingleValuedKey,
                condition.key_place,
                format!("`ForAllValues` with `{key}`, which has one value"),
            )
            .about(key)
            .note("a request without the key meets the condition too")
            .note(catalogue_note())
            .with_help(format!("write `{meant}`"));
            Some(finding.fixed_by(mend::operator(statement, condition, meant)))
        }
        _ => None,
    }
}
