//! The error for a text that is not an ARN.

use std::error::Error;
use std::fmt;

use super::Field;
use super::fields::NoFields;
use crate::names::NameError;
use crate::shown::Shown;

/// The error for a text that is not an ARN, or not an ARN pattern. [`kind`](ArnError::kind) distinguishes the cases;
/// displayed, it says what to write instead.
///
/// ```
/// use policy_core::arn::ArnPattern;
///
/// assert_eq!(
///     ArnPattern::parse("arn:aws:s3:staging").unwrap_err().to_string(),
///     "`arn:aws:s3:staging` is not an ARN: it ends before its account and its resource; write all six fields, \
///      `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, including the colons of empty fields"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnError {
    text: String,
    kind: ArnErrorKind,
}

/// The mistake in an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArnErrorKind {
    /// It does not start with `arn:`.
    Prefix,
    /// It ends before this field.
    MissingFrom(Field),
    /// The field must not be empty.
    Empty(Field),
    /// The value of the field is not valid.
    Name(Field, NameError),
    /// The service contains this character, which is not a lowercase letter, digit or hyphen.
    Service(char),
    /// The Region is in this partition, and the ARN has another.
    OtherPartition(String),
    /// This character of the resource is a wildcard, starts a policy variable, or is not allowed in a policy.
    Resource(char),
    /// It has more than 2,048 characters.
    TooLong,
}

impl ArnError {
    pub(super) fn new(text: &str, kind: ArnErrorKind) -> Self {
        Self {
            text: text.to_owned(),
            kind,
        }
    }

    pub(super) fn no_fields(text: &str, why: NoFields) -> Self {
        Self::new(
            text,
            match why {
                NoFields::Prefix => ArnErrorKind::Prefix,
                NoFields::MissingFrom(field) => ArnErrorKind::MissingFrom(field),
            },
        )
    }

    /// The mistake.
    pub const fn kind(&self) -> &ArnErrorKind {
        &self.kind
    }

    /// The text that was given.
    pub fn input(&self) -> &str {
        &self.text
    }

    /// The field with the mistake, or the first missing one.
    #[inline]
    pub const fn field(&self) -> Option<Field> {
        match self.kind {
            ArnErrorKind::Prefix | ArnErrorKind::TooLong => None,
            ArnErrorKind::MissingFrom(field) | ArnErrorKind::Empty(field) | ArnErrorKind::Name(field, _) => Some(field),
            ArnErrorKind::Service(_) => Some(Field::Service),
            ArnErrorKind::OtherPartition(_) => Some(Field::Region),
            ArnErrorKind::Resource(_) => Some(Field::Resource),
        }
    }
}

impl fmt::Display for ArnError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALL_FIELDS: &str = "write all six fields, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, including the colons of empty fields";
        write!(f, "{}", Shown(format_args!("`{}` is not an ARN: ", self.text)))?;
        match &self.kind {
            ArnErrorKind::Prefix => write!(f, "it does not start with `arn:`; {ALL_FIELDS}"),
            ArnErrorKind::MissingFrom(first) => {
                f.write_str("it ends before its ")?;
                for (place, field) in Field::ALL.iter().filter(|field| *field >= first).enumerate() {
                    let and = match (place, field) {
                        (0, _) => "",
                        (_, Field::Resource) => " and its ",
                        _ => ", its ",
                    };
                    write!(f, "{and}{field}")?;
                }
                write!(f, "; {ALL_FIELDS}")
            }
            ArnErrorKind::Empty(field) => write!(f, "its {field} is empty; write it before the next colon"),
            ArnErrorKind::Name(field, error) => write!(f, "its {field} is not valid: {error}"),
            ArnErrorKind::Service(found) => write!(
                f,
                "its service contains {found:?}; write the service prefix in lowercase letters, digits and hyphens, such as `s3`"
            ),
            ArnErrorKind::OtherPartition(partition) => {
                write!(
                    f,
                    "its Region is in the partition `{partition}`; write `arn:{partition}:`"
                )
            }
            ArnErrorKind::Resource(found) => {
                write!(
                    f,
                    "its resource contains {found:?}, but this ARN must identify a single resource; write its full name"
                )
            }
            ArnErrorKind::TooLong => f.write_str("it has more than 2,048 characters; write a shorter one"),
        }
    }
}

impl Error for ArnError {}
