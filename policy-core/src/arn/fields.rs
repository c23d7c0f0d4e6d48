//! The fields of an ARN and where they stand in it.

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
    /// All that follows the fifth colon; it may have colons of its own.
    Resource,
}

impl Field {
    /// All fields, in their order.
    pub const ALL: [Field; 5] = [
        Field::Partition,
        Field::Service,
        Field::Region,
        Field::Account,
        Field::Resource,
    ];

    /// Its name, in lower case.
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

/// Where the five colons that separate fields stand, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Colons([usize; 5]);

/// Why a text has no six fields.
#[derive(Clone, Copy)]
pub(super) enum NoFields {
    /// It does not begin with `arn:`.
    Prefix,
    /// It ends before this field.
    MissingFrom(Field),
}

impl Colons {
    /// The colons of an ARN. One within `${...}` belongs to a policy variable and separates nothing.
    pub(super) fn of(text: &str) -> Result<Self, NoFields> {
        if !text.starts_with("arn:") {
            return Err(NoFields::Prefix);
        }
        let mut colons = [0; 5];
        let mut places = colons.iter_mut().zip(Field::ALL);
        let mut place = places.next();
        let mut at = 0;
        let mut rest = text.as_bytes();
        while let Some((colon, _)) = &mut place {
            let skipped = match rest {
                [b':', ..] => {
                    **colon = at;
                    place = places.next();
                    1
                }
                [b'$', b'{', variable @ ..] => match variable.iter().position(|&byte| byte == b'}') {
                    Some(length) => length + 3,
                    None => 2,
                },
                [_, ..] => 1,
                [] => break,
            };
            at += skipped;
            rest = rest.get(skipped..).unwrap_or_default();
        }
        match place {
            None => Ok(Self(colons)),
            Some((_, field)) => Err(NoFields::MissingFrom(field)),
        }
    }

    /// The bytes of a field in the text that these are the colons of.
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
