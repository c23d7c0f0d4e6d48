//! The values that can fill a hole.

use crate::names::Name;
use crate::policy::NonEmpty;

/// A value that can fill a hole: a name, a list of names, or either in an `Option`.
///
/// ```
/// use policy_core::names::BucketName;
/// use policy_core::policy::NonEmpty;
/// use policy_core::__macro::v1::template::Fill;
///
/// let bucket = BucketName::from_static("one-bucket");
/// assert_eq!(bucket.count(), 1);
/// assert_eq!(None::<BucketName>.count(), 0);
/// assert_eq!(NonEmpty::from([bucket.clone(), bucket]).get(1), "one-bucket");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot fill a hole of a policy",
    label = "not a type that can fill a hole",
    note = "a field is one of the types of `policy_core::names`, `policy_core::policy::NonEmpty<...>` of one, or an `Option` of either"
)]
pub trait Fill {
    /// The number of values.
    fn count(&self) -> usize;

    /// The value with this index, from 0; empty if it is out of range.
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

/// A text that the policy itself determines: the DNS suffix of a partition.
impl Fill for &'static str {
    fn count(&self) -> usize {
        1
    }

    fn get(&self, index: usize) -> &str {
        if index == 0 { self } else { "" }
    }
}
