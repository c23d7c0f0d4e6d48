//! What of a configuration of the Serverless Framework decides what is deployed of its policies.

use std::ops::Range;

use super::has_some;
use crate::assumption::Assumption;
use crate::item::{Entry, Item, Value};

/// What reads the statements of a function.
const PER_FUNCTION: &str = "serverless-iam-roles-per-function";

/// Whether a document is a configuration.
pub(crate) fn is_configuration(root: &Item) -> bool {
    root.member("service").is_some() && root.member("provider").is_some()
}

/// What is assumed of all policies of a configuration.
pub(super) fn of(root: &Item) -> Vec<Assumption> {
    let mut assumed = Vec::new();
    let mut add = |entry: &Entry, reason: &str| {
        assumed.push(Assumption::new(entry.name_place.clone(), reason.to_owned()));
    };
    if let Some(entry) = plugins(root).find(|entry| has_some(&entry.value)) {
        add(
            entry,
            "a plugin of the Serverless Framework may make another policy of it",
        );
    }
    let lists = root.members("resources").flat_map(Item::list);
    for own in lists.flat_map(Item::entries) {
        if own.name() == Some("extensions") {
            add(
                own,
                "`extensions` changes resources that the Serverless Framework makes, and may change this one",
            );
        }
    }
    assumed
}

/// What is assumed of what is in a member of a configuration.
pub(crate) fn of_member(entry: &Entry) -> Option<Assumption> {
    let is_merged = entry.name() == Some("resources") && entry.value.list().len() > 1;
    is_merged.then(|| {
        let reason = "the Serverless Framework merges the elements of `resources`, and another one may change it";
        Assumption::new(entry.name_place.clone(), reason.to_owned())
    })
}

/// What the lists of statements of a configuration are used for.
pub(crate) struct Statements {
    /// Where a role is named that the functions have instead of one with the statements.
    role: Option<Range<usize>>,
    /// Whether functions have statements of their own.
    are_per_function: bool,
}

impl Statements {
    pub(crate) fn of(root: &Item) -> Self {
        let named = |map: &Item| {
            let mut roles = map.entries().iter().filter(|entry| entry.name() == Some("role"));
            roles
                .find(|entry| is_role(&entry.value))
                .map(|entry| entry.name_place.clone())
        };
        let mut providers = root.members("provider");
        let plugins = plugins(root).flat_map(|entry| {
            let modules = entry.value.members("modules").flat_map(Item::list);
            entry.value.list().iter().chain(modules)
        });
        Self {
            role: providers.find_map(|provider| named(provider).or_else(|| provider.members("iam").find_map(named))),
            are_per_function: plugins.into_iter().any(|plugin| plugin.as_str() == Some(PER_FUNCTION)),
        }
    }

    /// What is assumed of the statements at this address, which this member has.
    pub(crate) fn assumed(&self, address: &str, entry: &Entry) -> Option<Assumption> {
        if address.starts_with("functions") {
            let reason = format!(
                "the Serverless Framework takes statements of a function only with the plugin `{PER_FUNCTION}`"
            );
            return (!self.are_per_function).then(|| Assumption::new(entry.name_place.clone(), reason));
        }
        let reason =
            "the Serverless Framework makes no role where there is a `role`, and does not deploy these statements";
        let role = self.role.clone().filter(|_| address.starts_with("provider"))?;
        Some(Assumption::new(role, reason.to_owned()))
    }
}

fn plugins(root: &Item) -> impl Iterator<Item = &Entry> {
    root.entries().iter().filter(|entry| entry.name() == Some("plugins"))
}

/// Whether a value is that of a role: its ARN, or a function that gives it. The properties of a role to make are a map.
fn is_role(value: &Item) -> bool {
    match &value.value {
        Value::Map(entries) => entries.iter().any(|entry| {
            let name = entry.name().unwrap_or_default();
            name == "Ref" || name.starts_with("Fn::")
        }),
        _ => has_some(value),
    }
}
