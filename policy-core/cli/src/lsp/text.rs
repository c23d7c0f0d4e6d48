//! The text of a file in an editor, and the editor's positions in it.

use std::ops::Range;

use serde_json::{Value, json};

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
}

/// A text with its lines.
#[derive(Clone, Debug, Default)]
pub struct Text {
    content: String,
    encoding: Encoding,
    /// Where each line starts.
    starts: Vec<usize>,
}

impl Text {
    pub fn new(content: String, encoding: Encoding) -> Self {
        let mut starts = vec![0];
        let mut bytes = content.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let is_end = match byte {
                b'\n' => true,
                b'\r' => bytes.peek().is_none_or(|(_, next)| *next != b'\n'),
                _ => false,
            };
            if is_end {
                starts.push(at + 1);
            }
        }
        Self {
            content,
            encoding,
            starts,
        }
    }

    pub fn content(&self) -> &str {
        &self.content
    }

    /// The byte of a position. One after the end of a line, or of the text, is the end.
    pub fn offset(&self, position: &Value) -> Option<usize> {
        let number = |name: &str| usize::try_from(position.get(name)?.as_u64()?).ok();
        let (line, column) = (number("line")?, number("character")?);
        let Some(start) = self.starts.get(line).copied() else {
            return Some(self.content.len());
        };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.content.len());
        let content = self.content.get(start..end)?.trim_end_matches(['\r', '\n']);
        let mut counted = 0;
        for (at, character) in content.char_indices() {
            counted += self.encoding.width(character);
            if counted > column {
                return Some(start + at);
            }
        }
        Some(start + content.len())
    }

    fn position(&self, offset: usize) -> Value {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        let before = self.content.get(start..offset).unwrap_or_default();
        let column: usize = before.chars().map(|character| self.encoding.width(character)).sum();
        json!({ "line": line, "character": column })
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

    /// The text after a change: of a range, or of all.
    pub fn changed(&self, change: &Value) -> Option<Self> {
        let with = change.get("text")?.as_str()?;
        let content = match change.get("range") {
            None => with.to_owned(),
            Some(range) => {
                let bytes = self.bytes(range)?;
                let (before, after) = (self.content.get(..bytes.start)?, self.content.get(bytes.end..)?);
                [before, with, after].concat()
            }
        };
        Some(Self::new(content, self.encoding))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

    use serde_json::json;

    use super::{Encoding, Text};

    #[test]
    fn each_byte_has_a_position_and_each_position_a_byte() {
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for content in ["", "a", "é😀x\nb\r\n\rc\n", "\r\r\n"] {
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
        let text = Text::new("one 😀 two\nthree".to_owned(), Encoding::Utf16);
        let range = json!({ "start": { "line": 0, "character": 7 }, "end": { "line": 1, "character": 2 } });
        let changed = text.changed(&json!({ "range": range, "text": "t" })).unwrap();
        assert_eq!(changed.content(), "one 😀 tree");
        assert_eq!(text.changed(&json!({ "text": "x" })).unwrap().content(), "x");
        // A range that ends before it starts is empty.
        let range = json!({ "start": { "line": 0, "character": 3 }, "end": { "line": 0, "character": 1 } });
        let changed = text.changed(&json!({ "range": range, "text": "," })).unwrap();
        assert_eq!(changed.content(), "one, 😀 two\nthree");
    }
}
