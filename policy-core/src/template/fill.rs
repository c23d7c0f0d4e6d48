//! What can fill a hole.

use crate::names::{Name, NonEmpty};

/// What can fill a hole: a name, a list of names, or either in an `Option`.
///
/// ```
/// use policy_core::names::{BucketName, NonEmpty};
/// use policy_core::__macro::v1::template::Fill;
///
/// let bucket = BucketName::from_static("one-bucket");
/// assert_eq!(bucket.count(), 1);
/// assert_eq!(None::<BucketName>.count(), 0);
/// assert_eq!(NonEmpty::from([bucket.clone(), bucket]).get(1), "one-bucket");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot fill a hole of a policy",
    label = "not a name that may stand in a policy",
    note = "a field is one of the types of `policy_core::names`, `NonEmpty<...>` of one, or an `Option` of either"
)]
pub trait Fill {
    /// How many values there are.
    fn count(&self) -> usize;

    /// One of them, counted from 0; empty where there is none.
    fn get(&self, index: usize) -> &str;
}

impl<N: Name> Fill for N {
    fn count(&self) -> usize {
        1
    }

    fn get(&self, index: usize) -> &str {
        if index == 0 { self.as_ref() } else { "" }
    }
}

impl<N: Name> Fill for NonEmpty<N> {
    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> &str {
        self.iter().nth(index).map_or("", AsRef::as_ref)
    }
}

impl<N: Name> Fill for Option<N> {
    fn count(&self) -> usize {
        usize::from(self.is_some())
    }

    fn get(&self, index: usize) -> &str {
        self.as_ref().map_or("", |name| name.get(index))
    }
}

impl<N: Name> Fill for Option<NonEmpty<N>> {
    fn count(&self) -> usize {
        self.as_ref().map_or(0, NonEmpty::len)
    }

    fn get(&self, index: usize) -> &str {
        self.as_ref().map_or("", |names| names.get(index))
    }
}

/// What a policy says by itself: the DNS suffix of a partition.
impl Fill for &'static str {
    fn count(&self) -> usize {
        1
    }

    fn get(&self, index: usize) -> &str {
        if index == 0 { self } else { "" }
    }
}
