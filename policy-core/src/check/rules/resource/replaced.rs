//! An ARN as it is written, with a field of it written differently.

use crate::arn::{ArnPattern, Field};
use crate::document::Text;

/// The ARN as written, with `*` for a field.
pub(super) fn with_any(text: &Text<'_>, arn: &ArnPattern<'_>, field: Field) -> String {
    replaced(text, arn, field, "*")
}

/// The ARN with a field replaced.
pub(super) fn replaced(text: &Text<'_>, arn: &ArnPattern<'_>, field: Field, by: &str) -> String {
    let mut written = text.written().to_owned();
    let range = text.written_range(arn.range(field));
    if written.get(range.clone()).is_some() {
        written.replace_range(range, by);
    }
    written
}
