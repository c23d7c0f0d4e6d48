//! Policies in templates of `CloudFormation` and SAM, in YAML and JSON, and in what the CDK synthesises.

mod functions;
mod policies;
mod policy_templates;

use std::collections::HashMap;

use crate::allow;
use crate::assumption::Assumption;
use crate::item::{Item, Value};
use crate::limits::Budget;
use crate::places;
use crate::reading::Found;
use crate::trail::Trail;
use crate::{found, shape};

pub(crate) use functions::resolved;

/// What functions of a template refer to.
pub(crate) struct Names<'t> {
    /// The type of each resource, by its logical ID.
    types: HashMap<&'t str, &'t str>,
    /// The text of the file.
    text: &'t str,
    /// What may be made of what its functions repeat.
    budget: Budget,
}

/// The part of a document that is a template: the document, or, with the Serverless Framework, its `resources`.
pub(crate) fn template(root: &Item) -> Option<(&'static str, &Item)> {
    if is_template(root) {
        return Some(("", root));
    }
    let resources = root.member("resources")?;
    is_template(resources).then_some(("resources.", resources))
}

fn is_template(root: &Item) -> bool {
    let is_resource = |item: &Item| {
        let own = item.member("Type").and_then(Item::as_str);
        own.is_some_and(|own| own.contains("::"))
    };
    root.member("Resources")
        .is_some_and(|resources| resources.entries().iter().any(|entry| is_resource(&entry.value)))
}

impl<'t> Names<'t> {
    /// Those of a template, in a file with this text.
    pub(crate) fn of(template: Option<&'t Item>, text: &'t str) -> Self {
        let resources = template.and_then(|template| template.member("Resources"));
        let entries = resources.map(Item::entries).unwrap_or_default().iter();
        let typed = entries.filter_map(|entry| Some((entry.name()?, entry.value.member("Type")?.as_str()?)));
        Self {
            types: typed.collect(),
            text,
            budget: Budget::default(),
        }
    }

    /// What may still be made.
    pub(crate) fn into_budget(self) -> Budget {
        self.budget
    }
}

/// Finds the policies of a template's resources.
pub(crate) fn find(template: &Item, before: &str, names: &Names<'_>, found: &mut Found) {
    let resources = template.member("Resources").map(Item::entries).unwrap_or_default();
    for entry in resources {
        let (Some(name), Some(properties)) = (entry.name(), entry.value.member("Properties")) else {
            continue;
        };
        let mut search = Search {
            names,
            resource: names.types.get(name).copied().unwrap_or_default(),
            type_of: properties.member("Type").and_then(Item::as_str),
            trail: Trail::at(format!("{before}Resources.{name}.Properties")),
            found,
        };
        search.item(properties);
        if let Some(metadata) = entry.value.member("Metadata") {
            allow::in_metadata(&format!("{before}Resources.{name}"), metadata, found);
        }
    }
}

/// A search through the properties of a resource.
struct Search<'s> {
    names: &'s Names<'s>,
    /// Its type.
    resource: &'s str,
    /// Its property `Type`.
    type_of: Option<&'s str>,
    trail: Trail,
    found: &'s mut Found,
}

impl Search<'_> {
    fn item(&mut self, item: &Item) {
        let place = match places::property(self.resource, &self.trail.property) {
            None => None,
            Some(place) => match place.of_type(self.type_of) {
                // A policy that is not one of IAM, such as a tag policy.
                None => return,
                place => place,
            },
        };
        if let Some(place) = place.filter(|place| place.is_statement) {
            let item = found::statement(&resolved(item, self.names));
            return self.found.policy(&self.trail.address, &item, Some(place));
        }
        if policies::are_at(self.resource, &self.trail.property) && self.is_policy_template(item, place) {
            return;
        }
        match &item.value {
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    let before = self.trail.element(index);
                    self.item(item);
                    self.trail.back(&before);
                }
            }
            Value::Map(entries) => match functions::call(item) {
                Some(("Fn::If", branches)) => {
                    let place = branches
                        .list()
                        .first()
                        .map_or(item.place.clone(), |own| own.place.clone());
                    self.found.around.push(Assumption::of_condition(place));
                    branches.list().iter().skip(1).for_each(|branch| self.item(branch));
                    self.found.around.pop();
                }
                Some(("Fn::ToJsonString", argument)) => self.item(argument),
                Some(_) => self.whole(item, place),
                // The properties as a whole are not a policy, even if one of them is called `Statement`.
                None if !self.trail.property.is_empty() && shape::is_policy(item)
                    || place.is_some() && shape::is_like_a_policy(item) =>
                {
                    self.whole(item, place);
                }
                None => {
                    for entry in entries {
                        let Some(name) = entry.name() else { continue };
                        let before = self.trail.member(name);
                        self.item(&entry.value);
                        self.trail.back(&before);
                    }
                }
            },
            Value::Text(_) => self.whole(item, place),
            _ => {}
        }
    }

    /// Reads an element of `Policies` that is neither a function nor a policy; says whether it is a policy template.
    fn is_policy_template(&mut self, item: &Item, property: Option<places::Property>) -> bool {
        if functions::call(item).is_some() || shape::is_like_a_policy(item) {
            return false;
        }
        let element = policies::Element {
            item,
            address: &self.trail.address,
            names: self.names,
            property,
        };
        element.add(self.found)
    }

    /// A policy, or a text that may be one.
    fn whole(&mut self, item: &Item, place: Option<places::Property>) {
        let item = resolved(item, self.names);
        match &item.value {
            Value::Text(template) if template.is_like_json() => {
                self.found.text(&self.trail.address, template, place);
            }
            Value::Map(_) => self.found.policy(&self.trail.address, &item, place),
            // A list of names, the name of a managed policy, or the code of a function.
            _ => {}
        }
    }
}
