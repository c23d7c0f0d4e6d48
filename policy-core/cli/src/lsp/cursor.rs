//! What is being written at the cursor. A policy that is being written is rarely one that can be read: so a word is put at the
//! cursor, with what may be missing around it, until the policy around it can be read.

use std::ops::Range;
use std::path::Path;

use policy_core::document::Node;
use policy_core::policy::Kind;
use policy_files::{Language, OpenBlock, open_block};

use super::spot::{self, Role};
use crate::inside::mentions_a_policy;

/// The word that is put at the cursor: a name in each language, and in no file.
const WORD: &str = "PolicyCursorQ7";

/// What is missing before and after the word that is being written, the likelier first: quotes; a comma; and, if it is a name,
/// its value.
const WITHIN_QUOTES: [(&str, &str); 10] = [
    ("", ""),
    ("", ": 0"),
    ("", ","),
    ("", ": 0,"),
    ("", " = 0"),
    (",", ""),
    (",", ": 0"),
    ("", "\""),
    ("", "\": 0"),
    ("", "\","),
];
const WITHOUT_QUOTES: [(&str, &str); 12] = [
    ("", ""),
    ("\"", "\""),
    ("", ": 0"),
    ("\"", "\": 0"),
    ("", " = 0"),
    ("\"", "\","),
    ("\"", "\": 0,"),
    ("\"", "\" = 0"),
    (",\"", "\""),
    (",\"", "\": 0"),
    (": \"", "\""),
    (" ", ": 0"),
];

/// What is being written at the cursor.
#[derive(Debug)]
pub struct Cursor {
    pub role: Role,
    pub kind: Kind,
    /// Whether it is written as a name of an object.
    is_name: bool,
    /// The text before the cursor.
    pub before: String,
    /// The bytes of the file that a completion replaces.
    pub word: Range<usize>,
    /// The quotes that a completion needs.
    pub quotes: Quotes,
    /// What comes between a name and its value, if it is a name that has no value yet.
    pub introduces: Option<&'static str>,
    /// The actions of the statement.
    pub actions: Vec<String>,
    /// The other names of the same object.
    pub present: Vec<String>,
}

/// The quotes that a completion needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotes {
    /// There are some already.
    Present,
    Needed,
    /// For what is not a word, as in Terraform.
    NeededUnlessWord,
    /// As in YAML.
    NotNeeded,
}

/// What is being written at this byte of a file.
pub fn find(path: &Path, text: &str, offset: usize) -> Option<Cursor> {
    if !mentions_a_policy(text) {
        return None;
    }
    let word = word_at(text, offset)?;
    let (before, after) = (text.get(..word.start)?, text.get(word.end..)?);
    let (written, rest) = (text.get(word.start..offset)?, text.get(offset..word.end)?);
    let is_quoted = before.ends_with(['"', '\'']);
    let quote = if before.ends_with("\\\"") { "\\\"" } else { "\"" };
    let is_closed = after.starts_with(quote) || after.starts_with('\'');
    // What follows the quote that closes the word comes after it.
    let (closing, after) = after.split_at(if is_quoted && is_closed { quote.len() } else { 0 });
    let variants: &[(&str, &str)] = if is_quoted { &WITHIN_QUOTES } else { &WITHOUT_QUOTES };
    let language = policy_files::language_of(path)?;
    let open = (language == Language::Hcl)
        .then(|| open_block(text, word.start))
        .flatten();
    if let Some(cursor) = open.as_ref().and_then(|open| argument(open, text, &word)) {
        return Some(cursor);
    }
    // A block is read that has all of its arguments.
    let (outer, inner) = before.split_at_checked(open.as_ref().map_or(0, |open| open.start))?;
    let missing = open.map(|open| open.missing()).unwrap_or_default();
    let with_word = |(left, right): (&str, &str)| {
        let (left, right) = (escaped(left, quote), escaped(right, quote));
        [outer, &missing, inner, &left, written, WORD, rest, closing, &right].concat()
    };
    // If the file is broken after the cursor too: up to the cursor, and what is open there closed.
    let makes: [&dyn Fn(String) -> String; 2] = [&|start| start + after, &|start| {
        let end = closing_brackets(&start);
        start + &end
    }];
    makes.into_iter().find_map(|make| {
        variants.iter().find_map(|variant| {
            let mut cursor = read(path, &make(with_word(*variant)))?;
            cursor.word = word.clone();
            cursor.quotes = match language {
                _ if is_quoted => Quotes::Present,
                _ if variant.0.contains('"') => Quotes::Needed,
                Language::Hcl => Quotes::NeededUnlessWord,
                _ => Quotes::NotNeeded,
            };
            let is_name = variant.1.contains(": 0") || variant.1.contains(" = 0");
            if cursor.role.is_name() && !cursor.is_name {
                // A word where an object is expected: in YAML the first name of that object, if it is on a line of its own.
                let line = before.rsplit('\n').next().unwrap_or_default();
                if language != Language::Yaml || is_quoted || !line.trim_matches([' ', '-']).is_empty() {
                    cursor.role = cursor.role.of_value();
                }
            }
            let has_value = after.trim_start_matches([' ', '\t']).starts_with([':', '=']);
            cursor.introduces = match language {
                _ if !(is_name || cursor.role.is_name() && !has_value) => None,
                Language::Hcl => Some(" = "),
                _ => Some(": "),
            };
            Some(cursor)
        })
    })
}

/// The name of an argument that is being written, the first word of its line.
fn argument(open: &OpenBlock<'_>, text: &str, word: &Range<usize>) -> Option<Cursor> {
    let before = text.get(open.start..word.start)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    let is_word = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if !line.trim().is_empty() || !text.get(word.clone())?.chars().all(is_word) {
        return None;
    }
    let after = text.get(word.end..)?.trim_start_matches([' ', '\t']);
    Some(Cursor {
        role: Role::Argument {
            arguments: open.arguments,
            blocks: open.blocks,
        },
        kind: Kind::Identity,
        is_name: true,
        before: String::new(),
        word: word.clone(),
        quotes: Quotes::NeededUnlessWord,
        introduces: (!after.starts_with(['=', '{'])).then_some(" = "),
        actions: Vec::new(),
        present: open.given.iter().map(|name| (*name).to_owned()).collect(),
    })
}

/// What the word at the cursor is in a file.
fn read(path: &Path, text: &str) -> Option<Cursor> {
    let reading = policy_files::read(path, text).ok()?;
    let mut cursor = None;
    for policy in reading.policies() {
        for document in policy.documents() {
            spot::each(document.root(), &mut |spot| {
                // Not where it is the name of a reference.
                let is_hole = spot.text.holes().iter().any(|hole| hole.name.contains(WORD));
                let Some((before, _)) = spot.text.written().split_once(WORD).filter(|_| !is_hole) else {
                    return;
                };
                let names = spot.object.map(Node::members).unwrap_or_default().iter();
                cursor = Some(Cursor {
                    role: spot.role.clone(),
                    kind: policy.kind(),
                    before: before.to_owned(),
                    is_name: spot.object.is_some(),
                    actions: spot.actions().into_iter().filter(|name| !name.contains(WORD)).collect(),
                    present: names.map(|member| member.name.written().to_owned()).collect(),
                    word: 0..0,
                    quotes: Quotes::Present,
                    introduces: None,
                });
            });
        }
    }
    cursor
}

/// In a string of JSON within a string, quotes are escaped.
fn escaped(missing: &str, quote: &str) -> String {
    missing.replace('"', quote)
}

/// The word around a byte: what a completion of it replaces.
fn word_at(text: &str, offset: usize) -> Option<Range<usize>> {
    const ENDS: [char; 12] = ['"', '\'', ',', '[', ']', '(', ')', '{', '}', '\\', '=', '!'];
    let is_end = |character: char| character.is_whitespace() || ENDS.contains(&character);
    let before = text.get(..offset)?;
    let after = text.get(offset..)?;
    let start = before
        .char_indices()
        .rfind(|(_, character)| is_end(*character))
        .map_or(0, |(at, character)| at + character.len_utf8());
    let end = after.find(is_end).map_or(text.len(), |at| offset + at);
    // In `Effect: Allow` the colon is not part of the name.
    let end = if after.get(..end - offset).is_some_and(|rest| rest.ends_with(':')) {
        end - 1
    } else {
        end
    };
    Some(start..end)
}

/// The brackets that close what is open at the end of a text.
fn closing_brackets(text: &str) -> String {
    let mut open = Vec::new();
    let mut in_string = false;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' if in_string => {
                bytes.next();
            }
            b'"' => in_string = !in_string,
            // No string of JSON, and no quoted one of Terraform, has a line break.
            b'\n' => in_string = false,
            _ if in_string => {}
            b'{' => open.push('}'),
            b'[' => open.push(']'),
            b'(' => open.push(')'),
            b'}' | b']' | b')' => {
                open.pop();
            }
            _ => {}
        }
    }
    let end = if in_string { "\"" } else { "" };
    // Each on a line of its own, as blocks of Terraform end.
    open.iter().rev().fold(end.to_owned(), |mut closed, bracket| {
        closed.push('\n');
        closed.push(*bracket);
        closed
    })
}
