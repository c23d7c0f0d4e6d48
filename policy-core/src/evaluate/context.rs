//! What a request says of itself.

use std::net::IpAddr;

/// The condition keys of a request, with their values: what AWS calls the request context.
///
/// Names are compared without regard to case. A key may have several values, or a list without any, which is not the same as no
/// key at all. Values are text, as policies write them: numbers in decimal, dates in ISO 8601 or as seconds since 1970, bytes in base64.
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
}

impl Context {
    /// No keys.
    #[must_use]
    pub const fn new() -> Self {
        Self { entries: Vec::new() }
    }

    /// Adds a key with one value; one that is there already gets this value instead.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<ContextValue>) -> Self {
        self.with_all(key, [value])
    }

    /// Adds a key with several values, or none; one that is there already gets these values instead.
    #[must_use]
    pub fn with_all<V: Into<ContextValue>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.set(key, values.into_iter().map(|value| value.into().0).collect());
        self
    }

    pub(super) fn set(&mut self, key: &str, values: Vec<String>) {
        let key = Key::new(key);
        match self.entries.iter_mut().find(|(known, _)| *known == key) {
            Some(entry) => entry.1 = values,
            None => self.entries.push((key, values)),
        }
    }

    /// The values of a key, if the request has it.
    pub fn get(&self, key: &str) -> Option<&[String]> {
        self.values(&Key::new(key))
    }

    /// Every key, in small letters, with its values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.entries.iter().map(|(key, values)| (&*key.name, values.as_slice()))
    }

    pub(super) fn values(&self, key: &Key) -> Option<&[String]> {
        let (_, values) = self.entries.iter().find(|(known, _)| known == key)?;
        Some(values)
    }
}

/// One value of a condition key, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContextValue(String);

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

displayed!(bool, i64, f64, IpAddr, std::net::Ipv4Addr, std::net::Ipv6Addr);

/// The name of a condition key, whose case does not matter.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// In small letters.
    name: Box<str>,
    /// So that keys which differ are told apart in one step.
    hash: u64,
}

impl Key {
    pub(super) fn new(name: &str) -> Self {
        let name = name.to_lowercase();
        Self {
            hash: hash(name.as_bytes()),
            name: name.into(),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.name == other.name
    }
}

impl Eq for Key {}

/// FNV-1a: short texts, and nobody gains by collisions that only cost a comparison.
/// <http://www.isthe.com/chongo/tech/comp/fnv/>
pub(super) fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
