//! Plans and states of Terraform: which of their resources are what will be, and the addresses of these.

use std::collections::HashSet;

use crate::item::{Item, Value};

/// A plan of Terraform: of what it has, only what will be counts. <https://developer.hashicorp.com/terraform/internals/json-format>
pub(super) struct Plan {
    deleted: HashSet<String>,
    /// The addresses of all that changes, is read, or stays as it is.
    planned: HashSet<String>,
}

/// What was before.
const PRIOR: &str = "prior_state";

/// What has been changed by others since, and what the plan is made of.
pub(super) const NOT_PLANNED: [&str; 2] = ["resource_drift", "configuration"];

/// What is put off, as something that it depends on is not known yet.
pub(super) const DEFERRED: &str = "deferred_changes";

impl Plan {
    pub(super) fn of(root: &Item) -> Option<Self> {
        let changes = root.member("resource_changes");
        if changes.is_none() && root.member("planned_values").is_none() {
            return None;
        }
        let mut plan = Self {
            deleted: HashSet::new(),
            planned: HashSet::new(),
        };
        for resource in changes.map(Item::list).unwrap_or_default() {
            let (Some(own), Some(change)) = (
                resource.member("type").and_then(Item::as_str),
                resource.member("change"),
            ) else {
                continue;
            };
            let address = address(resource, own) + &of_instance(resource);
            let actions = change.member("actions").map(Item::list).unwrap_or_default();
            if matches!(actions, [only] if only.as_str() == Some("delete")) {
                plan.deleted.insert(address.clone());
            }
            plan.planned.insert(address);
        }
        Some(plan)
    }

    /// Whether a resource or a data source that is at this path of the plan is not what will be. Of what was before, only data sources
    /// are that are read already.
    pub(super) fn is_old(&self, address: &str, is_data: bool, path: &str) -> bool {
        let is_prior = path.strip_prefix(PRIOR).is_some_and(|rest| rest.starts_with('.'));
        self.deleted.contains(address) || is_prior && (!is_data || self.planned.contains(address))
    }
}

/// The address of a resource of this type in a plan or a state of Terraform. Where it is not told, as in a state that is not that of
/// `terraform show`, it is without the key of its instance.
pub(super) fn address(resource: &Item, own: &str) -> String {
    let text = |name: &str| resource.member(name).and_then(Item::as_str);
    if let Some(address) = text("address") {
        return address.to_owned();
    }
    let module = text("module").map_or_else(String::new, |module| format!("{module}."));
    let data = if text("mode") == Some("data") { "data." } else { "" };
    format!("{module}{data}{own}.{}", text("name").unwrap_or_default())
}

/// What the address of an instance has besides that of its resource: its key, unless it is there already, and that it is what an
/// update has left, as Terraform writes both.
/// <https://developer.hashicorp.com/terraform/cli/state/resource-addressing>
pub(super) fn of_instance(instance: &Item) -> String {
    let is_told = instance
        .member("address")
        .and_then(Item::as_str)
        .is_some_and(|address| address.ends_with(']'));
    let key = instance.member("index_key").or_else(|| instance.member("index"));
    let key = match key.filter(|_| !is_told).map(|key| (&key.value, key.as_str())) {
        Some((_, Some(key))) => format!("[{}]", quoted(key)),
        Some((Value::Number(number), _)) => format!("[{number}]"),
        _ => String::new(),
    };
    let deposed = ["deposed", "deposed_key"]
        .iter()
        .find_map(|name| instance.member(name)?.as_str());
    let deposed = deposed.map_or_else(String::new, |deposed| format!(" (deposed object {deposed})"));
    format!("{key}{deposed}")
}

/// A text between quotes, as Terraform's language has it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for (at, character) in text.char_indices() {
        match character {
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '"' | '\\' => quoted.extend(['\\', character]),
            '$' | '%' if text.get(at + 1..).is_some_and(|rest| rest.starts_with('{')) => {
                quoted.extend([character, character]);
            }
            _ => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}
