//! A list with at least one element.

use std::error::Error;
use std::fmt;

/// A list with at least one element: AWS rejects a policy whose `Resource` or `Action` is an empty list ('Policy
/// statement must contain resources').
///
/// An array converts without a check at run time; an empty array does not compile.
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
/// assert!(NonEmpty::<AccountId>::try_from(vec![]).is_err());
/// ```
///
/// ```compile_fail,E0080
/// let none: policy_core::policy::NonEmpty<String> = policy_core::policy::NonEmpty::from([]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NonEmpty<T> {
    first: T,
    rest: Vec<T>,
}

#[allow(clippy::len_without_is_empty, reason = "it is never empty")]
impl<T> NonEmpty<T> {
    /// Creates a list from the first element and the rest.
    pub fn new(first: T, rest: impl IntoIterator<Item = T>) -> Self {
        Self {
            first,
            rest: rest.into_iter().collect(),
        }
    }

    /// The first element.
    pub const fn first(&self) -> &T {
        &self.first
    }

    /// The number of elements; never 0.
    pub const fn len(&self) -> usize {
        1 + self.rest.len()
    }

    /// Appends an element.
    pub fn push(&mut self, element: T) {
        self.rest.push(element);
    }

    /// Iterates over the elements in order.
    pub fn iter(&self) -> Iter<'_, T> {
        std::iter::once(&self.first).chain(&self.rest)
    }

    /// Applies `change` to each element.
    pub fn map<U>(self, mut change: impl FnMut(T) -> U) -> NonEmpty<U> {
        NonEmpty {
            first: change(self.first),
            rest: self.rest.into_iter().map(change).collect(),
        }
    }
}

/// The iterator of [`NonEmpty::iter`].
type Iter<'a, T> = std::iter::Chain<std::iter::Once<&'a T>, std::slice::Iter<'a, T>>;

impl<T> IntoIterator for NonEmpty<T> {
    type Item = T;
    type IntoIter = std::iter::Chain<std::iter::Once<T>, std::vec::IntoIter<T>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.first).chain(self.rest)
    }
}

impl<'a, T> IntoIterator for &'a NonEmpty<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

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
        let mut elements = elements.into_iter();
        let Some(first) = elements.next() else {
            unreachable!("an empty array does not compile")
        };
        Self {
            first,
            rest: elements.collect(),
        }
    }
}

impl<T> Extend<T> for NonEmpty<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, elements: I) {
        self.rest.extend(elements);
    }
}

impl<T> TryFrom<Vec<T>> for NonEmpty<T> {
    type Error = EmptyError;

    fn try_from(elements: Vec<T>) -> Result<Self, EmptyError> {
        let mut elements = elements.into_iter();
        match elements.next() {
            Some(first) => Ok(Self {
                first,
                rest: elements.collect(),
            }),
            None => Err(EmptyError),
        }
    }
}

impl<T> From<NonEmpty<T>> for Vec<T> {
    fn from(list: NonEmpty<T>) -> Self {
        list.into_iter().collect()
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
