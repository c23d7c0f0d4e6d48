//! A sort that is compiled once.
//!
//! The standard library's is compiled anew for every type, in the build of everyone who writes `policy!`: as much code as several rules.
//! Here only positions are sorted, by merging, and then what is there is moved.

use std::cmp::Ordering;

use crate::collected::CollectVec;

/// Positions, in the order of what is there; of equals, the earlier first.
pub(crate) fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect_vec();
    let mut merged = Vec::with_capacity(count);
    // Runs of a width that are in order become runs of twice that.
    let mut width = 1;
    while width < count {
        for both in order.chunks(2 * width) {
            let (mut left, mut right) = both.split_at_checked(width).unwrap_or((both, &[]));
            while let ([one, left_rest @ ..], [other, right_rest @ ..]) = (left, right) {
                if compare(*other, *one).is_lt() {
                    merged.push(*other);
                    right = right_rest;
                } else {
                    merged.push(*one);
                    left = left_rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        width *= 2;
    }
    order
}

/// Sorts a list; equals stay in their order.
pub fn sort<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if list.is_sorted_by(|one, other| compare(one, other).is_le()) {
        return;
    }
    let order = order(list.len(), &|one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    for (one, other) in swaps(&order) {
        list.swap(one, other);
    }
}

/// The same values, sorted, each once.
pub fn set<T: Ord>(mut list: Vec<T>) -> Vec<T> {
    sort(&mut list, T::cmp);
    list.dedup();
    list
}

/// Whether a sorted list has all that is in the other.
pub(crate) fn includes<T: Ord>(list: &[T], other: &[T]) -> bool {
    other.iter().all(|one| list.binary_search(one).is_ok())
}

/// What to swap, one pair after the other, for positions to be in this order.
fn swaps(order: &[usize]) -> Vec<(usize, usize)> {
    // Where what is at a position goes.
    let mut goes = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        if let Some(place) = goes.get_mut(*from) {
            *place = to;
        }
    }
    let mut swaps = Vec::new();
    for at in 0..goes.len() {
        while let Some(to) = goes.get(at).copied().filter(|to| *to != at) {
            swaps.push((at, to));
            goes.swap(at, to);
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{includes, set, sort};

    proptest! {
        #[test]
        fn a_list_is_sorted_as_the_standard_library_sorts_it(mut list: Vec<(u8, u8)>) {
            let mut wanted = list.clone();
            wanted.sort_by_key(|(key, _)| *key);
            sort(&mut list, |(one, _), (other, _)| one.cmp(other));
            prop_assert_eq!(list, wanted);
        }

        #[test]
        fn a_set_has_each_value_once_and_includes_its_parts(list: Vec<u8>, other: Vec<u8>) {
            let wanted: std::collections::BTreeSet<u8> = list.iter().copied().collect();
            let others: std::collections::BTreeSet<u8> = other.iter().copied().collect();
            let (found, part) = (set(list), set(other));
            prop_assert_eq!(includes(&found, &part), wanted.is_superset(&others));
            prop_assert_eq!(found, wanted.into_iter().collect::<Vec<_>>());
        }
    }
}
