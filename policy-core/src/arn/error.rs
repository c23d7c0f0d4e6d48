//! Why a text is no ARN.

use std::error::Error;
use std::fmt;

use super::Field;
use super::fields::NoFields;
use crate::names::NameError;

/// A text is not the ARN, or not the pattern of one, that it was taken for. [`kind`](ArnError::kind) tells cases
/// apart; shown, it says what to write instead.
///
/// ```
/// use policy_core::arn::ArnPattern;
///
/// assert_eq!(
///     ArnPattern::parse("arn:aws:s3:staging").unwrap_err().to_string(),
///     "`arn:aws:s3:staging` is not an ARN: it ends before its account and its resource; write all six fields, \
///      `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, where an empty field keeps its colon"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArnError {
    text: String,
    kind: ArnErrorKind,
}

/// What is wrong with an ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ArnErrorKind {
    /// It does not begin with `arn:`.
    Prefix,
    /// It ends before this field.
    MissingFrom(Field),
    /// The field must not be empty.
    Empty(Field),
    /// The field is no such name.
    Name(Field, NameError),
    /// The service has this character, which is no lower-case letter, digit or hyphen.
    Service(char),
    /// The region is in this partition, and the ARN names another.
    OtherPartition(String),
    /// This character of the resource is a wildcard, opens a policy variable, or cannot stand in a policy.
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

    /// What is wrong.
    pub const fn kind(&self) -> &ArnErrorKind {
        &self.kind
    }

    /// The text that was given.
    pub fn input(&self) -> &str {
        &self.text
    }

    /// The field that is wrong, or the first that is missing.
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
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const ALL_FIELDS: &str = "write all six fields, `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, where an empty field keeps its colon";
        write!(f, "`{}` is not an ARN: ", self.text)?;
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
            ArnErrorKind::Name(field, error) => write!(f, "its {field} is wrong: {error}"),
            ArnErrorKind::Service(found) => write!(
                f,
                "its service has {found:?}; write the service's prefix in lowercase letters, digits and hyphens, such as `s3`"
            ),
            ArnErrorKind::OtherPartition(partition) => {
                write!(
                    f,
                    "its region is in the partition `{partition}`; write `arn:{partition}:`"
                )
            }
            ArnErrorKind::Resource(found) => {
                write!(
                    f,
                    "its resource has {found:?}, and this is the ARN of one thing; write a resource's whole name"
                )
            }
            ArnErrorKind::TooLong => f.write_str("it has more than 2,048 characters; write a shorter one"),
        }
    }
}

impl Error for ArnError {}
