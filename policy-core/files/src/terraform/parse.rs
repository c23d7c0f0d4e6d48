//! Texts of HCL as syntax trees, by a parser that refuses what Terraform accepts: a key that is twice in an object, of which the last
//! counts. It gets a copy with another key there, and what the key is, is read in the text itself.

use std::borrow::Cow;
use std::ops::Range;

use hcl_edit::parser::Error;
use hcl_edit::structure::Body;
use hcl_edit::template::Template;

use crate::limits;
use crate::reading::{Language, SyntaxError, Unreadable};
use crate::variable;

/// The configuration of one file.
pub(crate) fn parse(text: &str) -> Result<Body, Unreadable> {
    limits::check(Language::Hcl, text)?;
    let refused = |offset, reason: &str| Unreadable::Syntax(SyntaxError::new(Language::Hcl, offset, reason));
    if let Some(offset) = crowded(text) {
        return Err(refused(offset, "there are too many members between two braces"));
    }
    parsed(text, hcl_edit::parser::parse_body).map_err(|error| {
        let offset = error.location().offset();
        match policy_variable(text, offset) {
            Some(place) => {
                let inside = text.get(place.start + 2..place.end - 1).unwrap_or_default();
                refused(place.start, &variable::in_terraform(inside))
            }
            None => refused(offset, error.message()),
        }
    })
}

/// The policy variable in whose name the parser stops, as it is no expression.
fn policy_variable(text: &str, offset: usize) -> Option<Range<usize>> {
    let start = text.get(..offset)?.rfind("${")?;
    let end = start + text.get(start..)?.find('}')? + 1;
    let inside = text.get(start + 2..end - 1)?;
    (offset < end && variable::is_of_policy(inside)).then_some(start..end)
}

/// A text with interpolations.
pub(super) fn template(text: &str) -> Option<Template> {
    if crowded(text).is_some() {
        return None;
    }
    parsed(text, hcl_edit::parser::parse_template).ok()
}

/// What a parser makes of a text, with other keys in place of those that are twice in an object.
fn parsed<T>(text: &str, parser: fn(&str) -> Result<T, Error>) -> Result<T, Error> {
    let mut copy = Cow::Borrowed(text);
    let mut number = 0;
    loop {
        let error = match parser(&copy) {
            Ok(parsed) => return Ok(parsed),
            Err(error) => error,
        };
        number += 1;
        let is_read_again = number * text.len() <= MOST_READ_AGAIN && error.message().contains(REDEFINED);
        match key_at(text, error.location().offset()).filter(|_| is_read_again) {
            Some(key) => copy.to_mut().replace_range(key.clone(), &other(number, key.len())),
            None => return Err(error),
        }
    }
}

/// What the parser says of a key that is there twice.
const REDEFINED: &str = "redefined object key";

/// The most bytes that are read once more for keys that are there twice.
const MOST_READ_AGAIN: usize = 64 << 20;

/// The key that starts there, without its quotes: a name, or a text without interpolations and escapes.
fn key_at(text: &str, start: usize) -> Option<Range<usize>> {
    let rest = text.get(start..)?;
    let (start, length) = if let Some(inside) = rest.strip_prefix('"') {
        let length = inside.find(['"', '\\', '$', '%'])?;
        (inside.get(length..)?.starts_with('"')).then_some((start + 1, length))?
    } else {
        let is_other = |character: char| !character.is_alphanumeric() && !matches!(character, '_' | '-');
        (start, rest.find(is_other).unwrap_or(rest.len()))
    };
    (length > 0).then_some(start..start + length)
}

/// A name of so many bytes, another one for each number as far as there are as many. If it is in the object already, the next number is
/// tried.
fn other(number: usize, length: usize) -> String {
    const LETTERS: &[u8; 52] = b"ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkjihgfedcba";
    let mut rest = number;
    let letters = (0..length).map(|_| {
        let letter = LETTERS.get(rest % LETTERS.len()).copied().unwrap_or(b'Z');
        rest /= LETTERS.len();
        char::from(letter)
    });
    letters.collect()
}

/// The most members of an object: the parser compares each with those before it.
const MOST: usize = 10_000;

/// Where there are more members between two braces than are read. Braces and signs in texts are counted too.
fn crowded(text: &str) -> Option<usize> {
    let mut counts = vec![0_usize];
    for (offset, byte) in text.bytes().enumerate() {
        match (byte, counts.last_mut()) {
            (b'{', _) => counts.push(0),
            (b'}', _) => {
                counts.pop();
            }
            (b'=' | b':', Some(count)) => {
                *count += 1;
                if *count > MOST {
                    return Some(offset);
                }
            }
            _ => {}
        }
    }
    None
}
