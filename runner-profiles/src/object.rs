//! JSON objects, a member at a time.

use std::borrow::Cow;

use policy_core::document::{Member, Node, Value};

/// An object whose members are in the order in which they were added.
#[derive(Default)]
pub(crate) struct Object<'a>(Vec<Member<'a>>);

impl<'a> Object<'a> {
    pub(crate) fn with(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Option<Node<'a>>>) -> Self {
        self.0.extend(value.into().map(|value| Member::built(name, value)));
        self
    }

    /// Without the member if there is no text.
    pub(crate) fn with_text(self, name: &'static str, text: Option<impl Into<Cow<'a, str>>>) -> Self {
        self.with(name, text.map(Node::string))
    }

    /// Without the member if the list is empty.
    pub(crate) fn with_list(self, name: &'static str, elements: impl IntoIterator<Item = Node<'a>>) -> Self {
        let elements: Vec<Node<'a>> = elements.into_iter().collect();
        self.with(
            name,
            (!elements.is_empty()).then(|| Node::built(Value::Array(elements))),
        )
    }

    /// Without the member if the object is empty.
    pub(crate) fn with_object(self, name: impl Into<Cow<'a, str>>, object: Self) -> Self {
        self.with(name, (!object.0.is_empty()).then(|| object.into()))
    }
}

impl<'a> From<Object<'a>> for Node<'a> {
    fn from(object: Object<'a>) -> Self {
        Self::built(Value::Object(object.0))
    }
}

pub(crate) fn list<'a>(elements: impl IntoIterator<Item = Node<'a>>) -> Node<'a> {
    Node::built(Value::Array(elements.into_iter().collect()))
}

pub(crate) fn number<'a>(number: u32) -> Node<'a> {
    Node::built(Value::Number(number.to_string().into()))
}
