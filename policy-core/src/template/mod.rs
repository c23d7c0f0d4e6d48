//! Policies with holes, and how they become JSON.
//!
//! `policy!` expands a template to a slice of [`Piece`]s and one call of [`render`]: data, which costs a build little, where
//! code that pushes one string after the other costs it seven times as much.

mod fill;
mod size;

use crate::document::{Document, escape};

pub use fill::Fill;
pub use size::{SizeBounds, Width};

/// A piece of a template. Holes are numbers: indices into the list that [`render`] is given.
///
/// A piece that governs others says how many of those after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// JSON as it is.
    Text(&'static str),
    /// What fills the hole, escaped; inside [`Piece::Each`] of the same hole, the element that it is at.
    Hole(usize),
    /// A comma, unless a list or an object has just been opened: before what may turn out to be the first element.
    Comma,
    /// The next `len` pieces only where the holes are filled: in each of these lists at least one.
    When(&'static [&'static [usize]], usize),
    /// The next `len` pieces once an element of a list hole.
    Each(usize, usize),
    /// The next `len` pieces once where a list hole has one element; as an array, once an element, where it has several.
    OneOrMany(usize, usize),
}

/// The template with its holes filled, as JSON without white space. It is measured first, then written: one allocation.
///
/// ```
/// use policy_core::names::{BucketName, NonEmpty};
/// use policy_core::template::{Piece, render};
///
/// let buckets = NonEmpty::from([BucketName::from_static("one-bucket"), BucketName::from_static("another")]);
/// let pieces = [Piece::OneOrMany(0, 3), Piece::Text("\"arn:aws:s3:::"), Piece::Hole(0), Piece::Text("\"")];
/// assert_eq!(render(&pieces, &[&buckets]), r#"["arn:aws:s3:::one-bucket","arn:aws:s3:::another"]"#);
/// ```
pub fn render(pieces: &[Piece], holes: &[&dyn Fill]) -> String {
    let mut measure = Measure { len: 0, last: 0 };
    write(&mut measure, pieces, holes, 0);
    let mut json = String::with_capacity(measure.len);
    write(&mut json, pieces, holes, 0);
    json
}

/// JSON that [`render`] made, as JSON for people.
pub fn pretty(json: &str) -> String {
    Document::read(json).map_or_else(|_| json.to_owned(), |document| document.to_json_pretty())
}

/// Where the JSON goes: into a length, then into a string.
trait Sink {
    fn put(&mut self, text: &str);
    fn last(&self) -> u8;
}

struct Measure {
    len: usize,
    last: u8,
}

impl Sink for Measure {
    fn put(&mut self, text: &str) {
        self.len += text.len();
        self.last = text.as_bytes().last().copied().unwrap_or(self.last);
    }

    fn last(&self) -> u8 {
        self.last
    }
}

impl Sink for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }

    fn last(&self) -> u8 {
        self.as_bytes().last().copied().unwrap_or_default()
    }
}

/// Writes pieces; `element` is which one of its list a list hole stands for.
fn write(sink: &mut impl Sink, mut pieces: &[Piece], holes: &[&dyn Fill], element: usize) {
    while let Some((piece, rest)) = pieces.split_first() {
        pieces = rest;
        match *piece {
            Piece::Text(text) => sink.put(text),
            Piece::Hole(hole) => escape(value(holes, hole, element), |part| sink.put(part)),
            Piece::Comma => comma(sink),
            Piece::When(lists, len) => {
                let (governed, after) = governed(pieces, len);
                if lists.iter().all(|list| list.iter().any(|hole| count(holes, *hole) > 0)) {
                    write(sink, governed, holes, element);
                }
                pieces = after;
            }
            Piece::Each(list, len) => {
                let (governed, after) = governed(pieces, len);
                for element in 0..count(holes, list) {
                    write(sink, governed, holes, element);
                }
                pieces = after;
            }
            Piece::OneOrMany(list, len) => {
                let (governed, after) = governed(pieces, len);
                let count = count(holes, list);
                if count == 1 {
                    write(sink, governed, holes, 0);
                } else {
                    sink.put("[");
                    for element in 0..count {
                        comma(sink);
                        write(sink, governed, holes, element);
                    }
                    sink.put("]");
                }
                pieces = after;
            }
        }
    }
}

fn comma(sink: &mut impl Sink) {
    if !matches!(sink.last(), b'[' | b'{') {
        sink.put(",");
    }
}

const fn governed(pieces: &[Piece], len: usize) -> (&[Piece], &[Piece]) {
    match pieces.split_at_checked(len) {
        Some(parts) => parts,
        None => (pieces, &[]),
    }
}

fn count(holes: &[&dyn Fill], hole: usize) -> usize {
    holes.get(hole).map_or(0, |fill| fill.count())
}

fn value<'h>(holes: &[&'h dyn Fill], hole: usize, element: usize) -> &'h str {
    let Some(fill) = holes.get(hole) else { return "" };
    // A hole that is no list stands in the string of one that is: it is the same for each element.
    fill.get(if fill.count() == 1 { 0 } else { element })
}

#[cfg(test)]
mod tests;
