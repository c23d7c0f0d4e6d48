//! The actions whose operation cannot be called without a role that it passes to a service.
//!
//! That it may pass one is AWS's word, in the service reference or in the dependent actions of the older one; that it must is
//! what its model says: a parameter that is a role is required, in every API that has an operation of this name.

use std::collections::BTreeSet;

use crate::model::{Action, Catalogue, PassedRole, folded};
use crate::sources::botocore::Models;
use crate::sources::cloudcover::{Authorized, ServiceReference};

const PASS_ROLE: &str = "iam:PassRole";

/// Adds them to the catalogue.
pub fn add(catalogue: &mut Catalogue, models: &Models, reference: &ServiceReference) {
    for (prefix, operations) in &reference.operations {
        let Some(service) = catalogue.services.get(prefix) else {
            continue;
        };
        for operation in operations.iter().filter(|operation| !takes_away(&operation.operation)) {
            let Some(action) = service.actions.get(&folded(&operation.operation)) else {
                continue;
            };
            let passes = operation.actions.contains(PASS_ROLE) || needs_pass_role(action);
            let Some(parameter) = required_role(models, operation).filter(|_| passes) else {
                continue;
            };
            let name = format!("{prefix}:{}", action.name);
            let role = PassedRole {
                name: name.clone(),
                parameter: parameter.to_owned(),
                services: operation.passed_to.clone(),
            };
            catalogue.passed_roles.insert(folded(&name), role);
        }
    }
}

/// What takes a role away names it, too.
fn takes_away(operation: &str) -> bool {
    ["Delete", "Detach", "Disassociate", "Remove"]
        .iter()
        .any(|verb| operation.starts_with(verb))
}

fn needs_pass_role(action: &Action) -> bool {
    let of_types = action.on.values().flat_map(|on| &on.needs);
    action.needs.iter().chain(of_types).any(|needed| needed == PASS_ROLE)
}

fn required_role<'m>(models: &'m Models, operation: &Authorized) -> Option<&'m str> {
    let parameter = |sdk: &String| models.required_roles.get(&(sdk.clone(), operation.operation.clone()));
    let found: Option<BTreeSet<&String>> = operation.sdks.iter().map(parameter).collect();
    found?.first().map(|parameter| parameter.as_str())
}
