//! Where each byte of a scalar is written: <https://yaml.org/spec/1.2.2/#chapter-7-flow-style-productions> and
//! <https://yaml.org/spec/1.2.2/#chapter-8-block-style-productions>.

use std::ops::Range;

use granit_parser::ScalarStyle;

use crate::written::Written;

/// The place of a scalar without the white space behind it.
pub(super) fn trimmed(text: &str, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
    let written = text.get(range.clone()).unwrap_or_default();
    match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => range,
        _ => range.start..range.start + written.trim_end().len(),
    }
}

/// The value of a scalar that is written at this place.
pub(super) fn written(text: &str, place: &Range<usize>, value: &str, style: ScalarStyle) -> Written {
    let source = text.get(place.clone()).unwrap_or_default();
    if source == value {
        return Written::verbatim(value, place.start);
    }
    let quote = match style {
        ScalarStyle::SingleQuoted => Some('\''),
        ScalarStyle::DoubleQuoted => Some('"'),
        _ => None,
    };
    let inside = quote.and_then(|quote| source.strip_prefix(quote)?.strip_suffix(quote));
    if inside == Some(value) {
        return Written::verbatim(value, place.start + 1);
    }
    let start = match style {
        // The parser gives the place of the content, which starts in the line behind `|` or `>`.
        ScalarStyle::Literal | ScalarStyle::Folded => 0,
        _ => source.len() - inside.map_or(source.len(), |inside| inside.len() + 1),
    };
    let mut aligned = Aligned {
        source,
        at: start,
        offset: place.start,
        written: Written::default(),
    };
    for character in value.chars() {
        aligned.add(character, style);
    }
    aligned.written
}

/// A value and its source, side by side. Both have the same characters in the same order, but for white space, which is
/// folded, and for escapes.
struct Aligned<'t> {
    source: &'t str,
    /// How much of the source has been passed.
    at: usize,
    /// Where the source starts in the file.
    offset: usize,
    written: Written,
}

impl Aligned<'_> {
    fn add(&mut self, character: char, style: ScalarStyle) {
        let mut buffer = [0; 4];
        let text: &str = character.encode_utf8(&mut buffer);
        if !matches!(character, ' ' | '\n' | '\t') {
            self.skip_white_space(style);
        }
        let rest = self.source.get(self.at..).unwrap_or_default();
        let escaped = match style {
            ScalarStyle::SingleQuoted if character == '\'' && rest.starts_with("''") => Some(2),
            ScalarStyle::DoubleQuoted if rest.starts_with('\\') => escape_length(rest),
            _ => None,
        };
        if let Some(length) = escaped {
            self.written
                .push_as(text, self.offset + self.at..self.offset + self.at + length);
            self.at += length;
        } else if rest.starts_with(character) {
            self.written.push(text, self.offset + self.at);
            self.at += text.len();
        } else {
            // A line break that was folded, with the white space before it.
            let end = rest
                .find(|c: char| c == '\n' || !c.is_whitespace())
                .unwrap_or(rest.len());
            let length = end + usize::from(rest.get(end..).is_some_and(|rest| rest.starts_with('\n')));
            self.written
                .push_as(text, self.offset + self.at..self.offset + self.at + length);
            self.at += length;
        }
    }

    /// Passes the white space before the next character, which the value does not have: indentation. A line that ends with
    /// a backslash is continued in the next.
    fn skip_white_space(&mut self, style: ScalarStyle) {
        loop {
            let rest = self.source.get(self.at..).unwrap_or_default();
            let spaces = rest.len() - rest.trim_start().len();
            let continued =
                style == ScalarStyle::DoubleQuoted && (rest.starts_with("\\\n") || rest.starts_with("\\\r\n"));
            match (spaces, continued) {
                (0, false) => return,
                (0, true) => self.at += 1,
                (spaces, _) => self.at += spaces,
            }
        }
    }
}

/// The length of the escape that this text starts with.
fn escape_length(text: &str) -> Option<usize> {
    let letter = text.chars().nth(1)?;
    Some(match letter {
        'x' => 4,
        'u' => 6,
        'U' => 10,
        '\n' | '\r' => return None,
        other => 1 + other.len_utf8(),
    })
}
