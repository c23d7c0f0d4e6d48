//! ARNs of a known resource type, as types: [`QueueArn`](super::QueueArn) is `ArnOf<Queue>`.

use std::borrow::{Borrow, Cow};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use crate::arn::{Arn, ArnError};
use crate::names::arn_of::fields::field;
use crate::names::arn_of::parts::{self, kept};
use crate::names::arn_of::verify;
use crate::names::{AccountId, ArnFacts, ArnKind, Name, NameError, NameKind, Partition, Region, RolePath};

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
#[diagnostic::on_unimplemented(
    message = "the ARNs of the resource type `{Self}` have no Region",
    label = "its ARNs have no Region",
    note = "AWS writes none into them: pass the Region beside the ARN"
)]
pub trait InRegion: ArnType {}

/// A resource type whose ARNs have an account.
#[diagnostic::on_unimplemented(
    message = "the ARNs of the resource type `{Self}` do not always have an account",
    label = "its ARNs may have no account",
    note = "`variable(\"Account\")` returns the account of an ARN that has one; otherwise pass it beside the ARN"
)]
pub trait InAccount: ArnType {}

/// A resource type whose ARNs are made of a Region, an account and one name.
#[diagnostic::on_unimplemented(
    message = "the ARNs of the resource type `{Self}` are not made of a Region, an account and one name",
    label = "its ARNs have other parts",
    note = "`in_partition` makes those without Region and account, such as `BucketArn`, and `in_account` those of IAM, such as `RoleArn`; \
            for others write `new(format!(..))?`"
)]
pub trait OneName: ArnType {}

/// A resource type whose ARNs are made of a partition and one name.
#[diagnostic::on_unimplemented(
    message = "the ARNs of the resource type `{Self}` are not made of a partition and one name",
    label = "its ARNs have other parts",
    note = "`of` makes those with a Region, an account and one name, and `in_account` those without a Region"
)]
pub trait OneNameInPartition: ArnType {}

/// A resource type whose ARNs are made of an account and one name, which may have a path.
#[diagnostic::on_unimplemented(
    message = "the ARNs of the resource type `{Self}` are not made of an account and one name",
    label = "its ARNs have other parts",
    note = "`of` makes those with a Region, an account and one name, and `in_partition` those with neither Region nor account"
)]
pub trait OneNameInAccount: ArnType {}

/// A resource type whose names may have a path.
#[diagnostic::on_unimplemented(
    message = "the names in the ARNs of the resource type `{Self}` have no path",
    label = "its names have no path"
)]
pub trait WithPath: OneNameInAccount {}

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
///      it is the ARN of an SNS topic: use `TopicArn`"
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
        text.truncate(kept(T::FACTS, &text).len());
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
        let text = kept(T::FACTS, text);
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
        T: OneName,
    {
        let partition = region.partition();
        let before = [partition.as_str(), region.as_str(), account.as_str()];
        Self::of_verified(parts::joined(T::FACTS, before, &[name.as_ref()]))
    }

    /// The ARN of the resource of this name, for resources whose ARNs have neither Region nor account.
    ///
    /// ```
    /// use policy_core::names::{BucketArn, BucketName, Partition};
    ///
    /// let bucket = BucketArn::in_partition(&Partition::AWS, &BucketName::from_static("exports"));
    /// assert_eq!(bucket, "arn:aws:s3:::exports");
    /// ```
    pub fn in_partition(partition: &Partition, name: &T::Name) -> Self
    where
        T: OneNameInPartition,
    {
        Self::of_verified(parts::joined(T::FACTS, [partition.as_str(), "", ""], &[name.as_ref()]))
    }

    /// The ARN of the resource of this name in an account, for resources whose ARNs have no Region. Its name has no path: see
    /// [`with_path`](Self::with_path).
    ///
    /// ```
    /// use policy_core::names::{AccountId, Partition, RoleArn, RoleName, RolePath};
    ///
    /// let account = AccountId::from_static("111122223333");
    /// let role = RoleArn::in_account(&Partition::AWS, &account, &RoleName::from_static("deploy"));
    /// assert_eq!(role, "arn:aws:iam::111122223333:role/deploy");
    /// assert_eq!(role.with_path(&RolePath::from_static("/ops/")), "arn:aws:iam::111122223333:role/ops/deploy");
    /// ```
    pub fn in_account(partition: &Partition, account: &AccountId, name: &T::Name) -> Self
    where
        T: OneNameInAccount,
    {
        let before = [partition.as_str(), "", account.as_str()];
        Self::of_verified(parts::joined(T::FACTS, before, &[name.as_ref()]))
    }

    /// The ARN with this path before the name, instead of the one it has.
    #[must_use]
    pub fn with_path(&self, path: &RolePath) -> Self
    where
        T: WithPath,
    {
        let before = [1, 3, 4].map(|index| field(&self.text, index));
        Self::of_verified(parts::joined(T::FACTS, before, &[path.as_str(), self.name().as_ref()]))
    }

    /// What the ARN has in the place of a variable of its [format](ResourceArn::FORMAT), for types without a method for it; `None` if the
    /// format has no such variable, or the ARN nothing there.
    ///
    /// ```
    /// use policy_core::names::EcsServiceArn;
    ///
    /// let service = EcsServiceArn::new("arn:aws:ecs:eu-west-1:111122223333:service/prod/web")?;
    /// assert_eq!(service.variable("ClusterName"), Some("prod"));
    /// assert_eq!(service.variable("Region"), Some("eu-west-1"));
    /// assert_eq!(service.variable("Cluster"), None);
    /// # Ok::<(), policy_core::names::NameError>(())
    /// ```
    pub fn variable(&self, name: &str) -> Option<&str> {
        parts::variable(T::FACTS, &self.text, name)
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
        let span = parts::part(T::FACTS, &self.text, index);
        let part = self.text.get(span.start..span.end).unwrap_or_default();
        N::__verified(Cow::Owned(part.to_owned()))
    }

    fn field(&self, index: usize) -> Cow<'static, str> {
        Cow::Owned(field(&self.text, index).to_owned())
    }
}

impl<T> ArnOf<T> {
    /// The text, as written in a policy.
    pub const fn as_str(&self) -> &str {
        match &self.text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => text.as_str(),
        }
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

/// The text of an ARN hashes, compares and is ordered as the ARN is.
impl<T> Borrow<str> for ArnOf<T> {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl<T> PartialEq<str> for ArnOf<T> {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl<T> PartialEq<&str> for ArnOf<T> {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
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

/// An [`Arn`] is that of one resource, and a [`SecretArn`](super::SecretArn) may end with wildcards.
impl<T> TryFrom<ArnOf<T>> for Arn {
    type Error = ArnError;

    fn try_from(arn: ArnOf<T>) -> Result<Self, ArnError> {
        Self::new(arn.text)
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
