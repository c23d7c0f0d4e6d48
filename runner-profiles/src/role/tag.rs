//! The tags of a role.

use std::fmt;
use std::str::FromStr;

use crate::RoleError;

/// A tag of a role: a key and a value.
///
/// ```
/// use runner_profiles::{RoleError, Tag};
///
/// let tag = Tag::new("team", "data platform")?;
/// assert_eq!((tag.key(), tag.value()), ("team", "data platform"));
/// assert_eq!("team=data platform".parse(), Ok(tag));
/// assert!(matches!(Tag::new("aws:team", "data"), Err(RoleError::TagKey { .. })));
/// # Ok::<(), RoleError>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    key: String,
    value: String,
}

impl Tag {
    /// The most characters of a key.
    pub const MAX_KEY_LEN: usize = 128;
    /// The most characters of a value.
    pub const MAX_VALUE_LEN: usize = 256;

    /// A tag of letters, digits, spaces and `_.:/=+-@`; the value may be empty.
    ///
    /// # Errors
    ///
    /// [`RoleError::TagKey`], [`RoleError::TagValue`]
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Result<Self, RoleError> {
        let (key, value) = (key.into(), value.into());
        if let Some(why) = mistake(&key, Self::MAX_KEY_LEN).or_else(|| mistake_of_a_key(&key)) {
            return Err(RoleError::TagKey { key, why });
        }
        if let Some(why) = mistake(&value, Self::MAX_VALUE_LEN) {
            return Err(RoleError::TagValue { key, value, why });
        }
        Ok(Self { key, value })
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Its value, which may be empty.
    pub fn value(&self) -> &str {
        &self.value
    }
}

/// `KEY=VALUE`: the key ends at the first `=`.
impl FromStr for Tag {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        match text.split_once('=') {
            Some((key, value)) => Self::new(key, value),
            None => Err(RoleError::TagKey {
                key: text.to_owned(),
                why: TagError::NoValue,
            }),
        }
    }
}

/// As it is parsed: `KEY=VALUE`.
impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.key, self.value)
    }
}

/// The tags of a role, with unique keys, within IAM's quota.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tags(Vec<Tag>);

impl Tags {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// IAM ignores the case of keys.
    pub(super) fn get(&self, key: &str) -> Option<&Tag> {
        let key = key.to_lowercase();
        self.0.iter().find(|tag| tag.key.to_lowercase() == key)
    }

    pub(super) fn add(&mut self, tag: Tag) -> Result<(), RoleError> {
        if let Some(first) = self.get(&tag.key) {
            let first = first.key.clone();
            return Err(RoleError::SameTagKey { first, second: tag.key });
        }
        if self.0.len() == RoleError::TAGS_QUOTA {
            return Err(RoleError::TooManyTags);
        }
        self.0.push(tag);
        Ok(())
    }

    pub(super) fn as_slice(&self) -> &[Tag] {
        &self.0
    }
}

/// What is wrong with the key or the value of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TagError {
    /// A key is empty.
    Empty,
    /// It starts with `aws:`, which is reserved for AWS.
    Reserved,
    /// It has a character that IAM does not allow.
    Character(char),
    /// It has this number of characters, which is more than IAM allows.
    TooLong(usize),
    /// The key has no `=` and no value.
    NoValue,
}

impl fmt::Display for TagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty; write a name for the value, such as `team`"),
            Self::Reserved => f.write_str("keys that start with `aws:` are reserved for AWS; remove `aws:`"),
            Self::Character(character) => write!(
                f,
                "IAM does not allow `{}`; write letters, digits, spaces and `_.:/=+-@`",
                character.escape_debug(),
            ),
            Self::TooLong(characters) => write!(
                f,
                "it has {characters} characters, and IAM allows {} in a key and {} in a value; write a shorter one",
                Tag::MAX_KEY_LEN,
                Tag::MAX_VALUE_LEN,
            ),
            Self::NoValue => {
                f.write_str("it has no value; write `KEY=VALUE`, with nothing after `=` for an empty value")
            }
        }
    }
}

impl std::error::Error for TagError {}

fn mistake(text: &str, max: usize) -> Option<TagError> {
    if let Some(character) = text.chars().find(|&character| !takes(character)) {
        return Some(TagError::Character(character));
    }
    let characters = text.chars().count();
    (characters > max).then_some(TagError::TooLong(characters))
}

fn mistake_of_a_key(key: &str) -> Option<TagError> {
    if key.is_empty() {
        return Some(TagError::Empty);
    }
    let reserved = key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    reserved.then_some(TagError::Reserved)
}

/// `[\p{L}\p{Z}\p{N}_.:/=+\-@]` of the API model. Of the separators only the space: the others are invisible.
fn takes(character: char) -> bool {
    character.is_alphanumeric() || " _.:/=+-@".contains(character)
}
