//! ARNs of single resources.

use std::fmt;
use std::str::FromStr;

use super::fields::Colons;
use super::{ArnError, ArnErrorKind, ArnPattern, Field, is_owned_by_aws};
use crate::names::{AccountId, Name, NameError, Partition, Region};

/// The ARN of a single resource, without wildcards and variables; every field is checked.
///
/// ```
/// use policy_core::arn::Arn;
///
/// let role: Arn = "arn:aws:iam::111122223333:role/maia-prod-task".parse()?;
/// assert_eq!(role.service(), "iam");
/// assert_eq!(role.region(), None);
/// assert_eq!(role.resource(), "role/maia-prod-task");
///
/// let error = Arn::new("arn:aws:s3:::*").unwrap_err();
/// assert_eq!(error.field(), Some(policy_core::arn::Field::Resource));
/// # Ok::<(), policy_core::arn::ArnError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    text: String,
    colons: Colons,
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_Policy.html>, `arnType`.
const MAX_LEN: usize = 2048;

impl Arn {
    /// Parses an ARN, or returns the field that is not valid.
    pub fn new(text: impl Into<String>) -> Result<Self, ArnError> {
        let text = text.into();
        let colons = match Colons::of(&text) {
            Ok(colons) => colons,
            Err(why) => return Err(ArnError::no_fields(&text, why)),
        };
        let arn = Self { text, colons };
        match arn.mistake() {
            Some(kind) => Err(ArnError::new(&arn.text, kind)),
            None => Ok(arn),
        }
    }

    /// The ARN as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The partition.
    pub fn partition(&self) -> &str {
        self.field(Field::Partition)
    }

    /// The service prefix.
    pub fn service(&self) -> &str {
        self.field(Field::Service)
    }

    /// The Region, if the ARN has one.
    pub fn region(&self) -> Option<Region> {
        Region::new(self.field(Field::Region)).ok()
    }

    /// The account, if the ARN has one; `None` for a resource that AWS owns.
    pub fn account_id(&self) -> Option<AccountId> {
        AccountId::new(self.field(Field::Account)).ok()
    }

    /// Everything after the fifth colon.
    pub fn resource(&self) -> &str {
        self.field(Field::Resource)
    }

    /// The text of a field.
    pub fn field(&self, field: Field) -> &str {
        self.colons.get(field, &self.text)
    }

    /// The ARN as a pattern that matches only it.
    pub fn as_pattern(&self) -> ArnPattern<'_> {
        ArnPattern::of(&self.text, self.colons)
    }

    #[inline]
    fn mistake(&self) -> Option<ArnErrorKind> {
        if self.text.chars().count() > MAX_LEN {
            return Some(ArnErrorKind::TooLong);
        }
        let partition = match name::<Partition>(Field::Partition, self.partition()) {
            Ok(partition) => partition,
            Err(kind) => return Some(kind),
        };
        if self.service().is_empty() {
            return Some(ArnErrorKind::Empty(Field::Service));
        }
        let in_service = |found: char| matches!(found, 'a'..='z' | '0'..='9' | '-');
        if let Some(found) = self.service().chars().find(|&found| !in_service(found)) {
            return Some(ArnErrorKind::Service(found));
        }
        let region = self.field(Field::Region);
        if !region.is_empty() {
            match name::<Region>(Field::Region, region) {
                Ok(region) if region.partition() != partition => {
                    return Some(ArnErrorKind::OtherPartition(region.partition().into()));
                }
                Ok(_) => {}
                Err(kind) => return Some(kind),
            }
        }
        let account = self.field(Field::Account);
        if !account.is_empty()
            && !is_owned_by_aws(self.service(), account)
            && let Err(kind) = name::<AccountId>(Field::Account, account)
        {
            return Some(kind);
        }
        if self.resource().is_empty() {
            return Some(ArnErrorKind::Empty(Field::Resource));
        }
        self.resource().char_indices().find_map(|(at, found)| {
            let variable = found == '$' && self.resource().get(at + 1..).is_some_and(|rest| rest.starts_with('{'));
            let foreign = matches!(found, '*' | '?' | '\u{100}'..) || found.is_control();
            (variable || foreign).then_some(ArnErrorKind::Resource(found))
        })
    }
}

fn name<N: Name>(field: Field, text: &str) -> Result<N, ArnErrorKind> {
    N::parse_name(text).map_err(|error: NameError| ArnErrorKind::Name(field, error))
}

impl AsRef<str> for Arn {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl FromStr for Arn {
    type Err = ArnError;

    #[inline]
    fn from_str(text: &str) -> Result<Self, ArnError> {
        Self::new(text)
    }
}

impl TryFrom<&str> for Arn {
    type Error = ArnError;

    #[inline]
    fn try_from(text: &str) -> Result<Self, ArnError> {
        Self::new(text)
    }
}

impl TryFrom<String> for Arn {
    type Error = ArnError;

    #[inline]
    fn try_from(text: String) -> Result<Self, ArnError> {
        Self::new(text)
    }
}
