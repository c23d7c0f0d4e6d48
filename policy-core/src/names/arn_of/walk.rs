//! The last field of an ARN, held against its format.

use super::super::reason::{Fault, Reason};
use super::super::scan::{self, check, ends_with, starts_with};
use super::facts::ArnFacts;
use super::fields::{after, before_resource, too_few};
use super::quirks::{instead, not_an_arn, of_the_other_type};

/// Checks an ARN against the format of its type.
pub(in super::super) const fn verify(facts: &ArnFacts, text: &str) -> Result<(), Reason> {
    if !starts_with(text, "arn:") {
        return Err(not_an_arn(facts, text));
    }
    if let Some(reason) = too_few(text, facts) {
        return Err(reason);
    }
    let start = check!(before_resource(text, facts));
    if let Some(reason) = instead(facts, text, start) {
        return Err(reason);
    }
    let mut walk = Walk::new(facts, text, start);
    let mut index = 0;
    while let Some((span, rest)) = check!(walk.next()) {
        let (noun, kind) = facts.part(index);
        if let Err(reason) = kind.verify(scan::slice(text, span.start, span.end)) {
            return Err(reason.within(noun, span.start, span.end));
        }
        walk = rest;
        index += 1;
    }
    match of_the_other_type(facts, text) {
        Some(reason) => Err(reason),
        None => Ok(()),
    }
}

/// The position after the first words of the last field, such as `secret:`, if everything before it is valid.
pub(in super::super) const fn start_of_name(facts: &ArnFacts, text: &str) -> Option<usize> {
    if !starts_with(text, "arn:") {
        return None;
    }
    let Ok(start) = before_resource(text, facts) else {
        return None;
    };
    let literal = first(after(facts.format, 5)).literal;
    if starts_with(scan::split(text, start).1, literal) {
        Some(start + literal.len())
    } else {
        None
    }
}

/// A range of bytes.
#[derive(Clone, Copy)]
pub(in super::super) struct Span {
    pub(in super::super) start: usize,
    pub(in super::super) end: usize,
}

/// The way through the last field, part by part.
#[derive(Clone, Copy)]
pub(super) struct Walk<'t> {
    text: &'t str,
    /// The beginning of the last field.
    start: usize,
    /// The rest of the format, and the position in the text that it begins at.
    format: &'static str,
    at: usize,
    /// The name after a path.
    name: Option<Span>,
}

impl<'t> Walk<'t> {
    pub(super) const fn new(facts: &ArnFacts, text: &'t str, start: usize) -> Self {
        Self {
            text,
            start,
            format: after(facts.format, 5),
            at: start,
            name: None,
        }
    }

    /// The next part, and the rest of the way.
    pub(super) const fn next(self) -> Result<Option<(Span, Self)>, Reason> {
        if let Some(name) = self.name {
            return Ok(Some((name, Self { name: None, ..self })));
        }
        let Piece {
            literal,
            variable,
            rest,
        } = first(self.format);
        if !starts_with(scan::split(self.text, self.at).1, literal) {
            return Err(self.other_type());
        }
        let start = self.at + literal.len();
        if variable.is_empty() {
            return if start == self.text.len() {
                Ok(None)
            } else {
                Err(self.other_type())
            };
        }
        let end = if rest.is_empty() {
            self.text.len()
        } else {
            let next = first(rest).literal;
            match find(scan::split(self.text, start).1, next) {
                Some(len) => start + len,
                None => return Err(self.ends_before(start, next)),
            }
        };
        let (span, name) = if has_path(variable) {
            let value = scan::slice(self.text, start, end);
            let name = match scan::rsplit_once(value, b'/') {
                Some((path, _)) => start + path.len() + 1,
                None => start,
            };
            // The slash before the variable is the first of the path.
            (
                Span {
                    start: start - 1,
                    end: name,
                },
                Some(Span { start: name, end }),
            )
        } else {
            (Span { start, end }, None)
        };
        Ok(Some((
            span,
            Self {
                format: rest,
                at: end,
                name,
                ..self
            },
        )))
    }

    /// What is wrong where the format goes on: with a name and nothing more, it is the ARN up to there.
    const fn ends_before(&self, name: usize, part: &'static str) -> Reason {
        let (_, name) = scan::split(self.text, name);
        if name.is_empty() || scan::find(name, b'/').is_some() || scan::find(name, b':').is_some() {
            return self.other_type();
        }
        Reason::new(Fault::Lacks {
            start: self.start,
            end: self.text.len(),
            part,
        })
    }

    const fn other_type(&self) -> Reason {
        Reason::piece(self.start, self.text.len(), "is a different resource type")
    }
}

/// Whether a variable is a path and a name: `${RoleNameWithPath}`.
pub(super) const fn has_path(variable: &str) -> bool {
    ends_with(variable, "WithPath")
}

/// The first literal of a format, the variable after it, and the rest; at the end of the format the variable is empty.
pub(super) struct Piece<'f> {
    pub(super) literal: &'f str,
    pub(super) variable: &'f str,
    pub(super) rest: &'f str,
}

pub(super) const fn first(format: &str) -> Piece<'_> {
    if let Some((literal, tail)) = scan::split_once(format, b'$')
        && let Some(inside) = scan::strip_prefix(tail, "{")
        && let Some((variable, rest)) = scan::split_once(inside, b'}')
    {
        return Piece {
            literal,
            variable,
            rest,
        };
    }
    Piece {
        literal: format,
        variable: "",
        rest: "",
    }
}

/// The position of the first occurrence of a text.
const fn find(text: &str, wanted: &str) -> Option<usize> {
    let mut at = 0;
    while at + wanted.len() <= text.len() {
        if starts_with(scan::split(text, at).1, wanted) {
            return Some(at);
        }
        at += 1;
    }
    None
}
