//! What the files of a folder define together: local values, variables, and what uses which policy.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use hcl_edit::expr::Expression;
use hcl_edit::structure::{Block, Body};

use super::arguments::{entries_of, one_or_several};
use super::data_source::SOURCES;
use super::expression::Evaluator;
use super::index::Index;
use super::overrides::Overrides;
use super::referred::{documents, documents_in_json};
use super::step::{self, Step};
use super::text::interpolated;
use super::{in_json, label};
use crate::assumption::Assumption;
use crate::item::{Entry, Item, Part, Template, Value};
use crate::limits::{self, Budget};
use crate::places::{self, Property};
use crate::written::Written;

/// The definitions of a module.
#[derive(Clone, Debug, Default)]
pub(crate) struct Module {
    files: HashMap<File, Definitions>,
    /// The files that say what a name is.
    values: Index<Name>,
    /// The files that define a name, whatever is known of it.
    names: Index<Name>,
    /// The files that use a data source, or make it part of others.
    documents: Index<String>,
    overrides: Overrides,
    /// Why a file may not be part of it.
    doubts: HashMap<File, String>,
}

/// `local` or `var`, and a name.
type Name = (&'static str, String);

/// What a file defines.
#[derive(Clone, Debug, Default)]
struct Definitions {
    values: HashMap<Name, Defined>,
    /// How often each of them is defined, those included of which nothing is known.
    counts: HashMap<Name, usize>,
    /// The resource arguments that the policy of a data source is given to.
    uses: HashMap<String, Vec<Use>>,
    /// The data sources that the policy of a data source is made part of.
    parents: HashMap<String, Vec<String>>,
    /// The data sources that a module gets, which may make them part of others.
    given: HashSet<String>,
}

/// What a name is defined as.
#[derive(Clone, Debug)]
struct Defined {
    item: Item,
    /// Its size.
    size: usize,
    /// The places of those of its lists whose elements are not in order.
    made: HashSet<Range<usize>>,
    /// What is assumed where the name is used.
    assumptions: Vec<Assumption>,
}

impl Defined {
    fn of(evaluator: &Evaluator<'_>, expression: &Expression) -> Self {
        let item = evaluator.item(expression);
        Self {
            size: limits::size(&item),
            made: evaluator.made.take(),
            assumptions: evaluator.assumptions.take(),
            item,
        }
    }

    fn in_json(item: &Item) -> Self {
        let item = item.with_texts(&interpolated);
        Self {
            size: limits::size(&item),
            made: HashSet::new(),
            assumptions: Vec::new(),
            item,
        }
    }
}

/// The number of a file of a module.
pub(crate) type File = usize;

impl Module {
    /// Sets what the override files of its folder define.
    pub(crate) fn set_overrides(&mut self, overrides: Overrides) {
        self.overrides = overrides;
    }

    /// Says why a file may not be part of it.
    pub(crate) fn doubt(&mut self, file: File, reason: String) {
        self.doubts.insert(file, reason);
    }

    /// Why a policy of a file, with this address, may be another one: an override file has it too, or another file is read instead.
    pub(crate) fn doubts_of(&self, file: File, address: &str) -> impl Iterator<Item = String> {
        let own = self.doubts.get(&file).cloned();
        self.overrides.of(address).into_iter().chain(own)
    }

    /// The same of a file in JSON.
    pub(crate) fn set_json(&mut self, file: File, root: &Item) {
        self.define(file, Definitions::of_json(root));
    }

    /// Sets what a file defines, whatever it defined before.
    pub(crate) fn set(&mut self, file: File, body: &Body, text: &str) {
        self.define(file, Definitions::of(body, text));
    }

    fn define(&mut self, file: File, definitions: Definitions) {
        if let Some(before) = self.files.remove(&file) {
            self.values.remove(file, before.values.keys());
            self.names.remove(file, before.counts.keys());
            self.documents.remove(file, before.documents());
        }
        self.values.add(file, definitions.values.keys());
        self.names.add(file, definitions.counts.keys());
        self.documents.add(file, definitions.documents());
        self.files.insert(file, definitions);
    }

    /// What a name is, or the part of it to which steps lead, which is used at this place of a file. What another file defines is
    /// reported there. And what is assumed then, at this place. `None` too, if no more may be made.
    pub(super) fn value(
        &self,
        (root, name): (&str, &str),
        steps: &[Step<'_>],
        file: File,
        place: &Range<usize>,
        budget: &Budget,
    ) -> Option<(Item, Vec<Assumption>)> {
        let root = if root == "var" { "var" } else { "local" };
        let key = (root, name.to_owned());
        // Of several definitions the last.
        let in_file = self.values.of(&key).next_back()?;
        let defined = self.files.get(&in_file)?.values.get(&key)?;
        let own = step::at(&defined.item, steps, &defined.made, budget)?;
        let size = if steps.is_empty() {
            defined.size
        } else {
            limits::size(own)
        };
        if !budget.spend(size) {
            return None;
        }
        let item = if in_file == file {
            own.clone()
        } else {
            moved(own, place)
        };
        let assumptions = defined.assumptions.iter().map(|own| own.used_at(place));
        let block = if root == "local" { "locals" } else { "variable" };
        let address = format!("{block}.{name}");
        let mut doubts: Vec<String> = self.doubts_of(in_file, &address).collect();
        let files = self.names.of(&key).filter_map(|own| self.files.get(&own));
        // Two files define it twice.
        let counts = files.filter_map(|own| own.counts.get(&key)).take(2);
        if doubts.is_empty() && counts.sum::<usize>() > 1 {
            doubts.push("it is defined several times, and which definition counts is not known; keep one".to_owned());
        }
        let doubts = doubts
            .into_iter()
            .map(|reason| Assumption::new(place.clone(), format!("`{root}.{name}`: {reason}")));
        Some((item, assumptions.chain(doubts).collect()))
    }

    /// How the policy of a data source is used, by itself or as part of others.
    pub(super) fn use_of(&self, name: &str) -> Use {
        let mut uses = Vec::new();
        let mut names = vec![name];
        let mut seen = Vec::new();
        while let Some(name) = names.pop().filter(|_| seen.len() < MOST_USES) {
            if seen.contains(&name) {
                continue;
            }
            seen.push(name);
            for definitions in self.documents.of(name).filter_map(|own| self.files.get(&own)) {
                uses.extend(definitions.uses.get(name).into_iter().flatten().copied());
                names.extend(definitions.parents.get(name).into_iter().flatten().map(String::as_str));
            }
        }
        let policies = || {
            uses.iter().filter_map(|one| match one {
                Use::Policy(property) => Some(*property),
                Use::Unknown | Use::Other => None,
            })
        };
        match policies().next() {
            Some(first) if policies().all(|other| other.kind == first.kind) => Use::Policy(first),
            None if !uses.is_empty() => Use::Other,
            _ => Use::Unknown,
        }
    }

    /// Whether AWS gets the policy of a data source as part of others only, as far as it is known who uses it.
    pub(super) fn is_part(&self, name: &str) -> bool {
        let files = || self.documents.of(name).filter_map(|own| self.files.get(&own));
        let is_whole = files().any(|own| own.uses.contains_key(name));
        !is_whole && files().any(|own| own.parents.contains_key(name) || own.given.contains(name))
    }
}

/// How the policy of a data source is used.
#[derive(Clone, Copy, Debug)]
pub(super) enum Use {
    /// It is not known, or in several ways.
    Unknown,
    /// As this property, or as some of this kind.
    Policy(Property),
    /// As policies in another language only: those of AWS IoT Core.
    Other,
}

impl Use {
    /// As this property of a resource of this `type`; `None` if it is not a property that has a policy.
    fn of(property: Option<Property>, own_type: Option<&str>) -> Option<Self> {
        Some(property?.of_type(own_type).map_or(Self::Other, Self::Policy))
    }

    /// The property, if it is known.
    pub(super) const fn property(self) -> Option<Property> {
        match self {
            Self::Policy(property) => Some(property),
            Self::Unknown | Self::Other => None,
        }
    }
}

/// Whether a file of this text may define something: most of a large configuration do not, and need not be parsed.
pub(crate) fn may_define(text: &str) -> bool {
    let words = ["locals", "variable", "aws_iam_policy_document"];
    words.iter().any(|word| text.contains(word))
}

impl Definitions {
    fn of(body: &Body, text: &str) -> Self {
        let mut own = Self::default();
        let none = Module::default();
        let budget = Budget::default();
        let evaluator = Evaluator::of_definition(text, &none, &budget);
        for block in body.blocks() {
            match block.ident.as_str() {
                "locals" => {
                    for attribute in block.body.attributes() {
                        own.define(
                            "local",
                            attribute.key.as_str(),
                            Defined::of(&evaluator, &attribute.value),
                        );
                    }
                }
                "variable" => {
                    if let Some(default) = block.body.get_attribute("default") {
                        own.define_default(label(block, 0), Defined::of(&evaluator, &default.value));
                    }
                }
                "resource" => own.add_uses_in(&block.body, block, ""),
                "module" => {
                    for argument in block.body.attributes() {
                        documents(&argument.value, &mut |name| own.give(name));
                    }
                }
                "data" if label(block, 0) == "aws_iam_policy_document" => {
                    for source in SOURCES {
                        let Some(source) = block.body.get_attribute(source) else {
                            continue;
                        };
                        documents(&source.value, &mut |name| {
                            let parents = own.parents.entry(name.to_owned()).or_default();
                            parents.push(label(block, 1).to_owned());
                        });
                    }
                }
                _ => {}
            }
        }
        own
    }

    /// The data sources that it uses, or makes part of others.
    fn documents(&self) -> impl Iterator<Item = &String> {
        self.uses.keys().chain(self.parents.keys()).chain(&self.given)
    }

    fn of_json(root: &Item) -> Self {
        let mut own = Self::default();
        for local in entries_of(root, "locals") {
            let defined = Defined::in_json(&local.value);
            own.define("local", local.name().unwrap_or_default(), defined);
        }
        for variable in entries_of(root, "variable") {
            let defaults = one_or_several(&variable.value).filter_map(|block| block.member("default"));
            for default in defaults {
                own.define_default(variable.name().unwrap_or_default(), Defined::in_json(default));
            }
        }
        for of_type in entries_of(root, "resource") {
            let resources = one_or_several(&of_type.value).flat_map(Item::entries);
            for body in resources.flat_map(|resource| one_or_several(&resource.value)) {
                let own_type = body.member("type").and_then(Item::as_str);
                own.add_uses_in_json(body, of_type.name().unwrap_or_default(), own_type, "");
            }
        }
        for module in entries_of(root, "module") {
            documents_in_json(&module.value, &mut |name| own.give(name));
        }
        for document in in_json::documents(root) {
            for body in one_or_several(&document.value) {
                for source in SOURCES.iter().filter_map(|source| body.member(source)) {
                    documents_in_json(source, &mut |name| {
                        let parents = own.parents.entry(name.to_owned()).or_default();
                        parents.extend(document.name().map(str::to_owned));
                    });
                }
            }
        }
        own
    }

    fn give(&mut self, name: &str) {
        self.given.insert(name.to_owned());
    }

    fn add_uses_in_json(&mut self, body: &Item, resource: &str, own_type: Option<&str>, before: &str) {
        for entry in body.entries() {
            let path = path(before, entry.name().unwrap_or_default());
            if let Some(own) = Use::of(places::property(resource, &path), own_type) {
                documents_in_json(&entry.value, &mut |name| {
                    self.uses.entry(name.to_owned()).or_default().push(own);
                });
            }
            for block in one_or_several(&entry.value) {
                self.add_uses_in_json(block, resource, own_type, &path);
            }
        }
    }

    /// A default of one text is most often replaced, if it is not empty in the first place.
    fn define_default(&mut self, name: &str, mut default: Defined) {
        if matches!(&default.item.value, Value::List(items) if !items.is_empty()) {
            let reason = format!("the default of `var.{name}` is its value only if nothing else sets the variable");
            let place = default.item.place.clone();
            default.assumptions.push(Assumption::new(place, reason));
            self.define("var", name, default);
        }
    }

    fn define(&mut self, root: &'static str, name: &str, defined: Defined) {
        *self.counts.entry((root, name.to_owned())).or_default() += 1;
        let is_known = match &defined.item.value {
            Value::Text(template) => template.as_written().is_some(),
            Value::List(_) | Value::Map(_) => true,
            _ => false,
        };
        if is_known {
            self.values.insert((root, name.to_owned()), defined);
        }
    }

    fn add_uses_in(&mut self, body: &Body, resource: &Block, before: &str) {
        for structure in body {
            if let Some(attribute) = structure.as_attribute() {
                let property = places::property(label(resource, 0), &path(before, attribute.key.as_str()));
                if let Some(own) = Use::of(property, super::type_of(resource)) {
                    documents(&attribute.value, &mut |name| {
                        self.uses.entry(name.to_owned()).or_default().push(own);
                    });
                }
            } else if let Some(block) = structure.as_block() {
                self.add_uses_in(&block.body, resource, &path(before, block.ident.as_str()));
            }
        }
    }
}

/// The path of a property within another one.
fn path(before: &str, name: &str) -> String {
    match before {
        "" => name.to_owned(),
        before => format!("{before}.{name}"),
    }
}

/// The most data sources that the use of one is followed through.
const MOST_USES: usize = 64;

/// A value where it is used.
fn moved(item: &Item, place: &Range<usize>) -> Item {
    let text = |template: &Template| Template {
        parts: template
            .parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => {
                    let mut written = Written::default();
                    written.push_as(text.text(), place.clone());
                    Part::Text(written)
                }
                Part::Hole(hole) => {
                    let mut hole = hole.clone();
                    hole.place = place.clone();
                    Part::Hole(hole)
                }
            })
            .collect(),
    };
    let value = match &item.value {
        Value::Text(template) => Value::Text(text(template)),
        Value::List(items) => Value::List(items.iter().map(|item| moved(item, place)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|entry| Entry {
                    name_place: place.clone(),
                    name: text(&entry.name),
                    value: moved(&entry.value, place),
                })
                .collect(),
        ),
        Value::Either(either) => {
            let mut either = either.clone();
            either.yes = moved(&either.yes, place);
            either.no = moved(&either.no, place);
            Value::Either(either)
        }
        other => other.clone(),
    };
    Item::new(place.clone(), value)
}
