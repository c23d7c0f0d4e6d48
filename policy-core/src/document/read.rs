//! Parses JSON text (RFC 8259) into a [`Document`].
//!
//! Why not a JSON library: one without places cannot report where a mistake is, and any of them would be compiled,
//! unoptimized, into each build that uses `policy!`. A property test compares what this parser accepts and returns with
//! `serde_json`.

use std::borrow::Cow;
use std::fmt;

use super::percent::{encoded, is_escape};
use super::{Document, Member, Node, Place, Text, Value};
use crate::shown::Shown;

/// The maximum nesting depth of arrays and objects. A policy needs 6 levels; the limit keeps hostile text from
/// exhausting the stack.
pub const MAX_DEPTH: usize = 128;

/// The error for text that is not JSON, or not percent-encoded JSON.
///
/// ```
/// use policy_core::document::{Document, line_and_column};
///
/// let text = "{ \"Version\": \"2012-10-17\",\n}";
/// let error = Document::read(text).unwrap_err();
/// assert_eq!(line_and_column(text, error.offset()), (1, 26), "the comma after which nothing comes");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    offset: usize,
    message: String,
    help: Cow<'static, str>,
}

impl SyntaxError {
    pub(super) const fn new(offset: usize, message: String, help: &'static str) -> Self {
        Self {
            offset,
            message,
            help: Cow::Borrowed(help),
        }
    }

    /// The byte offset at which the text stops being JSON.
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The offset as a place.
    pub fn place(&self) -> Place {
        let offset = u32::try_from(self.offset).unwrap_or(u32::MAX);
        Place::new(offset, offset)
    }

    /// What is wrong.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead; empty if the message says it.
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for SyntaxError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.help.is_empty() { "" } else { ": " };
        write!(f, "{}", Shown(format_args!("{}{colon}{}", self.message, self.help)))
    }
}

impl std::error::Error for SyntaxError {}

/// A byte order mark, which an editor does not show.
pub(super) const MARK: char = '\u{FEFF}';

/// The line and column, both from 1, of a byte offset in a text; the column counts characters, but not a byte order mark at the start.
///
/// ```
/// assert_eq!(policy_core::document::line_and_column("{\n  \"é\": x", 9), (2, 7));
/// ```
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let before = before.strip_prefix(MARK).unwrap_or(before);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

impl<'a> Document<'a> {
    /// Reads JSON text. Places are in bytes.
    ///
    /// # Errors
    ///
    /// The first place at which the text is not JSON, or is nested deeper than [`MAX_DEPTH`].
    pub fn read(text: &'a str) -> Result<Self, SyntaxError> {
        Reader {
            text,
            bytes: text.as_bytes(),
            at: 0,
        }
        .document()
        .map_err(|error| *error)
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
}

/// Boxed, since a result as large as the error would be copied for every value.
type Read<T> = Result<T, Box<SyntaxError>>;

#[expect(clippy::unnecessary_box_returns, reason = "see `Read`")]
impl<'a> Reader<'a> {
    fn document(mut self) -> Read<Document<'a>> {
        if u32::try_from(self.text.len()).is_err() {
            return Err(self.error(
                "the text is larger than 4 GiB",
                "a policy has at most 10,240 characters",
            ));
        }
        self.skip_white_space();
        let root = self.value(MAX_DEPTH)?;
        self.skip_white_space();
        if self.at < self.bytes.len() {
            return Err(self.error(
                "the document is complete here, but text follows",
                "remove the text that follows",
            ));
        }
        Ok(Document::new(root))
    }

    /// Reads a value, after whitespace.
    fn value(&mut self, depth: usize) -> Read<Node<'a>> {
        let start = self.at;
        let value = match self.peek() {
            Some(b'"') => Value::String(Text::plain(self.string()?)),
            Some(b'{') => Value::Object(self.object(self.deeper(depth)?)?),
            Some(b'[') => Value::Array(self.array(self.deeper(depth)?)?),
            Some(b'-' | b'0'..=b'9') => Value::Number(Cow::Borrowed(self.number()?)),
            Some(b't') if self.skip_word("true") => Value::Bool(true),
            Some(b'f') if self.skip_word("false") => Value::Bool(false),
            Some(b'n') if self.skip_word("null") => Value::Null,
            _ => return Err(self.unexpected("a value")),
        };
        Ok(Node {
            place: self.place_from(start),
            value,
        })
    }

    fn deeper(&self, depth: usize) -> Read<usize> {
        depth.checked_sub(1).ok_or_else(|| {
            self.error(
                format!("nested deeper than {MAX_DEPTH} levels"),
                "no policy needs more than 6 levels",
            )
        })
    }

    fn array(&mut self, depth: usize) -> Read<Vec<Node<'a>>> {
        self.at += 1;
        let mut elements = Vec::new();
        self.skip_white_space();
        if self.skip(b']') {
            return Ok(elements);
        }
        loop {
            elements.push(self.value(depth)?);
            self.skip_white_space();
            if self.skip(b']') {
                return Ok(elements);
            }
            self.comma(b']')?;
        }
    }

    fn object(&mut self, depth: usize) -> Read<Vec<Member<'a>>> {
        self.at += 1;
        let mut members = Vec::new();
        self.skip_white_space();
        if self.skip(b'}') {
            return Ok(members);
        }
        loop {
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.unexpected("a name in double quotes"));
            }
            let name = Text::plain(self.string()?);
            let name_place = self.place_from(start);
            self.skip_white_space();
            if !self.skip(b':') {
                return Err(self.unexpected("`:` after the name"));
            }
            self.skip_white_space();
            members.push(Member {
                name_place,
                name,
                value: self.value(depth)?,
            });
            self.skip_white_space();
            if self.skip(b'}') {
                return Ok(members);
            }
            self.comma(b'}')?;
        }
    }

    /// Reads a comma, which an element must follow.
    fn comma(&mut self, close: u8) -> Read<()> {
        let comma = self.at;
        if !self.skip(b',') {
            return Err(self.unexpected(if close == b']' { "`,` or `]`" } else { "`,` or `}`" }));
        }
        self.skip_white_space();
        if self.peek() == Some(close) {
            self.at = comma;
            return Err(self.error(
                "a comma after the last element",
                "remove the comma: JSON does not allow it there",
            ));
        }
        Ok(())
    }

    fn string(&mut self) -> Read<Cow<'a, str>> {
        let start = self.at + 1;
        let at = self.end_of_plain(start);
        match self.bytes.get(at) {
            Some(b'"') => {
                self.at = at + 1;
                Ok(Cow::Borrowed(self.text.get(start..at).unwrap_or_default()))
            }
            Some(b'\\') => self.escaped_string(start, at),
            _ => Err(self.broken_string(at)),
        }
    }

    /// The offset of the first byte from `at` that ends a run of plain characters in a string: a quote, a backslash, a
    /// control character, or the end of the text.
    fn end_of_plain(&self, mut at: usize) -> usize {
        // Most of a policy is such runs: eight bytes at a time. The high bit of each byte of `ends` says whether it is one
        // of these; a borrow can make a later byte a false one, never hide a true one, and the loop below looks again.
        const ONES: u64 = u64::from_le_bytes([1; 8]);
        while let Some(eight) = self.bytes.get(at..).and_then(<[u8]>::first_chunk) {
            let eight = u64::from_le_bytes(*eight);
            let is_zero = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes;
            let quote = is_zero(eight ^ (ONES * u64::from(b'"')));
            let backslash = is_zero(eight ^ (ONES * u64::from(b'\\')));
            let control = eight.wrapping_sub(ONES * 0x20) & !eight;
            let ends = (quote | backslash | control) & (ONES * 0x80);
            if ends != 0 {
                at += ends.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        while self
            .bytes
            .get(at)
            .is_some_and(|byte| !matches!(byte, b'"' | b'\\' | 0x00..=0x1F))
        {
            at += 1;
        }
        at
    }

    /// Reads the rest of a string whose first escape is at `escape`.
    fn escaped_string(&mut self, start: usize, escape: usize) -> Read<Cow<'a, str>> {
        let mut unescaped = String::new();
        let (mut copied, mut at) = (start, escape);
        loop {
            match self.bytes.get(at) {
                Some(b'"') => {
                    unescaped.push_str(self.text.get(copied..at).unwrap_or_default());
                    self.at = at + 1;
                    return Ok(Cow::Owned(unescaped));
                }
                Some(b'\\') => {
                    unescaped.push_str(self.text.get(copied..at).unwrap_or_default());
                    self.at = at;
                    unescaped.push(self.escape()?);
                    copied = self.at;
                    at = self.end_of_plain(copied);
                }
                _ => return Err(self.broken_string(at)),
            }
        }
    }

    /// Reads one escape sequence, from its backslash.
    fn escape(&mut self) -> Read<char> {
        let simple = match self.bytes.get(self.at + 1) {
            Some(b'u') => return self.unicode_escape(),
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            _ => {
                return Err(self.error(
                    "an escape that JSON does not have",
                    "to write a backslash, write `\\\\`",
                ));
            }
        };
        self.at += 2;
        Ok(simple)
    }

    fn unicode_escape(&mut self) -> Read<char> {
        let first = self.code_unit(self.at)?;
        let decoded = if (0xD800..0xDC00).contains(&first) {
            let second = self.code_unit(self.at + 6)?;
            let pair = [first, second];
            self.at += 6;
            char::decode_utf16(pair).next().and_then(Result::ok)
        } else {
            char::from_u32(u32::from(first))
        };
        let Some(character) = decoded else {
            return Err(self.error("half of a surrogate pair", "write the character itself"));
        };
        self.at += 6;
        Ok(character)
    }

    /// The code unit of the `\uXXXX` at `at`.
    fn code_unit(&self, at: usize) -> Read<u16> {
        self.text
            .get(at..at + 6)
            .and_then(|escape| escape.strip_prefix("\\u"))
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u16::from_str_radix(digits, 16).ok())
            .ok_or_else(|| {
                self.error(
                    "an incomplete unicode escape",
                    "write `\\u` and four hexadecimal digits",
                )
            })
    }

    fn broken_string(&mut self, at: usize) -> Box<SyntaxError> {
        match self.bytes.get(at) {
            None => self.error("a string that is not closed", "add `\"`"),
            Some(b'\n' | b'\r') => self.error("a string that is not closed on its line", "add `\"`"),
            Some(_) => {
                self.at = at;
                self.error(
                    "a control character in a string",
                    "remove the character: AWS accepts only tabs and line ends",
                )
            }
        }
    }

    fn number(&mut self) -> Read<&'a str> {
        let start = self.at;
        self.skip(b'-');
        if self.skip(b'0') {
            if self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
                self.at = start;
                return Err(self.error("a number that starts with 0", "put an account ID in quotes"));
            }
        } else {
            self.digits()?;
        }
        if self.skip(b'.') {
            self.digits()?;
        }
        if self.skip(b'e') || self.skip(b'E') {
            let _ = self.skip(b'+') || self.skip(b'-');
            self.digits()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    fn digits(&mut self) -> Read<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start {
            Err(self.unexpected("a digit"))
        } else {
            Ok(())
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn skip_word(&mut self, word: &str) -> bool {
        let there = self.rest().starts_with(word);
        if there {
            self.at += word.len();
        }
        there
    }

    fn skip_white_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "`Document::read` rejects text longer than u32::MAX"
    )]
    const fn place_from(&self, start: usize) -> Place {
        Place::new(start as u32, self.at as u32)
    }

    fn error(&self, message: impl Into<String>, help: impl Into<Cow<'static, str>>) -> Box<SyntaxError> {
        Box::new(SyntaxError {
            offset: self.at,
            message: message.into(),
            help: help.into(),
        })
    }

    /// The error for a text other than `expected`, with a suggestion.
    fn unexpected(&self, expected: &str) -> Box<SyntaxError> {
        let rest = self.rest();
        let Some(found) = rest.chars().next() else {
            return self.error(
                format!("the text ends where {expected} is expected"),
                "check whether the text is complete",
            );
        };
        if found == '%' && is_escape(rest.as_bytes()) {
            let (message, help) = encoded(rest);
            return self.error(message, help);
        }
        let help = match found {
            '+' => "if the text was encoded as a form, the `+` is a space: encode a space as `%20`",
            '\'' | '“' | '”' | '‘' | '’' | '„' => "JSON's quotes are `\"`, plain and double",
            '.' | '…' if rest.starts_with("...") || found == '…' => "replace the dots with the omitted text",
            '/' | '#' => "remove the comment: JSON has no comments",
            MARK => "save the file without a byte order mark",
            '<' => "put the placeholder in quotes",
            '$' if rest.starts_with("${") => {
                "a template is JSON once its placeholders are filled in: check what it renders to"
            }
            '`' => "remove the code fence",
            'T' | 'F' | 'N' | 'u' => "JSON's words are `true`, `false` and `null`",
            _ => "",
        };
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).take(24).collect();
        let found = match found {
            _ if !word.is_empty() => word,
            control if control.is_control() => control.escape_debug().to_string(),
            other => other.to_string(),
        };
        self.error(format!("expected {expected}, found `{found}`"), help)
    }
}
