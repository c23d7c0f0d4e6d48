//! A list with at least one element.

use std::error::Error;
use std::fmt;
use std::ops::Deref;
use std::{slice, vec};

use crate::collected::CollectVec;
use crate::names::Name;

/// A list with at least one element: AWS rejects a policy whose `Resource` or `Action` is an empty list ('Policy
/// statement must contain resources').
///
/// An array converts without a check at run time, and so does a single name; an empty array does not compile.
///
/// ```
/// use policy_core::names::AccountId;
/// use policy_core::policy::NonEmpty;
///
/// let accounts = NonEmpty::from([
///     AccountId::from_static("111122223333"),
///     AccountId::from_static("444455556666"),
/// ]);
/// assert_eq!(accounts.first().as_str(), "111122223333");
/// assert_eq!(accounts.len(), 2);
/// // It is also a slice.
/// assert_eq!(accounts[1].as_str(), "444455556666");
/// assert!(accounts.contains(&AccountId::from_static("444455556666")));
/// assert!(NonEmpty::<AccountId>::try_from(vec![]).is_err());
///
/// let only: NonEmpty<AccountId> = AccountId::from_static("111122223333").into();
/// assert_eq!(only.len(), 1);
/// ```
///
/// ```compile_fail,E0080
/// let none: policy_core::policy::NonEmpty<String> = policy_core::policy::NonEmpty::from([]);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NonEmpty<T> {
    /// At least one.
    elements: Vec<T>,
}

#[allow(clippy::len_without_is_empty, reason = "it is never empty")]
impl<T> NonEmpty<T> {
    /// Creates a list from the first element and the rest.
    pub fn new(first: T, rest: impl IntoIterator<Item = T>) -> Self {
        let mut elements = vec![first];
        elements.extend(rest);
        Self { elements }
    }

    /// The first element.
    pub const fn first(&self) -> &T {
        match self.elements.as_slice() {
            [first, ..] => first,
            [] => unreachable!(),
        }
    }

    /// The number of elements; never 0.
    pub const fn len(&self) -> usize {
        self.elements.len()
    }

    /// The elements in order.
    pub const fn as_slice(&self) -> &[T] {
        self.elements.as_slice()
    }

    /// Appends an element.
    pub fn push(&mut self, element: T) {
        self.elements.push(element);
    }

    /// Iterates over the elements in order.
    pub fn iter(&self) -> slice::Iter<'_, T> {
        self.elements.iter()
    }

    /// Applies `change` to each element.
    pub fn map<U>(self, change: impl FnMut(T) -> U) -> NonEmpty<U> {
        NonEmpty {
            elements: self.elements.into_iter().map(change).collect_vec(),
        }
    }
}

impl<T> Deref for NonEmpty<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.elements
    }
}

impl<T: fmt::Debug> fmt::Debug for NonEmpty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.elements.fmt(f)
    }
}

impl<T> IntoIterator for NonEmpty<T> {
    type Item = T;
    type IntoIter = vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.elements.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a NonEmpty<T> {
    type Item = &'a T;
    type IntoIter = slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T, const N: usize> From<[T; N]> for NonEmpty<T> {
    fn from(elements: [T; N]) -> Self {
        const {
            assert!(
                N > 0,
                "the list must have at least one element: AWS rejects a policy with an empty list"
            );
        }
        Self {
            elements: Vec::from(elements),
        }
    }
}

/// A single name, so that a parameter `impl Into<NonEmpty<...>>` takes one name or several.
impl<N: Name> From<N> for NonEmpty<N> {
    fn from(only: N) -> Self {
        Self { elements: vec![only] }
    }
}

impl<T> Extend<T> for NonEmpty<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        self.elements.extend(elements);
    }
}

impl<T> TryFrom<Vec<T>> for NonEmpty<T> {
    type Error = EmptyError;

    fn try_from(elements: Vec<T>) -> Result<Self, EmptyError> {
        if elements.is_empty() {
            return Err(EmptyError);
        }
        Ok(Self { elements })
    }
}

impl<T> From<NonEmpty<T>> for Vec<T> {
    fn from(list: NonEmpty<T>) -> Self {
        list.elements
    }
}

/// The error for an empty list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyError;

impl fmt::Display for EmptyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the list is empty, and AWS rejects a policy with an empty list; add at least one element")
    }
}

impl Error for EmptyError {}
