//! From a value to the documents that the checker reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

use policy_core::document::{Document, Member, Node, Place, Text, Value as Json};

use crate::item::{Either, Entry, Item, Part, Template, Value};
use crate::written::Written;

/// The strings of the documents: where each byte of each is written.
pub(crate) type Strings = HashMap<Place, Written>;

/// The most documents that one policy is read as. Each further condition doubles what could be; all that is written is in
/// one of these, unless a policy has more branches.
const MOST: usize = 16;

/// The most holes of a text that are looked at one by one: no ARN has as many fields.
const MOST_HOLES: usize = 1000;

/// What a policy is read as.
pub(crate) struct Built {
    /// The documents that it can be, as its conditions are decided: together they have every branch.
    pub(crate) documents: Vec<Document<'static>>,
    /// Others that it can be. What is true of all of it is true in each of them, too.
    pub(crate) further: Vec<Document<'static>>,
    pub(crate) unsure: Unsure,
    pub(crate) strings: Strings,
}

/// What a policy with very many conditions can be that none of its documents is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unsure {
    /// Whether there is anything.
    pub(crate) is_any: bool,
    /// The statements of which there is no document for each way in which their own conditions can be decided.
    pub(crate) statements: Vec<Range<usize>>,
}

pub(crate) fn build(item: &Item) -> Built {
    let mut ways = Vec::new();
    find_ways(item, &Decisions::new(), &mut ways);
    let all = decided(ways);
    let mut conditions = BTreeSet::new();
    find_conditions(item, &mut conditions);
    let (further, unsure) = others(item, &conditions, &all);
    let mut strings = Strings::new();
    let mut documents = |all: Vec<Decisions>| -> Vec<Document<'static>> {
        let documents = all.into_iter().filter_map(|decisions| {
            let mut builder = Builder {
                strings: &mut strings,
                decisions,
            };
            builder.node(item).map(Document::new)
        });
        documents.collect()
    };
    Built {
        documents: documents(all),
        further: documents(further),
        unsure,
        strings,
    }
}

/// The ways to decide the conditions in which each branch is there, as few as these can be put in.
fn decided(ways: Vec<Decisions>) -> Vec<Decisions> {
    // What no condition decides is true.
    let mut all = vec![Decisions::new()];
    for way in ways {
        let is_same = |decisions: &Decisions| {
            way.iter()
                .all(|(name, value)| *decisions.get(name).unwrap_or(&true) == *value)
        };
        let may_be = |decisions: &Decisions| {
            way.iter()
                .all(|(name, value)| decisions.get(name).is_none_or(|own| own == value))
        };
        let index = all
            .iter()
            .position(is_same)
            .or_else(|| all.iter().skip(1).position(may_be).map(|at| at + 1));
        let is_full = all.len() == MOST;
        match index.and_then(|index| all.get_mut(index)) {
            Some(decisions) => decisions.extend(way),
            None if is_full => {}
            None => all.push(way),
        }
    }
    all
}

/// The other ways to decide the conditions, all of them if these are few enough. Of more, those in which one is not as in the first
/// document; and then what these are not enough for.
fn others(item: &Item, conditions: &BTreeSet<&str>, known: &[Decisions]) -> (Vec<Decisions>, Unsure) {
    let is_known = |decisions: &Decisions| {
        let is_same = |known: &Decisions| {
            let of = |all: &Decisions, name: &str| all.get(name).copied().unwrap_or(true);
            conditions.iter().all(|name| of(known, name) == of(decisions, name))
        };
        known.iter().any(is_same)
    };
    let few = u32::try_from(conditions.len())
        .ok()
        .and_then(|count| 1_usize.checked_shl(count));
    if let Some(count) = few.filter(|count| *count <= MOST) {
        let ways = (1..count).map(|number| {
            let names = conditions.iter().enumerate();
            let decided = names.map(|(at, name)| ((*name).to_owned(), number >> at & 1 == 0));
            decided.collect::<Decisions>()
        });
        return (ways.filter(|way| !is_known(way)).collect(), Unsure::default());
    }
    let flipped = conditions.iter().take(MOST);
    let ways = flipped.map(|name| Decisions::from([((*name).to_owned(), false)]));
    let ways: Vec<Decisions> = ways.filter(|way| !is_known(way)).collect();
    let statements = item.member("Statement").map(Item::as_list).unwrap_or_default();
    let unsure = statements.iter().filter(|statement| {
        let mut own = BTreeSet::new();
        find_conditions(statement, &mut own);
        own.len() > 1
            || own
                .first()
                .is_some_and(|own| conditions.iter().skip(MOST).any(|name| name == own))
    });
    let unsure = Unsure {
        is_any: true,
        statements: unsure.map(|statement| statement.place.clone()).collect(),
    };
    (ways, unsure)
}

fn find_conditions<'i>(item: &'i Item, found: &mut BTreeSet<&'i str>) {
    match &item.value {
        Value::List(items) => items.iter().for_each(|item| find_conditions(item, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| find_conditions(&entry.value, found)),
        Value::Either(either) => {
            found.insert(&either.condition);
            find_conditions(&either.yes, found);
            find_conditions(&either.no, found);
        }
        _ => {}
    }
}

/// How conditions are decided.
type Decisions = BTreeMap<String, bool>;

/// The decisions that lead to each branch. The same condition decides alike everywhere.
fn find_ways(item: &Item, way: &Decisions, found: &mut Vec<Decisions>) {
    match &item.value {
        Value::List(items) => items.iter().for_each(|item| find_ways(item, way, found)),
        Value::Map(entries) => entries.iter().for_each(|entry| find_ways(&entry.value, way, found)),
        Value::Either(either) if either.is_repetition => find_ways(&either.yes, way, found),
        Value::Either(either) => {
            for (value, branch) in [(true, &either.yes), (false, &either.no)] {
                match way.get(&either.condition) {
                    Some(decided) if *decided == value => find_ways(branch, way, found),
                    Some(_) => {}
                    None => {
                        let mut way = way.clone();
                        way.insert(either.condition.clone(), value);
                        found.push(way.clone());
                        find_ways(branch, &way, found);
                    }
                }
            }
        }
        _ => {}
    }
}

struct Builder<'s> {
    strings: &'s mut Strings,
    decisions: Decisions,
}

impl Builder<'_> {
    /// The value; `None` if it is absent.
    fn node(&mut self, item: &Item) -> Option<Node<'static>> {
        let place = place(&item.place);
        let value = match &item.value {
            Value::Null => Json::Null,
            Value::Bool(value) => Json::Bool(*value),
            Value::Number(number) => Json::Number(number.clone().into()),
            Value::Text(template) => Json::String(self.text(template, place)),
            Value::List(items) => Json::Array(self.list(items)),
            Value::Map(entries) => Json::Object(entries.iter().filter_map(|entry| self.member(entry)).collect()),
            Value::Either(either) => {
                let decided = *self.decisions.get(&either.condition).unwrap_or(&true);
                return self.node(if decided { &either.yes } else { &either.no });
            }
            Value::Absent => return None,
        };
        Some(Node { place, value })
    }

    fn list(&mut self, items: &[Item]) -> Vec<Node<'static>> {
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let Some(node) = self.node(item) else { continue };
            match node.value {
                // A list in a list, from one branch of a condition: IAM has none, and what was meant are its elements.
                Json::Array(elements) if matches!(item.value, Value::Either(_)) => nodes.extend(elements),
                _ => nodes.push(node),
            }
        }
        nodes
    }

    fn member(&mut self, entry: &Entry) -> Option<Member<'static>> {
        let value = match entry.name() {
            // Conditions of which nothing is known: an operator, a key and a value, each of which may be any.
            Some("Condition") => self.node(&with_members(&entry.value, 2))?,
            _ => self.node(&entry.value)?,
        };
        let name_place = place(&entry.name_place);
        Some(Member {
            name_place,
            name: self.text(&entry.name, name_place),
            value,
        })
    }

    fn text(&mut self, template: &Template, place: Place) -> Text<'static> {
        let mut written = Written::default();
        let mut holes: Vec<(Range<usize>, &str, usize)> = Vec::new();
        let mut named = Vec::new();
        for part in &template.parts {
            match part {
                Part::Text(text) => written.push_part(text, 0..text.text().len()),
                Part::Hole(hole) => {
                    let start = written.text().len();
                    written.push_as(&format!("${{{}}}", hole.name), hole.place.clone());
                    let (sample, least) = hole.kind.sample();
                    named.extend(hole.kind.named(&hole.name).map(|named| (holes.len(), named)));
                    holes.push((start..written.text().len(), sample, least));
                }
            }
        }
        if holes.len() > MOST_HOLES {
            holes = vec![(0..written.text().len(), Text::UNKNOWN, 0)];
            named.clear();
        }
        let text = Text::with_holes(written.text().to_owned(), holes);
        let text = named
            .into_iter()
            .fold(text, |text, (hole, named)| text.naming(hole, named));
        self.strings.entry(place).or_insert(written);
        text
    }
}

/// A map of maps, so many deep, in which each hole that there is instead of one is a map whose member is the hole.
fn with_members(item: &Item, depth: usize) -> Item {
    let value = match (&item.value, depth) {
        (_, 0) => return item.clone(),
        (Value::Text(template), _) if template.as_written().is_none() => Value::Map(vec![Entry {
            name_place: item.place.clone(),
            name: template.clone(),
            value: with_members(item, depth - 1),
        }]),
        (Value::Map(entries), _) => Value::Map(
            entries
                .iter()
                .map(|entry| Entry {
                    value: with_members(&entry.value, depth - 1),
                    ..entry.clone()
                })
                .collect(),
        ),
        (Value::Either(either), _) => Value::Either(Box::new(Either {
            condition: either.condition.clone(),
            yes: with_members(&either.yes, depth),
            no: with_members(&either.no, depth),
            is_repetition: either.is_repetition,
        })),
        _ => return item.clone(),
    };
    Item::new(item.place.clone(), value)
}

/// A place in a document. A file is at most 64 MiB long.
pub(crate) fn place(range: &Range<usize>) -> Place {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Place::new(byte(range.start), byte(range.end))
}
