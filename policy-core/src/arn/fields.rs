//! The fields of an ARN and their positions.

use std::fmt;
use std::ops::Range;

/// A field of an ARN, `arn:partition:service:region:account:resource`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// `aws`, `aws-cn`, ...
    Partition,
    /// `s3`, `iam`, ...
    Service,
    /// `eu-west-1`; empty for some services.
    Region,
    /// `111122223333`; empty for some services.
    Account,
    /// Everything after the fifth colon; it may contain colons.
    Resource,
}

impl Field {
    /// All fields, in order.
    pub const ALL: [Field; 5] = [
        Field::Partition,
        Field::Service,
        Field::Region,
        Field::Account,
        Field::Resource,
    ];

    /// Its name, in lowercase.
    pub const fn as_str(self) -> &'static str {
        match self {
            Field::Partition => "partition",
            Field::Service => "service",
            Field::Region => "region",
            Field::Account => "account",
            Field::Resource => "resource",
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The byte offsets of the five colons that separate fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Colons([usize; 5]);

/// Why a text does not have six fields.
#[derive(Clone, Copy)]
pub(super) enum NoFields {
    /// It does not start with `arn:`.
    Prefix,
    /// It ends before this field.
    MissingFrom(Field),
}

impl Colons {
    /// Finds the colons of an ARN. A colon within `${...}` belongs to a policy variable and is not a separator.
    pub(super) fn of(text: &str) -> Result<Self, NoFields> {
        if !text.starts_with("arn:") {
            return Err(NoFields::Prefix);
        }
        let mut colons = [0; 5];
        let mut rest = text.as_bytes();
        for (colon, field) in colons.iter_mut().zip(Field::ALL) {
            // Byte by byte, without calls: this runs unoptimized in a macro, where a searcher is slower.
            loop {
                rest = match rest {
                    [b':', after @ ..] => {
                        *colon = text.len() - rest.len();
                        rest = after;
                        break;
                    }
                    [b'$', b'{', variable @ ..] => after_variable(variable),
                    [_, after @ ..] => after,
                    [] => return Err(NoFields::MissingFrom(field)),
                };
            }
        }
        Ok(Self(colons))
    }

    /// The byte range of a field in the text with these colons.
    pub(super) fn range(self, field: Field, text: &str) -> Range<usize> {
        let [arn, partition, service, region, account] = self.0;
        match field {
            Field::Partition => arn + 1..partition,
            Field::Service => partition + 1..service,
            Field::Region => service + 1..region,
            Field::Account => region + 1..account,
            Field::Resource => account + 1..text.len(),
        }
    }

    /// The text of a field.
    pub(super) fn get(self, field: Field, text: &str) -> &str {
        text.get(self.range(field, text)).unwrap_or_default()
    }
}

/// The text after the brace that closes a variable; all of it if no brace closes it before another variable starts, since it
/// is then not a variable.
fn after_variable(variable: &[u8]) -> &[u8] {
    let mut rest = variable;
    loop {
        rest = match rest {
            [b'}', after @ ..] => return after,
            [b'$', b'{', ..] | [] => return variable,
            [_, after @ ..] => after,
        };
    }
}
