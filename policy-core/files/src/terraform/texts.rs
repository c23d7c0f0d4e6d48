//! The functions that make a text of others.

use hcl_edit::expr::FuncCall;

use super::expression::Evaluator;
use crate::item::{Item, Part, Template, Value};
use crate::limits;

impl Evaluator<'_> {
    pub(super) fn joined(&self, call: &FuncCall) -> Option<Value> {
        let delimiter = self.item(call.args.get(0)?);
        let Value::List(items) = self.item(call.args.get(1)?).value else {
            return None;
        };
        let delimiter = delimiter.as_template()?;
        if !self
            .budget
            .spend(items.len().saturating_mul(limits::text_size(delimiter)))
        {
            return None;
        }
        let mut template = Template::default();
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                template.push(delimiter.as_written()?.clone());
            }
            template.append(self.text_of(item));
        }
        Some(Value::Text(template))
    }

    /// The text of `format`. What a verb makes of its value is known where it is `%s`, `%d` or `%v`.
    /// <https://developer.hashicorp.com/terraform/language/functions/format>
    pub(super) fn formatted(&self, call: &FuncCall) -> Option<Value> {
        let pattern = self.item(call.args.get(0)?);
        let mut arguments = call.args.iter().skip(1);
        let mut template = Template::default();
        for part in &pattern.as_template()?.parts {
            let Part::Text(pattern) = part else {
                template.parts.push(part.clone());
                continue;
            };
            let mut from = 0;
            while let Some(found) = pattern.text().get(from..)?.find('%') {
                let start = from + found;
                template.push(pattern.part(from..start));
                let (verb, length) = verb(pattern.text().get(start..)?)?;
                from = start + length;
                if verb == '%' {
                    template.push(pattern.part(start..start + 1));
                    continue;
                }
                let argument = self.item(arguments.next()?);
                template.append(match verb {
                    's' | 'd' | 'v' if length == 2 => self.text_of(argument),
                    _ => self.hole(argument.place),
                });
            }
            template.push(pattern.part(from..pattern.text().len()));
        }
        Some(Value::Text(template))
    }

    /// The text of `replace`, if what it searches is known and no regular expression.
    /// <https://developer.hashicorp.com/terraform/language/functions/replace>
    pub(super) fn replaced(&self, call: &FuncCall) -> Option<Value> {
        let [text, searched, other] = [0, 1, 2].map(|index| call.args.get(index));
        let (text, searched) = (self.item(text?), self.item(searched?));
        let (text, searched) = (text.as_template()?, searched.as_str()?);
        let is_expression = searched.len() > 1 && searched.starts_with('/') && searched.ends_with('/');
        if searched.is_empty() || is_expression {
            return None;
        }
        let other = self.text_of(self.item(other?));
        let found = text
            .texts()
            .map(|written| written.text().matches(searched).count())
            .sum::<usize>();
        if !self.budget.spend(found.saturating_mul(limits::text_size(&other))) {
            return None;
        }
        Some(Value::Text(text.replaced(&|written, from| {
            let start = from + written.text().get(from..)?.find(searched)?;
            let part = start..start + searched.len();
            Some((part.clone(), other.clone().inserted_at(&written.range(part))))
        })))
    }

    /// A value as part of a text.
    fn text_of(&self, item: Item) -> Template {
        match item.value {
            Value::Text(text) => text,
            _ => self.hole(item.place),
        }
    }
}

/// The letter of the verb that this text starts with, such as `%s` or `%05d`, and the length of the verb. `None` if it names its value by
/// a number.
fn verb(text: &str) -> Option<(char, usize)> {
    let is_of_verb = |character: char| character.is_ascii_digit() || matches!(character, ' ' | '#' | '+' | '-' | '.');
    let rest = text.get(1..)?;
    let length = rest.find(|character| !is_of_verb(character))?;
    let letter = rest.get(length..)?.chars().next()?;
    (letter.is_ascii_alphabetic() || letter == '%').then_some((letter, 1 + length + letter.len_utf8()))
}
