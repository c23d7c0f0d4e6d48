//! Whether one glob stands for every text that another stands for.

use super::glob::{Glob, Piece};

/// Whether every text of `other` is one of `one`, where `same` says which letters are.
///
/// `other` is read as if it were a text. Where it has `?` or `*` the worst case is a letter that neither glob names, so only
/// a `?` or `*` of `one` can take its `?`, and only a `*` its `*`, which may also be nothing. Then it is enough to go
/// on behind the last `*` of `one` that could be reached: whatever follows an earlier one can follow the last.
/// But for policy variables the answer is exact.
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

/// One character of a glob, or what stands for many.
#[derive(Clone, Copy)]
enum Atom<'a> {
    Literal(char),
    One,
    Many,
    /// A value that only the request knows: of it is known only that it is the same everywhere.
    Variable(&'a str),
}

impl Atom<'_> {
    fn takes(self, found: Atom<'_>, same: impl Fn(char, char) -> bool) -> bool {
        match (self, found) {
            (Atom::Literal(wanted), Atom::Literal(found)) => same(wanted, found),
            (Atom::One, Atom::Literal(_) | Atom::One) => true,
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

/// The wildcards that a glob begins with, if a `*` is among them: how many characters they take at least, and what follows.
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

/// What follows as many characters as are there whatever the wildcards and variables between them are.
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
