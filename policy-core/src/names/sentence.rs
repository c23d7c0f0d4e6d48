//! A message that can be built in constants and at run time.

/// The capacity of a sentence in bytes; text that does not fit is left out.
const CAPACITY: usize = 1024;

/// The maximum length of one quotation.
const QUOTED: usize = 120;

/// A short text in a fixed buffer: the same message serves for a panic in a constant, which cannot allocate, and for
/// the error at run time.
pub(super) struct Sentence {
    bytes: [u8; CAPACITY],
    length: usize,
}

impl Sentence {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; CAPACITY],
            length: 0,
        }
    }

    pub(super) const fn as_str(&self) -> &str {
        if let Some((written, _)) = self.bytes.split_at_checked(self.length)
            && let Ok(text) = core::str::from_utf8(written)
        {
            return text;
        }
        ""
    }

    pub(super) const fn push(&mut self, text: &str) {
        if let Some((_, free)) = self.bytes.split_at_mut_checked(self.length)
            && let Some((place, _)) = free.split_at_mut_checked(text.len())
        {
            place.copy_from_slice(text.as_bytes());
            self.length += text.len();
        }
    }

    /// Appends the text in backticks, cut if it is long.
    pub(super) const fn push_quoted(&mut self, text: &str) {
        self.push("`");
        let mut end = QUOTED;
        if text.len() <= end {
            self.push(text);
        } else {
            loop {
                if let Some((head, _)) = text.split_at_checked(end) {
                    self.push(head);
                    break;
                }
                end -= 1;
            }
            self.push("...");
        }
        self.push("`");
    }

    /// Appends the character in backticks, or its code point if it is invisible.
    pub(super) const fn push_char(&mut self, character: char) {
        let code = character as u32;
        if code <= 0x20 || (0x7f <= code && code <= 0xa0) {
            self.push("U+");
            let mut shift = 16;
            while shift > 0 {
                shift -= 4;
                let digit = (code >> shift) & 0xf;
                if let Some(digit) = char::from_digit(digit, 16) {
                    self.push(digit.to_ascii_uppercase().encode_utf8(&mut [0; 4]));
                }
            }
        } else {
            self.push("`");
            self.push(character.encode_utf8(&mut [0; 4]));
            self.push("`");
        }
    }

    pub(super) const fn push_number(&mut self, number: usize) {
        if number >= 10 {
            self.push_number(number / 10);
        }
        self.push(match number % 10 {
            0 => "0",
            1 => "1",
            2 => "2",
            3 => "3",
            4 => "4",
            5 => "5",
            6 => "6",
            7 => "7",
            8 => "8",
            _ => "9",
        });
    }
}
