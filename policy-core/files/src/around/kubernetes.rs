//! What of a resource of Kubernetes decides whether its controller writes it to AWS, and what else writes the resource.

use super::has_some;
use crate::assumption::Assumption;
use crate::item::{Entry, Item, Value};

/// The annotations with which a controller leaves what AWS has.
/// <https://docs.crossplane.io/latest/managed-resources/managed-resources/#paused>
const LEAVING: [&str; 2] = ["crossplane.io/paused", "services.k8s.aws/read-only"];

/// The policies of management, as they were called first, with which Crossplane writes.
const WRITING: [&str; 2] = ["Default", "FullControl"];

/// How the inputs of the function that writes resources as they are, patched, are called.
/// <https://docs.crossplane.io/latest/guides/function-patch-and-transform/>
const PATCHING: &str = "pt.fn.crossplane.io/";

/// What is assumed of all that is in a map, by this member of it.
pub(super) fn of(entry: &Entry) -> Vec<Assumption> {
    let mut assumed = Vec::new();
    let mut add = |entry: &Entry, reason: String| {
        assumed.push(Assumption::new(entry.name_place.clone(), reason));
    };
    let value = &entry.value;
    match entry.name().unwrap_or_default() {
        "metadata" => {
            let annotations = value.members("annotations").flat_map(Item::entries);
            for own in annotations.filter(|own| !is_false(&own.value)) {
                if let Some(name) = own.name().filter(|name| LEAVING.contains(name)) {
                    add(
                        own,
                        format!("`{name}` decides whether its controller writes it to AWS or leaves what is there"),
                    );
                }
            }
        }
        "patches" | "patchSets" if !value.list().is_empty() => {
            let name = entry.name().unwrap_or_default();
            add(entry, format!("`{name}` may write another policy in its place"));
        }
        "initProvider" if has_some(value) => add(
            entry,
            "`initProvider` beside it has values for when the resource is created, and they are not merged here"
                .to_owned(),
        ),
        name @ ("managementPolicies" | "managementPolicy") if !is_writing(value) => add(
            entry,
            format!("`{name}` decides whether Crossplane writes it to AWS or leaves what is there"),
        ),
        _ => {}
    }
    assumed
}

/// What is assumed of what is in an element of a list, by those behind it: a step of a pipeline gets what the steps before it have made.
/// <https://docs.crossplane.io/latest/composition/compositions/>
pub(crate) struct Steps {
    /// The last step.
    last: Option<usize>,
}

const FUNCTION: &str = "functionRef";

impl Steps {
    pub(crate) fn of(items: &[Item]) -> Self {
        Self {
            last: items.iter().rposition(|item| item.member(FUNCTION).is_some()),
        }
    }

    pub(crate) fn assumed(&self, index: usize, item: &Item) -> Vec<Assumption> {
        let step = item.entries().iter().find(|entry| entry.name() == Some(FUNCTION));
        let Some(entry) = step else { return Vec::new() };
        let mut reasons = Vec::new();
        let version = item.member("input").and_then(|input| input.member("apiVersion"));
        if !version
            .and_then(Item::as_str)
            .is_some_and(|version| version.starts_with(PATCHING))
        {
            reasons.push("the function of its step may make another policy of it");
        }
        if self.last.is_some_and(|last| index < last) {
            reasons.push("a later step of the pipeline may make another policy of it");
        }
        let of = |reason: &str| Assumption::new(entry.name_place.clone(), reason.to_owned());
        reasons.into_iter().map(of).collect()
    }
}

/// Whether a value is `["*"]`, or the older name of that.
fn is_writing(value: &Item) -> bool {
    match value.list() {
        [only] => only.as_str() == Some("*"),
        _ => value.as_str().is_some_and(|own| WRITING.contains(&own)),
    }
}

fn is_false(value: &Item) -> bool {
    matches!(value.value, Value::Bool(false)) || value.as_str() == Some("false")
}
