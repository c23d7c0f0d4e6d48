//! What beside a policy of a resource of SAM decides what is deployed of it.
//!
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-function.html>

use std::collections::HashMap;
use std::ops::Range;

use crate::assumption::Assumption;
use crate::item::{Entry, Item, Value};

/// How the types of SAM begin.
const PREFIX: &str = "AWS::Serverless::";

/// The types whose role SAM makes, unless they have one, and the properties of which it makes that.
const WITH_ROLE: [&str; 2] = ["Function", "StateMachine"];
const OF_ROLE: [&str; 2] = ["Policies", "AssumeRolePolicyDocument"];

/// The sections `Globals` of a template: the properties that all resources of a type have.
#[derive(Default)]
pub(crate) struct Globals(HashMap<String, Vec<(String, Range<usize>)>>);

/// The most shared properties of a type that are told apart.
const MOST: usize = 100;

impl Globals {
    pub(crate) fn of(template: &Item) -> Self {
        let mut own: HashMap<String, Vec<(String, Range<usize>)>> = HashMap::new();
        for section in template.members("Globals").flat_map(Item::entries) {
            let Some(name) = section.name() else { continue };
            let shared = own.entry(name.to_owned()).or_default();
            for entry in section.value.entries() {
                if let Some(name) = entry.name() {
                    shared.push((name.to_owned(), entry.name_place.clone()));
                }
            }
        }
        // No resource has as many: what each is does not matter then.
        for shared in own.values_mut().filter(|shared| shared.len() > MOST) {
            shared.truncate(1);
            for (name, _) in shared {
                name.clear();
            }
        }
        Self(own)
    }
}

/// The properties of a resource of this type with a policy that may be another one, and why.
pub(crate) fn assumed(own: &str, properties: &Item, globals: Option<&Globals>) -> Vec<(String, Assumption)> {
    let Some(own) = own.strip_prefix(PREFIX) else {
        return Vec::new();
    };
    let shared = globals.and_then(|globals| globals.0.get(own));
    let shared: &[(String, Range<usize>)] = shared.map_or(&[], Vec::as_slice);
    let mut all = Vec::new();
    let mut add = |property: &str, place: &Range<usize>, reason: String| {
        all.push((property.to_owned(), Assumption::new(place.clone(), reason)));
    };
    let is_role = |entry: &&Entry| entry.name() == Some("Role") && !matches!(entry.value.value, Value::Null);
    let role = properties.entries().iter().find(is_role).map(|entry| &entry.name_place);
    let role = role.or_else(|| shared.iter().find(|(name, _)| name == "Role").map(|(_, place)| place));
    if let Some(role) = role.filter(|_| WITH_ROLE.contains(&own)) {
        for property in OF_ROLE {
            let reason = format!("AWS SAM makes no role where there is a `Role`, and does not deploy `{property}`");
            add(property, role, reason);
        }
    }
    for (name, place) in shared {
        let reason = match name.as_str() {
            "" => "AWS SAM merges it with `Globals`".to_owned(),
            name => format!("AWS SAM merges it with `{name}` of `Globals`"),
        };
        add(name, place, reason);
    }
    let authorization = properties.members("Auth");
    let policies = authorization.flat_map(|authorization| authorization.members("ResourcePolicy"));
    let mut added = policies
        .flat_map(Item::entries)
        .filter_map(|entry| Some((entry.name()?, entry)));
    if let Some((name, entry)) = added.find(|(name, _)| *name != "CustomStatements") {
        let reason = format!("AWS SAM adds statements for `{name}` to it");
        add("Auth.ResourcePolicy", &entry.name_place, reason);
    }
    all
}
