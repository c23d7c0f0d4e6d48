//! Whether two globs have a text in common.

use super::glob::{Class, Glob, Piece};

/// Whether there is a text that both stand for.
///
/// The common cases need no memory: the literal beginnings differ, or one of the two has but a single wildcard after
/// them. Else every pair of places in the two is visited once, in the order in which a text would be read.
pub(super) fn intersects<'a>(one: Glob<'a>, other: Glob<'a>) -> bool {
    let (mut one, mut other) = (one, other);
    loop {
        match one.without_common_start(other, u8::eq) {
            Some(rests) => (one, other) = rests,
            None => return false,
        }
        if one.is_empty() && other.is_empty() {
            return true;
        }
        if let Some(run) = only_run(one) {
            return fits_run(other, run);
        }
        if let Some(run) = only_run(other) {
            return fits_run(one, run);
        }
        (one, other) = match (past_run(one, other), past_run(other, one)) {
            (Past::Never, _) | (_, Past::Never) => return false,
            (Past::Rests(one, other), _) | (_, Past::Rests(other, one)) => (one, other),
            (Past::Unknown, Past::Unknown) => return product(steps(one), steps(other)),
        };
    }
}

/// What is left to compare behind a run.
enum Past<'a> {
    Rests(Glob<'a>, Glob<'a>),
    Never,
    Unknown,
}

/// Past the run that `one` begins with, where it can end in one place only: it cannot take the literal that follows it,
/// and `other` has literals up to there. That is a bucket and its slash.
fn past_run<'a>(one: Glob<'a>, other: Glob<'a>) -> Past<'a> {
    let Some((Piece::Some(class), after_run)) = one.split_first() else {
        return Past::Unknown;
    };
    let Some((Piece::Literal(end), _)) = after_run.split_first() else {
        return Past::Unknown;
    };
    if class.has(end) {
        return Past::Unknown;
    }
    let mut rest = other;
    while let Some((Piece::Literal(found), after)) = rest.split_first() {
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

/// The piece, if the glob is one piece that takes any number of characters.
fn only_run(glob: Glob<'_>) -> Option<Piece> {
    match glob.split_first()? {
        (run @ (Piece::Many(_) | Piece::Some(_)), after) if after.is_empty() => Some(run),
        _ => None,
    }
}

/// Whether a text of the glob is a text of the run.
fn fits_run(glob: Glob<'_>, run: Piece) -> bool {
    let class = match run {
        Piece::Many(Class::Any) => return true,
        Piece::Some(Class::Any) => return !glob.is_empty(),
        Piece::Many(class) | Piece::Some(class) => class,
        Piece::Literal(_) | Piece::One => return false,
    };
    let mut rest = glob;
    while let Some((piece, after)) = rest.split_first() {
        if let Piece::Literal(character) = piece
            && !class.has(character)
        {
            return false;
        }
        rest = after;
    }
    !glob.is_empty() || matches!(run, Piece::Many(_))
}

/// A piece that takes one character, or any number of them.
#[derive(Clone, Copy)]
enum Step {
    Literal(char),
    One(Class),
    Many(Class),
}

fn steps(glob: Glob<'_>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(glob.as_str().len() + 1);
    let mut rest = glob;
    while let Some((piece, after)) = rest.split_first() {
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

/// The product of the two automata. All moves go forward in both, so one pass over the pairs of places in order
/// settles each pair before it is left; a row is the places of `other` for one place of `one`.
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
    for step in &one {
        row = next_row(*step, &row, &other);
    }
    // The last row has no step of `one` left: only what can be empty may follow.
    let mut reached = false;
    for (here, step) in row.iter().zip(&other) {
        reached = (reached || *here) && matches!(step, Step::Many(_));
    }
    reached || row.last() == Some(&true)
}

/// The places of `other` that can be reached behind `step`, from those that can be before it.
fn next_row(step: Step, row: &[bool], other: &[Step]) -> Vec<bool> {
    let mut next = Vec::with_capacity(row.len());
    // Whether this place is reached from the left in the row above, and in the row that is made.
    let mut above = false;
    let mut below = false;
    let mut others = other.iter();
    for reached in row {
        above |= *reached;
        let other_step = others.next();
        // `step` takes nothing.
        let skipped = above && matches!(step, Step::Many(_));
        let arrived = below || skipped;
        let Some(&other_step) = other_step else {
            next.push(arrived);
            break;
        };
        let many = matches!(step, Step::Many(_));
        let other_many = matches!(other_step, Step::Many(_));
        let share = above && shares(step, other_step);
        // Both take a character: behind it `step` is done unless it takes many, and so is the other's.
        next.push(arrived || share && !many && other_many);
        below = share && !many && !other_many;
        above = above && (other_many || many && share);
    }
    next
}

/// Whether there is a character that both can take.
const fn shares(step: Step, other: Step) -> bool {
    match (step, other) {
        (Step::Literal(one), Step::Literal(two)) => one == two,
        (Step::Literal(character), Step::One(class) | Step::Many(class))
        | (Step::One(class) | Step::Many(class), Step::Literal(character)) => class.has(character),
        // All classes have letters.
        _ => true,
    }
}
