//! The data source `aws_iam_policy_document` as the policy that it becomes:
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>.

use std::ops::Range;

use hcl_edit::structure::{Attribute, Block, Body};
use policy_core::policy::Kind;

use super::expression::Evaluator;
use super::place;
use crate::item::{Entry, HoleKind, Item, Template, Value};
use crate::written::Written;

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

/// The policy, of this kind if that is known. Of statements that are those of other policies nothing is known.
pub(super) fn item(block: &Block, evaluator: &Evaluator<'_>, kind: Option<Kind>) -> Item {
    let body = &block.body;
    let source = Source { evaluator, kind };
    let head = place(&block.ident);
    let statements: Vec<Item> = blocks(body, "statement")
        .into_iter()
        .map(|statement| source.statement(&statement))
        .collect();
    let are_elsewhere = statements.is_empty() && SOURCES.iter().any(|source| body.has_attribute(source));
    let version = body.get_attribute("version").map_or_else(
        || Item::text(head.clone(), named("2012-10-17", &head)),
        |version| evaluator.item(&version.value),
    );
    let mut entries = vec![entry("Version", head.clone(), version)];
    if let Some(id) = body.get_attribute("policy_id") {
        entries.push(source.argument("Id", id));
    }
    let statements = if are_elsewhere {
        Item::hole(head.clone(), "source_policy_documents", HoleKind::Unknown)
    } else {
        Item::new(place(body), Value::List(statements))
    };
    entries.push(entry("Statement", head, statements));
    Item::new(place(block), Value::Map(entries))
}

/// A block, or the content of one that is repeated.
struct Part<'b> {
    head: Range<usize>,
    whole: Range<usize>,
    body: &'b Body,
    is_dynamic: bool,
}

/// The blocks of this name, those of `dynamic` once.
fn blocks<'b>(body: &'b Body, name: &'b str) -> Vec<Part<'b>> {
    let mut parts = Vec::new();
    for block in body.blocks() {
        let part = |body: &'b Body| Part {
            head: place(&block.ident),
            whole: place(block),
            body,
            is_dynamic: block.ident.as_str() == "dynamic",
        };
        if block.ident.as_str() == name {
            parts.push(part(&block.body));
        } else if block.ident.as_str() == "dynamic" && super::label(block, 0) == name {
            parts.extend(block.body.get_blocks("content").map(|content| part(&content.body)));
        }
    }
    parts
}

struct Source<'s> {
    evaluator: &'s Evaluator<'s>,
    kind: Option<Kind>,
}

/// An element or its negation: AWS takes one of them. Of those that may be none the other counts.
fn one_of(own: Option<(Entry, bool)>, negated: Option<(Entry, bool)>) -> Vec<Entry> {
    match (own, negated) {
        (Some((own, _)), Some((_, true))) => vec![own],
        (Some((_, true)), Some((negated, _))) => vec![negated],
        (own, negated) => own.into_iter().chain(negated).map(|(entry, _)| entry).collect(),
    }
}

impl Source<'_> {
    fn statement(&self, part: &Part<'_>) -> Item {
        let mut entries = Vec::new();
        if let Some(sid) = given(part.body, "sid") {
            // Terraform leaves out an empty one.
            if self.evaluator.item(&sid.value).as_str() != Some("") {
                entries.push(self.argument("Sid", sid));
            }
        }
        let allow = || {
            let effect = Item::text(part.head.clone(), named("Allow", &part.head));
            entry("Effect", part.head.clone(), effect)
        };
        let effect = given(part.body, "effect");
        entries.push(effect.map_or_else(allow, |effect| self.argument("Effect", effect)));
        let named = self.principals(part.body, "principals", "Principal");
        let others = self.principals(part.body, "not_principals", "NotPrincipal");
        entries.extend(one_of(named, others));
        for (argument, negated, element, opposite) in ELEMENTS {
            let own = self.list(part.body, argument, element);
            entries.extend(one_of(own, self.list(part.body, negated, opposite)));
        }
        entries.extend(self.conditions(part.body));
        Item::new(part.whole.clone(), Value::Map(entries))
    }

    /// A list of texts, and whether it may be none. Terraform leaves out an empty one.
    fn list(&self, body: &Body, argument: &str, element: &str) -> Option<(Entry, bool)> {
        let entry = self.argument(element, given(body, argument)?);
        let is_unknown = match &entry.value.value {
            Value::List(items) if items.is_empty() => return None,
            Value::Text(text) => text.as_written().is_none(),
            _ => false,
        };
        Some((entry, is_unknown))
    }

    fn argument(&self, element: &str, attribute: &Attribute) -> Entry {
        let value = without_null(self.evaluator.item(&attribute.value));
        entry(element, place(&attribute.key), value)
    }

    /// Principals, and whether there may be none. An identity-based policy has no such element, then.
    fn principals(&self, body: &Body, block: &str, element: &str) -> Option<(Entry, bool)> {
        let parts = blocks(body, block);
        let head = parts.first()?.head.clone();
        let whole = whole(&parts)?;
        let is_optional = parts.iter().all(|part| part.is_dynamic);
        if is_optional && self.kind == Some(Kind::Identity) {
            return None;
        }
        let mut types: Vec<Entry> = Vec::new();
        for part in &parts {
            let (Some(kind), Some(identifiers)) =
                (part.body.get_attribute("type"), part.body.get_attribute("identifiers"))
            else {
                continue;
            };
            let kind = self.evaluator.item(&kind.value);
            let value = without_null(self.evaluator.item(&identifiers.value));
            if kind.as_str() == Some("*") {
                let everyone = value.list().first().cloned().unwrap_or(value);
                return Some((entry(element, head, everyone), is_optional));
            }
            add(&mut types, kind, value);
        }
        Some((entry(element, head, Item::new(whole, Value::Map(types))), is_optional))
    }

    fn conditions(&self, body: &Body) -> Option<Entry> {
        let parts = blocks(body, "condition");
        let head = parts.first()?.head.clone();
        let whole = whole(&parts)?;
        let mut operators: Vec<Entry> = Vec::new();
        for part in &parts {
            let argument = |name: &str| part.body.get_attribute(name);
            let (Some(test), Some(variable), Some(values)) =
                (argument("test"), argument("variable"), argument("values"))
            else {
                continue;
            };
            let test = self.evaluator.item(&test.value);
            let variable = self.evaluator.item(&variable.value);
            let values = without_null(self.evaluator.item(&values.value));
            if !operators.iter().any(|operator| is_same(&operator.name, &test)) {
                let keys = Item::new(part.whole.clone(), Value::Map(Vec::new()));
                operators.push(pair(test.clone(), keys));
            }
            let mut known = operators.iter_mut().rev();
            let own = known.find(|operator| is_same(&operator.name, &test) || test.as_str().is_none());
            if let Some(Value::Map(keys)) = own.map(|operator| &mut operator.value.value) {
                add(keys, variable, values);
            }
        }
        Some(entry("Condition", head, Item::new(whole, Value::Map(operators))))
    }
}

/// An argument that is not `null`.
fn given<'b>(body: &'b Body, name: &str) -> Option<&'b Attribute> {
    let attribute = body.get_attribute(name)?;
    (!attribute.value.is_null()).then_some(attribute)
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
fn whole(parts: &[Part<'_>]) -> Option<Range<usize>> {
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
