//! Quoted strings and heredocs: <https://developer.hashicorp.com/terraform/language/expressions/strings>.

use std::ops::Range;

use super::expression::{Evaluator, named};
use super::module::Module;
use super::parse;
use crate::assumption::Assumption;
use crate::item::{Template, Value};
use crate::limits::{self, Budget};
use crate::reading::Language;
use crate::written::Written;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Between quotes, with backslashes.
    Quoted,
    /// Between two words.
    Heredoc,
}

/// What a literal part of a template means, which is written at this place.
pub(super) fn literal(file: &str, place: Range<usize>, style: Style) -> Written {
    let source = file.get(place.clone()).unwrap_or_default();
    let mut written = Written::default();
    let mut at = 0;
    while let Some(rest) = source.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find(['\\', '$', '%']).unwrap_or(rest.len());
        written.push(rest.get(..plain).unwrap_or_default(), place.start + at);
        at += plain;
        let rest = rest.get(plain..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { break };
        let at_place = |length: usize| place.start + at..place.start + at + length;
        let length = if rest.starts_with("$${") || rest.starts_with("%%{") {
            written.push_as(rest.get(1..3).unwrap_or_default(), at_place(3));
            3
        } else if let Some((character, length)) = (style == Style::Quoted).then(|| escape(rest)).flatten() {
            written.push_as(character.encode_utf8(&mut [0; 4]), at_place(length));
            length
        } else {
            let length = first.len_utf8();
            written.push(rest.get(..length).unwrap_or_default(), place.start + at);
            length
        };
        at += length;
    }
    written
}

/// The character of the escape that this text starts with, and the length of the escape.
fn escape(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('\\')?;
    let unicode = |digits: usize| {
        let code = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
        Some((char::from_u32(code)?, 2 + digits))
    };
    Some(match rest.chars().next()? {
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'u' => return unicode(4),
        'U' => return unicode(8),
        other => (other, 1 + other.len_utf8()),
    })
}

/// `&{aws:username}` as `${aws:username}`, as the data source `aws_iam_policy_document` has it.
pub(super) fn with_variables(written: Written) -> Written {
    if !written.text().contains("&{") {
        return written;
    }
    let mut changed = Written::default();
    let mut at = 0;
    while let Some(found) = written.text().get(at..).and_then(|rest| rest.find("&{")) {
        let start = at + found;
        changed.push_part(&written, at..start);
        changed.push_as("$", written.range(start..start + 1));
        at = start + 1;
    }
    changed.push_part(&written, at..written.text().len());
    changed
}

/// A text of a configuration in JSON, with its interpolations and its directives (`%{ if ... }`) as holes: each string is a template,
/// whose quotes and escapes are those of JSON. <https://developer.hashicorp.com/terraform/language/syntax/json#expression-mapping>
pub(crate) fn interpolated(template: &Template) -> Template {
    interpolated_with(template, &|_, _| None)
}

/// The texts that the text of a file for `templatefile` becomes, with its interpolations as holes: that in which its conditions hold, and
/// that in which they do not, if it has some. And what is assumed of these.
/// <https://developer.hashicorp.com/terraform/language/expressions/strings#directives>
pub(crate) fn templates(text: &str) -> (Vec<Template>, Vec<Assumption>) {
    let plain = || {
        (
            vec![interpolated(&Template::of(Written::verbatim(text, 0)))],
            Vec::new(),
        )
    };
    let has_directives = text.contains("%{") && limits::check(Language::Hcl, text).is_ok();
    let Some(elements) = has_directives.then(|| parse::template(text)).flatten() else {
        return plain();
    };
    let (none, budget) = (Module::default(), Budget::default());
    let evaluator = Evaluator::of_definition(text, &none, &budget);
    let items = match evaluator.template(&elements, Style::Heredoc, &(0..text.len())) {
        Value::Either(either) => vec![either.yes.value, either.no.value],
        value => vec![value],
    };
    let texts = items.into_iter().filter_map(|value| match value {
        Value::Text(text) => Some(text),
        _ => None,
    });
    (texts.collect(), evaluator.assumptions.take())
}

/// The same with what an expression gives at a place, where that is known.
pub(super) fn interpolated_with(
    template: &Template,
    value: &dyn Fn(&str, &Range<usize>) -> Option<Template>,
) -> Template {
    template.replaced(&|written, from| {
        let text = written.text();
        let start = from + opening(text.get(from..)?)?;
        let length = text.get(start..).and_then(closing);
        let end = length.map_or(text.len(), |length| start + length);
        let sign = text.as_bytes().get(start);
        if start > from && text.as_bytes().get(start - 1) == sign {
            // `$${` is `${`.
            return Some((start - 1..end, Template::of(written.part(start..end))));
        }
        let name = text.get(start + 2..end.saturating_sub(1)).unwrap_or_default();
        let place = written.range(start..end);
        let is_directive = sign == Some(&b'%');
        let known = value(name, &place).filter(|_| !is_directive);
        Some((
            start..end,
            known.unwrap_or_else(|| Template::hole(place, name, named(name))),
        ))
    })
}

/// Where the next `${` or `%{` starts.
fn opening(text: &str) -> Option<usize> {
    let mut pairs = text.bytes().zip(text.bytes().skip(1));
    pairs.position(|pair| matches!(pair, (b'$' | b'%', b'{')))
}

/// The length of the `${...}` that this text starts with, others inside it included.
pub(crate) fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return Some(at + 1),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Style, literal, with_variables};

    #[test]
    fn an_escape_is_where_it_is_written() {
        let file = r#""a\"b$${c}\u00e9&{d}$e""#;
        let written = literal(file, 1..file.len() - 1, Style::Quoted);
        assert_eq!(written.text(), "a\"b${c}é&{d}$e");
        let at = |from: usize, to: usize| file.get(written.range(from..to)).unwrap_or_default();
        assert_eq!(
            (at(0, 1), at(1, 2), at(2, 3), at(3, 7), at(7, 9)),
            ("a", r#"\""#, "b", "$${c}", r"\u00e9")
        );
        let variables = with_variables(written);
        assert_eq!(variables.text(), "a\"b${c}é${d}$e");
        assert_eq!(file.get(variables.range(9..13)), Some("&{d}"));
        let heredoc = literal(file, 1..file.len() - 1, Style::Heredoc);
        assert_eq!(heredoc.text(), r#"a\"b${c}\u00e9&{d}$e"#);
    }
}
