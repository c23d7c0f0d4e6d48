//! What configurations in JSON have besides texts: data sources, and policies within an interpolation.
//! <https://developer.hashicorp.com/terraform/language/syntax/json>

use std::ops::Range;

use hcl_edit::expr::Expression;
use hcl_edit::template::Element;

use super::arguments::{Part as Block, one_or_several};
use super::expression::Evaluator;
use super::module::Module;
use super::text::{interpolated, with_variables};
use super::{crowded, data_source};
use crate::item::{Either, Entry, Hole, Item, Part, Template, Value};
use crate::places::Property;
use crate::reading::Found;
use crate::shape;
use crate::wording::Style;
use crate::written::Written;

/// The data source, and how the references to one start.
pub(super) const DOCUMENT: &str = "aws_iam_policy_document";

/// Finds the policies of the data sources `aws_iam_policy_document`.
pub(crate) fn find_data_sources(root: &Item, found: &mut Found) {
    let module = Module::of_json(root);
    // `&{aws:username}` is a policy variable, as it is in HCL.
    let text = |template: &Template| each_text(&interpolated(template), &with_variables);
    for entry in documents(root) {
        let Some(name) = entry.name() else { continue };
        let property = module.use_of(name);
        for value in one_or_several(&entry.value) {
            let block = Block::of_item(&entry.name_place, value, &text);
            let item = data_source::item(&block, property.map(|property| property.kind));
            add(
                &format!("data.{DOCUMENT}.{name}"),
                &item,
                property,
                Style::JsonArguments,
                found,
            );
        }
    }
}

/// The data sources of a configuration, by their names.
pub(super) fn documents(root: &Item) -> impl Iterator<Item = &Entry> {
    let blocks = root.member("data").into_iter().flat_map(one_or_several);
    let named = blocks.filter_map(|types| types.member(DOCUMENT));
    named.flat_map(one_or_several).flat_map(Item::entries)
}

/// Adds the policy of a text that is `${jsonencode(...)}`, and says whether it is one.
pub(crate) fn encoded(address: &str, template: &Template, property: Option<Property>, found: &mut Found) -> bool {
    let Some(written) = template
        .as_written()
        .filter(|written| written.text().contains("jsonencode("))
    else {
        return false;
    };
    let text = written.text();
    if crowded(text).is_some() {
        return false;
    }
    let Ok(elements) = hcl_edit::parser::parse_template(text) else {
        return false;
    };
    let mut elements = elements.iter();
    let (Some(Element::Interpolation(interpolation)), None) = (elements.next(), elements.next()) else {
        return false;
    };
    let Expression::FuncCall(call) = &interpolation.expr else {
        return false;
    };
    let none = Module::default();
    let evaluator = Evaluator::new(text, &none, 0);
    let is_jsonencode = call.name.name.as_str() == "jsonencode" && !call.name.is_namespaced();
    let argument = call.args.iter().next().filter(|_| is_jsonencode);
    let Some(item) = argument.map(|argument| moved(&evaluator.item(argument), written)) else {
        return false;
    };
    let is_policy = shape::is_policy(&item) || property.is_some() && shape::is_like_a_policy(&item);
    if is_policy {
        add(address, &item, property, Style::Object, found);
    }
    is_policy
}

fn add(address: &str, item: &Item, property: Option<Property>, style: Style, found: &mut Found) {
    let outer = std::mem::replace(&mut found.style, style);
    found.policy(address, item, property);
    found.style = outer;
}

/// A value whose places are those of a text, at those of the file.
fn moved(item: &Item, text: &Written) -> Item {
    let value = match &item.value {
        Value::Text(template) => Value::Text(moved_text(template, text)),
        Value::List(items) => Value::List(items.iter().map(|item| moved(item, text)).collect()),
        Value::Map(entries) => Value::Map(
            entries
                .iter()
                .map(|entry| Entry {
                    name_place: text.range(entry.name_place.clone()),
                    name: moved_text(&entry.name, text),
                    value: moved(&entry.value, text),
                })
                .collect(),
        ),
        Value::Either(either) => Value::Either(Box::new(Either {
            condition: either.condition.clone(),
            yes: moved(&either.yes, text),
            no: moved(&either.no, text),
        })),
        other => other.clone(),
    };
    Item::new(text.range(item.place.clone()), value)
}

fn moved_text(template: &Template, text: &Written) -> Template {
    let at = |place: &Range<usize>| text.range(place.clone());
    let parts = template.parts.iter().map(|part| match part {
        Part::Text(written) => Part::Text(written.within(text)),
        Part::Hole(hole) => Part::Hole(Hole {
            place: at(&hole.place),
            ..hole.clone()
        }),
    });
    Template { parts: parts.collect() }
}

/// A template with its texts changed.
fn each_text(template: &Template, change: &dyn Fn(Written) -> Written) -> Template {
    let parts = template.parts.iter().map(|part| match part {
        Part::Text(written) => Part::Text(change(written.clone())),
        Part::Hole(hole) => Part::Hole(hole.clone()),
    });
    Template { parts: parts.collect() }
}
