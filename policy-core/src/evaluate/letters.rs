//! Texts that differ in case only.

use super::pattern::Match;

/// Whether two texts differ in case only. AWS does not document whether that is about the letters of ASCII or all letters, nor in which
/// of the ways of Unicode.
pub(super) fn same_letters(one: &str, other: &str) -> Match<'static> {
    if one.is_ascii() && other.is_ascii() {
        return Match::of(one.eq_ignore_ascii_case(other));
    }
    same_characters(one.chars(), other.chars())
}

pub(super) fn same_characters(
    one: impl Iterator<Item = char> + Clone,
    other: impl Iterator<Item = char> + Clone,
) -> Match<'static> {
    let ascii = |character: char| character.to_ascii_lowercase();
    if one.clone().map(ascii).eq(other.clone().map(ascii)) {
        return Match::Yes;
    }
    // One character for one, as Java does it: first in capitals, then in small letters.
    let simple = |character: char| {
        let upper = character.to_uppercase().next().unwrap_or(character);
        upper.to_lowercase().next().unwrap_or(upper)
    };
    let is_same = one.clone().map(simple).eq(other.clone().map(simple))
        || one
            .clone()
            .flat_map(char::to_lowercase)
            .eq(other.clone().flat_map(char::to_lowercase))
        || one.flat_map(char::to_uppercase).eq(other.flat_map(char::to_uppercase));
    if is_same { Match::Doubt } else { Match::No }
}
