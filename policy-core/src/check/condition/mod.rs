//! Conditions: operators, keys, values, and whether the actions carry the keys at all.

mod carried;
mod key;
mod operator;
#[cfg(test)]
mod tests;
mod value;

use crate::catalogue::{self, Service};
use crate::finding::Findings;
use crate::policy::{Condition, Element, Statement};

pub(super) use key::nearest_key;

pub(super) fn check(statement: &Statement<'_>, findings: &mut Findings) {
    let services = services(statement);
    operator::check(&statement.conditions, findings);
    key::check(&statement.conditions, &services, findings);
    carried::check(statement, findings);
    for condition in &statement.conditions {
        value::check(condition, findings);
    }
}

/// The services whose actions the statement names.
fn services(statement: &Statement<'_>) -> Vec<Service> {
    let mut services = Vec::new();
    for (_, text) in statement.action.iter().flat_map(Element::texts) {
        let service = text
            .filled()
            .split_once(':')
            .and_then(|(prefix, _)| catalogue::service(prefix));
        services.extend(service.filter(|service| !services.contains(service)));
    }
    services
}

/// The key as AWS's documentation has it, if it does.
fn known(condition: &Condition<'_>) -> Option<catalogue::ConditionKey> {
    catalogue::condition_key(condition.key.filled())
}
