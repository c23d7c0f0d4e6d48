//! The parts of texts that are the names.

use crate::names::scan::{self, ends_with};

/// The prefix without the trailing slash, which every use of it adds.
pub(super) const fn without_last_slash(text: &str) -> &str {
    if ends_with(text, "/") {
        scan::split(text, text.len() - 1).0
    } else {
        text
    }
}

/// The name as ARNs have it.
pub(super) const fn without_first_slash(text: &str) -> &str {
    match scan::strip_prefix(text, "/") {
        Some(rest) => rest,
        None => text,
    }
}
