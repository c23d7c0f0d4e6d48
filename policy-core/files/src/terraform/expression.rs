//! Expressions as values: <https://developer.hashicorp.com/terraform/language/expressions>.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use hcl_edit::Span;
use hcl_edit::expr::{Expression, FuncCall, Object, ObjectKey, Traversal, TraversalOperator};
use hcl_edit::template::{Directive, Element, Strip, Template as Elements};
use policy_core::names::NameKind;

use super::module::{File, Module};
use super::place;
use super::step::steps;
use super::text::{Style, literal, with_variables};
use super::wrapped::only;
use crate::assumption::{Assumption, Assumptions};
use crate::item::{Either, Entry, Hole, HoleKind, Item, Part, Template, Value};
use crate::limits::Budget;
use crate::references;
use crate::written::Written;

/// Makes values of expressions, without evaluating more than what is written.
pub(crate) struct Evaluator<'t> {
    text: &'t str,
    module: &'t Module,
    /// The number of the file in its module.
    file: File,
    /// Whether `&{` is `${`.
    has_variables: bool,
    /// Whether names of the module are replaced by what they are; a name in such a value is not.
    resolves: bool,
    /// What may be made of what the names of the module are.
    pub(super) budget: &'t Budget,
    /// What was assumed of the values that it has made.
    pub(super) assumptions: Assumptions,
    /// Whether a text is being made, of which what is made is a part.
    is_within_text: Cell<bool>,
    /// The places of the lists that functions and `for` have made: which of their elements is the first is not known.
    pub(super) made: RefCell<HashSet<Range<usize>>>,
}

/// Which part of a conditional text is read.
#[derive(Clone, Copy)]
enum Branch {
    Holds,
    Else,
}

/// What is not known of what `for` makes.
pub(super) const REPEATED: &str = "how often `for` repeats it, if at all, depends on other values";

impl<'t> Evaluator<'t> {
    pub(super) fn new(text: &'t str, module: &'t Module, file: File, budget: &'t Budget) -> Self {
        Self {
            text,
            module,
            file,
            has_variables: false,
            resolves: true,
            budget,
            assumptions: Assumptions::default(),
            is_within_text: Cell::new(false),
            made: RefCell::default(),
        }
    }

    /// For the arguments of `aws_iam_policy_document`.
    pub(super) fn of_data_source(text: &'t str, module: &'t Module, file: File, budget: &'t Budget) -> Self {
        Self {
            has_variables: true,
            ..Self::new(text, module, file, budget)
        }
    }

    /// For what a name is defined as.
    pub(super) fn of_definition(text: &'t str, module: &'t Module, budget: &'t Budget) -> Self {
        Self {
            resolves: false,
            ..Self::new(text, module, 0, budget)
        }
    }

    pub(super) fn item(&self, expression: &Expression) -> Item {
        let place = place(expression);
        let value = match expression {
            Expression::Null(_) => Value::Null,
            Expression::Bool(value) => Value::Bool(*value.value()),
            Expression::Number(number) => Value::Number(number.value().to_string()),
            Expression::String(_) => Value::Text(Template::of(self.literal(inside(&place), Style::Quoted))),
            Expression::StringTemplate(template) => match only(template) {
                Some(only) => return self.wrapped(only, place),
                None => self.template(template, Style::Quoted, &place),
            },
            Expression::HeredocTemplate(heredoc) => self.template(&heredoc.template, Style::Heredoc, &place),
            Expression::Array(array) => Value::List(array.iter().map(|element| self.item(element)).collect()),
            Expression::Object(object) => Value::Map(self.entries(object)),
            Expression::Parenthesis(parenthesis) => return self.item(parenthesis.inner()),
            Expression::Conditional(conditional) => Value::Either(Box::new(Either {
                condition: self.name(&place_of(&conditional.cond_expr)),
                yes: self.item(&conditional.true_expr),
                no: self.item(&conditional.false_expr),
                is_repetition: false,
            })),
            Expression::FuncCall(call) => return self.made(self.called(call, place)),
            Expression::Traversal(traversal) => return self.referred(traversal, place),
            // A list of one value, as which all its elements are written.
            Expression::ForExpr(each) if each.key_expr.is_none() => {
                self.assume(place.clone(), REPEATED);
                let one = self.item(&each.value_expr);
                // One that is a text depends on what it is made of, or it would not be repeated.
                let one = match one.value {
                    Value::Map(_) => one.repeated(Value::Absent),
                    _ => one,
                };
                return self.made(Item::new(place, Value::List(vec![one])));
            }
            _ => return self.unknown(place),
        };
        Item::new(place, value)
    }

    /// Notes that a value is not written as it is.
    fn made(&self, item: Item) -> Item {
        if matches!(item.value, Value::List(_)) {
            self.made.borrow_mut().insert(item.place.clone());
        }
        item
    }

    fn assume(&self, place: Range<usize>, reason: impl Into<String>) {
        self.assumptions.note(Assumption::new(place, reason.into()));
    }

    fn literal(&self, place: Range<usize>, style: Style) -> Written {
        let written = literal(self.text, place, style);
        if self.has_variables {
            with_variables(written)
        } else {
            written
        }
    }

    /// A text; or either of two, that in which all its conditions hold and that in which none does. In a text within it they hold: its
    /// branches would be as many as two to the power of its depth.
    pub(super) fn template(&self, elements: &Elements, style: Style, whole: &Range<usize>) -> Value {
        let is_within = self.is_within_text.replace(true);
        let text = |branch| {
            let mut template = Template::default();
            self.add(elements, style, branch, &mut template);
            template
        };
        let decided = elements.iter().find_map(|element| match element {
            Element::Directive(directive) => match &**directive {
                Directive::If(decided) => Some((place_of(&decided.if_expr.cond_expr), place(decided))),
                Directive::For(_) => None,
            },
            _ => None,
        });
        let value = match decided.filter(|_| !is_within) {
            Some((condition, own)) => Value::Either(Box::new(Either {
                condition: self.name(&condition),
                yes: Item::new(whole.clone(), Value::Text(text(Branch::Holds))),
                // Another text at the same place would be taken for this one.
                no: Item::new(own, Value::Text(text(Branch::Else))),
                is_repetition: false,
            })),
            None => Value::Text(text(Branch::Holds)),
        };
        self.is_within_text.set(is_within);
        value
    }

    fn add(&self, elements: &Elements, style: Style, branch: Branch, template: &mut Template) {
        for element in elements {
            match element {
                Element::Literal(text) => template.push(self.literal(place(text), style)),
                Element::Interpolation(interpolation) => {
                    let place = place(interpolation);
                    if interpolation.strip != Strip::None {
                        self.assume(
                            place.clone(),
                            "`~` removes white space beside it, which is not done here",
                        );
                    }
                    match self.item(&interpolation.expr).value {
                        Value::Text(text) => template.append(text.inserted_at(&place)),
                        _ => template.push_hole(Hole {
                            name: self.name(&place_of(&interpolation.expr)),
                            place,
                            kind: HoleKind::Unknown,
                        }),
                    }
                }
                // What is written once may be there several times, or not.
                Element::Directive(directive) => match &**directive {
                    Directive::If(decided) => {
                        let reason = "a condition of the text decides whether this part is in it";
                        let place = place_of(&decided.if_expr.cond_expr);
                        self.assumptions.note(Assumption::of_text(place, reason.to_owned()));
                        match (branch, &decided.else_expr) {
                            (Branch::Holds, _) => self.add(&decided.if_expr.template, style, branch, template),
                            (Branch::Else, Some(other)) => self.add(&other.template, style, branch, template),
                            (Branch::Else, None) => {}
                        }
                    }
                    Directive::For(each) => {
                        self.assume(place_of(&each.for_expr.collection_expr), REPEATED);
                        self.add(&each.for_expr.template, style, branch, template);
                    }
                },
            }
        }
    }

    fn entries(&self, object: &Object) -> Vec<Entry> {
        let entries = object.iter().map(|(key, value)| {
            let (name_place, name) = match key {
                ObjectKey::Ident(name) | ObjectKey::Expression(Expression::Variable(name)) => {
                    (place(name), self.word(&place(name)))
                }
                ObjectKey::Expression(expression) => {
                    let item = self.item(expression);
                    match item.value {
                        Value::Text(template) => (item.place, template),
                        _ => (item.place.clone(), self.hole(item.place)),
                    }
                }
            };
            Entry {
                name_place,
                name,
                value: self.item(value.expr()),
            }
        });
        entries.collect()
    }

    /// A key of an object that is a name or a literal, as it is written.
    pub(super) fn name_of(&self, key: &ObjectKey) -> Option<Written> {
        match key {
            ObjectKey::Ident(name) | ObjectKey::Expression(Expression::Variable(name)) => {
                self.word(&place(name)).as_written().cloned()
            }
            ObjectKey::Expression(name @ Expression::String(_)) => {
                Some(self.literal(inside(&place(name)), Style::Quoted))
            }
            ObjectKey::Expression(_) => None,
        }
    }

    /// A word that is its own text.
    fn word(&self, place: &Range<usize>) -> Template {
        let text = self.text.get(place.clone()).unwrap_or_default();
        Template::of(Written::verbatim(text, place.start))
    }

    fn called(&self, call: &FuncCall, place: Range<usize>) -> Item {
        let mut arguments = call.args.iter();
        let value = match (call.name.name.as_str(), call.args.len()) {
            _ if call.name.is_namespaced() || call.args.expand_final() => None,
            ("concat", _) => Some(Value::List(arguments.flat_map(|list| self.elements(list)).collect())),
            ("compact", 1) => {
                return arguments
                    .next()
                    .map_or_else(|| self.unknown(place), |list| without_empty(self.item(list)));
            }
            ("toset" | "tolist" | "distinct" | "sort" | "tostring", 1) => {
                return arguments
                    .next()
                    .map_or_else(|| self.unknown(place), |argument| self.item(argument));
            }
            ("flatten", 1) => arguments.next().map(|list| {
                let lists = self.elements(list).into_iter();
                Value::List(
                    lists
                        .flat_map(|item| match item.value {
                            Value::List(items) => items,
                            _ => vec![item],
                        })
                        .collect(),
                )
            }),
            ("merge", _) => {
                let maps: Vec<Item> = arguments.map(|map| self.item(map)).collect();
                let are_known = maps.iter().all(|map| matches!(map.value, Value::Map(_)));
                are_known.then(|| Value::Map(merged(maps)))
            }
            ("join", 2) => self.joined(call),
            ("replace", 3) => self.replaced(call),
            ("format", _) => self.formatted(call),
            ("formatlist", _) => self
                .formatted(call)
                .map(|text| Value::List(vec![Item::new(place.clone(), text)])),
            _ => None,
        };
        value.map_or_else(|| self.unknown(place.clone()), |value| Item::new(place.clone(), value))
    }

    /// The elements of a list, or the list itself where these are not known.
    fn elements(&self, list: &Expression) -> Vec<Item> {
        let item = self.item(list);
        match item.value {
            Value::List(items) => items,
            _ => vec![item],
        }
    }

    /// A reference, or what it is a reference to.
    fn referred(&self, traversal: &Traversal, place: Range<usize>) -> Item {
        let Some(path) = path(traversal) else {
            return self.unknown(place);
        };
        if self.resolves
            && let [root @ ("local" | "var"), name, ..] = path.as_slice()
            && let Some(steps) = steps(traversal)
            && let Some((item, assumptions)) = self.module.value((root, name), &steps, self.file, &place, self.budget)
        {
            self.assumptions.note_all(assumptions);
            return item;
        }
        Item::hole(place.clone(), self.name(&place), kind(&path))
    }

    fn unknown(&self, place: Range<usize>) -> Item {
        Item::new(place.clone(), Value::Text(self.hole(place)))
    }

    pub(super) fn hole(&self, place: Range<usize>) -> Template {
        Template {
            parts: vec![Part::Hole(Hole {
                name: self.name(&place),
                place,
                kind: HoleKind::Unknown,
            })],
        }
    }

    /// What is written there, on one line: the same text is the same value.
    fn name(&self, place: &Range<usize>) -> String {
        let text = self.text.get(place.clone()).unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn place_of(expression: &Expression) -> Range<usize> {
    expression.span().unwrap_or_default()
}

/// The members of several maps; of those with one name, the last.
fn merged(maps: Vec<Item>) -> Vec<Entry> {
    let mut merged: Vec<Option<Entry>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for map in maps {
        let Value::Map(entries) = map.value else { continue };
        for entry in entries {
            let before = entry
                .name()
                .and_then(|name| known.insert(name.to_owned(), merged.len()));
            if let Some(replaced) = before.and_then(|index| merged.get_mut(index)) {
                *replaced = None;
            }
            merged.push(Some(entry));
        }
    }
    merged.into_iter().flatten().collect()
}

/// A list without its empty texts.
fn without_empty(item: Item) -> Item {
    let value = match item.value {
        Value::List(items) => Value::List(items.into_iter().map(without_empty).collect()),
        Value::Either(either) => Value::Either(Box::new(Either {
            condition: either.condition,
            yes: without_empty(either.yes),
            no: without_empty(either.no),
            is_repetition: either.is_repetition,
        })),
        Value::Text(text) if text.as_written().is_some_and(|text| text.text().is_empty()) => Value::Absent,
        value => value,
    };
    Item::new(item.place, value)
}

/// What is between quotes.
const fn inside(place: &Range<usize>) -> Range<usize> {
    let end = place.end.saturating_sub(1);
    let start = if place.start < end { place.start + 1 } else { end };
    start..end
}

/// The names of a reference, without the indices of `count` and `for_each`.
fn path(traversal: &Traversal) -> Option<Vec<&str>> {
    let Expression::Variable(root) = &traversal.expr else {
        return None;
    };
    let mut path = vec![root.as_str()];
    for operator in &traversal.operators {
        match operator.value() {
            TraversalOperator::GetAttr(name) => path.push(name.as_str()),
            TraversalOperator::Index(_) | TraversalOperator::LegacyIndex(_) if path.len() > 1 => {}
            _ => return None,
        }
    }
    Some(path)
}

/// What is known of an expression that is written so, if it is a reference.
pub(super) fn named(expression: &str) -> HoleKind {
    let path: Vec<&str> = expression.trim().split('.').collect();
    kind(&path)
}

/// What is known of a reference.
fn kind(path: &[&str]) -> HoleKind {
    match path {
        ["data", "aws_caller_identity", _, "account_id" | "id"] => references::like(NameKind::AccountId),
        ["data", "aws_region", _, "name" | "id" | "region"] => references::like(NameKind::Region),
        ["data", "aws_partition", _, "partition" | "id"] => references::like(NameKind::Partition),
        ["data", "aws_partition", _, "dns_suffix"] => {
            HoleKind::Like(Cow::Borrowed("amazonaws.com"), "amazonaws.com".len())
        }
        ["data", "aws_organizations_organization", _, "id"] => references::like(NameKind::OrganizationId),
        ["data", resource, _, attribute] => references::of_data_source(resource, attribute),
        [resource, _, attribute] => references::of(resource, attribute),
        _ => HoleKind::Unknown,
    }
}
