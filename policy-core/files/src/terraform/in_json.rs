//! What configurations in JSON have besides texts: data sources, and policies within an interpolation.
//! <https://developer.hashicorp.com/terraform/language/syntax/json>

use std::ops::Range;

use hcl_edit::expr::Expression;

use super::Meta;
use super::arguments::{Part as Block, entries_of, one_or_several};
use super::expression::Evaluator;
use super::module::{File, Module, Use};
use super::text::{closing, interpolated_with, with_variables};
use super::wrapped::only;
use super::{data_source, parse};
use crate::assumption::{Assumption, Assumptions};
use crate::item::{Either, Entry, Hole, Item, Part, Template, Value};
use crate::limits::Budget;
use crate::places::Property;
use crate::reading::{Found, Unread};
use crate::wording::Style;
use crate::written::Written;
use crate::{shape, variable};

/// The data source, and how the references to one start.
pub(super) const DOCUMENT: &str = "aws_iam_policy_document";

/// What the names of a configuration are, which has this number in its module.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'m> {
    pub(crate) module: &'m Module,
    pub(crate) file: File,
    /// What was assumed of the values of names.
    pub(crate) assumptions: &'m Assumptions,
    /// What may be made of these values.
    pub(crate) budget: &'m Budget,
}

/// The number of no file: what another file defines is moved to where it is used.
const ELSEWHERE: File = File::MAX;

impl Scope<'_> {
    /// A text with its interpolations as holes, but for the names whose values are texts.
    pub(crate) fn interpolated(self, template: &Template) -> Template {
        interpolated_with(
            template,
            &|expression, place| match self.value(expression, place)?.value {
                Value::Text(text) => Some(text.inserted_at(place)),
                _ => None,
            },
        )
    }

    /// What a name is, which is used at this place: `local.actions`, `var.actions`.
    fn value(self, expression: &str, place: &Range<usize>) -> Option<Item> {
        let (root, name) = expression.trim().split_once('.')?;
        let is_name = name
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | '-'));
        let is_known = is_name && matches!(root, "local" | "var");
        let (item, assumptions) =
            is_known.then(|| self.module.value((root, name), &[], self.file, place, self.budget))??;
        self.assumptions.note_all(assumptions);
        Some(item)
    }

    /// An argument of a data source: a text, or the value of the one expression that it is.
    fn argument(self, item: &Item) -> Item {
        // `&{aws:username}` is a policy variable, as it is in HCL.
        let read = |template: &Template| each_text(template, &with_variables);
        let Value::Text(template) = &item.value else {
            return item.clone();
        };
        if let Some(value) = template
            .as_written()
            .and_then(|written| self.expression(written, &item.place))
        {
            return value.with_texts(&read);
        }
        Item::new(item.place.clone(), Value::Text(read(&self.interpolated(template))))
    }

    /// The value of a text that is one interpolation, where it is a name or a call.
    fn expression(self, written: &Written, place: &Range<usize>) -> Option<Item> {
        let text = written.text();
        let is_one = text.starts_with("${") && closing(text) == Some(text.len());
        let expression = text.get(2..text.len().checked_sub(1)?).filter(|_| is_one)?;
        if let Some(value) = self.value(expression, place) {
            return Some(value);
        }
        // What is not a name: a call, an index, a conditional.
        if !expression.contains(['(', '[', '?']) {
            return None;
        }
        let (item, assumptions) = self.evaluated(&interpolation(text)?, written);
        // Of which nothing is known is the same as any text that is one interpolation.
        if matches!(&item.value, Value::Text(template) if template.as_written().is_none()) && !expression.contains('(')
        {
            return None;
        }
        self.assumptions.note_all(assumptions);
        Some(item)
    }

    /// The value of an expression of a text, and what is assumed of it.
    fn evaluated(self, expression: &Expression, text: &Written) -> (Item, Vec<Assumption>) {
        let evaluator = Evaluator::new(text.text(), self.module, ELSEWHERE, self.budget);
        let item = moved(&evaluator.item(expression), text);
        let assumptions = evaluator.assumptions.take().into_iter();
        let moved = assumptions.map(|own| own.used_at(&text.range(own.place())));
        (item, moved.collect())
    }
}

/// The expression of a text that is one interpolation.
fn interpolation(text: &str) -> Option<Expression> {
    only(&parse::template(text)?).map(|only| only.expr.clone())
}

/// Finds the policies of the data sources `aws_iam_policy_document`, of the blocks `data` that a member of this name has.
pub(crate) fn find_data_sources(data: &Item, scope: Scope<'_>, found: &mut Found) {
    let read = |item: &Item| scope.argument(item);
    for entry in documents_of(one_or_several(data).flat_map(Item::entries)) {
        let Some(name) = entry.name() else { continue };
        let used = scope.module.use_of(name);
        if matches!(used, Use::Other) {
            continue;
        }
        let property = used.property();
        for value in one_or_several(&entry.value) {
            scope.assumptions.take();
            let block = Block::of_item(&entry.name_place, value, &read);
            let item = data_source::item(&block, property.map(|property| property.kind), scope.budget);
            found.assumed = scope.assumptions.take();
            found.assumed.extend(data_source::assumptions(&block));
            found.extent = data_source::extent(&block, scope.module.is_part(name));
            let address = format!("data.{DOCUMENT}.{name}");
            found.within(Meta::of_item(value).around, |found| {
                add(&address, &item, property, Style::JsonArguments, found);
                let mut holes = Vec::new();
                item.each_text(&mut |text| holes.extend(text.holes().cloned()));
                refuse_variables(&address, holes, found);
            });
        }
    }
}

/// The data sources of a configuration, by their names.
pub(super) fn documents(root: &Item) -> impl Iterator<Item = &Entry> {
    documents_of(entries_of(root, "data"))
}

/// Those among the types of data sources.
fn documents_of<'i>(types: impl Iterator<Item = &'i Entry>) -> impl Iterator<Item = &'i Entry> {
    let named = types.filter(|entry| entry.name() == Some(DOCUMENT));
    named
        .flat_map(|entry| one_or_several(&entry.value))
        .flat_map(Item::entries)
}

/// Adds the policy of a text that is `${jsonencode(...)}`, and says whether it is one.
pub(crate) fn encoded(
    address: &str,
    template: &Template,
    property: Option<Property>,
    scope: Scope<'_>,
    found: &mut Found,
) -> bool {
    let Some(written) = template
        .as_written()
        .filter(|written| written.text().contains("jsonencode("))
    else {
        return false;
    };
    let Some(Expression::FuncCall(call)) = interpolation(written.text()) else {
        return false;
    };
    let is_jsonencode = call.name.name.as_str() == "jsonencode" && !call.name.is_namespaced();
    let argument = call.args.iter().next().filter(|_| is_jsonencode);
    let Some((item, assumptions)) = argument.map(|argument| scope.evaluated(argument, written)) else {
        return false;
    };
    let is_policy = shape::is_policy(&item) || property.is_some() && shape::is_like_a_policy(&item);
    if is_policy {
        found.assumed = assumptions;
        add(address, &item, property, Style::Object, found);
    }
    is_policy
}

/// Reports the policy variables that Terraform takes for expressions.
pub(crate) fn refuse_variables(address: &str, holes: Vec<Hole>, found: &mut Found) {
    for hole in holes.into_iter().filter(|hole| variable::is_of_policy(&hole.name)) {
        found.refuse(Unread::new(address, hole.place, variable::in_terraform(&hole.name)));
    }
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
            is_repetition: either.is_repetition,
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
