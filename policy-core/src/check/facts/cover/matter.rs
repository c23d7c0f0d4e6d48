//! Actions and resources as patterns, each compared by its own rules.

use std::borrow::Cow;

use super::glob::{can_compare, glob};
use crate::arn::Glob;
use crate::document::Text;
use crate::policy::Version;

/// What two texts of a policy are.
#[derive(Clone, Copy)]
pub(in crate::check) enum Matter {
    /// Actions, in which case does not matter and `${` is nothing special.
    Action,
    /// Resources, in the language of the policy.
    Resource(Version),
}

impl Matter {
    pub fn is_same(self, one: &Text<'_>, other: &Text<'_>) -> bool {
        match self {
            Self::Action => one.written().eq_ignore_ascii_case(other.written()),
            Self::Resource(_) => one.written() == other.written(),
        }
    }

    /// What is equal for texts that are the same, and begins alike for those that do.
    pub fn folded(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Action => Cow::Owned(text.to_ascii_lowercase()),
            Self::Resource(_) => Cow::Borrowed(text),
        }
    }

    /// Whether all texts that `narrow` matches are among those of `wide`.
    pub fn covers(self, wide: &Text<'_>, narrow: &Text<'_>) -> bool {
        let (one, other) = (wide.written(), narrow.written());
        let is_covered = match self {
            Self::Action => Glob::wildcards(one).covers_ignore_ascii_case(Glob::wildcards(other)),
            Self::Resource(version) => glob(one, version).covers(glob(other, version)),
        };
        is_covered && can_compare(wide, narrow)
    }

    /// Whether there may be something that both mean.
    pub fn may_meet(self, one: &Text<'_>, other: &Text<'_>) -> bool {
        if !one.holes().is_empty() || !other.holes().is_empty() {
            return true;
        }
        match self {
            Self::Action => {
                Glob::wildcards(one.written()).intersects_ignore_ascii_case(Glob::wildcards(other.written()))
            }
            Self::Resource(version) => glob(one.written(), version).intersects(glob(other.written(), version)),
        }
    }
}
