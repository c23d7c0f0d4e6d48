//! Resources that nobody can read.

use super::{field, form};
use crate::arn::{ArnPattern, Glob};
use crate::document::{Place, Text};
use crate::finding::Finding;

/// Why a resource cannot be read as an ARN of this world: a field is missing, or nothing is in a partition or service of that name.
pub(in crate::check) fn unreadable(place: Place, text: &Text<'_>) -> Option<Finding> {
    let resource = text.filled();
    if Glob::wildcards(resource).is_everything() {
        return None;
    }
    match ArnPattern::parse(resource) {
        Ok(arn) => field::unreadable(place, text, &arn),
        Err(error) => Some(form::no_arn(place, text, error.kind(), false)),
    }
}
