//! Of many texts, those that a pattern may cover.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::{Sieve, closing};
use crate::collected::CollectVec;
use crate::sorted::sort;

/// Texts in the order of their starts and of their ends, each known by its number. What a pattern covers begins and ends as the
/// pattern does, so that it need not be compared with the others.
pub(crate) struct Candidates<'t> {
    by_start: Vec<(Cow<'t, str>, Sieve, usize)>,
    by_end: Vec<(Vec<u8>, usize)>,
}

impl<'t> Candidates<'t> {
    /// Texts in lower case, if case does not matter.
    pub fn of(texts: Vec<Cow<'t, str>>) -> Self {
        let mut by_start: Vec<(Cow<'t, str>, Sieve, usize)> = texts
            .into_iter()
            .enumerate()
            .map(|(number, text)| {
                let sieve = Sieve::of(&text);
                (text, sieve, number)
            })
            .collect_vec();
        sort(&mut by_start, |(one, ..), (other, ..)| one.cmp(other));
        let mut by_end: Vec<(Vec<u8>, usize)> = by_start
            .iter()
            .enumerate()
            .map(|(at, (text, ..))| (backwards(text), at))
            .collect_vec();
        sort(&mut by_end, Ord::cmp);
        Self { by_start, by_end }
    }

    /// Calls `found` with the number of each text that the pattern may cover: those only that begin or end as it does, whichever
    /// are fewer, and have what it has. The pattern is in lower case if they are.
    pub fn of_pattern(&self, pattern: &str, found: &mut dyn FnMut(usize)) {
        let (starts, ends) = self.alike(pattern);
        let sieve = Sieve::of(pattern);
        let mut sift = |(_, of_other, number): &(Cow<'t, str>, Sieve, usize)| {
            if sieve.may_cover(of_other) {
                found(*number);
            }
        };
        if ends.len() < starts.len() {
            let ends = ends.iter().filter_map(|(_, at)| self.by_start.get(*at));
            ends.for_each(sift);
        } else {
            starts.iter().for_each(&mut sift);
        }
    }

    /// How many texts begin or end as the pattern does.
    #[cfg(feature = "edit")]
    pub fn count(&self, pattern: &str) -> usize {
        let (starts, ends) = self.alike(pattern);
        starts.len().min(ends.len())
    }

    #[expect(clippy::type_complexity, reason = "the parts of both lists")]
    fn alike(&self, pattern: &str) -> (&[(Cow<'t, str>, Sieve, usize)], &[(Vec<u8>, usize)]) {
        let (start, end) = (literal_start(pattern), backwards(literal_end(pattern)));
        let starts = beginning(
            &self.by_start,
            |(text, ..)| (**text).cmp(start),
            |(text, ..)| text.starts_with(start),
        );
        let ends = beginning(
            &self.by_end,
            |(text, _)| text.cmp(&end),
            |(text, _)| text.starts_with(&end),
        );
        (starts, ends)
    }
}

/// Those of a sorted list that begin with a text.
fn beginning<T>(sorted: &[T], order: impl Fn(&T) -> Ordering, begins: impl Fn(&T) -> bool) -> &[T] {
    let first = sorted.partition_point(|row| order(row).is_lt());
    let rest = sorted.get(first..).unwrap_or_default();
    rest.get(..rest.partition_point(begins)).unwrap_or_default()
}

fn backwards(text: &str) -> Vec<u8> {
    text.bytes().rev().collect_vec()
}

/// The text before the first wildcard: what it covers begins alike. A variable covers itself only, but for `${*}` and its like, which
/// are characters.
pub(crate) fn literal_start(text: &str) -> &str {
    let mut end = 0;
    while let Some(rest) = text.get(end..) {
        let special = rest.bytes().position(|byte| matches!(byte, b'*' | b'?' | b'$'));
        let Some(special) = special else { return text };
        end += special;
        let inside = rest.get(special..).and_then(|rest| rest.strip_prefix("${"));
        let variable = inside.and_then(|inside| Some((inside, closing(inside)?)));
        match variable {
            Some((_, length)) if length > 1 => end += "${}".len() + length,
            _ => break,
        }
    }
    text.get(..end).unwrap_or_default()
}

/// The text behind the last wildcard or variable: what it covers ends alike.
fn literal_end(text: &str) -> &str {
    text.rsplit(['*', '?', '$', '}']).next().unwrap_or_default()
}
