//! JSON, as a file or as a text with holes inside another language.

use std::collections::HashSet;
use std::ops::Range;

use policy_core::document::{Document, Member, Node, Value as Json};

use crate::item::{Entry, Hole, Item, Part, Template, Value};
use crate::limits;
use crate::reading::Language;
use crate::written::Written;

/// Why a text is not JSON, and where.
#[derive(Clone, Debug)]
pub(crate) struct NotJson {
    pub(crate) place: Range<usize>,
    pub(crate) reason: String,
    /// Whether it may be JSON, of which there is too much.
    pub(crate) is_too_large: bool,
}

/// Reads a file.
pub(crate) fn read(text: &str) -> Result<Item, NotJson> {
    read_template(&Template::of(Written::verbatim(text, 0)))
}

/// Reads a text with holes, which may be within strings or be values themselves.
pub(crate) fn read_template(template: &Template) -> Result<Item, NotJson> {
    let source = Source::of(template);
    if let Err(error) = limits::check(Language::Json, source.masked.text()) {
        return Err(NotJson {
            place: source.masked.range(0..0),
            reason: error.to_string(),
            is_too_large: true,
        });
    }
    match Document::read(source.masked.text()) {
        Ok(document) => Ok(source.item(document.root())),
        Err(error) => Err(NotJson {
            place: source.masked.range(error.offset()..error.offset()),
            reason: error.message().to_owned(),
            is_too_large: false,
        }),
    }
}

/// What encloses the number of a hole in the text that is read as JSON. Characters of private use are in no policy; where
/// they are, they are what they are, unless they enclose the number of a hole.
const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// A text in which each hole is replaced so that it can be read as JSON.
struct Source<'t> {
    masked: Written,
    holes: Vec<&'t Hole>,
}

impl<'t> Source<'t> {
    fn of(template: &'t Template) -> Self {
        let mut source = Self {
            masked: Written::default(),
            holes: Vec::new(),
        };
        each_part(template, &mut |part, in_string| match part {
            Part::Text(written) => source.masked.push_part(written, 0..written.text().len()),
            Part::Hole(hole) => {
                let mark = format!("{OPEN}{}{CLOSE}", source.holes.len());
                let mark = if in_string { mark } else { format!("\"{mark}\"") };
                source.masked.push_as(&mark, hole.place.clone());
                source.holes.push(hole);
            }
        });
        source
    }

    fn item(&self, node: &Node<'_>) -> Item {
        let range = node.place.start as usize..node.place.end as usize;
        let value = match &node.value {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => Value::Number(number.clone().into_owned()),
            Json::String(_) => Value::Text(self.string(range.clone())),
            Json::Array(elements) => Value::List(elements.iter().map(|element| self.item(element)).collect()),
            Json::Object(members) => Value::Map(members.iter().map(|member| self.entry(member)).collect()),
        };
        Item::new(self.masked.range(range), value)
    }

    fn entry(&self, member: &Member<'_>) -> Entry {
        let range = member.name_place.start as usize..member.name_place.end as usize;
        Entry {
            name_place: self.masked.range(range.clone()),
            name: self.string(range),
            value: self.item(&member.value),
        }
    }

    /// The content of a string, which is written here, quotes and escapes included.
    fn string(&self, literal: Range<usize>) -> Template {
        let mut content = Written::default();
        let (mut at, end) = (literal.start + 1, literal.end.saturating_sub(1));
        let mut template = Template::default();
        while at < end {
            let rest = self.masked.text().get(at..end).unwrap_or_default();
            let plain = rest.find(['\\', OPEN]).unwrap_or(rest.len());
            content.push_part(&self.masked, at..at + plain);
            at += plain;
            let rest = rest.get(plain..).unwrap_or_default();
            if rest.is_empty() {
                break;
            }
            if let Some((hole, length)) = self.hole(rest) {
                template.push(std::mem::take(&mut content));
                template.push_hole(hole.clone());
                at += length;
            } else if let Some((character, length)) = escape(rest) {
                content.push_as(character.encode_utf8(&mut [0; 4]), self.masked.range(at..at + length));
                at += length;
            } else {
                let length = rest.chars().next().map_or(1, char::len_utf8);
                content.push_part(&self.masked, at..at + length);
                at += length;
            }
        }
        template.push(content);
        template
    }

    /// The hole whose mark this text starts with, and the length of the mark.
    fn hole(&self, text: &str) -> Option<(&'t Hole, usize)> {
        let (number, _) = text.strip_prefix(OPEN)?.split_once(CLOSE)?;
        let hole = self.holes.get(number.parse::<usize>().ok()?)?;
        Some((hole, OPEN.len_utf8() + number.len() + CLOSE.len_utf8()))
    }
}

/// The character of the escape that this text starts with, and the length of the escape.
fn escape(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('\\')?;
    Some(match rest.chars().next()? {
        'u' => {
            let unit = |at: usize| u16::from_str_radix(text.get(at..at + 4)?, 16).ok();
            let first = unit(2)?;
            match char::from_u32(u32::from(first)) {
                Some(character) => (character, 6),
                None => (char::decode_utf16([first, unit(8)?]).next()?.ok()?, 12),
            }
        }
        'b' => ('\u{8}', 2),
        'f' => ('\u{C}', 2),
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        other => (other, 1 + other.len_utf8()),
    })
}

/// Calls `see` with each part of a text with holes, and whether it begins in a string of JSON.
fn each_part<'t>(template: &'t Template, see: &mut dyn FnMut(&'t Part, bool)) {
    let mut in_string = false;
    for part in &template.parts {
        see(part, in_string);
        if let Part::Text(written) = part {
            in_string = ends_in_string(written.text(), in_string);
        }
    }
}

/// The names of the holes that are values themselves, and not in strings.
pub(crate) fn holes_as_values(template: &Template) -> HashSet<String> {
    let mut names = HashSet::new();
    each_part(template, &mut |part, in_string| match part {
        Part::Hole(hole) if !in_string => {
            names.insert(hole.name.clone());
        }
        _ => {}
    });
    names
}

/// Whether a string of JSON is open at the end of a text, which starts in one or not.
fn ends_in_string(text: &str, mut in_string: bool) -> bool {
    each_byte(text, &mut in_string, &mut |_, _| true);
    in_string
}

/// Calls `see` with where each byte of a text is, but for those that a backslash escapes, and whether it is in a string of JSON, until it
/// returns `false`.
fn each_byte(text: &str, in_string: &mut bool, see: &mut dyn FnMut(usize, bool) -> bool) {
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        if !see(at, *in_string) {
            return;
        }
        match byte {
            b'"' => *in_string = !*in_string,
            b'\\' if *in_string => {
                bytes.next();
            }
            _ => {}
        }
    }
}

/// Whether a text that is not JSON has what a language for templates replaces: tags of Helm and Jinja, directives of Terraform, and
/// interpolations that are values themselves. `${aws:username}` in a string is a policy variable, and `{{resolve:ssm:x}}` is
/// `CloudFormation`'s.
pub(crate) fn has_tags(text: &str) -> bool {
    // No string goes on in the next line; one that is not closed is perhaps the mistake.
    text.lines().any(|line| {
        let (mut in_string, mut has) = (false, false);
        each_byte(line, &mut in_string, &mut |at, in_string| {
            let rest = line.as_bytes().get(at..).unwrap_or_default();
            has = match rest {
                [b'$', b'{', ..] => !in_string,
                [b'{', b'{', ..] => !rest.starts_with(b"{{resolve:"),
                [b'{', b'%', ..] | [b'%', b'{', ..] => true,
                _ => false,
            };
            !has
        });
        has
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::{read, read_template};
    use crate::item::{Hole, HoleKind, Part, Template};
    use crate::written::Written;

    #[test]
    fn a_string_is_where_it_is_written() {
        let text = r#"{ "a\u00e9": "x\"y\ud83d\ude00z" }"#;
        let item = read(text).unwrap();
        let value = item.member("aé").and_then(|value| value.as_written()).unwrap();
        assert_eq!(value.text(), "x\"y😀z");
        let part = |from: usize, to: usize| text.get(value.range(from..to)).unwrap();
        assert_eq!(
            (part(0, 1), part(1, 2), part(3, 7), part(7, 8)),
            ("x", r#"\""#, r"\ud83d\ude00", "z")
        );
    }

    #[test]
    fn a_hole_is_in_a_string_or_a_value_itself() {
        let hole = |name: &str, at: usize| {
            Part::Hole(Hole {
                name: name.to_owned(),
                place: at..at + 4,
                kind: HoleKind::Unknown,
            })
        };
        let template = Template {
            parts: vec![
                Part::Text(Written::verbatim(r#"{ "a": "x"#, 0)),
                hole("a", 9),
                Part::Text(Written::verbatim(r#"y", "b": "#, 13)),
                hole("b", 22),
                Part::Text(Written::verbatim(" }", 26)),
            ],
        };
        let item = read_template(&template).unwrap();
        let shapes: Vec<usize> = item
            .entries()
            .iter()
            .map(|entry| match &entry.value.value {
                crate::item::Value::Text(template) => template.parts.len(),
                _ => 0,
            })
            .collect();
        assert_eq!(shapes, [3, 1]);
        assert_eq!(
            item.entries().last().map(|entry| entry.value.place.clone()),
            Some(22..26)
        );
    }
}
