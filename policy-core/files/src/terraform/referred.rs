//! The data sources that a value refers to.

use hcl_edit::expr::{Expression, ObjectKey, TraversalOperator};
use hcl_edit::template::{Element, Template};

use super::in_json;
use crate::item::Item;

/// The names of the `aws_iam_policy_document` that an expression refers to.
pub(super) fn documents(expression: &Expression, see: &mut dyn FnMut(&str)) {
    match expression {
        Expression::Traversal(traversal) => {
            let mut names = traversal
                .operators
                .iter()
                .filter_map(|operator| match operator.value() {
                    TraversalOperator::GetAttr(name) => Some(name.as_str()),
                    _ => None,
                });
            let is_data = matches!(&traversal.expr, Expression::Variable(root) if root.as_str() == "data");
            if is_data
                && names.next() == Some("aws_iam_policy_document")
                && let Some(name) = names.next()
            {
                see(name);
            }
        }
        Expression::Parenthesis(parenthesis) => documents(parenthesis.inner(), see),
        Expression::Conditional(conditional) => {
            documents(&conditional.true_expr, see);
            documents(&conditional.false_expr, see);
        }
        Expression::FuncCall(call) => call.args.iter().for_each(|argument| documents(argument, see)),
        Expression::Array(array) => array.iter().for_each(|element| documents(element, see)),
        Expression::Object(object) => {
            for (key, value) in object {
                if let ObjectKey::Expression(key) = key {
                    documents(key, see);
                }
                documents(value.expr(), see);
            }
        }
        Expression::StringTemplate(template) => documents_in(template, see),
        Expression::HeredocTemplate(heredoc) => documents_in(&heredoc.template, see),
        _ => {}
    }
}

fn documents_in(text: &Template, see: &mut dyn FnMut(&str)) {
    for element in text {
        if let Element::Interpolation(interpolation) = element {
            documents(&interpolation.expr, see);
        }
    }
}

/// The names of the `aws_iam_policy_document` that the texts of a value refer to.
pub(super) fn documents_in_json(item: &Item, see: &mut dyn FnMut(&str)) {
    item.each_text(&mut |template| {
        for written in template.texts() {
            documents_in_text(written.text(), see);
        }
    });
}

fn documents_in_text(text: &str, see: &mut dyn FnMut(&str)) {
    let start = format!("data.{}.", in_json::DOCUMENT);
    for rest in text.split(start.as_str()).skip(1) {
        let is_of_name = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
        let end = rest.find(|character| !is_of_name(character)).unwrap_or(rest.len());
        see(rest.get(..end).unwrap_or_default());
    }
}
