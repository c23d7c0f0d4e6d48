//! The policy templates of SAM, each of which is a policy with parameters:
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html>

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use policy_core::document::{Document, Node, Value as Json};

use super::functions::{self, hole};
use super::{Dialect, Names};
use crate::build;
use crate::item::{Either, Entry, HoleKind, Item, Template, Value};
use crate::reading::Source;
use crate::written::Written;

const TABLE: &str = include_str!("../../data/policy-templates.txt");

/// A policy template.
pub(super) struct PolicyTemplate {
    pub(super) name: &'static str,
    pub(super) parameters: Vec<&'static str>,
    /// The policy as JSON.
    policy: &'static str,
    /// The policy with nothing known of any parameter.
    by_itself: OnceLock<Document<'static>>,
}

/// The template with this name.
pub(super) fn named(name: &str) -> Option<&'static PolicyTemplate> {
    templates().get(name)
}

/// The names of all templates.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    templates().values().map(|template| template.name)
}

fn templates() -> &'static BTreeMap<&'static str, PolicyTemplate> {
    static TEMPLATES: OnceLock<BTreeMap<&'static str, PolicyTemplate>> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let rows = TABLE.lines().filter_map(row);
        rows.map(|template| (template.name, template)).collect()
    })
}

fn row(line: &'static str) -> Option<PolicyTemplate> {
    let (name, rest) = line.split_once(' ').filter(|(name, _)| *name != "#")?;
    let (parameters, policy) = rest.split_once(' ')?;
    Some(PolicyTemplate {
        name,
        parameters: parameters.split(',').filter(|name| *name != "-").collect(),
        policy,
        by_itself: OnceLock::new(),
    })
}

/// The values of parameters, by their names.
pub(super) type Values<'v> = HashMap<&'v str, Item>;

/// A template that is filled in.
struct Filling<'f> {
    values: &'f Values<'f>,
    names: &'f Names<'f>,
    /// Where the template is named. What is not of a parameter is not written in the file: it is beside the name, and has no bytes.
    beside: Range<usize>,
}

impl PolicyTemplate {
    /// The policy with nothing known of any parameter. No place of it is one of a file.
    pub(super) fn by_itself(&self) -> &Document<'static> {
        self.by_itself.get_or_init(|| {
            let unknown = |name: &&'static str| (*name, Item::hole(0..0, *name, HoleKind::Unknown));
            let values = self.parameters.iter().map(unknown).collect();
            let item = self.filled(
                &(0..0),
                &(0..0),
                &values,
                &Names::of(None, Source::of(""), Dialect::CloudFormation),
            );
            let document = build::build(&item).documents.into_iter().next();
            document
                .unwrap_or_else(|| Document::new(Node::built(Json::Null)))
                .numbered()
        })
    }

    /// The policy that is made of it with these values, which are texts, or one of two texts. It is written at this place, and the
    /// template is named at the other one.
    pub(super) fn filled(
        &self,
        place: &Range<usize>,
        name: &Range<usize>,
        values: &Values<'_>,
        names: &Names<'_>,
    ) -> Item {
        // A text has no alternatives inside it; the policy has.
        let decided = values.iter().find_map(|(name, item)| match &item.value {
            Value::Either(either) => Some((*name, either)),
            _ => None,
        });
        if let Some((parameter, either)) = decided {
            let of = |value: &Item| {
                let mut values = values.clone();
                values.insert(parameter, value.clone());
                self.filled(place, name, &values, names)
            };
            let either = Either {
                condition: either.condition.clone(),
                yes: of(&either.yes),
                no: of(&either.no),
                is_repetition: either.is_repetition,
            };
            return Item::new(place.clone(), Value::Either(Box::new(either)));
        }
        let filling = Filling {
            values,
            names,
            beside: name.start..name.start,
        };
        let policy = Document::read(self.policy).ok();
        let value = policy.map_or(Value::Map(Vec::new()), |policy| filling.item(policy.root()).value);
        Item::new(place.clone(), value)
    }
}

impl Filling<'_> {
    fn item(&self, node: &Node<'_>) -> Item {
        let value = match &node.value {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => Value::Number(number.clone().into_owned()),
            Json::String(text) => return self.text(text.written()),
            Json::Array(elements) => Value::List(elements.iter().map(|element| self.item(element)).collect()),
            Json::Object(members) => Value::Map(
                members
                    .iter()
                    .map(|member| Entry {
                        name_place: self.beside.clone(),
                        name: Template::of(written(member.name.written(), &self.beside)),
                        value: self.item(&member.value),
                    })
                    .collect(),
            ),
        };
        Item::new(self.beside.clone(), value)
    }

    /// A text, which is where the parameters in it are written.
    fn text(&self, text: &str) -> Item {
        let parts = variables(text);
        let value_of = |variable: &str| self.values.get(variable);
        let mut places = parts
            .iter()
            .filter_map(|(_, variable)| Some(value_of(variable.as_ref()?)?.place.clone()));
        let first = places.next();
        let mut here = first.clone().unwrap_or_else(|| self.beside.clone());
        let whole = places.fold(here.clone(), |whole, place| {
            whole.start.min(place.start)..whole.end.max(place.end)
        });
        let mut template = Template::default();
        for (before, variable) in parts {
            template.push(written(before, &here));
            let Some(variable) = variable else { continue };
            match value_of(variable).map(|item| (&item.place, &item.value)) {
                Some((place, Value::Text(value))) => {
                    here = place.clone();
                    template.append(value.clone());
                }
                Some((place, _)) => {
                    here = place.clone();
                    template.push_hole(hole(variable, here.clone(), HoleKind::Unknown));
                }
                None => {
                    let kind = functions::referred(variable, None, self.names);
                    template.push_hole(hole(variable, here.clone(), kind));
                }
            }
        }
        Item::new(whole, Value::Text(template))
    }
}

/// The texts before the variables of a text, each with its variable, and the text after the last.
fn variables(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let (variable, after) = after.split_once('}').unwrap_or((after, ""));
        parts.push((before, Some(variable)));
        rest = after;
    }
    parts.push((rest, None));
    parts
}

/// A text that is not written in the file.
fn written(text: &str, place: &Range<usize>) -> Written {
    let mut written = Written::default();
    written.push_as(text, place.clone());
    written
}
