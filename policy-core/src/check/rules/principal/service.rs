//! Service principals that do not exist, and are one letter from one that does.
//!
//! AWS publishes no list of them, so that only a near miss can be found.

use crate::catalogue::Holds;
use crate::check::facts::{ConditionFacts, Facts, PrincipalRef, StatementFacts, meant_service_principal};
use crate::check::rules::{Rule, Run};
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::{Family, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UnknownServicePrincipal],
    run: Run::Statement(check),
};

fn check(_: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let principals = statement.principals.iter().filter_map(of_principal);
    principals
        .chain(statement.conditions.iter().flat_map(of_condition))
        .collect()
}

fn of_principal(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let finding = misspelt(principal.place, principal.text).filter(|_| principal.key == PrincipalKey::Service)?;
    Some(finding.note("IAM and most other services reject such a policy, `Invalid principal in policy`"))
}

fn of_condition(condition: &ConditionFacts<'_>) -> Vec<Finding> {
    let holds = condition.key_facts.and_then(|key| key.holds);
    let compares_names = condition
        .operator
        .is_some_and(|operator| operator.comparison.family() == Family::String);
    if !compares_names || !matches!(holds, Some(Holds::Service | Holds::CallingService)) {
        return Vec::new();
    }
    let values = condition.value.as_list().iter();
    let misspelt = values.filter_map(|node| misspelt(node.place, node.as_text()?));
    let key = condition.key.written();
    misspelt
        .map(|finding| finding.note(format!("AWS accepts it, but no value of `{key}` matches it")))
        .collect()
}

fn misspelt(place: Place, text: &Text<'_>) -> Option<Finding> {
    let meant = meant_service_principal(text.filled()).filter(|_| text.holes().is_empty())?;
    let written = text.written();
    let what = format!("`{written}` is not a known service principal");
    let finding = Finding::new(Code::UnknownServicePrincipal, place, what).about(written);
    Some(finding.with_help(format!("write `{meant}`")))
}
