//! Texts of a policy as patterns.

use crate::arn::Glob;
use crate::document::Text;
use crate::policy::Version;

/// A resource, or a condition's value, as the language of the policy reads it.
pub(in crate::check) const fn glob(text: &str, version: Version) -> Glob<'_> {
    match version {
        Version::V2012 => Glob::new(text),
        Version::V2008 => Glob::wildcards(text),
    }
}

/// Whether what is known of `one` holds for all that fills the holes of `other`: a `?` is one character, and a hole may be
/// none or many. Where they are compared as they are written, a hole is but itself or within a `*`.
pub(super) fn can_compare(one: &Text<'_>, other: &Text<'_>) -> bool {
    other.holes().is_empty() || !one.written().contains('?')
}
