//! The text of a file in an editor, and the editor's positions in it.

use std::cell::OnceCell;
use std::ops::Range;

use serde_json::{Value, json};

use super::starts::{Starts, starts_in};

/// How an editor counts the characters of a line. UTF-16 is what every editor can do.
/// <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#positionEncodingKind>
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    #[default]
    Utf16,
}

impl Encoding {
    /// The one that is used with an editor of these capabilities.
    pub fn negotiated(capabilities: &Value) -> Self {
        let offered = capabilities.pointer("/general/positionEncodings");
        let offered = offered.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        if offered.iter().any(|encoding| encoding == "utf-8") {
            Self::Utf8
        } else {
            Self::Utf16
        }
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16 => "utf-16",
        }
    }

    fn width(self, character: char) -> usize {
        match self {
            Self::Utf8 => character.len_utf8(),
            Self::Utf16 => character.len_utf16(),
        }
    }

    /// The width of the characters that start in these bytes. Counted in a byte, those of a stride can be counted at once.
    fn width_of(self, bytes: &[u8]) -> usize {
        let units = |byte: u8| match (self, byte) {
            (_, 0x80..=0xBF) => 0,
            (Self::Utf8, 0xC0..=0xDF) | (Self::Utf16, 0xF0..) => 2,
            (Self::Utf8, 0xE0..=0xEF) => 3,
            (Self::Utf8, 0xF0..) => 4,
            _ => 1,
        };
        let of_stride = |bytes: &[u8]| usize::from(bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(units(*byte))));
        bytes.chunks(STRIDE).map(of_stride).sum()
    }
}

/// A text with its lines.
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    encoding: Encoding,
    /// Where each line starts.
    starts: Starts,
    /// The width of what is before each [`STRIDE`]th byte, so that of many positions in a long line each is not counted from the start
    /// of the line.
    widths: OnceCell<Vec<usize>>,
}

/// So many that a byte counts the width of them, and of what the last goes on with.
const STRIDE: usize = 128;

impl Text {
    pub fn new(content: String, encoding: Encoding) -> Self {
        let starts = Starts::of(&content);
        Self {
            content,
            encoding,
            starts,
            widths: OnceCell::new(),
        }
    }

    pub fn content(&self) -> &str {
        &self.content
    }

    /// The byte of a position. One after the end of a line, or of the text, is the end.
    pub fn offset(&self, position: &Value) -> Option<usize> {
        let number = |name: &str| usize::try_from(position.get(name)?.as_u64()?).ok();
        let (line, column) = (number("line")?, number("character")?);
        let Some(start) = self.starts.get(line) else {
            return Some(self.content.len());
        };
        let end = self.starts.get(line + 1).unwrap_or(self.content.len());
        let content = self.content.get(start..end)?.trim_end_matches(['\r', '\n']);
        let (mut counted, mut skipped) = (0, 0);
        for stride in content.as_bytes().chunks(STRIDE) {
            let width = self.encoding.width_of(stride);
            if counted + width > column {
                break;
            }
            counted += width;
            skipped += stride.len();
        }
        // The column is behind all characters that start in the strides.
        let rest = (skipped..=content.len()).find_map(|at| Some((at, content.get(at..)?)));
        let (skipped, rest) = rest.unwrap_or((content.len(), ""));
        for (at, character) in rest.char_indices() {
            counted += self.encoding.width(character);
            if counted > column {
                return Some(start + skipped + at);
            }
        }
        Some(start + content.len())
    }

    fn position(&self, offset: usize) -> Value {
        let line = self.starts.until(offset + 1).saturating_sub(1);
        let start = self.starts.get(line).unwrap_or_default();
        json!({ "line": line, "character": self.before(offset).saturating_sub(self.before(start)) })
    }

    /// The width of all that is before a byte.
    fn before(&self, offset: usize) -> usize {
        let bytes = self.content.as_bytes();
        let widths = self.widths.get_or_init(|| {
            let mut before = 0;
            let behind = bytes.chunks(STRIDE).map(|bytes| {
                before += self.encoding.width_of(bytes);
                before
            });
            std::iter::once(0).chain(behind).collect()
        });
        let stride = offset / STRIDE;
        let rest = bytes.get(stride * STRIDE..offset).unwrap_or_default();
        widths.get(stride).copied().unwrap_or_default() + self.encoding.width_of(rest)
    }

    /// The bytes of an editor's range.
    pub fn bytes(&self, range: &Value) -> Option<Range<usize>> {
        let (start, end) = (self.offset(range.get("start")?)?, self.offset(range.get("end")?)?);
        Some(start..end.max(start))
    }

    /// An editor's range.
    pub fn range(&self, bytes: &Range<usize>) -> Value {
        json!({ "start": self.position(bytes.start), "end": self.position(bytes.end) })
    }

    /// Makes a change: of a range, or of all. An editor can send thousands at once, so that only the lines of the range are looked at.
    pub fn change(&mut self, change: &Value) -> Option<()> {
        let with = change.get("text")?.as_str()?;
        let Some(range) = change.get("range") else {
            *self = Self::new(with.to_owned(), self.encoding);
            return Some(());
        };
        let Range { start, end } = self.bytes(range)?;
        self.content.get(start..end)?;
        self.content.replace_range(start..end, with);
        self.widths = OnceCell::new();
        // Whether a line ends before the range depends on what follows.
        let lines = self.starts.until(start.max(1))..self.starts.until(end + 1);
        let new = starts_in(&self.content, start.saturating_sub(1)..start + with.len());
        self.starts.replace(lines, new.collect(), end - start, with.len());
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

    use serde_json::{Value, json};

    use super::{Encoding, Text};

    #[test]
    fn each_byte_has_a_position_and_each_position_a_byte() {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            let long = format!("{}\n{}", "é😀a".repeat(100), "a😀".repeat(100));
            for content in ["", "a", "é😀x\nb\r\n\rc\n", "\r\r\n", &long] {
                let text = Text::new(content.to_owned(), encoding);
                for (at, _) in content.char_indices().chain([(content.len(), ' ')]) {
                    let back = text.offset(&text.position(at)).unwrap();
                    // A position is before the end of its line, and never between its two bytes.
                    let is_in_end = at > 0 && content.get(at - 1..=at) == Some("\r\n");
                    assert_eq!(back, if is_in_end { at - 1 } else { at }, "{at} of {content:?}");
                }
            }
        }
        let text = Text::new("é😀x\nb".to_owned(), Encoding::Utf16);
        assert_eq!(text.position(6), json!({ "line": 0, "character": 3 }));
        // Within a character, after the end of a line, and after the last line.
        let offset = |line: u32, character: u32| text.offset(&json!({ "line": line, "character": character }));
        assert_eq!((offset(0, 2), offset(0, 99), offset(7, 0)), (Some(2), Some(7), Some(9)));
        assert_eq!(text.offset(&json!({ "line": -1, "character": 0 })), None);
    }

    #[test]
    fn a_change_is_of_a_range_or_of_all() {
        let changed = |change: &Value| {
            let mut text = Text::new("one 😀 two\nthree".to_owned(), Encoding::Utf16);
            text.change(change).unwrap();
            text.content().to_owned()
        };
        let range = json!({ "start": { "line": 0, "character": 7 }, "end": { "line": 1, "character": 2 } });
        assert_eq!(changed(&json!({ "range": range, "text": "t" })), "one 😀 tree");
        assert_eq!(changed(&json!({ "text": "x" })), "x");
        // A range that ends before it starts is empty.
        let range = json!({ "start": { "line": 0, "character": 3 }, "end": { "line": 0, "character": 1 } });
        assert_eq!(changed(&json!({ "range": range, "text": "," })), "one, 😀 two\nthree");
    }

    #[test]
    fn a_changed_text_has_the_lines_of_a_new_one() {
        for content in ["", "a\r\nb\r\rc\n\nd", "\r\n\r\n", "é\n😀\r"] {
            let places: Vec<usize> = (0..=content.len()).filter(|at| content.is_char_boundary(*at)).collect();
            for (&start, &end) in places
                .iter()
                .flat_map(|start| places.iter().map(move |end| (start, end)))
            {
                for with in ["", "\n", "\r", "x\r\ny", "\n\r"] {
                    let mut text = Text::new(content.to_owned(), Encoding::Utf16);
                    let range = text.range(&(start..end));
                    text.change(&json!({ "range": range, "text": with })).unwrap();
                    let new = Text::new(text.content().to_owned(), Encoding::Utf16);
                    assert_eq!(
                        text.starts.all(),
                        new.starts.all(),
                        "{start}..{end} of {content:?}, {with:?}"
                    );
                }
            }
        }
    }

    /// The changes of an editor follow each other, here in any order and nearer or farther.
    #[test]
    fn many_changes_give_the_lines_of_a_new_text() {
        let mut text = Text::new("ab\ncd\r\nef\n".repeat(20), Encoding::Utf16);
        let mut seed = 7_usize;
        let mut any = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for number in 0..2000 {
            let length = text.content().len();
            let start = if number % 3 == 0 {
                any(length + 1)
            } else {
                any(20).min(length)
            };
            let end = (start + any(4)).min(length);
            let with = ["", "\n", "x", "\r", "long\nlonger\n"][any(5)];
            let range = text.range(&(start..end));
            text.change(&json!({ "range": range, "text": with })).unwrap();
            let new = Text::new(text.content().to_owned(), Encoding::Utf16);
            assert_eq!(text.starts.all(), new.starts.all(), "{number}");
            let at = any(text.content().len() + 1);
            assert_eq!(text.position(at), new.position(at), "{number}, {at}");
        }
    }
}
