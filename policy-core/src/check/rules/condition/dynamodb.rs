//! Fine-grained access to `DynamoDB`: keys that bind a request only together with another, or not at all.
//!
//! Which actions read and write, and which carry which key, the catalogue says; what AWS says of the keys besides is in
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.

use crate::arn::Glob;
use crate::catalogue::{self, Action, Service};
use crate::check::facts::dynamodb::{
    LEADING_KEYS, RETURN_VALUES, SCAN, SELECT, is_of_dynamodb, is_wrong_way, reads, scan_escapes, writes,
};
use crate::check::facts::{ActionMeaning, ActionRef, ConditionFacts, Facts, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Effect, Family};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::DynamodbAttributesWithoutSelect,
        Code::DynamodbAttributesWithoutReturnValues,
        Code::DynamodbReplaceOperationWithAttributes,
        Code::DynamodbScanBypassesLeadingKeys,
        Code::DynamodbWrongConditionForAction,
    ],
    run: Run::Statement(check),
};

const ATTRIBUTES: &str = "dynamodb:Attributes";

/// The actions that put a whole item in the place of another, by Access Analyzer's page: no table of AWS says it.
const REPLACING: [&str; 2] = ["BatchWriteItem", "PutItem"];
fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let is_of_some = statement.conditions.iter().any(|condition| is_of_dynamodb(condition));
    if !is_of_some || !statement.names_actions() {
        return found;
    }
    let Some(service) = catalogue::service("dynamodb") else {
        return found;
    };
    if let Some(condition) = on(statement, ATTRIBUTES).next()
        && statement.allows()
    {
        let covered = covered(statement, service);
        found.extend(attributes_without_select(statement, condition, &covered));
        found.extend(attributes_without_return_values(statement, condition, &covered));
        found.extend(replacing(condition, &covered));
    }
    if let Some(condition) = on(statement, LEADING_KEYS).next() {
        found.extend(scan(statement, condition, service));
    }
    for key in [SELECT, RETURN_VALUES] {
        found.extend(on(statement, key).find_map(|condition| wrong_for_action(statement, condition)));
    }
    found
}

/// The conditions of the statement that compare this key.
fn on<'j, 'd>(statement: &'j StatementFacts<'d>, key: &'static str) -> impl Iterator<Item = &'j ConditionFacts<'d>> {
    let conditions = statement.conditions.iter();
    conditions.filter(move |condition| condition.compares() && condition.is_on(key))
}

/// The actions of `DynamoDB` that the statement covers, each with the text that does.
fn covered<'j, 'd>(statement: &'j StatementFacts<'d>, service: Service) -> Vec<(&'j ActionRef<'d>, Action)> {
    let mut covered = Vec::new();
    for named in &statement.actions {
        match named.meaning {
            ActionMeaning::One(action) if action.service() == service => covered.push((named, action)),
            ActionMeaning::Pattern(of) if of == service => {
                covered.extend(named.matched(service).map(|action| (named, action)));
            }
            ActionMeaning::Everything => covered.extend(service.actions().map(|action| (named, action))),
            ActionMeaning::One(_) | ActionMeaning::Pattern(_) | ActionMeaning::Unknown(_) => {}
        }
    }
    covered
}

/// Whether a request with this value of the key passes all conditions of the statement on that key, as far as they are known.
fn passes(statement: &StatementFacts<'_>, key: &'static str, value: &str) -> bool {
    !statement.may_have_any_condition()
        && on(statement, key).all(|condition| {
            let Some(comparison) = condition.operator.map(|operator| operator.comparison) else {
                return true;
            };
            let is_met = |text: &str| match comparison {
                Comparison::StringLike | Comparison::StringNotLike => Glob::wildcards(text).matches(value),
                Comparison::StringEqualsIgnoreCase | Comparison::StringNotEqualsIgnoreCase => {
                    text.eq_ignore_ascii_case(value)
                }
                _ => text == value,
            };
            let found = condition.texts().any(|text| is_met(text.filled()));
            comparison.family() != Family::String || found != comparison.is_negated()
        })
}

/// AWS compares the attributes that a request names, and a request that names none gets all.
fn attributes_without_select(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    covered: &[(&ActionRef<'_>, Action)],
) -> Option<Finding> {
    let is_open = ["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"]
        .iter()
        .any(|value| passes(statement, SELECT, value));
    if !is_open {
        return None;
    }
    let (_, action) = covered
        .iter()
        .find(|(_, action)| reads(*action) && action.carries(SELECT) && action.carries(ATTRIBUTES))?;
    // A request that cannot carry the key would fail `StringEquals`.
    let operator = if covered.iter().all(|(_, action)| action.carries(SELECT)) {
        "StringEquals"
    } else {
        "StringEqualsIfExists"
    };
    Some(
        Finding::new(
            Code::DynamodbAttributesWithoutSelect,
            condition.key_place,
            format!(
                "`{}` without a list of attributes still reads all of them",
                action.qualified()
            ),
        )
        .about(condition.key.written())
        .note("AWS compares the attributes that a request names; one that names none gets the whole item")
        .with_help(format!(
            "add `\"{operator}\": {{ \"{SELECT}\": \"SPECIFIC_ATTRIBUTES\" }}` to the condition"
        )),
    )
}

/// A write may be answered with the whole item, as it was or as it is now.
fn attributes_without_return_values(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    covered: &[(&ActionRef<'_>, Action)],
) -> Option<Finding> {
    let is_open = ["ALL_OLD", "ALL_NEW"]
        .iter()
        .any(|value| passes(statement, RETURN_VALUES, value));
    if !is_open {
        return None;
    }
    let (_, action) = covered
        .iter()
        .find(|(_, action)| writes(*action) && action.carries(RETURN_VALUES) && action.carries(ATTRIBUTES))?;
    Some(
        Finding::new(
            Code::DynamodbAttributesWithoutReturnValues,
            condition.key_place,
            format!("`{}` can still return all attributes", action.qualified()),
        )
        .about(condition.key.written())
        .note("asked for `ALL_OLD` or `ALL_NEW`, DynamoDB returns the whole item")
        .with_help(format!(
            "add `\"StringEqualsIfExists\": {{ \"{RETURN_VALUES}\": [\"NONE\", \"UPDATED_OLD\", \"UPDATED_NEW\"] }}` to the condition"
        )),
    )
}

/// Who may write a whole item removes the attributes that it leaves out. One finding for each text that covers such actions.
fn replacing(condition: &ConditionFacts<'_>, covered: &[(&ActionRef<'_>, Action)]) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    for (named, action) in covered {
        let was_said = found.last().is_some_and(|finding| finding.place() == named.place);
        if was_said || !REPLACING.contains(&action.name()) {
            continue;
        }
        found.push(
            Finding::new(
                Code::DynamodbReplaceOperationWithAttributes,
                named.place,
                format!(
                    "`{}` replaces the whole item, whatever the value of `{}`",
                    action.qualified(),
                    condition.key.written()
                ),
            )
            .about(named.text.written())
            .note("an attribute missing from the new item is removed, even one that the condition does not name")
            .with_help("write `dynamodb:UpdateItem`, which the condition limits"),
        );
    }
    found
}

fn scan(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>, service: Service) -> Option<Finding> {
    let effect = statement.statement.effect;
    if !scan_escapes(condition, effect) {
        return None;
    }
    let named = covered(statement, service)
        .into_iter()
        .find_map(|(named, action)| (action.name() == SCAN).then_some(named))?;
    let has_no_effect = condition.without_key == Some(WithoutKey::Fails);
    let outcome = match (has_no_effect, effect) {
        (true, Some(Effect::Deny)) => "the condition is never met, and a scan is never denied",
        (true, _) => "the condition is never met, and no scan is allowed",
        (false, _) => "the scan meets the condition, and reads every item",
    };
    Some(
        Finding::new(
            Code::DynamodbScanBypassesLeadingKeys,
            named.place,
            format!(
                "`{}` does not limit what `dynamodb:Scan` reads",
                condition.key.written()
            ),
        )
        .about(named.text.written())
        .note(format!("the key is never present in a scan: {outcome}"))
        .with_help(match effect {
            Some(Effect::Deny) => "deny `dynamodb:Scan` in a separate statement",
            _ => "write `dynamodb:Query`, which the condition limits",
        })
        .dead(has_no_effect && matches!(named.meaning, ActionMeaning::One(_))),
    )
}

fn wrong_for_action(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    let exact = || {
        statement.actions.iter().filter_map(|named| match named.meaning {
            ActionMeaning::One(action) if action.service().prefix() == "dynamodb" => Some(action),
            ActionMeaning::One(_)
            | ActionMeaning::Everything
            | ActionMeaning::Pattern(_)
            | ActionMeaning::Unknown(_) => None,
        })
    };
    let wrong = exact().find(|action| is_wrong_way(*action, condition))?;
    let without_key = condition.without_key?;
    let is_all = exact().count() == statement.actions.len() && exact().all(|action| is_wrong_way(action, condition));
    // Beside actions that carry it, a condition that the others pass is how AWS's own examples write it.
    if !is_all && without_key != WithoutKey::Fails {
        return None;
    }
    let (kind, other) = if condition.is_on(SELECT) {
        ("reads", "writes")
    } else {
        ("writes", "reads")
    };
    let outcome = match (without_key, statement.statement.effect) {
        (WithoutKey::Fails, Some(Effect::Deny)) => "the condition is never met, and the action is never denied",
        (WithoutKey::Fails, _) => "the condition is never met, and the action is never allowed",
        (WithoutKey::Passes | WithoutKey::Excused, _) => "every request meets the condition",
    };
    let written = condition.key.written();
    let finding = Finding::new(
        Code::DynamodbWrongConditionForAction,
        condition.key_place,
        format!(
            "only a request that {kind} has `{written}`, and `{}` {other}",
            wrong.qualified()
        ),
    )
    .about(written)
    .note(format!("AWS accepts it, but {outcome}"))
    .dead(without_key == WithoutKey::Fails);
    Some(if is_all {
        finding.with_help(format!(
            "write an action that {kind}, or a condition on a key that this action supports"
        ))
    } else {
        finding.with_help(format!(
            "move the actions for {} to a separate statement, with a condition on a key that they support",
            if other == "reads" { "reading" } else { "writing" }
        ))
    })
}
