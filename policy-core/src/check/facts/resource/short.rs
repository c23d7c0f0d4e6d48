//! ARNs that lack the colons of empty fields.

use super::field::faults;
use super::format::type_of;
use crate::arn::{ArnPattern, FIELDS};
use crate::document::Text;

/// The text with the colons that it lacks, as it is written, if it is the ARN of a resource with them:
/// `arn:aws:iam::111122223333:role/reader` of `arn:aws:iam:111122223333:role/reader`.
pub(in crate::check) fn with_colons(text: &Text<'_>) -> Option<String> {
    with_colons_if(text, &|full, arn| {
        type_of(arn).is_some() && faults(&Text::plain(full), arn).next().is_none()
    })
}

/// The same, if the ARN with them is right by this.
pub(in crate::check) fn with_colons_if(
    text: &Text<'_>,
    is_right: &dyn Fn(&str, &ArnPattern<'_>) -> bool,
) -> Option<String> {
    let filled = text.filled();
    let colons = match FIELDS.checked_sub(filled.split(':').count())? {
        1 => ":",
        2 => "::",
        _ => return None,
    };
    // A wildcard fits in any field.
    let (head, last) = filled.rsplit_once(':')?;
    let is_open = |text: char| matches!(text, '*' | '?' | '$');
    if head.contains(is_open) || last.starts_with(is_open) {
        return None;
    }
    // The fields that can be empty are behind the service.
    let mut places = filled.match_indices(':').map(|(at, colon)| at + colon.len()).skip(2);
    let at = places.find(|at| {
        let (before, behind) = filled.split_at_checked(*at).unwrap_or((filled, ""));
        let full = [before, colons, behind].concat();
        ArnPattern::parse(&full).is_ok_and(|arn| is_right(&full, &arn))
    })?;
    let written = text.written_range(at..at).start;
    let (before, behind) = text.written().split_at_checked(written)?;
    Some([before, colons, behind].concat())
}

#[cfg(test)]
mod tests {
    use super::with_colons;
    use crate::document::Text;

    #[test]
    fn empty_fields_keep_their_colons() {
        for (short, full) in [
            (
                "arn:aws:iam:111122223333:role/reader",
                Some("arn:aws:iam::111122223333:role/reader"),
            ),
            ("arn:aws:s3:exports/*", Some("arn:aws:s3:::exports/*")),
            ("arn:aws:s3::exports", Some("arn:aws:s3:::exports")),
            (
                "arn:aws:cloudfront:111122223333:distribution/E1",
                Some("arn:aws:cloudfront::111122223333:distribution/E1"),
            ),
            // A queue has a Region and an account, which nobody can guess.
            ("arn:aws:sqs:jobs", None),
            ("arn:aws:sqs:eu-west-1:jobs", None),
            ("arn:aws:iam:reader", None),
            ("arn:aws:sns:*:*", None),
            ("arn:aws:s3:*", None),
            ("arn:aws:iam::111122223333:role/reader", None),
            ("arn:aws", None),
            ("reader", None),
        ] {
            assert_eq!(with_colons(&Text::plain(short)).as_deref(), full, "{short}");
        }
        let hole = Text::with_holes("arn:aws:iam:<account>:role/x", [(12..21, "111122223333", 12)]);
        assert_eq!(with_colons(&hole).as_deref(), Some("arn:aws:iam::<account>:role/x"));
    }
}
