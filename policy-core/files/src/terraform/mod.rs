//! Policies in the configurations of Terraform and `OpenTofu`.

mod arguments;
mod calls;
mod data_source;
mod expression;
mod in_json;
mod index;
mod meta;
mod module;
mod open_block;
mod overrides;
mod parse;
mod referred;
pub(crate) mod skipped;
mod step;
mod text;
mod texts;
mod wrapped;

use std::collections::HashSet;
use std::ops::Range;

use hcl_edit::Span;
use hcl_edit::expr::Expression;
use hcl_edit::structure::{Attribute, Block, Body};

use crate::assumption::Assumption;
use crate::item::{Item, Value};
use crate::limits::Budget;
use crate::places;
use crate::policy::FilePolicy;
use crate::reading::{Found, Language, Unreadable};
use crate::shape;
use crate::trail::Trail;
use crate::wording::Style;

pub(crate) use arguments::{one_body, one_or_several};
use expression::Evaluator;
pub(crate) use in_json::{Scope, encoded, find_data_sources, refuse_variables};
pub(crate) use meta::Meta;
use module::Use;
pub(crate) use module::{File, Module, may_define};
pub use open_block::{OpenBlock, open_block};
pub(crate) use overrides::{Overrides, is_override, twin};
pub(crate) use parse::parse;
pub(crate) use text::{closing, interpolated, templates};

/// Finds the policies of a file, which has this number in its module.
pub(crate) fn find(body: &Body, text: &str, module: &Module, file: File, found: &mut Found) -> Result<(), Unreadable> {
    let budget = Budget::default();
    for block in body.blocks() {
        let name = address(block);
        if block.ident.as_str() == "data" && is_labelled(block, "aws_iam_policy_document") {
            let used = module.use_of(label(block, 1));
            if matches!(used, Use::Other) {
                continue;
            }
            let evaluator = Evaluator::of_data_source(text, module, file, &budget);
            let property = used.property();
            let part = arguments::Part::of_block(block, &evaluator);
            let item = data_source::item(&part, property.map(|property| property.kind), &budget);
            found.assumed = evaluator.assumptions.take();
            found.assumed.extend(data_source::assumptions(&part));
            found.extent = data_source::extent(&part, module.is_part(label(block, 1)));
            found.style = Style::Arguments;
            found.within(Meta::of_block(block, text).around, |found| {
                found.policy(&name, &item, property);
            });
            continue;
        }
        // Alibaba Cloud's policies are of the same form, and not AWS's.
        if label(block, 0).starts_with("alicloud_") {
            continue;
        }
        found.style = Style::Object;
        let resource = match block.ident.as_str() {
            "resource" => label(block, 0),
            _ => "",
        };
        let (meta, first) = (Meta::of_block(block, text), found.policies.len());
        found.within(meta.around, |found| {
            let mut search = Search {
                evaluator: &Evaluator::new(text, module, file, &budget),
                resource,
                type_of: type_of(block),
                trail: Trail::at(name.clone()),
                found,
            };
            search.body(&block.body);
        });
        found.assume_below(first, &name, meta.ignored);
    }
    without_used(&mut found.policies);
    budget.check(Language::Hcl)
}

/// Leaves out the policies that are local values where something has them: they are checked as what that is.
fn without_used(policies: &mut Vec<FilePolicy>) {
    let is_local = |policy: &FilePolicy| policy.address().starts_with("locals.");
    let others = policies.iter().filter(|policy| !is_local(policy));
    let places: HashSet<Range<usize>> = others.map(FilePolicy::place).collect();
    policies.retain(|policy| !is_local(policy) || !places.contains(&policy.place()));
}

/// `aws_iam_role.runner` for a resource, `data.aws_iam_policy_document.runner` for a data source, `module.roles`, `locals`.
fn address(block: &Block) -> String {
    let mut words: Vec<&str> = block
        .labels
        .iter()
        .map(hcl_edit::structure::BlockLabel::as_str)
        .collect();
    if block.ident.as_str() != "resource" {
        words.insert(0, block.ident.as_str());
    }
    words.join(".")
}

fn label(block: &Block, index: usize) -> &str {
    block.labels.get(index).map_or("", |label| label.as_str())
}

fn is_labelled(block: &Block, name: &str) -> bool {
    label(block, 0) == name
}

/// The bytes of a part of the syntax tree; nothing of it is changed after it is parsed, so that all have some.
fn place(node: &impl Span) -> Range<usize> {
    node.span().unwrap_or_default()
}

/// The argument `type` of a resource, if it is written out.
fn type_of(block: &Block) -> Option<&str> {
    block.body.get_attribute("type")?.value.as_str()
}

/// What a property has.
enum Place {
    Policy(places::Property),
    /// A policy that is not one of IAM, such as a tag policy.
    Other,
    Unlisted,
}

/// A search through the arguments of a block.
struct Search<'s> {
    evaluator: &'s Evaluator<'s>,
    /// The type of the resource.
    resource: &'s str,
    /// Its argument `type`.
    type_of: Option<&'s str>,
    trail: Trail,
    found: &'s mut Found,
}

impl Search<'_> {
    fn body(&mut self, body: &Body) {
        for structure in body {
            if let Some(attribute) = structure.as_attribute() {
                self.attribute(attribute);
            } else if let Some(block) = structure.as_block() {
                match (block.ident.as_str(), block.labels.first()) {
                    ("dynamic", Some(label)) => {
                        let around = Assumption::new(place(&block.ident), data_source::repeated(label.as_str()));
                        self.within(around, |search| {
                            for content in block.body.get_blocks("content") {
                                search.at(label.as_str(), |search| search.body(&content.body));
                            }
                        });
                    }
                    (name, _) => self.at(name, |search| search.body(&block.body)),
                }
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        self.at(attribute.key.as_str(), |search| search.expression(&attribute.value));
    }

    /// Looks at a member of what is looked at.
    fn at(&mut self, name: &str, look: impl FnOnce(&mut Self)) {
        let before = self.trail.member(name);
        look(self);
        self.trail.back(&before);
    }

    /// Looks at what is inside of something that may change it.
    fn within(&mut self, around: Assumption, look: impl FnOnce(&mut Self)) {
        let outer = self.found.enter(vec![around]);
        look(self);
        self.found.leave(outer);
    }

    fn expression(&mut self, expression: &Expression) {
        match expression {
            Expression::String(_) | Expression::StringTemplate(_) | Expression::HeredocTemplate(_) => {
                match wrapped::alone(expression) {
                    // A reference is known by what it is, and has nothing inside.
                    Some(alone) if !matches!(alone, Expression::Traversal(_)) => self.expression(alone),
                    _ => {
                        let item = self.item(expression);
                        self.text(&item);
                    }
                }
            }
            Expression::Object(object) => {
                let mut names = object.iter().filter_map(|(key, _)| self.evaluator.name_of(key));
                let has_statement = names.any(|name| name.text() == "Statement");
                if has_statement && self.whole(expression) {
                    return;
                }
                for (key, value) in object {
                    if let Some(name) = self.evaluator.name_of(key) {
                        self.at(name.text(), |search| search.expression(value.expr()));
                    }
                }
            }
            Expression::Array(array) => {
                for (index, element) in array.iter().enumerate() {
                    let before = self.trail.element(index);
                    self.expression(element);
                    self.trail.back(&before);
                }
            }
            Expression::Parenthesis(parenthesis) => self.expression(parenthesis.inner()),
            Expression::Conditional(conditional) => {
                self.within(Assumption::of_condition(place(&conditional.cond_expr)), |search| {
                    search.expression(&conditional.true_expr);
                    search.expression(&conditional.false_expr);
                });
            }
            Expression::FuncCall(call) => self.call(expression, call),
            Expression::ForExpr(each) => {
                let around = Assumption::new(place(&**each), expression::REPEATED.to_owned());
                self.within(around, |search| search.expression(&each.value_expr));
            }
            _ => {}
        }
    }

    /// Looks at a text, which may be a policy; where a policy has to be, it is one.
    fn text(&mut self, item: &Item) {
        let property = match self.place() {
            Place::Unlisted => None,
            Place::Policy(property) => Some(property),
            Place::Other => return,
        };
        let (assumed, first) = (std::mem::take(&mut self.found.assumed), self.found.policies.len());
        // Of a conditional text either may be the policy.
        let texts = match &item.value {
            Value::Either(either) => vec![&either.yes, &either.no],
            _ => vec![item],
        };
        for template in texts.into_iter().filter_map(Item::as_template) {
            if template.is_like_json() || property.is_some() && template.has_start() {
                self.found.assumed.clone_from(&assumed);
                self.found.text(&self.trail.address, template, property);
            } else if property.is_none() && template.is_of_cloudformation() {
                self.found.skip_template(&self.trail.address, template);
            }
        }
        self.found.assumed.clear();
        self.found.join_alternatives(first);
    }

    /// What the property that is looked at has.
    fn place(&self) -> Place {
        places::property(self.resource, &self.trail.property).map_or(Place::Unlisted, |own| {
            own.of_type(self.type_of).map_or(Place::Other, Place::Policy)
        })
    }

    /// A value, of which nothing else was assumed than what is for the policy that is added next.
    fn item(&mut self, expression: &Expression) -> Item {
        self.evaluator.assumptions.take();
        let item = self.evaluator.item(expression);
        self.found.assumed = self.evaluator.assumptions.take();
        item
    }

    /// Adds a value, if it is a policy.
    fn whole(&mut self, expression: &Expression) -> bool {
        let item = self.item(expression);
        self.policy(&item)
    }

    fn policy(&mut self, item: &Item) -> bool {
        let property = match self.place() {
            Place::Unlisted => None,
            Place::Policy(property) => Some(property),
            Place::Other => return false,
        };
        let is_policy = shape::is_policy(item) || property.is_some() && shape::is_like_a_policy(item);
        if is_policy {
            self.found.policy(&self.trail.address, item, property);
        }
        is_policy
    }
}
