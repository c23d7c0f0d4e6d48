//! Policies in templates of `CloudFormation` and SAM, in YAML and JSON, and in what the CDK synthesises.

mod dynamic;
mod functions;
mod policies;
mod policy_templates;
pub(crate) mod pulumi;
pub(crate) mod sam;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::allow;
use crate::around;
use crate::assumption::Assumption;
use crate::elsewhere::{with_holes, with_variables};
use crate::item::{Item, Template, Value};
use crate::limits::Budget;
use crate::places;
use crate::reading::{Found, Source, Unread};
use crate::trail::Trail;
use crate::{found, shape, variable};

/// What functions of a template refer to.
pub(crate) struct Names<'t> {
    /// The type of each resource, by its logical ID.
    types: HashMap<&'t str, &'t str>,
    /// Its sections `Globals`.
    globals: sam::Globals,
    /// The file.
    file: Source<'t>,
    /// The language of its functions.
    dialect: Dialect,
    /// The identifiers of the loops that are looked at.
    repeated: RefCell<Vec<String>>,
    /// What may be made of what its functions repeat.
    budget: Budget,
    /// What is wrong with the names that the last value refers to.
    misnamed: RefCell<Vec<(Range<usize>, String)>>,
}

/// What the functions and the variables of a document are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    CloudFormation,
    /// Those of `CloudFormation`, and `${...}` is a variable of the Serverless Framework.
    Serverless,
    /// `fn::...`, and `${...}` is a variable.
    Pulumi,
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
    /// Those of a template, in this file.
    pub(crate) fn of(template: Option<&'t Item>, file: Source<'t>, dialect: Dialect) -> Self {
        let resources = template.into_iter().flat_map(|template| template.members("Resources"));
        let entries = resources.flat_map(Item::entries);
        let typed = entries.filter_map(|entry| Some((entry.name()?, entry.value.member("Type")?.as_str()?)));
        Self {
            types: typed.collect(),
            globals: template.map(sam::Globals::of).unwrap_or_default(),
            file,
            dialect,
            repeated: RefCell::default(),
            budget: Budget::default(),
            misnamed: RefCell::default(),
        }
    }

    /// Looks at a name that a function refers to.
    fn see(&self, name: &str, place: &Range<usize>) {
        // Elsewhere than in a template, others than `CloudFormation` may replace it.
        let is_judged = self.dialect == Dialect::CloudFormation && !self.types.is_empty();
        if let Some(reason) = is_judged.then(|| variable::misnamed(name)).flatten() {
            self.misnamed.borrow_mut().push((place.clone(), reason));
        }
    }

    /// Reports the names that are wrong in a policy, unless a macro may replace them.
    fn refuse_misnamed(&self, address: &str, found: &mut Found) {
        let is_final = found.around.iter().all(Assumption::is_of_presence);
        for (place, reason) in self.misnamed.take() {
            let is_known = found.unread.iter().any(|known| known.place() == place);
            if is_final && !is_known {
                found.refuse(Unread::new(address, place, reason));
            }
        }
    }

    /// A value without its functions, and with what is only known when it is deployed as holes.
    pub(crate) fn resolved(&self, item: &Item) -> Item {
        self.misnamed.take();
        functions::resolved(item, self).with_texts(&|text| self.text(text))
    }

    /// Adds a policy, with what is assumed of it by what is in it.
    pub(crate) fn policy(&self, found: &mut Found, address: &str, item: &Item, property: Option<places::Property>) {
        self.add(found, address, item, &self.resolved(item), property);
    }

    fn add(&self, found: &mut Found, address: &str, item: &Item, resolved: &Item, property: Option<places::Property>) {
        found.assumed.extend(around::inside(item, self.file));
        found.policy(address, resolved, property);
        self.refuse_misnamed(address, found);
    }

    /// What is assumed of a policy that is made of this value.
    fn misread_in(&self, item: &Item) -> Vec<Assumption> {
        around::misread_in(item, self.file)
    }

    /// A text with what is only known when it is deployed as holes.
    pub(crate) fn text(&self, text: &Template) -> Template {
        let text = dynamic::with_holes(text);
        let repeated = self.repeated.borrow();
        if self.dialect != Dialect::CloudFormation {
            with_variables(&text)
        } else if repeated.is_empty() {
            text
        } else {
            with_holes(&text, &|name| repeated.iter().any(|own| own == name))
        }
    }

    /// Looks at what is repeated, in which `${...}` with this identifier is a value of the list in all texts.
    fn repeated(&self, identifier: &Item, look: impl FnOnce()) {
        let identifier = identifier.as_str().unwrap_or_default();
        self.repeated.borrow_mut().push(identifier.to_owned());
        look();
        self.repeated.borrow_mut().pop();
    }

    /// What may still be made.
    pub(crate) fn into_budget(self) -> Budget {
        self.budget
    }
}

/// Finds the policies of a template's resources.
pub(crate) fn find(template: &Item, before: &str, names: &Names<'_>, found: &mut Found) {
    found.within(around::of(template), |found| {
        each(template, "Resources", found, |own, found| {
            resources(own, &format!("{before}Resources"), names, found);
        });
    });
}

/// Looks at each value of this name.
fn each(map: &Item, name: &str, found: &mut Found, mut look: impl FnMut(&Item, &mut Found)) {
    let members = around::Members::of(map);
    for entry in map.entries().iter().filter(|entry| entry.name() == Some(name)) {
        found.within(members.assumed(entry), |found| look(&entry.value, found));
    }
}

fn resources(own: &Item, address: &str, names: &Names<'_>, found: &mut Found) {
    let members = around::Members::of(own);
    found.within(around::of(own), |found| {
        for entry in own.entries() {
            let Some(name) = entry.name() else { continue };
            let address = format!("{address}.{name}");
            found.within(members.assumed(entry), |found| {
                if !around::is_loop(name) {
                    return resource(&entry.value, &address, names, found);
                }
                if let [identifier, _, body] = entry.value.list() {
                    names.repeated(identifier, || resources(body, &address, names, found));
                }
            });
        }
    });
}

fn resource(resource: &Item, address: &str, names: &Names<'_>, found: &mut Found) {
    let own = resource.member("Type").and_then(Item::as_str).unwrap_or_default();
    let below = format!("{address}.Properties");
    found.within(around::of(resource), |found| {
        each(resource, "Properties", found, |properties, found| {
            let first = found.policies.len();
            let mut search = Search {
                names,
                resource: own,
                type_of: properties.member("Type").and_then(Item::as_str),
                trail: Trail::at(below.clone()),
                found,
            };
            search.item(properties);
            found.assume_below(first, &below, sam::assumed(own, properties, Some(&names.globals)));
        });
    });
    if let Some(metadata) = resource.member("Metadata") {
        allow::in_metadata(address, metadata, found);
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
            let item = found::statement(item);
            return self.names.policy(self.found, &self.trail.address, &item, Some(place));
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
                    self.within(vec![Assumption::of_condition(place)], |search| {
                        branches.list().iter().skip(1).for_each(|branch| search.item(branch));
                    });
                }
                Some(("Fn::ToJsonString", argument)) => self.item(argument),
                Some(_) => self.whole(item, place),
                // The properties as a whole are not a policy, even if one of them is called `Statement`.
                None if !self.trail.property.is_empty() && shape::is_policy(item)
                    || place.is_some() && shape::is_like_a_policy(item) =>
                {
                    self.whole(item, place);
                }
                None => self.within(around::of(item), |search| {
                    let members = around::Members::of(item);
                    for entry in entries {
                        let Some(name) = entry.name() else { continue };
                        let before = search.trail.member(name);
                        search.within(members.assumed(entry), |search| search.item(&entry.value));
                        search.trail.back(&before);
                    }
                }),
            },
            Value::Text(_) => self.whole(item, place),
            _ => {}
        }
    }

    /// Looks at what is inside of something that may change it.
    fn within(&mut self, around: Vec<Assumption>, look: impl FnOnce(&mut Self)) {
        let outer = self.found.enter(around);
        look(self);
        self.found.leave(outer);
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
        let resolved = self.names.resolved(item);
        match &resolved.value {
            // Where a policy has to be, another text may be the name of a managed one.
            Value::Text(template) if template.is_like_json() || place.is_some() && template.starts_as_object() => {
                self.found.assumed = self.names.misread_in(item);
                self.found.text(&self.trail.address, template, place);
                self.found.assumed.clear();
                self.names.refuse_misnamed(&self.trail.address, self.found);
            }
            Value::Map(_) => self.names.add(self.found, &self.trail.address, item, &resolved, place),
            // A list of names, the name of a managed policy, or the code of a function.
            _ => {}
        }
    }
}
