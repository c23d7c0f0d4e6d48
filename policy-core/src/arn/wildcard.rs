//! The one search by which a pattern with wildcards is held against a text, of the checker's patterns and the evaluator's.

/// What `?` matches, and by how much a `*` grows. AWS says "any single character", and not whether `é`, which is two bytes, is
/// one: the checker takes a character for it, and the evaluator asks every way.
///
/// Each is a type, so that the search by bytes, which is enough for nearly every text, is as short as if it were the only one.
pub(crate) trait Unit {
    /// The rest of a text after one unit.
    fn after_one(text: &[u8]) -> Option<&[u8]>;
}

#[cfg(feature = "evaluate")]
pub(crate) struct Byte;

#[cfg(feature = "evaluate")]
impl Unit for Byte {
    fn after_one(text: &[u8]) -> Option<&[u8]> {
        text.split_first().map(|(_, rest)| rest)
    }
}

pub(crate) struct Character;

impl Unit for Character {
    fn after_one(text: &[u8]) -> Option<&[u8]> {
        let (_, mut rest) = text.split_first()?;
        while let Some((0x80..=0xbf, after)) = rest.split_first() {
            rest = after;
        }
        Some(rest)
    }
}

/// Half of a character of four bytes is one unit of UTF-16.
#[cfg(feature = "evaluate")]
pub(crate) struct Utf16;

#[cfg(feature = "evaluate")]
impl Unit for Utf16 {
    fn after_one(text: &[u8]) -> Option<&[u8]> {
        match text {
            [0xf0..=0xff, _, rest @ ..] => Some(rest),
            _ => Character::after_one(text),
        }
    }
}

/// A pattern that is read piece by piece.
pub(crate) trait Pieces: Copy {
    /// Whether nothing is left of it.
    fn is_empty(self) -> bool;

    /// The rest of a text from where the pattern can match its start at the earliest, if that is cheap to tell.
    fn seek(self, text: &[u8]) -> Option<&[u8]> {
        Some(text)
    }

    /// Holds its first piece against the start of a text.
    fn step<U: Unit>(self, text: &[u8]) -> Step<'_, Self>;
}

/// What the first piece of a pattern makes of a text.
pub(crate) enum Step<'t, P> {
    /// It matches any text; the pattern after it.
    Any(P),
    /// It matches the start of the text; what is left of both.
    To(P, &'t [u8]),
    /// It does not match.
    Stuck,
    /// Nothing is left of it.
    End,
}

/// Whether the pattern matches the text. Does not allocate; at worst takes the product of the two lengths.
///
/// After a mismatch, gives one more unit to the last `*`. Earlier ones need not be retried, since the last can match whatever
/// they could.
pub(crate) fn matches<U: Unit, P: Pieces>(pattern: P, text: &[u8]) -> bool {
    let (mut pattern, mut text) = (pattern, text);
    let mut retry: Option<(P, &[u8])> = None;
    loop {
        match pattern.step::<U>(text) {
            Step::Any(after) if after.is_empty() => return true,
            Step::Any(after) => {
                retry = Some((after, text));
                pattern = after;
                continue;
            }
            Step::To(after, rest) => {
                (pattern, text) = (after, rest);
                continue;
            }
            Step::End if text.is_empty() => return true,
            Step::Stuck | Step::End => {}
        }
        let Some((after, from)) = retry else { return false };
        let from = U::after_one(from).and_then(|from| after.seek(from));
        let Some(from) = from else { return false };
        retry = Some((after, from));
        (pattern, text) = (after, from);
    }
}
