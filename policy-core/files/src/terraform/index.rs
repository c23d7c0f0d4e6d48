//! Which files of a module have a name, so that who asks for one does not ask each file.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::module::File;

/// The files of each name.
#[derive(Clone, Debug)]
pub(super) struct Index<N> {
    files: HashMap<N, BTreeSet<File>>,
}

impl<N> Default for Index<N> {
    fn default() -> Self {
        Self { files: HashMap::new() }
    }
}

impl<N: Clone + Eq + Hash> Index<N> {
    /// Notes that a file has these names.
    pub(super) fn add<'n>(&mut self, file: File, names: impl Iterator<Item = &'n N>)
    where
        N: 'n,
    {
        for name in names {
            self.files.entry(name.clone()).or_default().insert(file);
        }
    }

    /// Forgets that a file has these names.
    pub(super) fn remove<'n>(&mut self, file: File, names: impl Iterator<Item = &'n N>)
    where
        N: 'n,
    {
        for name in names {
            if let Some(files) = self.files.get_mut(name) {
                files.remove(&file);
            }
        }
    }

    /// The files that have a name, in order.
    pub(super) fn of<Q>(&self, name: &Q) -> impl DoubleEndedIterator<Item = File>
    where
        N: Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        self.files.get(name).into_iter().flatten().copied()
    }
}
