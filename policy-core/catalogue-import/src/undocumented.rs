//! Names that AWS uses in its own policies, and that its reference does not have.
//!
//! AWS's policies contain mistakes too, so not every unknown name is one: those of API operations that other actions authorize
//! are left out, and those that differ from a documented name in a preposition only (`ssm:RemoveTagsToResource`).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Catalogue, Service, folded};
use crate::sources::managed::Managed;
use crate::sources::supplement::UndocumentedRow;

/// Names, each with the policy that has it: `action payments:GetAccountBalance`, `key aws:PrincipalOrgMasterAccountId`, `service crowd`.
pub type Undocumented = BTreeMap<String, String>;

/// Adds those of AWS's policies, of the table kept by hand, and of the previous catalogue, as far as they are still undocumented.
pub fn add(catalogue: &mut Catalogue, previous: Undocumented, by_hand: &[UndocumentedRow], policies: &[Managed]) {
    let mut names = previous;
    names.extend(by_hand.iter().map(|row| (row.name.to_owned(), row.policy.to_owned())));
    for policy in policies {
        let actions = policy
            .actions
            .iter()
            .filter_map(|action| action_or_service(catalogue, action));
        let keys = policy.keys.iter().map(|key| format!("key {key}"));
        for name in actions.chain(keys) {
            let source = names.entry(name).or_insert_with(|| policy.name.clone());
            // The first by name, so that the order of the policies changes nothing.
            if policy.name < *source {
                source.clone_from(&policy.name);
            }
        }
    }
    let known_keys: BTreeSet<String> = catalogue
        .services
        .values()
        .flat_map(|service| service.keys.keys().cloned())
        .chain(catalogue.global_keys.keys().cloned())
        .collect();
    names.retain(|name, _| match name.split_once(' ') {
        Some(("key", key)) => is_unknown_key(catalogue, &known_keys, key),
        Some(("action", action)) => action_or_service(catalogue, action).as_deref() == Some(name),
        Some(("service", prefix)) => is_unknown_service(catalogue, prefix),
        _ => false,
    });
    catalogue.undocumented = names;
}

/// The row of an action, if AWS does not document it: its service's, if AWS does not document that.
fn action_or_service(catalogue: &Catalogue, action: &str) -> Option<String> {
    let (prefix, name) = action.split_once(':')?;
    let Some(service) = catalogue.services.get(&folded(prefix)) else {
        return is_unknown_service(catalogue, prefix).then(|| format!("service {}", folded(prefix)));
    };
    let is_known = |names: &dyn Fn(&str) -> bool| names(&folded(name));
    let known = is_known(&|name| service.actions.contains_key(name))
        || is_known(&|name| service.operations.contains_key(name))
        || is_known(&|name| service.removed.contains_key(name));
    (!known && !name.contains(['*', '?']) && !is_misspelt(service, name)).then(|| format!("action {action}"))
}

fn is_unknown_service(catalogue: &Catalogue, prefix: &str) -> bool {
    let prefix = folded(prefix);
    !catalogue.services.contains_key(&prefix) && !catalogue.retired.contains_key(&prefix)
}

/// Whether AWS documents no key of the name, and has not closed its service. A template's keys begin as it does.
fn is_unknown_key(catalogue: &Catalogue, known: &BTreeSet<String>, key: &str) -> bool {
    let key = folded(key);
    // `${Host}.${Domain}:sub` begins with nothing.
    let is_of_template = known.iter().any(|known| {
        let tag = known.strip_suffix("tag-key").map(str::len);
        let start = known.find(['$', '<']).or(tag).and_then(|start| known.get(..start));
        start.is_some_and(|start| start.contains(':') && key.starts_with(start))
    });
    let prefix = key.split_once(':').map_or("", |(prefix, _)| prefix);
    !known.contains(&key) && !is_of_template && !catalogue.retired.contains_key(prefix)
}

fn is_misspelt(service: &Service, name: &str) -> bool {
    let own = without_prepositions(name);
    service
        .actions
        .values()
        .any(|action| without_prepositions(&action.name) == own)
}

/// `RemoveTags-Resource` of `RemoveTagsFromResource`.
fn without_prepositions(name: &str) -> String {
    ["From", "To", "For", "Of", "In", "On", "With", "By"]
        .iter()
        .fold(name.to_owned(), |name, preposition| name.replace(preposition, "-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Action, Key, Operation};

    #[test]
    fn only_what_is_no_mistake_is_undocumented() {
        let mut store = Service::default();
        let action = Action {
            name: "RemoveTagsFromItem".to_owned(),
            ..Action::default()
        };
        store.actions.insert(folded(&action.name), action);
        store.operations.insert("listitems".to_owned(), Operation::default());
        for name in [
            "store:Colour",
            "${Host}:sub",
            "store:Tag/${TagKey}",
            "store:label/tag-key",
        ] {
            let key = Key {
                name: name.to_owned(),
                value_type: "String".to_owned(),
            };
            store.keys.insert(folded(name), key);
        }
        let mut catalogue = Catalogue::default();
        catalogue.services.insert("store".to_owned(), store);
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        let policy = |name: &str| Managed {
            name: name.to_owned(),
            actions: names(&[
                "store:removetagsfromitem",
                "store:RemoveTagsToItem",
                "store:ListItems",
                "store:Hidden",
                "store:Hid*",
                "secret:*",
                "*",
            ]),
            keys: names(&["store:colour", "store:Weight", "store:tag/team", "store:Label/team"]),
        };
        let previous = Undocumented::from([
            ("action store:OfBefore".to_owned(), "A".to_owned()),
            ("key store:Colour".to_owned(), "A".to_owned()),
        ]);
        let by_hand = [UndocumentedRow {
            name: "key aws:Master",
            policy: "C",
        }];
        add(&mut catalogue, previous, &by_hand, &[policy("Later"), policy("First")]);
        let rows: Vec<(&str, &str)> = catalogue
            .undocumented
            .iter()
            .map(|(name, policy)| (name.as_str(), policy.as_str()))
            .collect();
        assert_eq!(
            rows,
            [
                ("action store:Hidden", "First"),
                ("action store:OfBefore", "A"),
                ("key aws:Master", "C"),
                ("key store:Weight", "First"),
                ("service secret", "First"),
            ]
        );
    }
}
