//! The data source `aws_iam_policy_document` as the policy that it becomes:
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>.

use std::ops::Range;

use policy_core::policy::Kind;

use super::arguments::{Arguments, Part};
use crate::assumption::Assumption;
use crate::extent::Extent;
use crate::item::{Either, Entry, HoleKind, Item, Template, Value};
use crate::limits::{self, Budget};
use crate::written::Written;

/// The blocks that it can have, and those inside them.
pub(super) const BLOCKS: [&str; 4] = ["statement", "principals", "not_principals", "condition"];

/// The arguments of a statement that are lists, and the elements of a policy that they are: an argument and its negation.
const ELEMENTS: [(&str, &str, &str, &str); 2] = [
    ("actions", "not_actions", "Action", "NotAction"),
    ("resources", "not_resources", "Resource", "NotResource"),
];

/// The arguments with other policies, of which nothing is known here.
pub(super) const SOURCES: [&str; 4] = [
    "source_json",
    "source_policy_documents",
    "override_json",
    "override_policy_documents",
];

/// The policy, of this kind if that is known, of a data source. Of statements that are those of other policies nothing is known.
pub(super) fn item(own: &Part, kind: Option<Kind>, budget: &Budget) -> Item {
    let head = own.head.clone();
    let body = &own.body;
    let statements = body.blocks("statement").map(|part| {
        let own = statement(part, kind, budget);
        if part.is_dynamic {
            own.repeated(Value::Absent)
        } else {
            own
        }
    });
    let statements: Vec<Item> = statements.collect();
    let are_elsewhere = statements.is_empty() && SOURCES.iter().any(|source| body.argument(source).is_some());
    let version = body.argument("version").map_or_else(
        || Item::text(head.clone(), named("2012-10-17", &head)),
        |version| version.value.clone(),
    );
    let mut entries = vec![entry("Version", head.clone(), version)];
    if let Some(id) = body.argument("policy_id") {
        entries.push(argument("Id", id));
    }
    let statements = if are_elsewhere {
        Item::hole(head.clone(), "source_policy_documents", HoleKind::Unknown)
    } else {
        Item::new(body.place.clone(), Value::List(statements))
    };
    entries.push(entry("Statement", head, statements));
    Item::new(own.whole.clone(), Value::Map(entries))
}

/// How much of the policy that AWS gets is in a data source, which may be but a part of others.
pub(super) fn extent(own: &Part, is_part: bool) -> Extent {
    if is_part {
        Extent::Part
    } else if sources(own).next().is_some() {
        Extent::Merged
    } else {
        Extent::Whole
    }
}

/// The arguments that merge other policies with it.
fn sources(own: &Part) -> impl Iterator<Item = (&'static str, &Entry)> {
    let given = SOURCES
        .into_iter()
        .filter_map(|source| Some((source, own.body.argument(source)?)));
    given.filter(|(_, argument)| match &argument.value.value {
        Value::Null => false,
        Value::List(items) => !items.is_empty(),
        _ => true,
    })
}

/// What is assumed of the policy of a data source: that other policies add nothing to it, and that what is repeated is there.
pub(super) fn assumptions(own: &Part) -> Vec<Assumption> {
    let mut assumptions = Vec::new();
    for (source, argument) in sources(own) {
        let reason = if source.starts_with("override") {
            format!("the policies in `{source}` replace statements of it and are not read here")
        } else {
            format!("the statements of the policies in `{source}` are part of it and are not read here")
        };
        assumptions.push(Assumption::new(argument.name_place.clone(), reason));
    }
    own.body.each_dynamic(&mut |name, part| {
        assumptions.push(Assumption::new(part.head.clone(), repeated(name)));
    });
    assumptions
}

/// What is not known of the blocks of this name that `dynamic` makes.
pub(super) fn repeated(name: &str) -> String {
    format!("`for_each` decides how many blocks `dynamic \"{name}\"` makes, if any")
}

/// An element or its negation: AWS takes one of them. Of those that may be none the other counts.
fn one_of(own: Option<(Entry, bool)>, negated: Option<(Entry, bool)>) -> Vec<Entry> {
    match (own, negated) {
        (Some((own, _)), Some((_, true))) => vec![own],
        (Some((_, true)), Some((negated, _))) => vec![negated],
        (own, negated) => own.into_iter().chain(negated).map(|(entry, _)| entry).collect(),
    }
}

fn statement(part: &Part, kind: Option<Kind>, budget: &Budget) -> Item {
    let body = &part.body;
    let mut entries = Vec::new();
    if let Some(sid) = given(body, "sid") {
        // Terraform leaves out an empty one.
        if sid.value.as_str() != Some("") {
            entries.push(argument("Sid", sid));
        }
    }
    let allow = || {
        let effect = Item::text(part.head.clone(), named("Allow", &part.head));
        entry("Effect", part.head.clone(), effect)
    };
    let effect = given(body, "effect");
    entries.push(effect.map_or_else(allow, |effect| argument("Effect", effect)));
    let named = principals(body, "principals", "Principal", kind, budget);
    let others = principals(body, "not_principals", "NotPrincipal", kind, budget);
    entries.extend(one_of(named, others));
    for (argument, negated, element, opposite) in ELEMENTS {
        // The resources of a role trust policy are `null` whenever it is valid.
        let is_none = element == "Resource" && kind == Some(Kind::Trust);
        let of = |name, element| list(body, name, element).filter(|(_, is_unknown)| !(is_none && *is_unknown));
        entries.extend(one_of(of(argument, element), of(negated, opposite)));
    }
    entries.extend(conditions(body, budget));
    Item::new(part.whole.clone(), Value::Map(entries))
}

/// A list of texts, and whether it may be none. Terraform leaves out an empty one.
fn list(body: &Arguments, name: &str, element: &str) -> Option<(Entry, bool)> {
    let entry = argument(element, given(body, name)?);
    let is_unknown = match &entry.value.value {
        Value::List(items) if items.is_empty() => return None,
        Value::Text(text) => text.as_written().is_none(),
        _ => false,
    };
    Some((entry, is_unknown))
}

fn argument(element: &str, own: &Entry) -> Entry {
    entry(element, own.name_place.clone(), without_null(own.value.clone()))
}

/// Principals, and whether there may be none. An identity-based policy has no such element, then.
fn principals(
    body: &Arguments,
    block: &str,
    element: &str,
    kind: Option<Kind>,
    budget: &Budget,
) -> Option<(Entry, bool)> {
    let parts: Vec<&Part> = body.blocks(block).collect();
    let is_optional = parts.iter().all(|part| part.is_dynamic);
    if is_optional && kind == Some(Kind::Identity) {
        return None;
    }
    Some((
        repeated_in(&parts, |parts| principals_of(parts, element, budget))?,
        is_optional,
    ))
}

/// The member that some blocks make, those of `dynamic` included, which may not be there.
fn repeated_in(parts: &[&Part], of: impl Fn(&[&Part]) -> Option<Entry>) -> Option<Entry> {
    let mut all = of(parts)?;
    let sure: Vec<&Part> = parts.iter().copied().filter(|part| !part.is_dynamic).collect();
    if sure.len() < parts.len() {
        let without = of(&sure).map_or(Value::Absent, |without| without.value.value);
        all.value = all.value.repeated(without);
    }
    Some(all)
}

fn principals_of(parts: &[&Part], element: &str, budget: &Budget) -> Option<Entry> {
    let head = parts.first()?.head.clone();
    let whole = whole(parts)?;
    let named = parts
        .iter()
        .filter_map(|part| Named::of(part, &["type"], "identifiers"));
    let value = decided(named.collect(), MOST_DECIDED, budget, &|named| {
        let mut types: Vec<Entry> = Vec::new();
        for Named { names, values, .. } in named {
            let Ok([kind]) = <[Item; 1]>::try_from(names) else {
                continue;
            };
            if kind.as_str() == Some("*") {
                return values.list().first().cloned().unwrap_or(values);
            }
            add(&mut types, kind, values);
        }
        Item::new(whole.clone(), Value::Map(types))
    });
    Some(entry(element, head, value))
}

fn conditions(body: &Arguments, budget: &Budget) -> Option<Entry> {
    let parts: Vec<&Part> = body.blocks("condition").collect();
    repeated_in(&parts, |parts| conditions_of(parts, budget))
}

fn conditions_of(parts: &[&Part], budget: &Budget) -> Option<Entry> {
    let head = parts.first()?.head.clone();
    let whole = whole(parts)?;
    let named = parts
        .iter()
        .filter_map(|part| Named::of(part, &["test", "variable"], "values"));
    let value = decided(named.collect(), MOST_DECIDED, budget, &|named| {
        let mut operators: Vec<Entry> = Vec::new();
        for Named { place, names, values } in named {
            let Ok([test, variable]) = <[Item; 2]>::try_from(names) else {
                continue;
            };
            if !operators.iter().any(|operator| is_same(&operator.name, &test)) {
                let keys = Item::new(place, Value::Map(Vec::new()));
                operators.push(pair(test.clone(), keys));
            }
            let mut known = operators.iter_mut().rev();
            let own = known.find(|operator| is_same(&operator.name, &test) || test.as_str().is_none());
            if let Some(Value::Map(keys)) = own.map(|operator| &mut operator.value.value) {
                add(keys, variable, values);
            }
        }
        Item::new(whole.clone(), Value::Map(operators))
    });
    Some(entry("Condition", head, value))
}

/// Values, and the texts that are their names in the policy.
#[derive(Clone)]
struct Named {
    place: Range<usize>,
    names: Vec<Item>,
    values: Item,
}

impl Named {
    /// Those of a block, which has these arguments.
    fn of(part: &Part, names: &[&str], values: &str) -> Option<Self> {
        let name = |name: &&str| part.body.argument(name).map(|own| as_name(&own.value, name));
        Some(Self {
            place: part.whole.clone(),
            names: names.iter().map(name).collect::<Option<_>>()?,
            values: without_null(part.body.argument(values)?.value.clone()),
        })
    }

    fn size(&self) -> usize {
        let names = self.names.iter().map(limits::size);
        names.fold(limits::size(&self.values), usize::saturating_add)
    }
}

/// A value that is a name. Of what is no text nothing is known.
fn as_name(item: &Item, argument: &str) -> Item {
    let value = match &item.value {
        Value::Text(_) => return item.clone(),
        Value::Either(either) => Value::Either(Box::new(Either {
            condition: either.condition.clone(),
            yes: as_name(&either.yes, argument),
            no: as_name(&either.no, argument),
            is_repetition: either.is_repetition,
        })),
        _ => return Item::hole(item.place.clone(), argument, HoleKind::Unknown),
    };
    Item::new(item.place.clone(), value)
}

/// What is made of some names and values. A member of a policy has one name, so that it is made once for each way in which the
/// conditions of the names can be decided: of so many of them at most.
fn decided(named: Vec<Named>, most: usize, budget: &Budget, make: &dyn Fn(Vec<Named>) -> Item) -> Item {
    let mut all = named.iter().flat_map(|own| &own.names);
    let Some((place, condition)) = all.find_map(|name| match &name.value {
        Value::Either(either) => Some((name.place.clone(), either.condition.clone())),
        _ => None,
    }) else {
        return make(named);
    };
    let change = |change: &dyn Fn(&Item) -> Item| -> Vec<Named> {
        let changed = named.iter().map(|own| Named {
            names: own.names.iter().map(change).collect(),
            ..own.clone()
        });
        changed.collect()
    };
    let size = named.iter().map(Named::size).fold(0, usize::saturating_add);
    if most == 0 || !budget.spend(size.saturating_mul(2)) {
        return make(change(&|name| match &name.value {
            Value::Either(either) => Item::hole(name.place.clone(), either.condition.clone(), HoleKind::Unknown),
            _ => name.clone(),
        }));
    }
    let branch = |holds| decided(change(&|name| chosen(name, &condition, holds)), most - 1, budget, make);
    let either = Either {
        yes: branch(true),
        no: branch(false),
        is_repetition: false,
        condition,
    };
    Item::new(place, Value::Either(Box::new(either)))
}

/// The most conditions that are decided of the names in one element: what they name is made twice as often with each.
const MOST_DECIDED: usize = 3;

/// A value where a condition holds, or does not.
fn chosen(item: &Item, condition: &str, holds: bool) -> Item {
    let Value::Either(either) = &item.value else {
        return item.clone();
    };
    let (yes, no) = (&either.yes, &either.no);
    if either.condition == condition {
        return chosen(if holds { yes } else { no }, condition, holds);
    }
    let either = Either {
        condition: either.condition.clone(),
        yes: chosen(yes, condition, holds),
        no: chosen(no, condition, holds),
        is_repetition: either.is_repetition,
    };
    Item::new(item.place.clone(), Value::Either(Box::new(either)))
}

/// An argument that is not `null`.
fn given<'b>(body: &'b Arguments, name: &str) -> Option<&'b Entry> {
    let own = body.argument(name)?;
    (!matches!(own.value.value, Value::Null)).then_some(own)
}

/// Adds values under a name, to those that are there already.
fn add(entries: &mut Vec<Entry>, name: Item, values: Item) {
    let known = entries.iter_mut().find(|entry| is_same(&entry.name, &name));
    match (known.map(|entry| &mut entry.value.value), values.value) {
        (Some(Value::List(items)), Value::List(more)) => items.extend(more),
        (_, value) => entries.push(pair(name, Item::new(values.place, value))),
    }
}

fn is_same(name: &Template, item: &Item) -> bool {
    let known = name.as_written().map(Written::text);
    known.is_some() && known == item.as_str()
}

/// A member whose name is a value.
fn pair(name: Item, value: Item) -> Entry {
    Entry {
        name_place: name.place,
        name: match name.value {
            Value::Text(template) => template,
            _ => Template::default(),
        },
        value,
    }
}

/// A member that is written as something else.
fn entry(name: &str, place: Range<usize>, value: Item) -> Entry {
    Entry {
        name: Template::of(named(name, &place)),
        name_place: place,
        value,
    }
}

fn named(text: &str, place: &Range<usize>) -> Written {
    let mut written = Written::default();
    written.push_as(text, place.clone());
    written
}

/// From the first of some blocks to the last.
fn whole(parts: &[&Part]) -> Option<Range<usize>> {
    Some(parts.first()?.whole.start..parts.last()?.whole.end)
}

/// `null` as an argument is as if the argument were absent.
fn without_null(item: Item) -> Item {
    let value = match item.value {
        Value::Null => Value::Absent,
        Value::Either(mut either) => {
            either.yes = without_null(either.yes);
            either.no = without_null(either.no);
            Value::Either(either)
        }
        value => value,
    };
    Item::new(item.place, value)
}
