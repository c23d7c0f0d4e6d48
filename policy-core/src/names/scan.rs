//! Parses text in constants, where `str` and `[u8]` lack methods that are `const`.

use super::reason::{Fault, Reason, Why};

/// Unwraps the value, or returns the error from a `const fn`, like `?` elsewhere.
macro_rules! check {
    ($result:expr) => {
        match $result {
            Ok(value) => value,
            Err(reason) => return Err(reason),
        }
    };
}
pub(super) use check;

/// A set of ASCII characters, and whether it includes the upper half of Latin-1.
#[derive(Clone, Copy)]
pub(super) struct Set {
    ascii: u128,
    latin1: bool,
}

impl Set {
    pub(super) const LOWER: Set = Set::range(b'a', b'z');
    pub(super) const DIGIT: Set = Set::range(b'0', b'9');
    pub(super) const LOWER_DIGIT: Set = Set::LOWER.or(Set::DIGIT);
    pub(super) const LOWER_HEX: Set = Set::DIGIT.or(Set::range(b'a', b'f'));
    pub(super) const ALPHANUMERIC: Set = Set::LOWER_DIGIT.or(Set::range(b'A', b'Z'));
    /// `\w` of the API models.
    pub(super) const WORD: Set = Set::ALPHANUMERIC.and("_");
    /// The characters of a name without a documented alphabet: those of a policy document (U+0020 to U+00FF; AWS also
    /// allows tabs and line ends between the elements) without wildcards, control characters, the angle brackets of an
    /// unfilled placeholder, and the two characters that JSON escapes.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>
    pub(super) const DOCUMENT: Set = Set {
        ascii: Set::range(b' ', b'~').ascii,
        latin1: true,
    }
    .without("\"\\*?<>");

    const fn range(first: u8, last: u8) -> Set {
        let mut ascii = 0;
        let mut byte = first;
        while byte <= last {
            ascii |= 1 << byte;
            byte += 1;
        }
        Set { ascii, latin1: false }
    }

    const fn or(self, other: Set) -> Set {
        Set {
            ascii: self.ascii | other.ascii,
            latin1: self.latin1 || other.latin1,
        }
    }

    pub(super) const fn and(self, characters: &str) -> Set {
        Set {
            ascii: self.ascii | Set::of(characters),
            latin1: self.latin1,
        }
    }

    pub(super) const fn without(self, characters: &str) -> Set {
        Set {
            ascii: self.ascii & !Set::of(characters),
            latin1: self.latin1,
        }
    }

    const fn of(characters: &str) -> u128 {
        let mut ascii = 0;
        let mut bytes = characters.as_bytes();
        while let [byte, rest @ ..] = bytes {
            ascii |= 1 << *byte;
            bytes = rest;
        }
        ascii
    }

    pub(super) const fn has(self, byte: u8) -> bool {
        byte < 128 && self.ascii >> byte & 1 == 1
    }
}

/// Checks that every character is in the set, and that no `${` starts a policy variable.
pub(super) const fn only(text: &str, set: Set) -> Result<(), Reason> {
    let mut position = 1;
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return Ok(()),
            [b'$', b'{', ..] => return Err(Reason::character('$', position, Why::Variable)),
            [byte, rest @ ..] if set.has(*byte) => rest,
            // U+00A0 to U+00FF in UTF-8.
            [0xc2, 0xa0..=0xbf, rest @ ..] | [0xc3, _, rest @ ..] if set.latin1 => rest,
            _ => {
                let found = first_char(rest);
                return Err(Reason::character(found, position, why(found, set)));
            }
        };
        position += 1;
    }
}

/// Why a character is not allowed, as precisely as possible.
const fn why(found: char, set: Set) -> Why {
    match found {
        '*' | '?' => Why::Wildcard,
        '<' | '>' => Why::Placeholder,
        'A'..='Z' if set.has(found.to_ascii_lowercase() as u8) => Why::UpperCase,
        ' ' => Why::Space,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Why::Control,
        '\u{100}'.. => Why::OutsidePolicies,
        '\u{a0}'.. => Why::NotAscii,
        '"' | '\\' if set.latin1 => Why::Escaped,
        _ => Why::NotAllowed,
    }
}

/// The first character of UTF-8 bytes.
const fn first_char(bytes: &[u8]) -> char {
    let code = match *bytes {
        [a, b, c, d, ..] if a >= 0xf0 => tail(a & 0x07, &[b, c, d]),
        [a, b, c, ..] if a >= 0xe0 => tail(a & 0x0f, &[b, c]),
        [a, b, ..] if a >= 0xc0 => tail(a & 0x1f, &[b]),
        [a, ..] => a as u32,
        [] => 0,
    };
    match char::from_u32(code) {
        Some(character) => character,
        None => char::REPLACEMENT_CHARACTER,
    }
}

const fn tail(head: u8, mut tail: &[u8]) -> u32 {
    let mut code = head as u32;
    while let [byte, rest @ ..] = tail {
        code = code << 6 | (*byte & 0x3f) as u32;
        tail = rest;
    }
    code
}

/// The number of characters in the text.
pub(super) const fn chars(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        // All but the continuation bytes of UTF-8.
        if *byte & 0xc0 != 0x80 {
            count += 1;
        }
        rest = tail;
    }
    count
}

/// Checks the length; an empty text is an error of its own.
pub(super) const fn length(text: &str, min: usize, max: usize) -> Result<(), Reason> {
    let has = chars(text);
    if has == 0 && min > 0 {
        Err(Reason::new(Fault::Empty))
    } else if has < min || has > max {
        Err(Reason::new(Fault::Length {
            has,
            min,
            max,
            unit: "character",
        }))
    } else {
        Ok(())
    }
}

pub(super) const fn equal(one: &str, other: &str) -> bool {
    one.len() == other.len() && starts_with(one, other)
}

pub(super) const fn starts_with(text: &str, prefix: &str) -> bool {
    let mut text = text.as_bytes();
    let mut prefix = prefix.as_bytes();
    while let [wanted, prefix_rest @ ..] = prefix {
        match text {
            [found, text_rest @ ..] if *found == *wanted => {
                text = text_rest;
                prefix = prefix_rest;
            }
            _ => return false,
        }
    }
    true
}

pub(super) const fn ends_with(text: &str, suffix: &str) -> bool {
    text.len() >= suffix.len() && starts_with(split(text, text.len() - suffix.len()).1, suffix)
}

pub(super) const fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    if starts_with(text, prefix) {
        Some(split(text, prefix.len()).1)
    } else {
        None
    }
}

/// Splits the text at a byte position; all of it is before if that is not a boundary.
pub(super) const fn split(text: &str, at: usize) -> (&str, &str) {
    match text.split_at_checked(at) {
        Some(parts) => parts,
        None => (text, ""),
    }
}

/// The bytes from `start` to `end`.
pub(super) const fn slice(text: &str, start: usize, end: usize) -> &str {
    split(split(text, end).0, start).1
}

/// Splits the text at the first occurrence of an ASCII character.
pub(super) const fn split_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    match find(text, separator) {
        Some(at) => Some((split(text, at).0, split(text, at + 1).1)),
        None => None,
    }
}

/// Splits the text at the last occurrence of an ASCII character.
pub(super) const fn rsplit_once(text: &str, separator: u8) -> Option<(&str, &str)> {
    let mut rest = text.as_bytes();
    while let [before @ .., byte] = rest {
        if *byte == separator {
            return Some((split(text, before.len()).0, split(text, rest.len()).1));
        }
        rest = before;
    }
    None
}

/// The position in bytes of the first occurrence of an ASCII character.
pub(super) const fn find(text: &str, wanted: u8) -> Option<usize> {
    let mut at = 0;
    let mut rest = text.as_bytes();
    while let [byte, tail @ ..] = rest {
        if *byte == wanted {
            return Some(at);
        }
        at += 1;
        rest = tail;
    }
    None
}

/// Splits the text at the first line end.
pub(super) const fn line(text: &str) -> (&str, &str) {
    match split_once(text, b'\n') {
        Some(lines) => lines,
        None => (text, ""),
    }
}
