//! A JSON document whose values have places.
//!
//! The checker has one input, a [`Document`], however the policy was written: [`Document::read`] creates one from JSON
//! text, `policy!` from Rust tokens. They differ only in the unit of a [`Place`].
//!
//! Nothing is lost: the order of members, duplicate members, a scalar where a list is allowed, and the spelling of
//! numbers are kept. A document can therefore be written back unchanged.

mod bytes;
mod lines;
mod member;
mod path;
mod percent;
mod pointer;
mod read;
#[cfg(feature = "edit")]
mod rewrite;
#[cfg(feature = "serde")]
mod serde;
mod signs;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod write;

use std::borrow::Cow;

pub use bytes::{MAX_BYTES, read_bytes};
pub use lines::{Lines, Position};
pub use path::{Path, Step};
pub use percent::{PercentDecoded, PercentText, decode_percent, is_percent_encoded, percent_decoded};
pub use pointer::PointerError;
pub use read::{MAX_DEPTH, SyntaxError, line_and_column};
#[cfg(feature = "edit")]
pub(crate) use rewrite::rewrite;
pub(crate) use signs::Signs;
pub use text::{HoleInText, Named, Text};
pub use texts::Met;
pub use write::{escape, quote};

use crate::collected::CollectVec;

/// The place of a value, as a half-open range in the units of the document's source: bytes of the text for
/// [`Document::read`], tokens of the macro's input for `policy!`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The first byte or token.
    pub start: u32,
    /// One after the last byte or token.
    pub end: u32,
}

impl Place {
    /// Creates the range from `start` to `end`, exclusive.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }
}

/// A JSON document.
///
/// ```
/// use policy_core::document::Document;
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": [] }"#)?;
/// assert_eq!(document.to_json(), r#"{"Version":"2012-10-17","Statement":[]}"#);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Document<'a> {
    root: Node<'a>,
}

impl<'a> Document<'a> {
    /// Creates a document with this root.
    pub const fn new(root: Node<'a>) -> Self {
        Self { root }
    }

    /// The outermost value.
    pub const fn root(&self) -> &Node<'a> {
        &self.root
    }

    /// The path from the root to the value or member name at `place`.
    #[inline]
    pub fn path_to(&self, place: Place) -> Option<Path> {
        Path::find(&self.root, place)
    }

    /// The same document with a unique place for every name and value, numbered from the root: for a document that is
    /// built, not read, so that its findings have a path.
    #[must_use]
    #[inline]
    pub fn numbered(mut self) -> Self {
        self.root.number(&mut 0);
        self
    }

    /// The same document, independent of the text it was read from.
    #[inline]
    pub fn into_owned(self) -> Document<'static> {
        Document {
            root: self.root.into_owned(),
        }
    }
}

/// A JSON value and its place.
///
/// ```
/// use policy_core::document::{Document, Member, Node, Place, Value};
///
/// let document = Document::read(r#"["s3:GetObject"]"#)?;
/// let [action] = document.root().as_list() else { unreachable!() };
/// assert_eq!(action.as_text().map(|text| text.written()), Some("s3:GetObject"));
/// assert_eq!(action.place, Place::new(1, 15));
///
/// let built = Node::built(Value::Object(vec![Member::built("Effect", Node::string("Allow"))]));
/// assert_eq!(built.to_json(), r#"{"Effect":"Allow"}"#);
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The place.
    pub place: Place,
    /// The value.
    pub value: Value<'a>,
}

/// The value of a [`Node`].
#[derive(Clone, Debug)]
pub enum Value<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number, as written: `1.0` stays `1.0`.
    Number(Cow<'a, str>),
    /// A string.
    String(Text<'a>),
    /// An array.
    Array(Vec<Node<'a>>),
    /// An object: its members as written, in order and including duplicates.
    Object(Vec<Member<'a>>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The place of the name.
    pub name_place: Place,
    /// The name.
    pub name: Text<'a>,
    /// The value.
    pub value: Node<'a>,
}

impl<'a> Node<'a> {
    /// A value without a place, for a document that is built, not read.
    pub const fn built(value: Value<'a>) -> Self {
        Self {
            place: Place::new(0, 0),
            value,
        }
    }

    /// A string without a place.
    pub fn string(text: impl Into<Cow<'a, str>>) -> Self {
        Self::built(Value::String(Text::plain(text)))
    }

    /// The string, if the value is one.
    pub const fn as_text(&self) -> Option<&Text<'a>> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// A string, number or boolean as text: `true` and `"true"` are the same, as in condition values.
    ///
    /// ```
    /// use policy_core::document::{Document, Node};
    ///
    /// let document = Document::read(r#"[true, "true", 3600, null]"#)?;
    /// let texts: Vec<Option<&str>> = document.root().as_list().iter().map(Node::as_scalar).collect();
    /// assert_eq!(texts, [Some("true"), Some("true"), Some("3600"), None]);
    /// # Ok::<(), policy_core::document::SyntaxError>(())
    /// ```
    pub fn as_scalar(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text.written()),
            Value::Number(number) => Some(number),
            Value::Bool(true) => Some("true"),
            Value::Bool(false) => Some("false"),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// The elements of an array; for any other value, the value itself: AWS reads a scalar as a list of one.
    pub const fn as_list(&self) -> &[Node<'a>] {
        match &self.value {
            Value::Array(elements) => elements.as_slice(),
            _ => std::slice::from_ref(self),
        }
    }

    #[inline]
    fn number(&mut self, next: &mut u32) {
        *next = next.saturating_add(1);
        self.place.start = *next;
        match &mut self.value {
            Value::Array(elements) => elements.iter_mut().for_each(|element| element.number(next)),
            Value::Object(members) => {
                for member in members {
                    *next = next.saturating_add(1);
                    member.name_place = Place::new(*next, *next);
                    member.value.number(next);
                }
            }
            _ => {}
        }
        *next = next.saturating_add(1);
        self.place.end = *next;
    }

    /// The type, with an article: `a string`.
    pub const fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "an array",
            Value::Object(_) => "an object",
        }
    }

    /// The same value, independent of the text it was read from.
    #[inline]
    pub fn into_owned(self) -> Node<'static> {
        let value = match self.value {
            Value::Null => Value::Null,
            Value::Bool(value) => Value::Bool(value),
            Value::Number(number) => Value::Number(Cow::Owned(number.into_owned())),
            Value::String(text) => Value::String(text.into_owned()),
            Value::Array(elements) => Value::Array(elements.into_iter().map(Node::into_owned).collect_vec()),
            Value::Object(members) => Value::Object(members.into_iter().map(Member::into_owned).collect_vec()),
        };
        Node {
            place: self.place,
            value,
        }
    }
}

impl<'a> Member<'a> {
    /// A member without a place, for a document that is built, not read.
    pub fn built(name: impl Into<Cow<'a, str>>, value: Node<'a>) -> Self {
        Self {
            name_place: Place::new(0, 0),
            name: Text::plain(name),
            value,
        }
    }

    #[inline]
    fn into_owned(self) -> Member<'static> {
        Member {
            name_place: self.name_place,
            name: self.name.into_owned(),
            value: self.value.into_owned(),
        }
    }
}

/// Two values are equal if they would be written the same; their places do not matter.
impl PartialEq for Node<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::Null, Value::Null) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Number(a), Value::Number(b)) => a == b,
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => a == b,
            (Value::Object(a), Value::Object(b)) => a == b,
            _ => false,
        }
    }
}

impl Eq for Node<'_> {}

impl PartialEq for Member<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.value == other.value
    }
}

impl PartialEq for Document<'_> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Eq for Document<'_> {}
