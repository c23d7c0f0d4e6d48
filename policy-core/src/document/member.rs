//! Looks up the members of an object.

use super::{Member, Node, Value};

impl<'a> Node<'a> {
    /// The value of an object's member with this name; the last of duplicates.
    ///
    /// ```
    /// use policy_core::document::Document;
    ///
    /// let document = Document::read(r#"{ "Version": "2012-10-17" }"#)?;
    /// let version = document.root().member("Version").and_then(|version| version.as_text());
    /// assert_eq!(version.map(|text| text.written()), Some("2012-10-17"));
    /// # Ok::<(), policy_core::document::SyntaxError>(())
    /// ```
    pub fn member(&self, name: &str) -> Option<&Self> {
        let named = |member: &&Member<'a>| member.name.written() == name;
        self.members().iter().rev().find(named).map(|member| &member.value)
    }

    /// The members of an object; empty for any other value.
    pub const fn members(&self) -> &[Member<'a>] {
        match &self.value {
            Value::Object(members) => members.as_slice(),
            _ => &[],
        }
    }

    /// The members of an object, to change them; `None` for any other value.
    #[cfg(feature = "edit")]
    pub(crate) const fn members_mut(&mut self) -> Option<&mut Vec<Member<'a>>> {
        match &mut self.value {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }
}
