//! Sets of characters, and how the catalogue writes them.

/// A set of characters. Beyond ASCII it has all of them or none: no service tells them apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Characters {
    ascii: u128,
    beyond: bool,
}

impl Characters {
    /// Adds the characters of a range.
    pub fn add(&mut self, first: u32, last: u32) {
        let bits = (first..=last.min(0x7f)).map(|code| 1_u128 << code);
        self.ascii |= bits.sum::<u128>();
        self.beyond |= last > 0x7f;
    }

    /// The characters of both.
    pub fn or(self, other: Self) -> Self {
        Self {
            ascii: self.ascii | other.ascii,
            beyond: self.beyond | other.beyond,
        }
    }

    /// Whether this ASCII character is one of them.
    pub fn has(self, character: char) -> bool {
        character.is_ascii() && self.ascii & (1 << u32::from(character)) != 0
    }

    /// `[-.0-9A-Z_a-z]`; a set that has characters beyond ASCII by those that it lacks, `[^/:]`. Control characters are left
    /// out. `None` for a set that cannot be written so.
    pub fn written(self) -> Option<String> {
        let listed = |character: &char| self.has(*character) != self.beyond;
        let characters: Vec<char> = (' '..='~').filter(listed).collect();
        // At the start, where neither is a sign.
        let (hyphen, rest): (Vec<char>, Vec<char>) = characters.into_iter().partition(|character| *character == '-');
        let mut text = String::from(if self.beyond { "[^" } else { "[" });
        text.extend(hyphen);
        let mut rest = rest.as_slice();
        while let Some((&first, _)) = rest.split_first() {
            let run = rest
                .iter()
                .zip(first..)
                .take_while(|(found, next)| **found == *next && same_kind(first, *next));
            let (run, after) = rest.split_at(run.count().max(1));
            match run {
                [from, _, .., to] => text.extend([*from, '-', *to]),
                few => text.extend(few),
            }
            rest = after;
        }
        text.push(']');
        let is_empty = matches!(text.as_str(), "[]" | "[^]");
        (!is_empty && (self.beyond || !text.starts_with("[^"))).then_some(text)
    }
}

/// Whether both are digits, or letters of the same case: only those are written as a range.
fn same_kind(one: char, other: char) -> bool {
    let is = |kind: fn(&char) -> bool| kind(&one) && kind(&other);
    is(char::is_ascii_digit) || is(char::is_ascii_lowercase) || is(char::is_ascii_uppercase)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn of(text: &str) -> Characters {
        let mut set = Characters::default();
        for character in text.chars() {
            set.add(u32::from(character), u32::from(character));
        }
        set
    }

    #[test]
    fn a_set_is_written_in_order_and_a_hyphen_first() {
        assert_eq!(of("dcba_.-9").written().unwrap(), "[-.9_a-d]");
        assert_eq!(of("/0123").written().unwrap(), "[/0-3]");
        assert_eq!(of("ab").written().unwrap(), "[ab]");
        assert_eq!(of("^a").written().as_deref(), None, "it would be another set");
        assert_eq!(of("").written(), None);
    }

    #[test]
    fn a_set_beyond_ascii_is_written_by_what_it_lacks() {
        let mut set = Characters::default();
        set.add(0, 0x10_ffff);
        assert_eq!(set.written(), None);
        set = Characters::default();
        set.add(0, 0x2e);
        set.add(0x30, 0x39);
        set.add(0x3b, 0xff);
        assert_eq!(set.written().unwrap(), "[^/:]");
    }
}
