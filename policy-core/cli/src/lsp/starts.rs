//! Where the lines of a text start.

use std::ops::Range;

/// Where each line starts.
///
/// What is behind a change has moved, and need not be told at once: the next change is mostly near, and only the lines between the two
/// are looked at.
#[derive(Clone, Debug, Default)]
pub struct Starts {
    /// In order, as far as they are told.
    lines: Vec<usize>,
    /// The lines from this one on start so many bytes later than `lines` has them, or, as a number that wraps around, earlier.
    moved: usize,
    by: usize,
}

impl Starts {
    pub fn of(text: &str) -> Self {
        let mut lines = vec![0];
        lines.extend(starts_in(text, 0..text.len()));
        Self {
            moved: lines.len(),
            lines,
            by: 0,
        }
    }

    /// Where a line starts.
    pub fn get(&self, line: usize) -> Option<usize> {
        let start = *self.lines.get(line)?;
        Some(if line < self.moved { start } else { self.behind(start) })
    }

    /// How many lines start before this byte.
    pub fn until(&self, offset: usize) -> usize {
        let (before, behind) = self.lines.split_at_checked(self.moved).unwrap_or((&self.lines, &[]));
        match behind.partition_point(|start| self.behind(*start) < offset) {
            0 => before.partition_point(|start| *start < offset),
            lines => before.len() + lines,
        }
    }

    /// Has other lines in the place of some, behind which all lines start `added` bytes later and `removed` bytes earlier.
    pub fn replace(&mut self, lines: Range<usize>, new: Vec<usize>, removed: usize, added: usize) {
        self.settle(lines.end);
        self.moved = lines.start + new.len();
        self.lines.splice(lines.start..lines.end.max(lines.start), new);
        self.by = self.by.wrapping_add(added).wrapping_sub(removed);
    }

    /// Where a line starts of those that have moved.
    const fn behind(&self, start: usize) -> usize {
        start.wrapping_add(self.by)
    }

    /// Says of each line before this one where it starts, and of no other.
    fn settle(&mut self, line: usize) {
        let (range, by) = if self.moved < line {
            (self.moved..line, self.by)
        } else {
            (line..self.moved, 0_usize.wrapping_sub(self.by))
        };
        for start in self.lines.get_mut(range).into_iter().flatten() {
            *start = start.wrapping_add(by);
        }
        self.moved = line;
    }

    #[cfg(test)]
    pub fn all(&self) -> Vec<usize> {
        (0..self.lines.len()).filter_map(|line| self.get(line)).collect()
    }
}

/// Where lines start in a text behind the ends that are in this range.
pub fn starts_in(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_end = |at: &usize| match bytes.get(*at) {
        Some(b'\n') => true,
        Some(b'\r') => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    range.filter(is_end).map(|at| at + 1)
}
