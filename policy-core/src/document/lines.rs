//! The lines of a text.

use std::ops::Range;

use super::read::MARK;
use crate::collected::CollectVec;

/// An index of the lines in a text, so that finding a line does not scan the whole text, as
/// [`line_and_column`](super::line_and_column) does.
///
/// ```
/// use policy_core::document::Lines;
///
/// let position = Lines::of("{\n  \"é\": x").position(9);
/// assert_eq!((position.line, position.column), (2, 7));
/// ```
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// The byte offset at which each line starts.
    starts: Vec<usize>,
    /// The number of characters that start before each [`STRIDE`]th byte, so that the column in a long line is not
    /// counted from the start of the line.
    characters: Vec<usize>,
}

const STRIDE: usize = 128;

/// A position in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character (Unicode code point) in the line, from 1.
    pub column: usize,
}

impl<'t> Lines<'t> {
    /// Indexes the lines of a text.
    #[inline]
    pub fn of(text: &'t str) -> Self {
        let after_ends = text.match_indices('\n').map(|(at, _)| at + 1);
        let mark = if text.starts_with(MARK) { MARK.len_utf8() } else { 0 };
        let mut before = 0;
        let behind = text.as_bytes().chunks(STRIDE).map(|bytes| {
            before += beginnings(bytes);
            before
        });
        Self {
            text,
            starts: std::iter::once(mark).chain(after_ends).collect_vec(),
            characters: std::iter::once(0).chain(behind).collect_vec(),
        }
    }

    /// The line and column of a byte offset.
    #[inline]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line(offset);
        let is_a_place = self.text.is_char_boundary(offset);
        let before = |offset| if is_a_place { self.before(offset) } else { 0 };
        Position {
            line,
            column: before(offset).saturating_sub(before(self.start(line))) + 1,
        }
    }

    /// The number of characters that start before a byte offset.
    #[inline]
    fn before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let counted = self.characters.get(stride).copied().unwrap_or_default();
        let rest = self.text.as_bytes().get(stride * STRIDE..offset);
        counted + beginnings(rest.unwrap_or_default())
    }

    /// The complete lines that contain these bytes: the number of the first, and their byte range.
    #[inline]
    pub fn around(&self, bytes: &Range<usize>) -> (usize, Range<usize>) {
        let first = self.line(bytes.start);
        let last = self.line(bytes.end);
        let end = self.starts.get(last).copied().unwrap_or(self.text.len());
        (first, self.start(first)..end)
    }

    /// The line of a byte offset; the first one starts behind a byte order mark.
    #[inline]
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).max(1)
    }

    /// The byte offset at which this line starts.
    #[inline]
    fn start(&self, line: usize) -> usize {
        let index = line.saturating_sub(1);
        self.starts.get(index).copied().unwrap_or_default()
    }
}

/// The number of characters that start in these bytes of a text, at most a stride of them. Counted in a byte, many can be
/// counted at once.
#[inline]
fn beginnings(bytes: &[u8]) -> usize {
    let starts = |byte: &u8| u8::from(!matches!(byte, 0x80..=0xBF));
    usize::from(bytes.iter().map(starts).fold(0, u8::wrapping_add))
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position};
    use crate::document::line_and_column;

    #[test]
    fn each_byte_has_the_place_that_the_library_gives_it() {
        let long = format!("{}\n{}", "é😀a".repeat(700), "é".repeat(2048));
        for text in [
            "",
            "\n",
            "\u{FEFF}",
            "\u{FEFF}é\n\u{FEFF}a",
            "a",
            "a\n",
            "é😀\r\nb\n\nc",
            &long,
            &"é".repeat(2048),
        ] {
            let lines = Lines::of(text);
            for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
                let (line, column) = line_and_column(text, offset);
                assert_eq!(
                    lines.position(offset),
                    Position { line, column },
                    "{offset} of {text:?}"
                );
            }
        }
    }

    #[test]
    fn the_lines_around_a_part_are_whole() {
        let lines = Lines::of("one\ntwo\nthree");
        assert_eq!(lines.around(&(5..6)), (2, 4..8));
        assert_eq!(lines.around(&(1..9)), (1, 0..13));
        assert_eq!(lines.around(&(13..13)), (3, 8..13));
    }
}
