//! ARNs of a known resource type, as types: [`QueueArn`](super::QueueArn) is `ArnOf<Queue>`.

#[cfg(test)]
mod alphabets;
pub(super) mod facts;
pub(super) mod fields;
pub(super) mod list;
mod quirks;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use super::define::Name;
use super::error::NameError;
use super::{AccountId, NameKind, Partition, Region};
use crate::arn::Arn;
use facts::{ArnFacts, ArnKind};

pub(super) use quirks::{NO_KMS_ALIAS, ecs_tail};
pub(super) use walk::{start_of_name, verify};

/// A resource type whose ARNs are a type of their own, [`ArnOf`] it.
///
/// Those of `policy-core` are in [`resource_type`](super::resource_type); `resource_arn!` of `policy-macros` makes others.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource type",
    label = "not a resource type",
    note = "use a type of `policy_core::names` such as `QueueArn`, or make one: `resource_arn! {{ pub struct LedgerArn: \"qldb:ledger\" }}`"
)]
pub trait ArnType: 'static {
    /// The name of such a resource, the last part of its ARN in most services.
    type Name: Name;

    #[doc(hidden)]
    const FACTS: &'static ArnFacts;
    /// The position of the name among the parts of the last field.
    #[doc(hidden)]
    const NAME: usize;
}

/// A resource type whose ARNs have a Region.
pub trait InRegion: ArnType {}

/// A resource type whose ARNs have an account.
pub trait InAccount: ArnType {}

/// A resource type whose ARNs have nothing but a name after their first fields.
pub trait OneName: ArnType {}

/// The ARN of a single resource of a type. Use it by the name of its type: [`QueueArn`](super::QueueArn) is the ARN of an SQS
/// queue.
///
/// ```
/// use policy_core::names::{AccountId, QueueArn, QueueName, Region};
///
/// let queue: QueueArn = "arn:aws:sqs:eu-west-1:111122223333:orders".parse()?;
/// assert_eq!(queue.region(), Region::from_static("eu-west-1"));
/// assert_eq!(queue.account_id(), AccountId::from_static("111122223333"));
/// assert_eq!(queue.name(), QueueName::from_static("orders"));
///
/// assert_eq!(
///     QueueArn::new("arn:aws:sns:eu-west-1:111122223333:orders").unwrap_err().to_string(),
///     "`arn:aws:sns:eu-west-1:111122223333:orders` is not the ARN of an SQS queue: `sns` is a different service; \
///      write the whole ARN, such as `arn:aws:sqs:eu-west-1:111122223333:orders`"
/// );
/// # Ok::<(), policy_core::names::NameError>(())
/// ```
///
/// In a constant, a mistake is a compile error:
///
/// ```
/// use policy_core::names::BucketArn;
///
/// const EXPORTS: BucketArn = BucketArn::from_static("arn:aws:s3:::exports");
/// # assert_eq!(EXPORTS.name().as_str(), "exports");
/// ```
///
/// ```compile_fail,E0080
/// # use policy_core::names::BucketArn;
/// const EXPORTS: BucketArn = BucketArn::from_static("exports");
/// ```
pub struct ArnOf<T> {
    text: Cow<'static, str>,
    of: PhantomData<T>,
}

impl<T: ArnType> ArnOf<T> {
    /// Parses the text as an ARN of this type, or returns what is wrong with it.
    pub fn new(text: impl Into<String>) -> Result<Self, NameError> {
        let mut text = text.into();
        text.truncate(quirks::kept(T::FACTS, &text).len());
        match verify(T::FACTS, &text) {
            Ok(()) => Ok(Self::of_verified(Cow::Owned(text))),
            Err(reason) => Err(NameError::new(Self::KIND, text, reason)),
        }
    }

    /// For constants: in a `const`, a mistake is a compile error that says what to write. Elsewhere it is checked at run time.
    ///
    /// # Panics
    ///
    /// If the text is not such an ARN. For text that is not a constant, use [`new`](Self::new), whose error also says what is
    /// wrong with it.
    #[track_caller]
    pub const fn from_static(text: &'static str) -> Self {
        let text = quirks::kept(T::FACTS, text);
        if let Err(reason) = verify(T::FACTS, text) {
            Self::KIND.refuse(text, reason);
        }
        Self::of_verified(Cow::Borrowed(text))
    }

    const fn of_verified(text: Cow<'static, str>) -> Self {
        Self { text, of: PhantomData }
    }

    /// The ARN of the resource of this name in a Region and an account.
    ///
    /// ```
    /// use policy_core::names::{AccountId, QueueArn, QueueName, Region};
    ///
    /// let queue = QueueArn::of(
    ///     &Region::from_static("cn-north-1"),
    ///     &AccountId::from_static("111122223333"),
    ///     &QueueName::from_static("orders"),
    /// );
    /// assert_eq!(queue.as_str(), "arn:aws-cn:sqs:cn-north-1:111122223333:orders");
    /// ```
    pub fn of(region: &Region, account: &AccountId, name: &T::Name) -> Self
    where
        T: InRegion + InAccount + OneName,
    {
        let format = T::FACTS.format;
        let partition = region.partition();
        let literal = walk::first(fields::after(format, 5)).literal;
        let before = [
            "arn",
            partition.as_str(),
            fields::field(format, 2),
            region.as_str(),
            account.as_str(),
            literal,
        ];
        Self::of_verified(Cow::Owned(before.join(":") + name.as_ref()))
    }

    /// The partition.
    pub fn partition(&self) -> Partition {
        Partition(self.field(1))
    }

    /// The Region.
    pub fn region(&self) -> Region
    where
        T: InRegion,
    {
        Region(self.field(3))
    }

    /// The account.
    pub fn account_id(&self) -> AccountId
    where
        T: InAccount,
    {
        AccountId(self.field(4))
    }

    /// The name of the resource.
    pub fn name(&self) -> T::Name {
        self.part(T::NAME)
    }

    /// A part of the last field, by its position in the format.
    pub(super) fn part<N: Name>(&self, index: usize) -> N {
        let span = walk::part(T::FACTS, &self.text, index);
        let part = self.text.get(span.start..span.end).unwrap_or_default();
        N::__verified(Cow::Owned(part.to_owned()))
    }

    fn field(&self, index: usize) -> Cow<'static, str> {
        Cow::Owned(fields::field(&self.text, index).to_owned())
    }
}

impl<T> ArnOf<T> {
    /// The text, as written in a policy.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<T: ArnType> Name for ArnOf<T> {
    const KIND: NameKind = NameKind::Arn(ArnKind(T::FACTS));

    fn parse_name(text: &str) -> Result<Self, NameError> {
        Self::new(text)
    }

    fn __verified(text: Cow<'static, str>) -> Self {
        Self::of_verified(text)
    }
}

/// The types whose values are ARNs of single resources: [`ArnOf`] each resource type.
pub trait ResourceArn: Name {
    /// The format of these ARNs, as in the service authorization reference.
    const FORMAT: &'static str;

    /// The partition.
    fn partition(&self) -> Partition;
}

impl<T: ArnType> ResourceArn for ArnOf<T> {
    const FORMAT: &'static str = T::FACTS.format;

    fn partition(&self) -> Partition {
        self.partition()
    }
}

// Not derived: that would demand the same of the resource type.
impl<T> Clone for ArnOf<T> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            of: PhantomData,
        }
    }
}

impl<T> fmt::Debug for ArnOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Arn").field(&self.text).finish()
    }
}

impl<T> PartialEq for ArnOf<T> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl<T> Eq for ArnOf<T> {}

impl<T> PartialOrd for ArnOf<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for ArnOf<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl<T> Hash for ArnOf<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl<T> AsRef<str> for ArnOf<T> {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl<T> fmt::Display for ArnOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl<T: ArnType> FromStr for ArnOf<T> {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        Self::new(text)
    }
}

impl<T: ArnType> TryFrom<&str> for ArnOf<T> {
    type Error = NameError;

    fn try_from(text: &str) -> Result<Self, NameError> {
        Self::new(text)
    }
}

impl<T: ArnType> TryFrom<String> for ArnOf<T> {
    type Error = NameError;

    fn try_from(text: String) -> Result<Self, NameError> {
        Self::new(text)
    }
}

impl<T: ArnType> TryFrom<Arn> for ArnOf<T> {
    type Error = NameError;

    fn try_from(arn: Arn) -> Result<Self, NameError> {
        Self::new(arn.as_str())
    }
}

impl<T> From<ArnOf<T>> for String {
    fn from(arn: ArnOf<T>) -> String {
        arn.text.into_owned()
    }
}

#[cfg(feature = "serde")]
impl<T> serde::Serialize for ArnOf<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de, T: ArnType> serde::Deserialize<'de> for ArnOf<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::serde::deserialize(deserializer)
    }
}
