//! The text of a message, put together in a constant as well as when the program runs: a compile error says the same as an error.

use super::scan;

/// The greatest length of a message in bytes. The longest has two quotations and some fixed sentences.
const MOST: usize = 1200;

/// The maximum length of a quotation, in bytes.
const QUOTED: usize = 120;

/// A message. What does not fit is left out.
pub(super) struct Told {
    bytes: [u8; MOST],
    len: usize,
}

impl Told {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; MOST],
            len: 0,
        }
    }

    pub(super) const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            Err(_) => "",
        }
    }

    pub(super) const fn push(&mut self, text: &str) {
        if self.len + text.len() <= MOST {
            let (_, free) = self.bytes.split_at_mut(self.len);
            free.split_at_mut(text.len()).0.copy_from_slice(text.as_bytes());
            self.len += text.len();
        }
    }

    /// The text in backticks, cut if it is long.
    pub(super) const fn quote(&mut self, text: &str) {
        let mut end = text.len();
        if end > QUOTED {
            end = QUOTED;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
        }
        self.push("`");
        self.push(scan::slice(text, 0, end));
        self.push(if end < text.len() { "...`" } else { "`" });
    }

    pub(super) const fn number(&mut self, number: usize) {
        if number >= 10 {
            self.number(number / 10);
        }
        self.digit(number % 10);
    }

    /// The character in backticks, or its code point if it is invisible.
    pub(super) const fn character(&mut self, found: char) {
        if matches!(found, '\0'..=' ' | '\u{7f}'..='\u{a0}') {
            self.push("U+00");
            self.digit(found as usize / 16);
            self.digit(found as usize % 16);
        } else {
            self.push("`");
            self.push(found.encode_utf8(&mut [0; 4]));
            self.push("`");
        }
    }

    /// `it has 11 digits`
    pub(super) const fn counted(&mut self, has: usize, unit: &str) {
        self.push("it has ");
        self.number(has);
        self.push(" ");
        self.push(unit);
        if has != 1 {
            self.push("s");
        }
    }

    const fn digit(&mut self, digit: usize) {
        self.push(scan::slice("0123456789ABCDEF", digit, digit + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Told};

    fn told(tell: impl FnOnce(&mut Told)) -> String {
        let mut told = Told::new();
        tell(&mut told);
        told.as_str().to_owned()
    }

    #[test]
    fn pieces_are_written_one_after_the_other() {
        assert_eq!(told(|told| told.counted(1, "digit")), "it has 1 digit");
        assert_eq!(told(|told| told.counted(1024, "character")), "it has 1024 characters");
        assert_eq!(told(|told| told.character('\n')), "U+000A");
        assert_eq!(told(|told| told.character('\u{a0}')), "U+00A0");
        assert_eq!(told(|told| told.character('é')), "`é`");
        assert_eq!(told(|told| told.quote("")), "``");
    }

    #[test]
    fn what_is_long_is_cut_between_characters() {
        let long = "é".repeat(100);
        assert_eq!(told(|told| told.quote(&long)), format!("`{}...`", "é".repeat(60)));
        assert_eq!(
            told(|told| told.quote(&format!("a{long}"))),
            format!("`a{}...`", "é".repeat(59))
        );
        assert_eq!(told(|told| told.push(&"a".repeat(MOST + 1))), "");
        let full = "a".repeat(MOST);
        assert_eq!(
            told(|told| {
                told.push(&full);
                told.push("b");
            }),
            full
        );
    }
}
