//! Sets and maps that are compiled once.
//!
//! The standard library's are compiled anew for every type of key and value, in the build of everyone who writes `policy!`: as much code
//! as a whole family of rules. Here only numbers are looked up by a key; what belongs to a key is in a list, at its number.

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::hash::Hash;

/// Keys, each once, numbered in the order in which they come. Keys are texts or places, to be compiled for no other types.
pub(crate) struct Numbers<K>(HashMap<K, usize>);

/// Numbers of texts, some of them made for it.
pub(crate) type Texts<'t> = Numbers<Cow<'t, str>>;

impl<K: Eq + Hash> Numbers<K> {
    pub fn new() -> Self {
        Self(HashMap::new())
    }

    /// The number of a key: the next one, if the key is new.
    fn add(&mut self, key: K) -> usize {
        let next = self.0.len();
        *self.0.entry(key).or_insert(next)
    }

    /// Adds a key: whether it is new.
    pub fn insert(&mut self, key: K) -> bool {
        let known = self.0.len();
        self.add(key) == known
    }

    fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.0.get(key).copied()
    }

    pub fn contains<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.get(key).is_some()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Eq + Hash> FromIterator<K> for Numbers<K> {
    fn from_iter<I: IntoIterator<Item = K>>(keys: I) -> Self {
        let mut numbers = Self::new();
        for key in keys {
            numbers.insert(key);
        }
        numbers
    }
}

/// Something for each of some keys.
pub(crate) struct Table<K, T> {
    numbers: Numbers<K>,
    values: Vec<T>,
}

/// By text.
pub(crate) type ByText<'t, T> = Table<Cow<'t, str>, T>;

impl<K: Eq + Hash, T> Table<K, T> {
    pub fn new() -> Self {
        Self {
            numbers: Numbers::new(),
            values: Vec::new(),
        }
    }

    /// Changes what there is for a key: a new one has `new`.
    pub fn update(&mut self, key: K, new: T, change: impl FnOnce(&mut T)) {
        let number = self.numbers.add(key);
        if number == self.values.len() {
            self.values.push(new);
        }
        if let Some(value) = self.values.get_mut(number) {
            change(value);
        }
    }

    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&T>
    where
        K: Borrow<Q>,
    {
        self.values.get(self.numbers.get(key)?)
    }

    pub fn contains<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.numbers.contains(key)
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }
}

impl<K: Eq + Hash, T: Copy> Table<K, T> {
    /// What there is for a key, which for a new one is this.
    pub fn first(&mut self, key: K, value: T) -> T {
        let mut first = value;
        self.update(key, value, |known| first = *known);
        first
    }
}
