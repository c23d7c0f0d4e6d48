//! Expressions that are all of a text: `"${local.actions}"`, as all of them were written before Terraform 0.12.

use std::ops::Range;

use hcl_edit::expr::Expression;
use hcl_edit::template::{Element, Interpolation, Template};

use super::expression::Evaluator;
use super::place;
use crate::item::{Item, Part, Value};

impl Evaluator<'_> {
    /// The value of the expression that is all of a text in quotes: Terraform makes no text of it.
    /// <https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates>
    pub(super) fn wrapped(&self, only: &Interpolation, whole: Range<usize>) -> Item {
        let item = self.item(&only.expr);
        match item.value {
            // What is written behind a reference is written behind its brace.
            Value::Text(text) if matches!(text.parts.as_slice(), [Part::Hole(_)]) => {
                Item::new(whole, Value::Text(text.inserted_at(&place(only))))
            }
            // It is removed with its quotes.
            Value::Text(_) => Item::new(whole, item.value),
            _ => item,
        }
    }
}

/// The interpolation that a text is, if it is nothing else.
pub(super) fn only(elements: &Template) -> Option<&Interpolation> {
    let mut elements = elements.iter();
    match (elements.next(), elements.next()) {
        (Some(Element::Interpolation(only)), None) => Some(only),
        _ => None,
    }
}

/// The expression that a text is, but for the blanks around it, which change no policy.
pub(super) fn alone(text: &Expression) -> Option<&Expression> {
    let elements = match text {
        Expression::StringTemplate(elements) => return Some(&only(elements)?.expr),
        Expression::HeredocTemplate(heredoc) => &heredoc.template,
        _ => return None,
    };
    let is_blank = |element: &&Element| matches!(element, Element::Literal(text) if text.trim().is_empty());
    let mut others = elements.iter().filter(|element| !is_blank(element));
    match (others.next(), others.next()) {
        (Some(Element::Interpolation(only)), None) => Some(&only.expr),
        _ => None,
    }
}
