//! The change of a document that mends a mistake.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::document::{Document, Member, Node, Place, Text, Value};

/// A change of the document that mends a [`Finding`](super::Finding).
///
/// It is given in terms of the document: which string to write differently, which element or member to remove. The package
/// `policy-files` makes edits of files of it, in the language of the file.
///
/// ```
/// use policy_core::check::{Options, check};
/// use policy_core::document::Document;
/// use policy_core::policy::Kind;
///
/// let document = Document::read(r#"{ "Version": "2012-10-17", "Statement": {
///     "Effect": "Allow", "Action": ["s3:Get*", "s3:GetObject"], "Resource": "*" } }"#)?;
/// let findings = check(&document, Kind::Identity, &Options::new());
/// let fix = findings.iter().flat_map(|finding| finding.fixes()).next().unwrap();
/// assert_eq!(fix.title(), "remove `s3:GetObject`");
/// assert!(fix.is_safe());
/// assert!(fix.apply(&document).to_json().contains(r#""Action":["s3:Get*"]"#));
/// # Ok::<(), policy_core::document::SyntaxError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    title: Cow<'static, str>,
    is_safe: bool,
    changes: Vec<Change>,
}

/// A change of one place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Write the string, or the name of the member, at `place` as `text`. Holes in `text` are written as in
    /// [`Text::written`](crate::document::Text::written).
    Write {
        /// The place of the string or of the name.
        place: Place,
        /// The whole string, as it is to be.
        text: String,
    },
    /// Remove the element of a list at this place, or the member of an object whose name is at this place.
    Remove(Place),
    /// Insert a member whose value is a string before the first member of the object at `object`.
    Insert {
        /// The place of the object.
        object: Place,
        /// The name of the member.
        name: &'static str,
        /// Its value.
        value: &'static str,
    },
}

impl Fix {
    /// Writes another string in the place of one: a name that exists in the place of one that does not. The policy then
    /// matches other requests, unless the fix is marked as [safe](Self::safe).
    pub(crate) fn write(place: Place, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            title: format!("write `{text}`").into(),
            is_safe: false,
            changes: vec![Change::Write { place, text }],
        }
    }

    /// Makes these changes; the title is in the imperative.
    pub(crate) fn new(title: impl Into<Cow<'static, str>>, changes: Vec<Change>) -> Self {
        Self {
            title: title.into(),
            is_safe: false,
            changes,
        }
    }

    /// Says that the policy evaluates the same afterwards, for every request.
    #[must_use]
    pub(crate) const fn safe(mut self) -> Self {
        self.is_safe = true;
        self
    }

    /// The same with other words.
    #[must_use]
    pub(crate) fn titled(mut self, title: impl Into<Cow<'static, str>>) -> Self {
        self.title = title.into();
        self
    }

    /// What it does, in the imperative: ``write `s3:GetObject` ``.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether the policy allows and denies the same requests afterwards. A misspelt action that is mended in an `Allow`
    /// grants a permission that the policy did not grant before, so that fix is not safe, although it is probably what was meant.
    pub const fn is_safe(&self) -> bool {
        self.is_safe
    }

    /// The changes, which belong together.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The same fix at other places, as [`Findings::map_places`](super::Findings::map_places) has them.
    pub(super) fn map_places(&mut self, to: impl Fn(Place) -> Place) {
        for change in &mut self.changes {
            let (Change::Write { place, .. } | Change::Remove(place) | Change::Insert { object: place, .. }) = change;
            *place = to(*place);
        }
    }

    /// The document with the changes made. What is at no place of the document is left out.
    #[inline]
    pub fn apply(&self, document: &Document<'_>) -> Document<'static> {
        Self::apply_all([self], document)
    }

    /// The document with the changes of several fixes made, which are about different places.
    pub fn apply_all<'f>(fixes: impl IntoIterator<Item = &'f Self>, document: &Document<'_>) -> Document<'static> {
        let changes = fixes.into_iter().flat_map(|fix| &fix.changes);
        let changes = changes.map(|change| (change.place(), change)).collect();
        let mut root = document.root().clone().into_owned();
        make(&changes, &mut root);
        Document::new(root)
    }
}

impl Change {
    /// Where it is made.
    pub const fn place(&self) -> Place {
        match self {
            Self::Write { place, .. } | Self::Remove(place) | Self::Insert { object: place, .. } => *place,
        }
    }
}

/// Makes the changes in a value, each at its place.
#[inline]
fn make(changes: &HashMap<Place, &Change>, node: &mut Node<'static>) {
    let inserted = match (changes.get(&node.place), &mut node.value) {
        (Some(Change::Write { text, .. }), Value::String(old)) => {
            *old = Text::plain(text.clone());
            return;
        }
        (Some(Change::Insert { name, value, .. }), _) => Some(Member::built(*name, Node::string(*value))),
        _ => None,
    };
    let is_removed = |place: Place| matches!(changes.get(&place), Some(Change::Remove(_)));
    match &mut node.value {
        Value::Array(elements) => {
            elements.retain(|element| !is_removed(element.place));
            for element in elements {
                make(changes, element);
            }
        }
        Value::Object(members) => {
            members.retain(|member| !is_removed(member.name_place));
            for member in members.iter_mut() {
                if let Some(Change::Write { text, .. }) = changes.get(&member.name_place) {
                    member.name = Text::plain(text.clone());
                }
                make(changes, &mut member.value);
            }
            members.splice(0..0, inserted);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Fix};
    use crate::document::{Document, Place};

    #[test]
    fn a_fix_changes_what_is_at_its_places() {
        let text = r#"{"a":["x","y"],"b":"x"}"#;
        let document = Document::read(text).unwrap_or_else(|error| unreachable!("{error}"));
        let place = |part: &str| {
            let start = text.find(part).unwrap_or_default();
            Place::new(
                u32::try_from(start).unwrap_or_default(),
                u32::try_from(start + part.len()).unwrap_or_default(),
            )
        };
        let applied = |changes| Fix::new("change", changes).apply(&document).to_json();
        let write = |part, text: &str| Change::Write {
            place: place(part),
            text: text.to_owned(),
        };
        assert_eq!(applied(vec![write("\"y\"", "z")]), r#"{"a":["x","z"],"b":"x"}"#);
        assert_eq!(applied(vec![write("\"b\"", "c")]), r#"{"a":["x","y"],"c":"x"}"#);
        assert_eq!(applied(vec![Change::Remove(place("\"x\""))]), r#"{"a":["y"],"b":"x"}"#);
        assert_eq!(applied(vec![Change::Remove(place("\"a\""))]), r#"{"b":"x"}"#);
        let insert = Change::Insert {
            object: place(text),
            name: "v",
            value: "1",
        };
        assert_eq!(applied(vec![insert]), r#"{"v":"1","a":["x","y"],"b":"x"}"#);
    }
}
