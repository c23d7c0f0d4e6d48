//! The ARN to suggest: a format of the catalogue, filled from the ARN that the user wrote.

use std::ops::Range;

use super::format::{Piece, pieces};
use crate::arn::{ArnFormat, ArnPattern, Field};
use crate::document::{HoleInText, Text};
use crate::kebab::joined;
use crate::spelling::begins;

/// The format with the partition, Region and account of the ARN that the user wrote, and its own variables as placeholders, `NAME`: a hole,
/// `<name>`, is an error where the policy has no fields.
pub(crate) fn arn(format: ArnFormat<'_>, text: &Text<'_>, written: &ArnPattern<'_>) -> String {
    fill(format, text, written, &[])
}

/// The format filled from an ARN of another type of the same service: variables with the same name have the same value.
/// `None` if the formats have none in common.
pub(crate) fn sibling(
    format: ArnFormat<'_>,
    text: &Text<'_>,
    written: &ArnPattern<'_>,
    own: ArnFormat<'_>,
) -> Option<String> {
    if let Some(hole) = whole(text, written) {
        let rest = match format.as_str().strip_prefix(own.as_str()) {
            Some(rest) => rest,
            None => behind(
                format,
                own,
                &ArnPattern::parse(written.as_str().get(..hole.filled.end)?).ok()?,
            )?,
        };
        return continued(rest, text.written().get(hole.written.start..)?);
    }
    let known = bind(own, field(text, written, Field::Resource))?;
    let is_known = |name: &str| known.iter().any(|(other, _)| *other == name);
    // What the reader has not written can be anything behind what he has, and not before it.
    let mut unknown = format.variables(Field::Resource).skip_while(|name| is_known(name));
    if unknown.by_ref().any(is_known) {
        return continued(behind(format, own, written)?, text.written());
    }
    let mut wanted = format.variables(Field::Resource);
    wanted.any(is_known).then(|| fill(format, text, written, &known))
}

/// What a format has behind the ARN of another type, which is its beginning in other words: of a stream's consumer, whose ARN starts
/// with `${StreamType}/${StreamName}`, what is behind the stream.
fn behind<'f>(format: ArnFormat<'f>, own: ArnFormat<'_>, arn: &ArnPattern<'_>) -> Option<&'f str> {
    let last = format!("${{{}}}", own.variables(Field::Resource).last()?);
    let end = format.as_str().find(&last)? + last.len();
    let (start, rest) = format.as_str().split_at_checked(end)?;
    let is_start = arn.fits_format(ArnFormat::parse(start).ok()?).is_yes();
    (is_start && !rest.is_empty()).then_some(rest)
}

/// The ARN as written, without its last parts, as far as that is the ARN of a resource of the format: of a table, without what is
/// not the name of an index. `None` if what is left has a wildcard, which would match more than was meant.
pub(crate) fn start(format: ArnFormat<'_>, text: &Text<'_>, written: &ArnPattern<'_>) -> Option<String> {
    let resource = written.range(Field::Resource);
    let ends = written.resource().as_str().rmatch_indices(['/', ':']).take(LEFT_OUT);
    ends.map(|(at, _)| resource.start + at).find_map(|end| {
        let shorter = ArnPattern::parse(written.as_str().get(..end)?).ok()?;
        let start = text.written().get(..text.written_range(resource.start..end).end)?;
        // A hole has no parts that could be left out.
        let is_shorter = start.len() < text.written().len();
        (is_shorter && shorter.resource().is_literal() && shorter.fits_format(format).is_yes())
            .then(|| start.to_owned())
    })
}

/// The ARN without the name of its type and the sign behind it, where the format has no such word: `arn:aws:sqs:...:orders` of
/// `arn:aws:sqs:...:queue/orders`.
pub(crate) fn without_type(
    name: &str,
    format: ArnFormat<'_>,
    text: &Text<'_>,
    written: &ArnPattern<'_>,
) -> Option<String> {
    let resource = written.resource().as_str();
    let is_behind = resource.get(name.len()..)?.starts_with(['/', ':']);
    if !is_behind || !begins(resource, name) || !format.field(Field::Resource).starts_with("${") {
        return None;
    }
    let start = written.range(Field::Resource).start;
    let word = start..start + name.len() + 1;
    let without = |text: &str, cut: Range<usize>| Some([text.get(..cut.start)?, text.get(cut.end..)?].concat());
    let filled = without(written.as_str(), word.clone())?;
    let is_one = ArnPattern::parse(&filled).ok()?.fits_format(format).is_yes();
    is_one.then(|| without(text.written(), text.written_range(word)))?
}

/// How many parts nobody writes too many by mistake: each way to leave some out is a look at the whole ARN.
const LEFT_OUT: usize = 16;

/// The hole that fills all fields of the ARN, as a reference to a resource does.
pub(crate) fn whole<'t>(text: &'t Text<'_>, arn: &ArnPattern<'_>) -> Option<&'t HoleInText> {
    let (first, last) = (arn.range(Field::Partition), arn.range(Field::Resource));
    let mut holes = text.holes().iter();
    holes.find(|hole| hole.filled.start < first.start && last.start < hole.filled.end)
}

/// What is written, and behind it what the format has there: `${Exports.Arn}/*`.
fn continued(behind: &str, written: &str) -> Option<String> {
    (!behind.is_empty()).then(|| written.to_owned() + &any(behind))
}

/// A part of a format that matches whatever its variables are: `/*`.
pub(crate) fn any(part: &str) -> String {
    let pieces = pieces(part).map(|piece| match piece {
        Piece::Literal(text) => text,
        Piece::Variable(_) => "*",
    });
    pieces.collect()
}

impl ArnFormat<'_> {
    /// An ARN of the format, with what `write` makes of the word for each variable: a name in capitals that the reader replaces, but
    /// for the partition, which is `aws`.
    ///
    /// ```
    /// use policy_core::arn::ArnFormat;
    ///
    /// let queue = ArnFormat::parse("arn:${Partition}:sqs:${Region}:${Account}:${QueueName}")?;
    /// assert_eq!(queue.example(&mut str::to_owned), "arn:aws:sqs:REGION:ACCOUNT_ID:QUEUE_NAME");
    /// assert_eq!(queue.example(&mut |word| format!("<{word}>")), "arn:<aws>:sqs:<REGION>:<ACCOUNT_ID>:<QUEUE_NAME>");
    /// # Ok::<(), policy_core::arn::ArnError>(())
    /// ```
    #[inline]
    pub fn example(self, write: &mut dyn FnMut(&str) -> String) -> String {
        let mut example = String::from("arn");
        for field in Field::ALL {
            example.push(':');
            for piece in self.pieces(field) {
                match (piece, field) {
                    (Piece::Literal(text), _) => example.push_str(text),
                    (_, Field::Partition) => example.push_str(&write("aws")),
                    (_, Field::Region) => example.push_str(&write(REGION)),
                    (_, Field::Account) => example.push_str(&write(ACCOUNT)),
                    (Piece::Variable(name), _) => example.push_str(&write(&capitals(name))),
                }
            }
        }
        example
    }
}

/// The name of a variable as the reader is shown it: `QUEUE_NAME`.
fn capitals(variable: &str) -> String {
    let mut capitals = joined(variable, '_');
    capitals.make_ascii_uppercase();
    capitals
}

fn field<'t>(text: &'t Text<'_>, arn: &ArnPattern<'_>, field: Field) -> &'t str {
    if whole(text, arn).is_some() {
        // What the hole is filled with is but a sample.
        return if field == Field::Partition { "aws" } else { "" };
    }
    text.written()
        .get(text.written_range(arn.range(field)))
        .unwrap_or_default()
}

fn fill(format: ArnFormat<'_>, text: &Text<'_>, written: &ArnPattern<'_>, known: &[(&str, &str)]) -> String {
    let mut filled = String::from("arn");
    for which in Field::ALL {
        let wanted = format.field(which);
        filled.push(':');
        match which {
            Field::Partition => filled.push_str(field(text, written, which)),
            Field::Region | Field::Account if wanted.starts_with("${") => {
                let own = field(text, written, which);
                filled.push_str(if own.is_empty() { unknown(which) } else { own });
            }
            Field::Resource => resource(format, known, &mut filled),
            _ => filled.push_str(wanted),
        }
    }
    filled
}

/// What the reader replaces.
pub(crate) const ACCOUNT: &str = "ACCOUNT_ID";
pub(crate) const REGION: &str = "REGION";

const fn unknown(field: Field) -> &'static str {
    match field {
        Field::Account => ACCOUNT,
        _ => REGION,
    }
}

fn resource(format: ArnFormat<'_>, known: &[(&str, &str)], filled: &mut String) {
    for piece in format.pieces(Field::Resource) {
        match piece {
            Piece::Literal(text) => filled.push_str(text),
            Piece::Variable(name) => match known.iter().find(|(other, _)| *other == name) {
                Some((_, value)) => filled.push_str(value),
                None if known.is_empty() => filled.push_str(&capitals(name)),
                None => filled.push('*'),
            },
        }
    }
}

/// The values of the format's variables in a resource: each up to the text that follows it in the format.
fn bind<'t>(format: ArnFormat<'t>, resource: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
    let mut bound = Vec::new();
    let mut open: Option<&str> = None;
    let mut rest = resource;
    for piece in format.pieces(Field::Resource) {
        match piece {
            Piece::Literal(text) => {
                let at = rest.find(text)?;
                let (value, after) = rest.split_at_checked(at)?;
                match open.take() {
                    Some(name) => bound.push((name, value)),
                    None if at > 0 => return None,
                    None => {}
                }
                rest = after.get(text.len()..)?;
            }
            Piece::Variable(name) => open = Some(name),
        }
    }
    match open {
        Some(name) => bound.push((name, rest)),
        None if !rest.is_empty() => return None,
        None => {}
    }
    Some(bound)
}

#[cfg(test)]
mod tests {
    use super::{arn, sibling};
    use crate::arn::{ArnFormat, ArnPattern};
    use crate::document::Text;

    const BUCKET: &str = "arn:${Partition}:s3:::${BucketName}";
    const OBJECT: &str = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";

    fn from(written: &str, own: &str, wanted: &str) -> Option<String> {
        let text = Text::plain(written);
        let format = |format| ArnFormat::parse(format).ok();
        sibling(format(wanted)?, &text, &ArnPattern::parse(written).ok()?, format(own)?)
    }

    #[test]
    fn a_type_of_the_same_service_takes_over_what_is_the_same() {
        assert_eq!(
            from("arn:aws:s3:::b", BUCKET, OBJECT).as_deref(),
            Some("arn:aws:s3:::b/*")
        );
        assert_eq!(
            from("arn:aws-cn:s3:::b/x/*", OBJECT, BUCKET).as_deref(),
            Some("arn:aws-cn:s3:::b")
        );
    }

    #[test]
    fn holes_stay_holes() {
        let text = Text::with_holes(
            "arn:<partition>:s3:::<bucket>",
            [(4..15, "aws", 3), (21..29, "amzn-example", 3)],
        );
        let sibling = ArnFormat::parse(OBJECT).ok().and_then(|object| {
            let bucket = ArnFormat::parse(BUCKET).ok()?;
            sibling(object, &text, &ArnPattern::parse(text.filled()).ok()?, bucket)
        });
        assert_eq!(sibling.as_deref(), Some("arn:<partition>:s3:::<bucket>/*"));
    }

    /// As `SecretArn` fills `<secret>`, and a reference to a bucket `${Exports.Arn}`.
    #[test]
    fn a_hole_that_is_an_arn_is_continued() {
        let text = Text::with_holes("${Exports.Arn}", [(0..14, "arn:aws:s3:::exports", 14)]);
        let pattern = ArnPattern::parse(text.filled());
        let continued = |wanted, own| {
            let (wanted, own) = (ArnFormat::parse(wanted).ok()?, ArnFormat::parse(own).ok()?);
            sibling(wanted, &text, pattern.as_ref().ok()?, own)
        };
        assert_eq!(continued(OBJECT, BUCKET).as_deref(), Some("${Exports.Arn}/*"));
        assert_eq!(continued(BUCKET, OBJECT), None);
        let queue = ArnFormat::parse("arn:${Partition}:sqs:${Region}:${Account}:${QueueName}").ok();
        assert_eq!(
            queue
                .and_then(|queue| Some(arn(queue, &text, pattern.as_ref().ok()?)))
                .as_deref(),
            Some("arn:aws:sqs:REGION:ACCOUNT_ID:QUEUE_NAME")
        );
    }

    #[test]
    fn another_service_takes_over_region_and_account() {
        let written = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3";
        let text = Text::plain(written);
        let key = "arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}";
        assert_eq!(
            ArnFormat::parse(key)
                .and_then(|key| Ok(arn(key, &text, &ArnPattern::parse(written)?)))
                .ok()
                .as_deref(),
            Some("arn:aws:kms:eu-west-1:111122223333:key/KEY_ID")
        );
    }
}
