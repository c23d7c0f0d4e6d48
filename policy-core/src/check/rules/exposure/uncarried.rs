//! Condition keys that no request of a service principal has.

use super::bearer::principals_with_key;
use crate::catalogue;
use crate::check::facts::{ConditionFacts, Facts, PrincipalRef, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnsupportedConditionKeyForServicePrincipal],
    run: Run::Statement(check),
};

/// Only where all are services: another principal may bring the key.
fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = matches!(facts.kind, Kind::Resource | Kind::Trust);
    let named = statement.named_principals().filter(|_| is_asked).unwrap_or_default();
    let are_services = named.iter().all(|principal| principal.key == PrincipalKey::Service);
    let Some(first) = named.first().filter(|_| are_services) else {
        return Vec::new();
    };
    let conditions = statement.conditions.iter();
    let is_of_certificate = |condition: &&ConditionFacts<'_>| {
        let mut services = named.iter();
        services.any(|service| catalogue::is_of_certificate(condition.key.filled(), service.text.filled()))
    };
    conditions
        .filter(|condition| !is_of_certificate(condition))
        .filter_map(|condition| unfit(statement, condition, first))
        .collect_vec()
}

fn unfit(
    statement: &StatementFacts<'_>,
    condition: &ConditionFacts<'_>,
    service: &PrincipalRef<'_>,
) -> Option<Finding> {
    let who = principals_with_key(condition)?;
    let without_key = condition
        .without_key
        .filter(|without_key| *without_key != WithoutKey::Excused)?;
    let effect = statement.statement.effect?;
    let (key, service) = (condition.key.written(), service.text.written());
    let finding = Finding::new(
        Code::UnsupportedConditionKeyForServicePrincipal,
        condition.key_place,
        format!("`{key}` is never present in requests from `{service}`"),
    )
    .about(key)
    .dead(without_key == WithoutKey::Fails)
    .note(format!("the key is present only in requests from {who}"))
    .note(format!("AWS accepts it, but {}", without_key.outcome(Some(effect))));
    Some(finding.with_help(
        "restrict the source with `aws:SourceArn`, `aws:SourceAccount` or, for a whole organization, `aws:SourceOrgID`",
    ))
}
