//! What beside a policy of a resource of SAM decides what is deployed of it.
//!
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html>

use crate::assumption::Assumption;
use crate::item::{Entry, Item, Value};

/// How the types of SAM begin.
const PREFIX: &str = "AWS::Serverless::";

/// The types whose role SAM makes, unless they have one, and the properties of which it makes that.
const WITH_ROLE: [&str; 2] = ["Function", "StateMachine"];
const OF_ROLE: [&str; 2] = ["Policies", "AssumeRolePolicyDocument"];

/// The properties of a resource of this type with a policy that may be another one, and why. `globals` are the sections `Globals` of the
/// template.
pub(super) fn assumed(own: &str, properties: &Item, globals: &[&Item]) -> Vec<(String, Assumption)> {
    let Some(own) = own.strip_prefix(PREFIX) else {
        return Vec::new();
    };
    let sections = globals.iter().flat_map(|globals| globals.members(own));
    let shared: Vec<&Entry> = sections.flat_map(Item::entries).collect();
    let mut all = Vec::new();
    let mut add = |property: &str, entry: &Entry, reason: String| {
        all.push((property.to_owned(), Assumption::new(entry.name_place.clone(), reason)));
    };
    let every = properties.entries().iter().chain(shared.iter().copied());
    let role = every.filter(|entry| entry.name() == Some("Role") && !matches!(entry.value.value, Value::Null));
    for entry in role.filter(|_| WITH_ROLE.contains(&own)) {
        for property in OF_ROLE {
            let reason = format!("AWS SAM makes no role where there is a `Role`, and does not deploy `{property}`");
            add(property, entry, reason);
        }
    }
    for entry in shared {
        if let Some(name) = entry.name() {
            add(name, entry, format!("AWS SAM merges it with `{name}` of `Globals`"));
        }
    }
    let authorization = properties.members("Auth");
    let policies = authorization.flat_map(|authorization| authorization.members("ResourcePolicy"));
    for entry in policies.flat_map(Item::entries) {
        if let Some(name) = entry.name().filter(|name| *name != "CustomStatements") {
            let reason = format!("AWS SAM adds statements for `{name}` to it");
            add("Auth.ResourcePolicy", entry, reason);
        }
    }
    all
}
