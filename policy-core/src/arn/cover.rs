//! Whether one glob matches every text that another matches.

use super::glob::{Glob, Piece};

/// Whether `one` matches every text that `other` matches, where `same` compares letters.
///
/// `other` is read like a text. For a `?` or `*` in it, the worst case is a letter in neither glob, so only a `?` or
/// `*` of `one` can match its `?`, and only a `*` its `*`, which may also be empty. It is then enough to continue after
/// the last `*` of `one` that was reached: anything that follows an earlier one can follow the last. The answer is
/// exact except for policy variables, and for `?` and a character beyond ASCII, which it is not certain to match.
pub(super) fn covers(one: Glob<'_>, other: Glob<'_>, same: impl Fn(char, char) -> bool) -> bool {
    let (mut one, mut other) = (one, other);
    let mut retry = None;
    loop {
        if let Some((least, after)) = run(one) {
            let Some(rest) = without(least, other) else {
                return false;
            };
            if after.is_empty() {
                return true;
            }
            retry = Some((after, rest));
            (one, other) = (after, rest);
            continue;
        }
        match (atom(one), atom(other)) {
            (None, None) => return true,
            (Some((atom, after)), Some((found, rest))) if atom.takes(found, &same) => {
                (one, other) = (after, rest);
                continue;
            }
            _ => {}
        }
        let Some((after, from)) = retry else { return false };
        let Some((_, rest)) = atom(from) else { return false };
        retry = Some((after, rest));
        (one, other) = (after, rest);
    }
}

/// One character of a glob, or a wildcard or variable.
#[derive(Clone, Copy)]
enum Atom<'a> {
    Literal(char),
    One,
    Many,
    /// A value that is only known in a request; it is the same everywhere.
    Variable(&'a str),
}

impl Atom<'_> {
    fn takes(self, found: Atom<'_>, same: impl Fn(char, char) -> bool) -> bool {
        match (self, found) {
            (Atom::Literal(wanted), Atom::Literal(found)) => same(wanted, found),
            // AWS does not document whether a character beyond ASCII is a single one to `?`.
            (Atom::One, Atom::Literal(found)) => found.is_ascii(),
            (Atom::One, Atom::One) => true,
            (Atom::Variable(wanted), Atom::Variable(found)) => wanted == found,
            _ => false,
        }
    }
}

fn atom(glob: Glob<'_>) -> Option<(Atom<'_>, Glob<'_>)> {
    let (piece, rest) = glob.split_first()?;
    let text = glob.as_str();
    let atom = match piece {
        Piece::Literal(character) => Atom::Literal(character),
        Piece::One => Atom::One,
        Piece::Many(_) if text.starts_with('*') => Atom::Many,
        Piece::Many(_) | Piece::Some(_) => {
            Atom::Variable(text.get(..text.len() - rest.as_str().len()).unwrap_or_default())
        }
    };
    Some((atom, rest))
}

/// The wildcards at the start of a glob, if one is `*`: the number of characters they match at least, and the rest.
fn run(glob: Glob<'_>) -> Option<(usize, Glob<'_>)> {
    let (mut rest, mut least, mut has_many) = (glob, 0, false);
    while let Some((atom, after)) = atom(rest) {
        match atom {
            Atom::One => least += 1,
            Atom::Many => has_many = true,
            Atom::Literal(_) | Atom::Variable(_) => break,
        }
        rest = after;
    }
    has_many.then_some((least, rest))
}

/// The rest after this number of characters, whatever the wildcards and variables among them match.
fn without(mut characters: usize, glob: Glob<'_>) -> Option<Glob<'_>> {
    let mut rest = glob;
    while characters > 0 {
        let (atom, after) = atom(rest)?;
        if matches!(atom, Atom::Literal(_) | Atom::One) {
            characters -= 1;
        }
        rest = after;
    }
    Some(rest)
}
