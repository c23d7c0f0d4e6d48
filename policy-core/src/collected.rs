//! A list that is compiled once.
//!
//! [`Iterator::collect`] into a `Vec` is compiled anew for every iterator, in the build of everyone who writes `policy!`: some 200
//! lines each for the first allocation, the guess of a size, and the growth. Here only the asking for the next one is.

/// Iterators whose items become a `Vec`.
pub trait CollectVec: Iterator {
    /// The items in a `Vec`, as [`collect`](Iterator::collect) gives them.
    fn collect_vec(mut self) -> Vec<Self::Item>
    where
        Self: Sized,
    {
        filled(&mut || self.next())
    }
}

impl<I: Iterator> CollectVec for I {}

fn filled<T>(next: &mut dyn FnMut() -> Option<T>) -> Vec<T> {
    let mut all = Vec::new();
    while let Some(one) = next() {
        all.push(one);
    }
    all
}
