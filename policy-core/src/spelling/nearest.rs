//! Suggestions for misspelled words.

use crate::collected::CollectVec;

/// Returns the candidate with the fewest edits, if those are at most a third of the word's letters (one edit for a
/// short word). An edit inserts, removes or changes a character, or swaps two neighbours; case does not count. Of
/// equally near candidates, returns the first. For a word of more than 512 bytes, returns none.
///
/// ```
/// use policy_core::spelling::nearest;
///
/// assert_eq!(nearest("eu-wset-1", ["eu-west-1", "eu-south-1"]), Some("eu-west-1"));
/// assert_eq!(nearest("GETOBJECTACL", ["GetObject", "GetObjectAcl"]), Some("GetObjectAcl"));
/// assert_eq!(nearest("frankfurt", ["eu-west-1", "eu-south-1"]), None);
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_of(word, &mut candidates.into_iter())
}

// Not generic, so that it is compiled once.
fn nearest_of<'a>(word: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let own = Counts::of(word);
    let word: Vec<char> = letters(word);
    let mut limit = (word.len() / 3).max(1);
    let mut best = None;
    for candidate in candidates {
        if candidate.chars().count().abs_diff(word.len()) > limit || differs(&own, &Counts::of(candidate), limit) {
            continue;
        }
        match distance(&word, &letters(candidate), limit) {
            Some(distance) if distance < limit || best.is_none() => {
                limit = distance;
                best = Some(candidate);
            }
            _ => {}
        }
    }
    best
}

/// The number of edits between two words, if that is at most the limit and none is longer than [`nearest`] looks at.
pub(crate) fn edits(one: &str, other: &str, limit: usize) -> Option<usize> {
    if one.len().max(other.len()) > LONGEST || differs(&Counts::of(one), &Counts::of(other), limit) {
        return None;
    }
    distance(&letters(one), &letters(other), limit)
}

/// The maximum length of a word in bytes: computing the edits takes time proportional to the product of the lengths,
/// and a word can be a whole file.
const LONGEST: usize = 512;

/// The number of times each letter occurs in a word, by its last five bits, which both cases share.
struct Counts([u8; 32]);

impl Counts {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 32];
        for letter in word.chars() {
            if let Some(count) = counts.get_mut(letter as usize & 31) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }
}

/// Whether the other word lacks more letters than the limit allows edits: much faster than computing the edits.
fn differs(one: &Counts, other: &Counts, limit: usize) -> bool {
    let mut missing = 0;
    for (one, other) in one.0.iter().zip(&other.0) {
        missing += usize::from(one.saturating_sub(*other));
    }
    missing > limit
}

fn letters(word: &str) -> Vec<char> {
    word.chars().map(|letter| letter.to_ascii_lowercase()).collect_vec()
}

/// The optimal string alignment distance if it is at most the limit, by rows: `above` is the previous row, `over` the
/// one before it.
fn distance(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let mut over: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=other.len()).collect_vec();
    let mut before = None;
    for (row, &letter) in one.iter().enumerate() {
        let mut current = Vec::with_capacity(above.len());
        current.push(row + 1);
        let mut left = row + 1;
        let mut other_before = None;
        for (column, (&other_letter, steps)) in other.iter().zip(above.windows(2)).enumerate() {
            let &[diagonal, up] = steps else { continue };
            let mut least = (up + 1)
                .min(left + 1)
                .min(diagonal + usize::from(letter != other_letter));
            if before == Some(other_letter)
                && other_before == Some(letter)
                && let Some(&swapped) = column.checked_sub(1).and_then(|at| over.get(at))
            {
                least = least.min(swapped + 1);
            }
            current.push(least);
            left = least;
            other_before = Some(other_letter);
        }
        if current.iter().all(|&distance| distance > limit) {
            return None;
        }
        over = std::mem::replace(&mut above, current);
        before = Some(letter);
    }
    above.last().copied().filter(|&distance| distance <= limit)
}
