//! The request context.

use std::net::IpAddr;

use super::caller_keys::is_settled_by_caller;
use super::letters::same_letters;
use super::pattern::Match;
#[cfg(feature = "cases")]
use super::resource_account::RESOURCE_ACCOUNT;
#[cfg(feature = "cases")]
use crate::catalogue::key_facts;
use crate::names::Name;

/// The condition keys of a request with their values: the request context.
///
/// Key names are not case-sensitive. A key may have several values, or an empty list, which differs from a missing key.
/// Values are text, as in policies: numbers in decimal, dates in ISO 8601 or as seconds since 1970, binary values in
/// base64.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/intro-structure.html#intro-structure-request>
///
/// ```
/// use policy_core::evaluate::Context;
///
/// let context = Context::new()
///     .with("aws:SourceIp", std::net::Ipv4Addr::new(203, 0, 113, 9))
///     .with("aws:SecureTransport", true)
///     .with("s3:max-keys", 50_i64)
///     .with_all("aws:TagKeys", ["team", "stage"]);
/// assert_eq!(context.get("aws:securetransport"), Some(&["true".to_owned()][..]));
/// assert_eq!(context.get("aws:username"), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    entries: Vec<(Key, Vec<String>)>,
    /// What the keys are taken for that are not present; `None` if they are missing from the request.
    unknown: Option<(Assumed, Unknown)>,
    /// Whether `aws:PrincipalArn` is the ARN of a role without its path, which is not known.
    is_pathless: bool,
    /// Whether a key has characters beyond ASCII.
    is_wide: bool,
}

/// What is assumed of a key whose value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Assumed {
    /// The values with which the least is allowed: an `Allow` does not apply, and a `Deny` does.
    Least,
    /// Those with which the most is allowed.
    Most,
}

/// Of which keys something is assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// Of all that are not present.
    Any,
    /// Of those that AWS always sends; the others are missing.
    #[cfg(feature = "cases")]
    Always,
}

impl Context {
    /// Creates an empty context.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
            unknown: None,
            is_pathless: false,
            is_wide: false,
        }
    }

    /// Adds a key with one value, and replaces the values of a key that is already present.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<ContextValue>) -> Self {
        self.with_all(key, [value])
    }

    /// Adds a key with any number of values, and replaces the values of a key that is already present.
    #[must_use]
    pub fn with_all<V: Into<ContextValue>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.set(key, values.into_iter().map(|value| value.into().0).collect());
        self
    }

    pub(super) fn set(&mut self, key: &str, values: Vec<String>) {
        let key = Key::new(key);
        self.is_wide |= key.is_wide();
        if key.name() == PRINCIPAL_ARN {
            self.is_pathless = false;
        }
        match self.entries.iter_mut().find(|(known, _)| *known == key) {
            Some(entry) => entry.1 = values,
            None => self.entries.push((key, values)),
        }
    }

    /// Removes the keys, given in lowercase, that are to be removed.
    pub(super) fn remove(&mut self, is_removed: impl Fn(&str) -> bool) {
        self.entries.retain(|(key, _)| !is_removed(&key.name));
    }

    /// The values of a key, if it is present.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.values(&Key::new(key))
    }

    /// All keys, in lowercase, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.entries.iter().map(|(key, values)| (&*key.name, values.as_slice()))
    }

    /// Sets whether `aws:PrincipalArn` lacks a path that is not known.
    pub(super) const fn lack_path(&mut self, is_pathless: bool) {
        self.is_pathless = is_pathless;
    }

    /// Whether a key is `aws:PrincipalArn`, and its value lacks a path that is not known.
    pub(super) fn lacks_path(&self, key: &Key) -> bool {
        self.is_pathless && key.name() == PRINCIPAL_ARN
    }

    /// Whether a key has characters beyond ASCII.
    pub(super) const fn has_wide_keys(&self) -> bool {
        self.is_wide
    }

    /// The values of the keys whose names differ from this one only in the case of characters beyond ASCII: AWS does not document
    /// whether they are one key.
    pub(super) fn twins(&self, key: &Key) -> impl Iterator<Item = &[String]> {
        let is_twin = move |other: &Key| other != key && same_letters(&other.name, &key.name) != Match::No;
        let twins = self.entries.iter().filter(move |(other, _)| is_twin(other));
        twins.map(|(_, values)| values.as_slice())
    }

    /// Sets what is assumed of keys that are not present.
    pub(super) const fn assume(&mut self, values: Assumed, of: Unknown) {
        self.unknown = Some((values, of));
    }

    /// Whether a statement applies where that depends on a key that is not present and could have any value; `None` if the key
    /// is missing from the request.
    pub(super) fn assumed(&self, key: &Key, denies: bool) -> Option<bool> {
        let (values, of) = self.unknown?;
        let is_missing = match of {
            Unknown::Any => is_settled_by_caller(&key.name),
            #[cfg(feature = "cases")]
            Unknown::Always => !is_always_sent(&key.name),
        };
        // A key that is present without a value is null in the request.
        let is_settled = is_missing || self.values(key).is_some();
        (!is_settled).then_some(denies == (values == Assumed::Least))
    }

    pub(super) fn values(&self, key: &Key) -> Option<&[String]> {
        let (_, values) = self.entries.iter().find(|(known, _)| known == key)?;
        Some(values)
    }
}

/// Whether AWS includes a key in every request, or in those for most actions, with the account of the resource.
#[cfg(feature = "cases")]
pub(super) fn is_always_sent(key: &str) -> bool {
    key == RESOURCE_ACCOUNT || key_facts(key).is_some_and(|facts| facts.is_always_sent)
}

/// One value of a condition key, as text: from text, a number, `true` or `false`, an IP address, or a [name](crate::names).
///
/// ```
/// use policy_core::evaluate::Context;
/// use policy_core::names::{AccountId, BucketArn, Region};
///
/// let bucket = BucketArn::from_static("arn:aws:s3:::exports");
/// let context = Context::new()
///     .with("aws:SourceArn", bucket)
///     .with("aws:SourceAccount", AccountId::from_static("111122223333"))
///     .with("aws:RequestedRegion", Region::from_static("eu-west-1"))
///     .with("s3:max-keys", 100_u32);
/// assert_eq!(context.get("aws:SourceArn"), Some(&["arn:aws:s3:::exports".to_owned()][..]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextValue(String);

impl ContextValue {
    /// The value as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for ContextValue {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for ContextValue {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

macro_rules! displayed {
    ($($type:ty),+) => {$(
        impl From<$type> for ContextValue {
            fn from(value: $type) -> Self {
                Self(value.to_string())
            }
        }
    )+};
}

displayed!(
    bool,
    i32,
    i64,
    u32,
    u64,
    usize,
    f64,
    IpAddr,
    std::net::Ipv4Addr,
    std::net::Ipv6Addr
);

/// The name or ARN as written in a policy.
impl<N: Name> From<N> for ContextValue {
    fn from(name: N) -> Self {
        Self(name.as_ref().to_owned())
    }
}

/// In lowercase.
const PRINCIPAL_ARN: &str = "aws:principalarn";

/// The name of a condition key, which is not case-sensitive. Only letters of ASCII are compared without their case: a tag
/// can have any others, and would replace the tag of another name.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// In lowercase.
    name: Box<str>,
    /// Makes comparing different keys a single step.
    hash: u64,
    is_wide: bool,
}

impl Key {
    pub(super) fn new(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        Self {
            hash: hash(name.as_bytes()),
            is_wide: !name.is_ascii(),
            name: name.into(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Whether it has characters beyond ASCII.
    pub(super) const fn is_wide(&self) -> bool {
        self.is_wide
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.name == other.name
    }
}

impl Eq for Key {}

/// FNV-1a: the texts are short, and a collision costs only a comparison.
/// <http://www.isthe.com/chongo/tech/comp/fnv/>
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
