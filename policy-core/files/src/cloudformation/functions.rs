//! What the intrinsic functions give: text, holes, and either of two values.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use policy_core::names::NameKind;

use super::{Dialect, Names, pulumi};
use crate::item::{Either, Entry, Hole, HoleKind, Item, Template, Value};
use crate::limits;
use crate::references;
use crate::shape;
use crate::written::Written;

/// The function that a value is a call of, and its argument: a map whose only member is `Ref`, `Condition` or `Fn::...`.
pub(super) fn call(item: &Item) -> Option<(&str, &Item)> {
    let [entry] = item.entries() else { return None };
    let name = entry.name()?;
    // `Condition` is an element of a statement too, and its value is then an object.
    let is_function =
        name == "Ref" || name.starts_with("Fn::") || name == "Condition" && entry.value.as_str().is_some();
    is_function.then_some((name, &entry.value))
}

/// The value without its functions.
pub(crate) fn resolved(item: &Item, names: &Names<'_>) -> Item {
    let own = match names.dialect {
        Dialect::Pulumi => pulumi::resolved(item, names),
        _ => call(item).map(|(function, argument)| called(item, function, argument, names)),
    };
    if let Some(own) = own {
        return own;
    }
    let value = match &item.value {
        Value::List(items) => Value::List(items.iter().map(|item| resolved(item, names)).collect()),
        // Members that a macro makes are not known. What is written of a whole policy is read beside it.
        Value::Map(entries) if entries.iter().any(is_macro) && !shape::is_policy(item) => return unknown(item, names),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .filter(|entry| !is_macro(entry))
                .map(|entry| Entry {
                    name_place: entry.name_place.clone(),
                    name: entry.name.clone(),
                    value: resolved(&entry.value, names),
                })
                .collect(),
        ),
        value => value.clone(),
    };
    Item::new(item.place.clone(), value)
}

fn is_macro(entry: &Entry) -> bool {
    let name = entry.name().unwrap_or_default();
    name == "Fn::Transform" || name.starts_with("Fn::ForEach")
}

fn called(item: &Item, function: &str, argument: &Item, names: &Names<'_>) -> Item {
    match (function, argument.list()) {
        ("Ref", _) => match argument.as_str() {
            Some("AWS::NoValue") => Item::new(item.place.clone(), Value::Absent),
            Some(name) => {
                names.see(name, &argument.place);
                Item::hole(item.place.clone(), name, referred(name, None, names))
            }
            None => unknown(item, names),
        },
        ("Fn::GetAtt", list) => {
            let attribute = match list {
                [resource, attribute] => resource.as_str().zip(attribute.as_str()),
                _ => argument.as_str().and_then(|path| path.split_once('.')),
            };
            match attribute {
                Some((resource, attribute)) => {
                    let name = format!("{resource}.{attribute}");
                    Item::hole(item.place.clone(), name, referred(resource, Some(attribute), names))
                }
                None => unknown(item, names),
            }
        }
        ("Fn::Sub", [text, values]) => match text.as_written() {
            Some(text) => substituted(item, text, values.entries(), names),
            None => unknown(item, names),
        },
        ("Fn::Sub", []) => match argument.as_written() {
            Some(text) => substituted(item, text, &[], names),
            None => unknown(item, names),
        },
        ("Fn::Join", [delimiter, list]) => joined(item, delimiter, list, names).unwrap_or_else(|| unknown(item, names)),
        ("Fn::If", [condition, yes, no]) => {
            let either = Either {
                condition: condition.as_str().unwrap_or_default().to_owned(),
                yes: resolved(yes, names),
                no: resolved(no, names),
                is_repetition: false,
            };
            Item::new(item.place.clone(), Value::Either(Box::new(either)))
        }
        ("Fn::Select", [index, list]) => selected(item, index, list, names),
        ("Fn::ToJsonString", _) => resolved(argument, names),
        _ => unknown(item, names),
    }
}

/// The element of a list that is written out.
pub(super) fn selected(item: &Item, index: &Item, list: &Item, names: &Names<'_>) -> Item {
    let index = match &index.value {
        Value::Text(text) => text.as_written().and_then(|text| text.text().parse::<usize>().ok()),
        Value::Number(number) => number.parse().ok(),
        _ => None,
    };
    let chosen = index.and_then(|index| list.list().get(index));
    chosen.map_or_else(|| unknown(item, names), |chosen| resolved(chosen, names))
}

/// A function whose value is not known. Its text is its name, so that the same call is the same value.
pub(super) fn unknown(item: &Item, names: &Names<'_>) -> Item {
    let text = names.file.text.get(item.place.clone()).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    Item::hole(item.place.clone(), words.join(" "), HoleKind::Unknown)
}

/// What is known of a reference to a name, or to an attribute of a resource.
pub(super) fn referred(name: &str, attribute: Option<&str>, names: &Names<'_>) -> HoleKind {
    match (name, attribute) {
        ("AWS::Region", None) => references::like(NameKind::Region),
        ("AWS::AccountId", None) => references::like(NameKind::AccountId),
        ("AWS::Partition", None) => references::like(NameKind::Partition),
        ("AWS::URLSuffix", None) => HoleKind::Like(Cow::Borrowed("amazonaws.com"), "amazonaws.com".len()),
        _ => match names.types.get(name) {
            Some(resource) => references::of(resource, attribute.unwrap_or("Ref")),
            None => HoleKind::Unknown,
        },
    }
}

/// The text of `Fn::Sub`: `${Name}` and `${Resource.Attribute}` are references, and `${!Text}` is `${Text}`.
fn substituted(item: &Item, text: &Written, values: &[Entry], names: &Names<'_>) -> Item {
    let mut template = Template::default();
    let mut at = 0;
    let whole = text.text();
    // Of several with one name the first.
    let reversed = values.iter().rev();
    let values: HashMap<&str, &Item> = reversed
        .filter_map(|entry| Some((entry.name()?, &entry.value)))
        .collect();
    while let Some((start, end)) = variable(whole, at) {
        template.push(text.part(at..start));
        at = end;
        let name = whole.get(start + 2..end - 1).unwrap_or_default();
        if let Some(literal) = name.strip_prefix('!') {
            let mut written = Written::default();
            written.push_as("${", text.range(start..start + 3));
            let inside = end - 1 - literal.len();
            written.push_part(text, inside..end);
            template.push(written);
            continue;
        }
        let name = name.trim();
        let own = values.get(name);
        // One value may be used many times.
        let is_left = own.is_none_or(|value| names.budget.spend(limits::size(value)));
        match own.filter(|_| is_left).map(|value| resolved(value, names).value) {
            Some(Value::Text(value)) => template.append(value.inserted_at(&text.range(start..end))),
            Some(_) => template.push_hole(hole(name, text.range(start..end), HoleKind::Unknown)),
            None => {
                names.see(name, &text.range(start..end));
                let (resource, attribute) = match name.split_once('.') {
                    Some((resource, attribute)) => (resource, Some(attribute)),
                    None => (name, None),
                };
                let kind = referred(resource, attribute, names);
                template.push_hole(hole(name, text.range(start..end), kind));
            }
        }
    }
    template.push(text.part(at..whole.len()));
    Item::new(item.place.clone(), Value::Text(template))
}

/// The next `${...}` from here on.
fn variable(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text.get(from..)?.find("${")?;
    let end = start + text.get(start..)?.find('}')? + 1;
    Some((start, end))
}

pub(super) fn hole(name: &str, place: Range<usize>, kind: HoleKind) -> Hole {
    Hole {
        name: name.to_owned(),
        place,
        kind,
    }
}

/// The text of `Fn::Join`.
pub(super) fn joined(item: &Item, delimiter: &Item, list: &Item, names: &Names<'_>) -> Option<Item> {
    let Value::List(items) = &list.value else { return None };
    let size = limits::text_size(delimiter.as_template()?);
    if !names.budget.spend(items.len().saturating_mul(size)) {
        return None;
    }
    let delimiter = delimiter.as_written()?;
    let mut template = Template::default();
    for (index, part) in items.iter().enumerate() {
        if index > 0 {
            template.push(delimiter.clone());
        }
        match resolved(part, names).value {
            Value::Text(text) => template.append(text),
            Value::Number(number) => template.push(as_text(&number, part)),
            Value::Bool(value) => template.push(as_text(if value { "true" } else { "false" }, part)),
            Value::Absent => {}
            _ => return None,
        }
    }
    Some(Item::new(item.place.clone(), Value::Text(template)))
}

fn as_text(text: &str, item: &Item) -> Written {
    let mut written = Written::default();
    written.push_as(text, item.place.clone());
    written
}
