//! Words that the findings of many rules share.

pub(super) mod listed;
pub(super) mod nearest_key;
pub(super) mod principal_arn;

use crate::arn::{ArnFormat, ArnPattern, write};
use crate::catalogue;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::names::NameError;

/// When to allow a name that the catalogue does not have: `noun` is an action, a service or a condition key. The date of the
/// catalogue is in [`catalogue_note`].
pub(super) fn added_later(noun: &str) -> String {
    format!("AWS added the {noun} later")
}

/// The last note of a finding for which the catalogue was asked: how old the data are that it rests on.
pub fn catalogue_note() -> String {
    format!(
        "checked against AWS's service authorization reference of {}",
        catalogue::snapshot().date()
    )
}

/// A whole ARN of the format, with the parts to replace in capitals: `arn:aws:sqs:REGION:ACCOUNT_ID:QUEUE_NAME`.
pub(super) fn example_arn(format: ArnFormat<'_>) -> Option<String> {
    let anywhere = Text::plain("arn:aws:any:::*");
    let pattern = ArnPattern::parse(anywhere.filled()).ok()?;
    Some(write::arn(format, &anywhere, &pattern))
}

pub(super) const ARN_FIELDS: &str =
    "an ARN is `arn:partition:service:region:account:resource`; an empty field keeps its colon";

/// A finding of a text that is not the name that it should be.
pub(super) fn not_a_name(code: Code, place: Place, written: &str, error: &NameError) -> Finding {
    let kind = error.kind();
    Finding::new(
        code,
        place,
        format!("`{written}` is not {}: {}", kind.noun(), error.reason()),
    )
    .about(written)
    .with_help(match error.suggestion() {
        Some(meant) => format!("write `{meant}`"),
        None => format!("write {}, such as `{}`", kind.form(), kind.sample()),
    })
}

/// What to write in place of a reference to a name where an ARN is needed, in words, and the text itself if it is known; `None` if the text
/// does not start with such a reference.
pub(super) fn arn_of_named(text: &Text<'_>) -> Option<(String, Option<String>)> {
    let (hole, named) = text.starts_with_name()?;
    let written = text.written();
    let (name, rest) = written.split_at_checked(hole.written.end).unwrap_or((written, ""));
    Some(match &named.arn {
        Some(arn) => {
            let meant = format!("{arn}{rest}");
            (format!("`{name}` is the {}: write `{meant}`", named.by), Some(meant))
        }
        None => (format!("`{name}` is the {}: write the ARN", named.by), None),
    })
}
