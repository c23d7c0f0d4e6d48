//! What to write for an ARN with fewer than six fields, in a resource and in a condition.

use crate::check::facts::with_colons;
use crate::check::words::ARN_FIELDS;
use crate::document::Text;

pub(super) fn help(text: &Text<'_>) -> String {
    with_colons(text).map_or_else(
        || ARN_FIELDS.to_owned(),
        |full| format!("write `{full}`: an empty field keeps its colon"),
    )
}
