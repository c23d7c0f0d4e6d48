//! The formats of ARNs in the service authorization reference.

use std::fmt;

use super::fields::Colons;
use super::{ArnError, Field};

/// The format of a resource type's ARNs, as in AWS's service authorization reference: an ARN with `${...}` for the parts that
/// differ between resources.
///
/// The catalogue has them ([`ResourceType::arn_formats`](crate::catalogue::ResourceType::arn_formats));
/// [`ArnPattern::fits_format`](super::ArnPattern::fits_format) says whether a pattern can match such an ARN.
///
/// ```
/// use policy_core::arn::{ArnFormat, Field};
///
/// let format = ArnFormat::parse("arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}")?;
/// assert_eq!(format.field(Field::Service), "lambda");
/// assert_eq!(format.field(Field::Resource), "function:${FunctionName}");
/// assert!(format.variables(Field::Resource).eq(["FunctionName"]));
/// # Ok::<(), policy_core::arn::ArnError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArnFormat<'a> {
    text: &'a str,
    colons: Colons,
}

impl<'a> ArnFormat<'a> {
    /// Parses the fields of a format.
    ///
    /// # Errors
    ///
    /// The text does not have the six fields of an ARN; the error names the first that is missing.
    pub fn parse(text: &'a str) -> Result<Self, ArnError> {
        match Colons::of_format(text) {
            Ok(colons) => Ok(Self { text, colons }),
            Err(why) => Err(ArnError::no_fields(text, why)),
        }
    }

    /// The text as written.
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// The value of a field.
    pub fn field(self, field: Field) -> &'a str {
        self.colons.get(field, self.text)
    }

    /// The names of the variables in a field, without `${` and `}`.
    pub fn variables(self, field: Field) -> impl Iterator<Item = &'a str> {
        pieces(self.field(field)).filter_map(|piece| match piece {
            Piece::Variable(name) => Some(name),
            Piece::Literal(_) => None,
        })
    }

    /// The text and the variables of a field.
    pub(crate) fn pieces(self, field: Field) -> impl Iterator<Item = Piece<'a>> {
        pieces(self.field(field))
    }
}

impl fmt::Display for ArnFormat<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}

impl PartialEq<&str> for ArnFormat<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

/// A piece of a format.
pub(crate) enum Piece<'f> {
    Literal(&'f str),
    /// The content of `${...}`.
    Variable(&'f str),
}

/// The same of a part of a format.
pub(crate) fn pieces(format: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = format;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = rest.strip_prefix("${").and_then(|open| open.split_once('}')) {
            rest = after;
            return Some(Piece::Variable(name));
        }
        let (text, after) = rest.split_at_checked(rest.find("${").unwrap_or(rest.len()))?;
        if text.is_empty() {
            // A brace that is never closed.
            return Some(Piece::Literal(std::mem::take(&mut rest)));
        }
        rest = after;
        Some(Piece::Literal(text))
    })
}
