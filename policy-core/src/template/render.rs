//! How templates become JSON.

use super::Fill;
use super::piece::{Piece, split_first};
use super::program::number;
use crate::document::{Document, escape};
use crate::policy::Policy;

/// Renders a template with its holes filled as JSON without whitespace. It measures the length first, so that it
/// allocates once.
///
/// ```
/// use policy_core::names::BucketName;
/// use policy_core::policy::NonEmpty;
/// use policy_core::__macro::v1::template::{Program, render};
///
/// let mut arn = Program::new();
/// arn.text("\"arn:aws:s3:::");
/// arn.hole(0);
/// arn.text("\"");
/// let mut program = Program::new();
/// program.one_or_many(0, arn);
///
/// let buckets = NonEmpty::from([BucketName::from_static("one-bucket"), BucketName::from_static("another")]);
/// assert_eq!(render(&program.finish(), &[&buckets]), r#"["arn:aws:s3:::one-bucket","arn:aws:s3:::another"]"#);
/// ```
pub fn render(program: &str, holes: &[&dyn Fill]) -> String {
    let mut measure = Measure { len: 0, last: 0 };
    write(&mut measure, program, holes, 0);
    let mut json = String::with_capacity(measure.len);
    write(&mut json, program, holes, 0);
    json
}

/// Indents JSON from [`render`].
pub fn pretty(json: &str) -> String {
    Document::read(json).map_or_else(|_| json.to_owned(), |document| document.to_json_pretty())
}

/// Wraps JSON from [`render`] as a policy.
#[doc(hidden)]
pub fn policy<K>(json: String) -> Policy<K> {
    Policy::rendered(json)
}

/// The target of the JSON: a length, or a string.
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

/// Writes a template; `element` is the index in a list that a list hole takes its value from.
fn write(sink: &mut impl Sink, mut program: &str, holes: &[&dyn Fill], element: usize) {
    while let Some((piece, rest)) = split_first(program) {
        program = rest;
        match piece {
            Piece::Text(text) => sink.put(text),
            Piece::Hole(hole) => escape(value(holes, hole, element), |part| sink.put(part)),
            Piece::Comma => comma(sink),
            Piece::When(needs, inside) => {
                if is_met(needs, holes) {
                    write(sink, inside, holes, element);
                }
            }
            Piece::Each(list, inside) => {
                for element in 0..count(holes, list) {
                    write(sink, inside, holes, element);
                }
            }
            Piece::OneOrMany(list, inside) => {
                let count = count(holes, list);
                if count == 1 {
                    write(sink, inside, holes, 0);
                } else {
                    sink.put("[");
                    for element in 0..count {
                        comma(sink);
                        write(sink, inside, holes, element);
                    }
                    sink.put("]");
                }
            }
        }
    }
}

/// Whether in each list, separated by `&`, one hole is filled.
fn is_met(needs: &str, holes: &[&dyn Fill]) -> bool {
    needs
        .split('&')
        .all(|any| any.split(',').any(|hole| count(holes, number(hole).0) > 0))
}

fn comma(sink: &mut impl Sink) {
    if !matches!(sink.last(), b'[' | b'{') {
        sink.put(",");
    }
}

fn count(holes: &[&dyn Fill], hole: usize) -> usize {
    holes.get(hole).map_or(0, |fill| fill.count())
}

fn value<'h>(holes: &[&'h dyn Fill], hole: usize, element: usize) -> &'h str {
    let Some(fill) = holes.get(hole) else { return "" };
    // A hole without a list, in the string of one with a list, has the same value for each element.
    fill.get(if fill.count() == 1 { 0 } else { element })
}
