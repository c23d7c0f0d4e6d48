//! ARN patterns, as in a policy's `Resource`.

use std::fmt;
use std::ops::Range;

use super::fields::Colons;
use super::{ArnError, ArnFormat, Field, Fit, Glob};

/// An ARN with wildcards and policy variables, as in a `Resource` element or a condition value: a view of the text as
/// written.
///
/// It only guarantees that the fields exist. A lone `*`, which a `Resource` may also be, is not an ARN; handle it
/// first.
///
/// ```
/// use policy_core::arn::{ArnPattern, Field};
///
/// let pattern = ArnPattern::parse("arn:aws:s3:::${aws:username}-home/*")?;
/// assert_eq!(pattern.service().as_str(), "s3");
/// assert_eq!(pattern.resource().as_str(), "${aws:username}-home/*");
/// assert_eq!(pattern.range(Field::Service), 8..10);
/// # Ok::<(), policy_core::arn::ArnError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArnPattern<'a> {
    text: &'a str,
    colons: Colons,
}

impl<'a> ArnPattern<'a> {
    /// Parses the fields of an ARN pattern. The error names the first missing field.
    pub fn parse(text: &'a str) -> Result<Self, ArnError> {
        match Colons::of(text) {
            Ok(colons) => Ok(Self { text, colons }),
            Err(why) => Err(ArnError::no_fields(text, why)),
        }
    }

    #[cfg(feature = "values")]
    pub(super) const fn of(text: &'a str, colons: Colons) -> Self {
        Self { text, colons }
    }

    /// The text as written.
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// The value of a field.
    pub fn field(&self, field: Field) -> Glob<'a> {
        Glob::new(self.colons.get(field, self.text))
    }

    /// The byte range of a field in the text, to underline it.
    pub fn range(&self, field: Field) -> Range<usize> {
        self.colons.range(field, self.text)
    }

    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = (Field, Glob<'a>)> + use<'a> {
        let pattern = *self;
        Field::ALL.into_iter().map(move |field| (field, pattern.field(field)))
    }

    /// `aws`, `aws-cn`, ...
    pub fn partition(&self) -> Glob<'a> {
        self.field(Field::Partition)
    }

    /// `s3`, `iam`, ...
    pub fn service(&self) -> Glob<'a> {
        self.field(Field::Service)
    }

    /// `eu-west-1`, or empty.
    pub fn region(&self) -> Glob<'a> {
        self.field(Field::Region)
    }

    /// `111122223333`, or empty.
    pub fn account(&self) -> Glob<'a> {
        self.field(Field::Account)
    }

    /// Everything after the fifth colon.
    pub fn resource(&self) -> Glob<'a> {
        self.field(Field::Resource)
    }

    /// Whether the pattern can match a resource of a type, given the type's format from the service authorization
    /// reference; if not, the field that prevents it.
    ///
    /// ```
    /// use policy_core::arn::{ArnFormat, ArnPattern, Fit, Misfit};
    ///
    /// let function = ArnFormat::parse("arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}")?;
    /// let without_region = ArnPattern::parse("arn:aws:lambda::111122223333:function:load")?;
    /// assert_eq!(without_region.fits_format(function), Fit::No(Misfit::RegionMissing));
    /// # Ok::<(), policy_core::arn::ArnError>(())
    /// ```
    pub fn fits_format(&self, format: ArnFormat<'_>) -> Fit {
        Fit::of(self, format)
    }

    /// Whether there is an ARN that both patterns match.
    #[inline]
    pub fn intersects(&self, other: &ArnPattern<'_>) -> bool {
        Field::ALL
            .into_iter()
            .all(|field| self.field(field).intersects(other.field(field)))
    }

    /// Whether this matches every ARN that the other pattern matches, field by field.
    ///
    /// ```
    /// use policy_core::arn::ArnPattern;
    ///
    /// let roles = ArnPattern::parse("arn:aws:iam::*:role/*")?;
    /// assert!(roles.covers(&ArnPattern::parse("arn:aws:iam::111122223333:role/jane-*")?));
    /// assert!(!roles.covers(&ArnPattern::parse("arn:*:iam::111122223333:role/jane-*")?));
    /// # Ok::<(), policy_core::arn::ArnError>(())
    /// ```
    pub fn covers(&self, other: &ArnPattern<'_>) -> bool {
        Field::ALL
            .into_iter()
            .all(|field| self.field(field).covers(other.field(field)))
    }
}

impl fmt::Display for ArnPattern<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.text)
    }
}
