//! The fields of an ARN and their positions.

use std::fmt;
use std::ops::Range;

use super::variable::closing;
use crate::bytes;

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
        let mut start = 0;
        for (colon, field) in colons.iter_mut().zip(Field::ALL) {
            let rest = text.get(start..).unwrap_or_default();
            let Some(end) = separator(rest, true) else {
                return Err(NoFields::MissingFrom(field));
            };
            *colon = start + end;
            start += end + 1;
        }
        Ok(Self(colons))
    }

    /// The same of a format of the catalogue. Nearly all have the same variables, or nothing, around their service, and these need not be
    /// looked through.
    pub(super) fn of_format(text: &str) -> Result<Self, NoFields> {
        Self::of_usual_format(text).map_or_else(|| Self::of(text), Ok)
    }

    fn of_usual_format(text: &str) -> Option<Self> {
        const START: &str = "arn:${Partition}";
        const REGION: &str = ":${Region}";
        const ACCOUNT: &str = ":${Account}";
        let behind = text.strip_prefix(START)?.strip_prefix(':')?;
        let end = bytes::find(b':', behind.as_bytes())?;
        let (service, from_region) = behind.split_at_checked(end)?;
        let region = if from_region.starts_with(REGION) {
            REGION.len()
        } else {
            ":".len()
        };
        let from_account = from_region.get(region..)?;
        let account = if from_account.starts_with(ACCOUNT) {
            ACCOUNT.len()
        } else {
            ":".len()
        };
        let is_usual = from_account.starts_with(':')
            && from_account.as_bytes().get(account) == Some(&b':')
            && bytes::find(b'$', service.as_bytes()).is_none();
        let from_service = START.len() + 1 + end;
        is_usual.then_some(Self([
            "arn".len(),
            START.len(),
            from_service,
            from_service + region,
            from_service + region + account,
        ]))
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

/// The number of fields, with the `arn` before them; the last may contain colons.
pub(crate) const FIELDS: usize = 6;

/// The fields of an ARN and the `arn` before them; of any other text, what its first five colons separate. In a pattern that
/// may have variables, a colon within `${...}` is not a separator.
pub(crate) fn fields(text: &str, has_variables: bool) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let mut left = FIELDS;
    std::iter::from_fn(move || {
        let field = rest?;
        left -= 1;
        let end = if left > 0 {
            separator(field, has_variables)
        } else {
            None
        };
        let Some(end) = end else {
            rest = None;
            return Some(field);
        };
        rest = field.get(end + 1..);
        field.get(..end)
    })
}

/// The position of the colon that ends the field at the start of a text. A `${` that no brace closes is not a variable.
fn separator(text: &str, has_variables: bool) -> Option<usize> {
    let mut rest = text.as_bytes();
    // Byte by byte, without calls: this runs unoptimized in a macro, where a searcher is slower.
    loop {
        rest = match rest {
            [b':', ..] => return Some(text.len() - rest.len()),
            [b'$', b'{', inside @ ..] if has_variables => {
                let end = text.get(text.len() - inside.len()..).and_then(closing);
                end.map_or(inside, |end| inside.get(end + 1..).unwrap_or_default())
            }
            [_, after @ ..] => after,
            [] => return None,
        };
    }
}
