//! Fine-grained access to `DynamoDB`: keys that bind a request only together with another, or not at all.
//!
//! Which actions read and write, and which carry which key, the catalogue says; what AWS says of the keys besides is in
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>.

use super::without_key::WithoutKey;
use crate::arn::Glob;
use crate::catalogue::{self, AccessLevel, Action, Service};
use crate::check::action::{Meant, Named};
use crate::check::judged::Judged;
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Comparison, Condition, Effect, Family};

const ATTRIBUTES: &str = "dynamodb:Attributes";
const LEADING_KEYS: &str = "dynamodb:LeadingKeys";
const RETURN_VALUES: &str = "dynamodb:ReturnValues";
const SELECT: &str = "dynamodb:Select";

/// The actions that put a whole item in the place of another, by Access Analyzer's page: no table of AWS says it.
const REPLACING: [&str; 2] = ["BatchWriteItem", "PutItem"];
/// The action that reads every item, and so carries no key of any.
const SCAN: &str = "Scan";

pub(super) fn check(judged: &Judged<'_, '_>, findings: &mut Findings) {
    let statement = judged.statement;
    let is_of_some = statement.conditions.iter().any(|condition| is_of_dynamodb(condition));
    if !is_of_some || statement.action.is_none_or(|action| action.negated) {
        return;
    }
    let Some(service) = catalogue::service("dynamodb") else {
        return;
    };
    if let Some(condition) = on(judged, ATTRIBUTES).next()
        && statement.effect == Some(Effect::Allow)
    {
        let covered = covered(judged, service);
        findings.extend(attributes_without_select(judged, condition, &covered));
        findings.extend(attributes_without_return_values(judged, condition, &covered));
        findings.extend(replacing(condition, &covered));
    }
    if let Some(condition) = on(judged, LEADING_KEYS).next() {
        findings.extend(scan(judged, condition, service));
    }
    for key in [SELECT, RETURN_VALUES] {
        findings.extend(on(judged, key).find_map(|condition| wrong_for_action(judged, condition)));
    }
}

/// Whether what is wrong with such an action below this condition is said here, under Access Analyzer's own code.
pub(super) fn speaks_of(action: Action, condition: &Condition<'_>, effect: Option<Effect>) -> bool {
    is_of_dynamodb(condition)
        && action.service().prefix() == "dynamodb"
        && (is_wrong_way(action, condition) || action.name() == SCAN && scan_escapes(condition, effect))
}

/// The conditions of the statement that compare this key.
fn on<'j>(judged: &'j Judged<'_, '_>, key: &'static str) -> impl Iterator<Item = &'j Condition<'j>> {
    judged.statement.conditions.iter().filter(move |condition| {
        let compares = condition
            .operator
            .is_some_and(|operator| operator.comparison != Comparison::Null);
        compares && is_on(condition, key)
    })
}

fn is_on(condition: &Condition<'_>, key: &str) -> bool {
    condition.key.filled().eq_ignore_ascii_case(key)
}

fn is_of_dynamodb(condition: &Condition<'_>) -> bool {
    let start = condition.key.filled().get(..9);
    start.is_some_and(|start| start.eq_ignore_ascii_case("dynamodb:"))
}

/// The actions of `DynamoDB` that the statement covers, each with the text that does.
fn covered<'j, 'd>(judged: &'j Judged<'_, 'd>, service: Service) -> Vec<(&'j Named<'d>, Action)> {
    let mut covered = Vec::new();
    for named in &judged.actions {
        match named.meant {
            Meant::One(action) if action.service() == service => covered.push((named, action)),
            Meant::Pattern(of) if of == service => {
                let pattern = named.text.filled().split_once(':').map_or("", |(_, name)| name);
                covered.extend(service.actions_matching(pattern).map(|action| (named, action)));
            }
            Meant::Everything => covered.extend(service.actions().map(|action| (named, action))),
            Meant::One(_) | Meant::Pattern(_) | Meant::Unknown => {}
        }
    }
    covered
}

fn reads(action: Action) -> bool {
    action.access_levels().any(|level| level == AccessLevel::Read)
}

fn writes(action: Action) -> bool {
    action.access_levels().any(|level| level == AccessLevel::Write)
}

/// Whether a request with this value of the key passes all conditions of the statement on that key.
fn passes(judged: &Judged<'_, '_>, key: &'static str, value: &str) -> bool {
    on(judged, key).all(|condition| {
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
        let values = condition.value.as_list();
        let found = values
            .iter()
            .any(|node| node.as_text().is_some_and(|text| is_met(text.filled())));
        comparison.family() != Family::String || found != comparison.is_negated()
    })
}

/// AWS compares the attributes that a request names, and a request that names none gets all.
fn attributes_without_select(
    judged: &Judged<'_, '_>,
    condition: &Condition<'_>,
    covered: &[(&Named<'_>, Action)],
) -> Option<Finding> {
    let is_open = ["ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"]
        .into_iter()
        .any(|value| passes(judged, SELECT, value));
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
        .help(format!(
            "write `\"{operator}\": {{ \"{SELECT}\": \"SPECIFIC_ATTRIBUTES\" }}` beside it"
        )),
    )
}

/// A write may be answered with the whole item, as it was or as it is now.
fn attributes_without_return_values(
    judged: &Judged<'_, '_>,
    condition: &Condition<'_>,
    covered: &[(&Named<'_>, Action)],
) -> Option<Finding> {
    let is_open = ["ALL_OLD", "ALL_NEW"]
        .into_iter()
        .any(|value| passes(judged, RETURN_VALUES, value));
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
            format!("`{}` can still be answered with all attributes", action.qualified()),
        )
        .about(condition.key.written())
        .note("asked to return `ALL_OLD` or `ALL_NEW`, DynamoDB returns the whole item")
        .help(format!(
            "write `\"StringEqualsIfExists\": {{ \"{RETURN_VALUES}\": [\"NONE\", \"UPDATED_OLD\", \"UPDATED_NEW\"] }}` beside it"
        )),
    )
}

/// Who may write a whole item removes the attributes that it leaves out. One finding for each text that covers such actions.
fn replacing(condition: &Condition<'_>, covered: &[(&Named<'_>, Action)]) -> Vec<Finding> {
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
                    "`{}` replaces the whole item, whatever `{}` says",
                    action.qualified(),
                    condition.key.written()
                ),
            )
            .about(named.text.written())
            .note("an attribute that the new item leaves out is gone, also one that the condition does not name")
            .help("write `dynamodb:UpdateItem`, or move the action to a statement without this condition"),
        );
    }
    found
}

/// Whether a request that names no item gets past a condition on the items' keys.
fn scan_escapes(condition: &Condition<'_>, effect: Option<Effect>) -> bool {
    let Some(without_key) = WithoutKey::of(condition) else {
        return false;
    };
    let denies_all = effect == Some(Effect::Deny) && without_key != WithoutKey::Fails;
    is_on(condition, LEADING_KEYS) && !denies_all
}

fn scan(judged: &Judged<'_, '_>, condition: &Condition<'_>, service: Service) -> Option<Finding> {
    let effect = judged.statement.effect;
    if !scan_escapes(condition, effect) {
        return None;
    }
    let named = covered(judged, service)
        .into_iter()
        .find_map(|(named, action)| (action.name() == SCAN).then_some(named))?;
    let is_dead = WithoutKey::of(condition) == Some(WithoutKey::Fails);
    let outcome = match (is_dead, effect) {
        (true, Some(Effect::Deny)) => "the condition is never met, and a scan never denied",
        (true, _) => "the condition is never met, and no scan allowed",
        (false, _) => "it meets the condition, and reads every item",
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
        .note(format!("a scan has no such keys: {outcome}"))
        .help("write `dynamodb:Query`, or move `dynamodb:Scan` to a statement without this condition")
        .dead(is_dead && matches!(named.meant, Meant::One(_))),
    )
}

/// Whether the action reads and the key is of writes, or the other way round.
fn is_wrong_way(action: Action, condition: &Condition<'_>) -> bool {
    if is_on(condition, SELECT) {
        writes(action) && !action.carries(SELECT)
    } else {
        // AWS's tables list the key with some that read; Access Analyzer's page says that only writes have it.
        is_on(condition, RETURN_VALUES) && reads(action)
    }
}

fn wrong_for_action(judged: &Judged<'_, '_>, condition: &Condition<'_>) -> Option<Finding> {
    let exact = || {
        judged.actions.iter().filter_map(|named| match named.meant {
            Meant::One(action) if action.service().prefix() == "dynamodb" => Some(action),
            Meant::One(_) | Meant::Everything | Meant::Pattern(_) | Meant::Unknown => None,
        })
    };
    let wrong = exact().find(|action| is_wrong_way(*action, condition))?;
    let without_key = WithoutKey::of(condition)?;
    let is_all = exact().count() == judged.actions.len() && exact().all(|action| is_wrong_way(action, condition));
    // Beside actions that carry it, a condition that the others pass is how AWS's own examples write it.
    if !is_all && without_key != WithoutKey::Fails {
        return None;
    }
    let (kind, other) = if is_on(condition, SELECT) {
        ("reads", "writes")
    } else {
        ("writes", "reads")
    };
    let outcome = match (without_key, judged.statement.effect) {
        (WithoutKey::Fails, Some(Effect::Deny)) => "the condition is never met, and the action never denied",
        (WithoutKey::Fails, _) => "the condition is never met, and the action never allowed",
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
    .note(format!("AWS accepts it; {outcome}"))
    .dead(without_key == WithoutKey::Fails);
    Some(if is_all {
        finding.help(format!("remove the condition, or write an action that {kind}"))
    } else {
        finding.help(format!(
            "move what {other} to a statement without this condition, or write `{}IfExists`",
            condition.operator_text.written()
        ))
    })
}
