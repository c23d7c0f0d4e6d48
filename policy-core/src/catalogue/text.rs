//! The text files: lines, their details, and finding names in any case.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::ControlFlow;

use crate::bytes;

/// A line with a name, and the text after it.
#[derive(Clone, Copy)]
pub(super) struct Head {
    pub name: &'static str,
    /// The rest of the line.
    pub line: &'static str,
    /// The text after the line, starting with the indented lines that belong to it.
    pub body: &'static str,
}

/// No two heads of the same kind in a file have the same name.
impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Head {}

impl Hash for Head {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

/// The lines at the start of a body that are indented so, each with the text after it.
///
/// The iterators over the catalogue are types of their own, with a `next` and no closure in their type: of adapters around adapters
/// rustc compiles every method again for every caller, and it does so in the build of each user.
pub(super) struct Details {
    rest: &'static str,
    indent: &'static str,
}

impl Details {
    pub(super) fn below(body: &'static str, indent: &'static str) -> Self {
        Self { rest: body, indent }
    }
}

impl Iterator for Details {
    type Item = (&'static str, &'static str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.rest.as_bytes();
        if !text.starts_with(self.indent.as_bytes()) {
            return None;
        }
        let (line, rest) = self.rest.split_at_checked(bytes::find(b'\n', text)?)?;
        self.rest = rest.get(1..)?;
        Some((line, self.rest))
    }
}

/// The texts that a function selects from the details of a head.
pub(super) struct Selected {
    details: Details,
    select: fn(&'static str) -> Selection,
}

/// What is selected from a line, if anything, or that no more lines are read.
pub(super) type Selection = ControlFlow<(), Option<&'static str>>;

impl Selected {
    pub(super) fn by(select: fn(&'static str) -> Selection, details: Details) -> Self {
        Self { details, select }
    }
}

impl Iterator for Selected {
    type Item = &'static str;

    fn next(&mut self) -> Option<&'static str> {
        loop {
            let (line, _) = self.details.next()?;
            match (self.select)(line) {
                ControlFlow::Continue(Some(text)) => return Some(text),
                ControlFlow::Continue(None) => {}
                ControlFlow::Break(()) => return None,
            }
        }
    }
}

/// Finds a name in any case among heads that are sorted by [`order`].
pub(super) fn find(heads: &[Head], name: &str) -> Option<Head> {
    find_by(heads, |head| head.name, name).copied()
}

/// The same among what has a name. Two names that the one sought is between begin with what they have in common with it, and
/// so do all between them: that need not be compared again.
pub(super) fn find_by<'r, T>(rows: &'r [T], name_of: impl Fn(&T) -> &'static str, name: &str) -> Option<&'r T> {
    let (mut low, mut high) = (0, rows.len());
    let (mut common_low, mut common_high) = (0, 0);
    while low < high {
        let middle = low.midpoint(high);
        let row = rows.get(middle)?;
        let (order, common) = compare(name_of(row), name, common_low.min(common_high));
        match order {
            Ordering::Equal => return Some(row),
            Ordering::Less => (low, common_low) = (middle + 1, common),
            Ordering::Greater => (high, common_high) = (middle, common),
        }
    }
    None
}

/// The rest of the line that starts with a name, in any case, in a text whose lines are sorted by [`order`] of their first words.
///
/// For a long text of which few lines are ever asked for: it has no index.
pub(super) fn find_line(text: &'static str, name: &str) -> Option<&'static str> {
    // Whole lines, always.
    let mut rest = text;
    while !rest.is_empty() {
        let middle = rest.as_bytes().get(..rest.len() / 2)?;
        let start = middle.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let (before, after) = rest.split_at_checked(start)?;
        let (line, after) = after.split_once('\n').unwrap_or((after, ""));
        let (first, detail) = line.split_once(' ').unwrap_or((line, ""));
        match order(first, name) {
            Ordering::Equal => return Some(detail),
            Ordering::Less => rest = after,
            Ordering::Greater => rest = before,
        }
    }
    None
}

/// The order of the files: by the bytes of the name in ASCII lowercase.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    compare(a, b, 0).0
}

/// The order of two names that have their first bytes in common, and how many they have in common.
fn compare(a: &str, b: &str, common: usize) -> (Ordering, usize) {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = common;
    // A loop, because this runs unoptimized inside rustc, where adapters cost several times as much; equal bytes, the
    // most common case, are first.
    loop {
        let (Some(left), Some(right)) = (a.get(at), b.get(at)) else {
            return (a.len().cmp(&b.len()), at);
        };
        if left != right {
            let (left, right) = (left.to_ascii_lowercase(), right.to_ascii_lowercase());
            if left != right {
                return (left.cmp(&right), at);
            }
        }
        at += 1;
    }
}
