//! What the property `Policies` of SAM has that is not a policy: names of managed policies, and policy templates with the values of
//! their parameters.
//!
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-templates.html>

use std::ops::Range;

use policy_core::spelling::nearest;

use super::Names;
use super::policy_templates::{self, PolicyTemplate, Values};
use crate::item::{Entry, HoleKind, Item, Part, Template, Value};
use crate::made::Made;
use crate::places::Property;
use crate::reading::{Found, Unread};
use crate::shape;
use crate::written::Written;

/// The resource types that take policy templates.
const TYPES: [&str; 2] = ["AWS::Serverless::Function", "AWS::Serverless::StateMachine"];

/// The most uses of policy templates that are read of one file: a few bytes become a hundred values. A template of `CloudFormation` has
/// at most 500 resources.
const MOST: usize = 10_000;

/// The most alternatives of one value that are read one by one.
const MOST_ALTERNATIVES: usize = 4;

/// Whether a property has policy templates.
pub(super) fn are_at(resource: &str, property: &str) -> bool {
    property == "Policies" && TYPES.contains(&resource)
}

/// An element of `Policies`, or its only value.
pub(super) struct Element<'e> {
    pub(super) item: &'e Item,
    pub(super) address: &'e str,
    pub(super) names: &'e Names<'e>,
    pub(super) property: Option<Property>,
}

impl Element<'_> {
    /// Adds the policy of an element that is a policy template, or what is wrong with it; says whether it is one.
    pub(super) fn add(&self, found: &mut Found) -> bool {
        match &self.item.value {
            Value::Text(text) => self.add_text(text, found),
            Value::Map(entries) => self.add_map(entries, found),
            _ => false,
        }
    }

    /// A text is the name of a managed policy, or its ARN; that of a template is neither.
    fn add_text(&self, text: &Template, found: &mut Found) -> bool {
        let name = text.as_written().map(Written::text);
        let Some(template) = name.and_then(policy_templates::named) else {
            return false;
        };
        let name = template.name;
        let reason = format!(
            "`{name}` is a policy template, but AWS SAM reads a text as the name or the ARN of a managed policy, and IAM rejects it \
             when it is deployed: {}",
            template.how_to_write()
        );
        self.refuse(name, &self.item.place, reason, found);
        true
    }

    fn add_map(&self, entries: &[Entry], found: &mut Found) -> bool {
        let templates = entries
            .iter()
            .filter_map(|entry| policy_templates::named(entry.name()?));
        let templates: Vec<&'static PolicyTemplate> = templates.collect();
        match (entries, templates.as_slice()) {
            ([entry], [template]) => self.add_template(entry, template, found),
            ([entry], _) => return self.add_unknown(entry, found),
            (_, []) => return false,
            (_, [template]) => {
                let others = entries
                    .iter()
                    .filter_map(Entry::name)
                    .filter(|name| *name != template.name);
                let are_parameters = others.clone().all(|name| template.parameters.contains(&name));
                let remedy = if are_parameters {
                    format!("{}, indented below it", template.how_to_write())
                } else {
                    let others: Vec<String> = others.map(|name| format!("`{name}`")).collect();
                    format!(
                        "move {} out of the element that has `{}`",
                        others.join(" and "),
                        template.name
                    )
                };
                let reason = format!(
                    "an element with a policy template has nothing else; {}: {remedy}",
                    self.refused()
                );
                self.refuse(template.name, &self.item.place, reason, found);
            }
            (_, [first, ..]) => {
                let reason = format!(
                    "each policy template is an element of its own; {}: write `- ` before each name",
                    self.refused()
                );
                self.refuse(first.name, &self.item.place, reason, found);
            }
        }
        true
    }

    /// A map with one member is a policy template.
    fn add_unknown(&self, entry: &Entry, found: &mut Found) -> bool {
        let is_function = |name: &str| name.starts_with("Fn::");
        let has_policy =
            shape::is_policy(&entry.value) || entry.value.entries().iter().any(|inner| shape::is_policy(&inner.value));
        let Some(name) = entry.name().filter(|name| !is_function(name) && !has_policy) else {
            return false;
        };
        let remedy = match nearest(name, policy_templates::all()) {
            Some(known) => format!("write `{known}`"),
            None => "name one of the templates that AWS's page lists, or write a policy with a `Statement`".to_owned(),
        };
        let reason = format!("`{name}` is not a policy template; {}: {remedy}", self.refused());
        self.refuse(name, &entry.name_place, reason, found);
        true
    }

    fn add_template(&self, entry: &Entry, template: &'static PolicyTemplate, found: &mut Found) {
        let name = template.name;
        let Value::Map(given) = &entry.value.value else {
            let reason = format!(
                "the values of its parameters are an object; AWS SAM rejects it when it is deployed, `Must specify valid parameter values \
                 for policy template '{name}'`: {}",
                template.how_to_write()
            );
            return self.refuse(name, &entry.name_place, reason, found);
        };
        // What a macro makes is not known.
        if given
            .iter()
            .any(|own| own.name().is_none_or(|name| name.starts_with("Fn::")))
        {
            return;
        }
        self.refuse_names(entry, given, template, found);
        let mut values = Values::new();
        for own in given {
            let Some(parameter) = own.name().filter(|name| template.parameters.contains(name)) else {
                continue;
            };
            if let Some(value) = value(&own.value, self.names) {
                values.insert(parameter, value);
            } else {
                let reason = format!(
                    "the value of the parameter `{parameter}` is not a text, and CloudFormation rejects it when it is deployed: write one \
                     text, and name the policy template once for each"
                );
                self.refuse(&format!("{name}.{parameter}"), &own.value.place, reason, found);
            }
        }
        let is_whole = template
            .parameters
            .iter()
            .all(|parameter| values.contains_key(parameter));
        if !is_whole {
            return;
        }
        found.policy_templates += 1;
        if found.policy_templates > MOST {
            if found.policy_templates == MOST + 1 {
                let reason = format!("it has more than {MOST} policy templates: split the file");
                self.refuse(name, &entry.name_place, reason, found);
            }
            return;
        }
        let policy = template.filled(&self.item.place, &entry.name_place, &values, self.names);
        let made = Made::new(
            template.by_itself(),
            entry.name_place.clone(),
            referred_to(&values, self.names),
        );
        let address = format!("{}.{name}", self.address);
        found.assumed.extend(self.names.misread_in(&entry.value));
        found.policy(&address, &policy, self.property);
        if let Some(policy) = found.policies.last_mut() {
            policy.made_of(made);
        }
    }

    /// Reports names that are not of parameters, and parameters without a value.
    fn refuse_names(&self, entry: &Entry, given: &[Entry], template: &PolicyTemplate, found: &mut Found) {
        let name = template.name;
        let is_given = |parameter: &str| given.iter().any(|own| own.name() == Some(parameter));
        let mut missing: Vec<&str> = template
            .parameters
            .iter()
            .copied()
            .filter(|parameter| !is_given(parameter))
            .collect();
        let unknown = given.iter().filter_map(|own| Some((own, own.name()?)));
        for (own, written) in unknown.filter(|(_, written)| !template.parameters.contains(written)) {
            let reason = match meant(written, &missing) {
                Some(parameter) => {
                    missing.retain(|name| *name != parameter);
                    format!(
                        "`{written}` is not a parameter of `{name}`; AWS SAM rejects it when it is deployed, as `{parameter}` has no value: \
                         write `{parameter}`"
                    )
                }
                None => format!(
                    "`{written}` is not a parameter of `{name}`; AWS SAM ignores it, and the policy is the same without: remove `{written}`"
                ),
            };
            self.refuse(&format!("{name}.{written}"), &own.name_place, reason, found);
        }
        for parameter in missing {
            let reason = format!(
                "the parameter `{parameter}` has no value; AWS SAM rejects it when it is deployed: add `{parameter}`"
            );
            self.refuse(name, &entry.name_place, reason, found);
        }
    }

    /// What AWS answers to an element that is not a policy, a name or a policy template, and when.
    fn refused(&self) -> String {
        let index = self
            .address
            .strip_suffix(']')
            .and_then(|address| address.rsplit_once('['));
        let index = index.map_or("0", |(_, index)| index);
        format!(
            "AWS SAM rejects it when it is deployed, `Policy at index {index} in the 'Policies' property is not valid`"
        )
    }

    fn refuse(&self, below: &str, place: &Range<usize>, reason: String, found: &mut Found) {
        let address = format!("{}.{below}", self.address);
        found.refuse(Unread::new(address, place.clone(), reason));
    }
}

impl PolicyTemplate {
    /// How a use of it is written.
    fn how_to_write(&self) -> String {
        match self.parameters.as_slice() {
            [] => format!("write `{}: {{}}`", self.name),
            [only] => format!("write `{}:` with the value of `{only}`", self.name),
            several => {
                let several: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
                format!("write `{}:` with the values of {}", self.name, several.join(" and "))
            }
        }
    }
}

/// The parameter that was meant by a name: the nearest, or the only one.
fn meant<'p>(written: &str, missing: &[&'p str]) -> Option<&'p str> {
    nearest(written, missing.iter().copied()).or(match missing {
        [only] => Some(only),
        _ => None,
    })
}

/// The value of a parameter, if it can be part of a text.
fn value(item: &Item, names: &Names<'_>) -> Option<Item> {
    let item = names.resolved(item);
    if alternatives(&item) > MOST_ALTERNATIVES {
        return Some(Item::hole(item.place, "Fn::If", HoleKind::Unknown));
    }
    is_text(&item).then(|| as_text(item))
}

/// The types of the resources that values refer to, by their logical IDs.
fn referred_to(values: &Values<'_>, names: &Names<'_>) -> Vec<(String, String)> {
    let texts = values.values().filter_map(Item::as_template);
    let holes = texts.flat_map(|text| &text.parts).filter_map(|part| match part {
        Part::Hole(hole) => hole.name.split('.').next(),
        Part::Text(_) => None,
    });
    let typed = holes.filter_map(|name| Some((name.to_owned(), (*names.types.get(name)?).to_owned())));
    typed.collect()
}

/// How many values a value can be.
fn alternatives(item: &Item) -> usize {
    match &item.value {
        Value::Either(either) => alternatives(&either.yes) + alternatives(&either.no),
        _ => 1,
    }
}

fn is_text(item: &Item) -> bool {
    match &item.value {
        Value::Text(_) | Value::Number(_) | Value::Bool(_) => true,
        Value::Either(either) => is_text(&either.yes) && is_text(&either.no),
        _ => false,
    }
}

/// Numbers and truth values as the texts that they become.
fn as_text(mut item: Item) -> Item {
    let text = match &mut item.value {
        Value::Number(number) => std::mem::take(number),
        Value::Bool(value) => value.to_string(),
        Value::Either(either) => {
            either.yes = as_text(either.yes.clone());
            either.no = as_text(either.no.clone());
            return item;
        }
        _ => return item,
    };
    let mut written = Written::default();
    written.push_as(&text, item.place.clone());
    item.value = Value::Text(Template {
        parts: vec![Part::Text(written)],
    });
    item
}
