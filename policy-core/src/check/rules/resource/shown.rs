//! Where in an ARN a finding points.

use std::ops::Range;

use crate::arn::{ArnPattern, Field};

/// The bytes to point at for a field: for an empty one the colons around it.
pub(super) fn shown(arn: &ArnPattern<'_>, field: Field) -> Range<usize> {
    let range = arn.range(field);
    if range.is_empty() {
        range.start.saturating_sub(1)..(range.end + 1).min(arn.as_str().len())
    } else {
        range
    }
}
