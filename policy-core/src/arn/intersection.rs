//! Whether there is a text that two globs match.

use super::glob::{Class, Glob, Piece};
use crate::bytes;

/// Whether there is a text that both match; `names` says what the variables of the other are made of, if that is a format.
///
/// The common cases need no memory: the literal prefixes differ, or one of the two has only a single wildcard after
/// them. Otherwise every pair of positions in the two is visited once, in reading order.
pub(super) fn intersects<'a>(one: Glob<'a>, other: Glob<'a>, names: &str) -> bool {
    let (mut one, mut other) = (one, other);
    loop {
        match one.without_common_start(other, u8::eq) {
            Some(rests) => (one, other) = rests,
            None => return false,
        }
        if one.is_empty() && other.is_empty() {
            return true;
        }
        if let Some(run) = only_run(one, names) {
            return fits_run(other, run, names);
        }
        if let Some(run) = only_run(other, names) {
            return fits_run(one, run, names);
        }
        (one, other) = match (past_run(one, other, names), past_run(other, one, names)) {
            (Past::Never, _) | (_, Past::Never) => return false,
            (Past::Rests(one, other), _) | (_, Past::Rests(other, one)) => (one, other),
            (Past::Unknown, Past::Unknown) => {
                return !end_apart(one, other) && product(steps(one, names), steps(other, names));
            }
        };
    }
}

/// The rest to compare after a run.
enum Past<'a> {
    Rests(Glob<'a>, Glob<'a>),
    Never,
    Unknown,
}

/// Skips the run at the start of `one`, if it can end in one place only: it cannot match the literal after it, and
/// `other` has literals up to there, as for a bucket and its slash.
fn past_run<'a>(one: Glob<'a>, other: Glob<'a>, names: &str) -> Past<'a> {
    let Some((Piece::Some(class), after_run)) = one.split_first_named(names) else {
        return Past::Unknown;
    };
    let Some((Piece::Literal(end), _)) = after_run.split_first_named(names) else {
        return Past::Unknown;
    };
    if class.has(end) {
        return Past::Unknown;
    }
    let mut rest = other;
    while let Some((Piece::Literal(found), after)) = rest.split_first_named(names) {
        if found == end && rest != other {
            return Past::Rests(after_run, rest);
        }
        if !class.has(found) {
            return Past::Never;
        }
        rest = after;
    }
    if rest.is_empty() { Past::Never } else { Past::Unknown }
}

/// The piece, if the glob is a single piece that matches any number of characters.
fn only_run(glob: Glob<'_>, names: &str) -> Option<Piece> {
    match glob.split_first_named(names)? {
        (run @ (Piece::Many(_) | Piece::Some(_)), after) if after.is_empty() => Some(run),
        _ => None,
    }
}

/// Whether the run matches a text of the glob.
fn fits_run(glob: Glob<'_>, run: Piece, names: &str) -> bool {
    let class = match run {
        Piece::Many(Class::Any) => return true,
        Piece::Some(Class::Any) => return !glob.is_empty(),
        Piece::Many(class) | Piece::Some(class) => class,
        Piece::Literal(_) | Piece::One => return false,
    };
    // Nearly no text has a separator.
    let separates = |byte: u8| matches!(byte, b'/' | b':') && !class.has(char::from(byte));
    let mut rest = glob;
    while bytes::have(rest.as_str().as_bytes(), separates)
        && let Some((piece, after)) = rest.split_first_named(names)
    {
        if let Piece::Literal(character) = piece
            && !class.has(character)
        {
            return false;
        }
        rest = after;
    }
    !glob.is_empty() || matches!(run, Piece::Many(_))
}

/// A piece that matches one character, or any number of them.
#[derive(Clone, Copy)]
enum Step {
    Literal(char),
    One(Class),
    Many(Class),
}

fn steps(glob: Glob<'_>, names: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(glob.as_str().len() + 1);
    let mut rest = glob;
    while let Some((piece, after)) = rest.split_first_named(names) {
        match piece {
            Piece::Literal(character) => steps.push(Step::Literal(character)),
            Piece::One => steps.push(Step::One(Class::Any)),
            Piece::Many(class) => steps.push(Step::Many(class)),
            Piece::Some(class) => steps.extend([Step::One(class), Step::Many(class)]),
        }
        rest = after;
    }
    steps
}

/// Whether the two end with letters that differ: a quick look before their product.
fn end_apart(one: Glob<'_>, other: Glob<'_>) -> bool {
    // A brace may close a variable.
    let last = |glob: Glob<'_>| {
        let last = glob.as_str().as_bytes().last().copied();
        last.filter(|last| !matches!(last, b'*' | b'?' | b'}'))
    };
    matches!((last(one), last(other)), (Some(one), Some(other)) if one != other)
}

/// The product of the two automata. All moves go forward in both, so one pass over the pairs of positions in order
/// decides each pair before leaving it; a row contains the positions of `other` for one position of `one`.
fn product(mut one: Vec<Step>, mut other: Vec<Step>) -> bool {
    while let (Some(&Step::Literal(last)), Some(&Step::Literal(other_last))) = (one.last(), other.last()) {
        if last != other_last {
            return false;
        }
        one.pop();
        other.pop();
    }
    let mut row = vec![false; other.len() + 1];
    if let Some(start) = row.first_mut() {
        *start = true;
    }
    let mut next = Vec::with_capacity(row.len());
    for step in &one {
        next_row(*step, &row, &other, &mut next);
        std::mem::swap(&mut row, &mut next);
    }
    // The last row has no step of `one` left: only pieces that can be empty may follow.
    let mut reached = false;
    for (here, step) in row.iter().zip(&other) {
        reached = (reached || *here) && matches!(step, Step::Many(_));
    }
    reached || row.last() == Some(&true)
}

/// Writes the positions of `other` that can be reached after `step`, from those reached before it.
fn next_row(step: Step, row: &[bool], other: &[Step], next: &mut Vec<bool>) {
    next.clear();
    // Whether this position is reached from the left in the row above, and in the current row.
    let mut above = false;
    let mut below = false;
    let mut others = other.iter();
    for reached in row {
        above |= *reached;
        let other_step = others.next();
        // `step` matches nothing.
        let skipped = above && matches!(step, Step::Many(_));
        let arrived = below || skipped;
        let Some(&other_step) = other_step else {
            next.push(arrived);
            break;
        };
        let many = matches!(step, Step::Many(_));
        let other_many = matches!(other_step, Step::Many(_));
        let share = above && shares(step, other_step);
        // Both match a character: afterwards `step` is done unless it matches many, and so is the other's.
        next.push(arrived || share && !many && other_many);
        below = share && !many && !other_many;
        above = above && (other_many || many && share);
    }
}

/// Whether there is a character that both can match.
const fn shares(step: Step, other: Step) -> bool {
    match (step, other) {
        (Step::Literal(one), Step::Literal(two)) => one == two,
        (Step::Literal(character), Step::One(class) | Step::Many(class))
        | (Step::One(class) | Step::Many(class), Step::Literal(character)) => class.has(character),
        // All classes contain letters.
        _ => true,
    }
}
