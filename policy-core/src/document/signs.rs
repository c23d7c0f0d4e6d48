//! The kinds of characters in a string, seen once when it is made.
//!
//! Most rules look for characters that hardly any string has, and would look through each string again.

/// A set of kinds of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Signs(u8);

impl Signs {
    /// `*` and `?`
    pub(crate) const WILDCARD: Self = Self(1);
    /// `$`, with which variables begin.
    pub(crate) const DOLLAR: Self = Self(1 << 1);
    /// `<`, `>`, `{` and `[`, in which placeholders are written.
    pub(crate) const BRACKET: Self = Self(1 << 2);
    /// `_`, `.` and `Y`, which placeholders that are words or dots have.
    pub(crate) const JOINT: Self = Self(1 << 3);
    /// What is not a printable character of ASCII.
    pub(crate) const ODD: Self = Self(1 << 4);
    /// `"` and `\`, which JSON escapes.
    pub(crate) const ESCAPED: Self = Self(1 << 5);
    /// What no action has: not a letter, a digit, `-`, `_`, `:` or a wildcard.
    pub(crate) const OUTSIDE_ACTION: Self = Self(1 << 6);

    pub(super) fn of(text: &str) -> Self {
        let mut all = 0;
        let mut rest = text.as_bytes();
        // Without an iterator, which costs several times as much where `policy!` runs, unoptimised.
        while let [byte, after @ ..] = rest {
            if let Some(signs) = OF_BYTES.get(*byte as usize) {
                all |= *signs;
            }
            rest = after;
        }
        Self(all)
    }

    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has one of the others.
    pub(crate) const fn has(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }
}

static OF_BYTES: [u8; 256] = of_bytes();

const fn of_bytes() -> [u8; 256] {
    let mut signs = [0; 256];
    let mut rest: &mut [u8] = &mut signs;
    let mut byte: u8 = 0;
    while let [first, after @ ..] = rest {
        *first = of_byte(byte).0;
        byte = byte.wrapping_add(1);
        rest = after;
    }
    signs
}

const fn of_byte(byte: u8) -> Signs {
    match byte {
        b'a'..=b'z' | b'A'..=b'X' | b'Z' | b'0'..=b'9' | b'-' | b':' => Signs(0),
        b'*' | b'?' => Signs::WILDCARD,
        b'Y' | b'_' => Signs::JOINT,
        b'.' => Signs::JOINT.or(Signs::OUTSIDE_ACTION),
        b'$' => Signs::DOLLAR.or(Signs::OUTSIDE_ACTION),
        b'<' | b'>' | b'{' | b'[' => Signs::BRACKET.or(Signs::OUTSIDE_ACTION),
        b'"' | b'\\' => Signs::ESCAPED.or(Signs::OUTSIDE_ACTION),
        b' '..=b'~' => Signs::OUTSIDE_ACTION,
        _ => Signs::ODD.or(Signs::OUTSIDE_ACTION),
    }
}

#[cfg(test)]
mod tests {
    use super::Signs;

    #[test]
    fn each_kind_is_seen_wherever_it_is() {
        for (text, kinds) in [
            ("", Signs(0)),
            ("s3:GetObject", Signs(0)),
            ("s3:Get*", Signs::WILDCARD),
            ("?", Signs::WILDCARD),
            ("My_bucket", Signs::JOINT),
            ("YOUR-BUCKET", Signs::JOINT),
            ("a.b", Signs::JOINT.or(Signs::OUTSIDE_ACTION)),
            ("<bucket>", Signs::BRACKET.or(Signs::OUTSIDE_ACTION)),
            ("a/${b}", Signs::DOLLAR.or(Signs::BRACKET).or(Signs::OUTSIDE_ACTION)),
            ("a b", Signs::OUTSIDE_ACTION),
            ("a\\", Signs::ESCAPED.or(Signs::OUTSIDE_ACTION)),
            ("é", Signs::ODD.or(Signs::OUTSIDE_ACTION)),
            ("\u{7F}", Signs::ODD.or(Signs::OUTSIDE_ACTION)),
            ("a\n", Signs::ODD.or(Signs::OUTSIDE_ACTION)),
        ] {
            assert_eq!(Signs::of(text), kinds, "{text:?}");
        }
    }
}
