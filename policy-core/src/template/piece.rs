//! The instructions of a template, one by one.

use super::program::{governed, number};

/// An instruction of a template.
#[derive(Clone, Copy)]
pub(super) enum Piece<'p> {
    Text(&'p str),
    Hole(usize),
    Comma,
    /// The required holes, as written, and the instructions.
    When(&'p str, &'p str),
    Each(usize, &'p str),
    OneOrMany(usize, &'p str),
}

/// The first instruction of a template, and the rest; `None` at the end, and if it is not a template.
pub(super) const fn split_first(program: &str) -> Option<(Piece<'_>, &str)> {
    let Some((letter, rest)) = program.split_at_checked(1) else {
        return None;
    };
    match letter.as_bytes() {
        b"C" => Some((Piece::Comma, rest)),
        b"H" => {
            let (hole, rest) = number(rest);
            Some((Piece::Hole(hole), rest))
        }
        b"T" => {
            let (text, rest) = governed(rest);
            Some((Piece::Text(text), rest))
        }
        b"W" => {
            let (needs, rest) = until_colon(rest);
            let (inside, rest) = governed(rest);
            Some((Piece::When(needs, inside), rest))
        }
        b"E" => {
            let (list, rest) = number(rest);
            let (inside, rest) = governed(rest);
            Some((Piece::Each(list, inside), rest))
        }
        b"O" => {
            let (list, rest) = number(rest);
            let (inside, rest) = governed(rest);
            Some((Piece::OneOrMany(list, inside), rest))
        }
        _ => None,
    }
}

const fn until_colon(text: &str) -> (&str, &str) {
    let mut rest = text.as_bytes();
    let mut len = 0;
    while let [byte, after @ ..] = rest {
        if *byte == b':' {
            break;
        }
        rest = after;
        len += 1;
    }
    match (text.split_at_checked(len), text.split_at_checked(len + 1)) {
        (Some((before, _)), Some((_, after))) => (before, after),
        _ => (text, ""),
    }
}
