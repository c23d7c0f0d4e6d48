//! A text, and where each of its bytes is written in the file.

use std::ops::Range;

/// A text as it is meant, without the quotes, escapes and indentation of the file that contains it, and the place of each
/// part of it in that file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    text: String,
    pieces: Vec<Piece>,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where it starts in the text. It ends where the next one starts.
    at: usize,
    file: Range<usize>,
    /// Whether it is written byte by byte, and not as an escape.
    verbatim: bool,
}

impl Written {
    /// No text.
    pub(crate) const EMPTY: Self = Self {
        text: String::new(),
        pieces: Vec::new(),
    };

    /// A text that is written as it is meant, from this byte on.
    pub(crate) fn verbatim(text: &str, start: usize) -> Self {
        let mut written = Self::default();
        written.push(text, start);
        written
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Adds a text that is written as it is meant, from this byte on.
    pub(crate) fn push(&mut self, text: &str, start: usize) {
        if text.is_empty() {
            return;
        }
        let end = start + text.len();
        match self.pieces.last_mut() {
            Some(last) if last.verbatim && last.file.end == start => last.file.end = end,
            _ => self.add(Piece {
                at: self.text.len(),
                file: start..end,
                verbatim: true,
            }),
        }
        self.text.push_str(text);
    }

    /// Adds a text that is written otherwise, at this place: an escape, or what the value of a name is.
    pub(crate) fn push_as(&mut self, text: &str, file: Range<usize>) {
        if text.is_empty() {
            return;
        }
        self.add(Piece {
            at: self.text.len(),
            file,
            verbatim: false,
        });
        self.text.push_str(text);
    }

    /// Nearly every text has one piece, and a file may have a million texts: room for more is made with the second.
    fn add(&mut self, piece: Piece) {
        if self.pieces.is_empty() {
            self.pieces.reserve_exact(1);
        }
        self.pieces.push(piece);
    }

    /// Adds a part of another text.
    pub(crate) fn push_part(&mut self, other: &Self, part: Range<usize>) {
        let first = other.piece_at(part.start);
        let mut at = part.start;
        for index in first.. {
            let (Some(piece), true) = (other.pieces.get(index), at < part.end) else {
                return;
            };
            let end = other.end_of(index).min(part.end);
            let text = other.text.get(at..end).unwrap_or_default();
            if piece.verbatim {
                self.push(text, piece.file.start + (at - piece.at));
            } else {
                self.push_as(text, piece.file.clone());
            }
            at = end;
        }
    }

    /// The same in the file that another text is in, if this one is of that text.
    pub(crate) fn within(&self, outer: &Self) -> Self {
        let mut written = Self::default();
        for (index, piece) in self.pieces.iter().enumerate() {
            if piece.verbatim {
                written.push_part(outer, piece.file.clone());
            } else {
                let text = self.text.get(piece.at..self.end_of(index)).unwrap_or_default();
                written.push_as(text, outer.range(piece.file.clone()));
            }
        }
        written
    }

    /// A part of the text.
    pub(crate) fn part(&self, part: Range<usize>) -> Self {
        let mut written = Self::default();
        written.push_part(self, part);
        written
    }

    /// The bytes in the file of a part of the text. An escape is whole, if any of what it means is in the part.
    pub(crate) fn range(&self, part: Range<usize>) -> Range<usize> {
        let start = self.position(part.start);
        if part.is_empty() {
            return start..start;
        }
        let last = self.piece_at(part.end - 1);
        let end = self.pieces.get(last).map_or(start, |piece| {
            if piece.verbatim {
                piece.file.start + (part.end - piece.at)
            } else {
                piece.file.end
            }
        });
        start..end.max(start)
    }

    /// The bytes in the file of a part of the text that is in one piece there, so that it can be written differently: no part of an
    /// escape, and not what several strings say. Of an empty part they are empty, and beside what is written as it is meant.
    pub(crate) fn own_range(&self, part: Range<usize>) -> Option<Range<usize>> {
        if part.is_empty() {
            let beside = |index: usize| {
                let piece = self.pieces.get(index).filter(|piece| piece.verbatim)?;
                let at = piece.file.start + (part.start - piece.at);
                (part.start <= self.end_of(index)).then_some(at..at)
            };
            let before = beside(self.piece_at(part.start.saturating_sub(1)));
            return before.or_else(|| beside(self.piece_at(part.start)));
        }
        let (first, last) = (self.piece_at(part.start), self.piece_at(part.end - 1));
        let pieces = self.pieces.get(first..=last)?;
        let are_together = pieces.windows(2).all(|pair| match pair {
            [one, other] => one.file.end == other.file.start,
            _ => true,
        });
        let (start, end) = (pieces.first()?, pieces.last()?);
        let is_whole = (start.verbatim || start.at == part.start) && (end.verbatim || self.end_of(last) == part.end);
        (are_together && is_whole).then(|| self.range(part))
    }

    /// The bytes in the file of what is before this byte of the text, if that is not written as it is meant.
    pub(crate) fn other_before(&self, at: usize) -> Option<Range<usize>> {
        let piece = self.pieces.get(self.piece_at(at.checked_sub(1)?))?;
        (!piece.verbatim).then(|| piece.file.clone())
    }

    /// The byte in the file at which this byte of the text is written.
    fn position(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.pieces.last().map_or(0, |piece| piece.file.end);
        }
        let piece = self.pieces.get(self.piece_at(at));
        piece.map_or(0, |piece| {
            if piece.verbatim {
                piece.file.start + (at - piece.at)
            } else {
                piece.file.start
            }
        })
    }

    /// The index of the piece that contains this byte of the text.
    fn piece_at(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.at <= at).saturating_sub(1)
    }

    fn end_of(&self, index: usize) -> usize {
        self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at)
    }
}

#[cfg(test)]
mod tests {
    use super::Written;

    #[test]
    fn a_part_is_where_it_is_written() {
        // `ab\"cd` at byte 10.
        let mut written = Written::verbatim("ab", 10);
        written.push_as("\"", 12..14);
        written.push("cd", 14);
        assert_eq!(written.text(), "ab\"cd");
        assert_eq!(written.range(0..2), 10..12);
        assert_eq!(written.range(1..3), 11..14);
        assert_eq!(written.range(2..3), 12..14);
        assert_eq!(written.range(3..5), 14..16);
        assert_eq!(written.range(5..5), 16..16);
        assert_eq!(written.own_range(0..2), Some(10..12));
        assert_eq!(written.own_range(2..2), Some(12..12));
        assert_eq!(written.own_range(3..3), Some(14..14));
        assert_eq!(written.own_range(1..3), Some(11..14));
        assert_eq!(written.own_range(2..4), Some(12..15));
        assert_eq!((written.other_before(3), written.other_before(2)), (Some(12..14), None));
        assert_eq!(written.part(1..4).range(0..3), 11..15);
    }
}
