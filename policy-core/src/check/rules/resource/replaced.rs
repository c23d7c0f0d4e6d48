//! An ARN as it is written, with a field of it written differently.

use crate::arn::{ArnPattern, Field, meant};
use crate::check::facts::formats;
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

/// What AWS does about a Region where none belongs: IAM rejects such ARNs of its own and of S3, `... cannot contain region
/// information`, and reads those of other services, which then match nothing.
pub(super) fn region_not_allowed(service: &str) -> &'static str {
    match service {
        "iam" | "s3" => "AWS rejects the policy: such an ARN `cannot contain region information`",
        _ => "AWS accepts it, but it matches nothing",
    }
}

/// Whether resources of the service have such ARNs, but for the Region, which they lack.
pub(super) fn has_no_region(arn: &ArnPattern<'_>) -> bool {
    let without = |fields: &[Field]| is_right(&filled_without(arn, fields), arn);
    !without(&[]) && (without(&[Field::Region]) || without(&[Field::Region, Field::Account]))
}

/// The ARN as written, without its Region, and without its account where no resource has one without the Region; in this partition, if
/// one is given.
pub(super) fn without_region(text: &Text<'_>, arn: &ArnPattern<'_>, partition: Option<&str>) -> String {
    let region = text.written_range(arn.range(Field::Region));
    let account = text.written_range(arn.range(Field::Account));
    let is_alone = arn.account().is_empty() || is_right(&filled_without(arn, &[Field::Region]), arn);
    // The colon between them stays.
    let without_account = meant::moved(text.written(), None, account).filter(|_| !is_alone);
    let written = without_account.as_deref().unwrap_or_else(|| text.written());
    meant::moved(written, partition, region).unwrap_or_else(|| text.written().to_owned())
}

/// The ARN with these fields emptied, of which the last is the last in it.
fn filled_without(arn: &ArnPattern<'_>, fields: &[Field]) -> String {
    let mut filled = arn.as_str().to_owned();
    for field in fields.iter().rev() {
        filled.replace_range(arn.range(*field), "");
    }
    filled
}

/// Whether a resource of the service can have this ARN.
fn is_right(filled: &str, arn: &ArnPattern<'_>) -> bool {
    let mut own = formats(arn.service().as_str());
    ArnPattern::parse(filled).is_ok_and(|arn| own.any(|(_, format)| arn.fits_format(format).is_yes()))
}
