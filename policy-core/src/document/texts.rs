//! Iterates over the strings of a document.

use super::{Member, Node, Place, Text, Value};

/// A string in a document: a value, or the name of a member.
#[derive(Clone, Copy, Debug)]
pub struct Met<'n, 'a> {
    /// The string.
    pub text: &'n Text<'a>,
    /// The place.
    pub place: Place,
    /// Whether it is the name of a member.
    pub is_name: bool,
    /// The name of the member: the one that it names, or the innermost one that contains it.
    pub member: Option<&'n Text<'a>>,
}

impl<'a> Node<'a> {
    /// Calls `see` for every string in this value in the order written, a member's name before its value.
    ///
    /// It uses a callback instead of an iterator because every check walks every document with it: it keeps no state.
    ///
    /// ```
    /// use policy_core::document::Document;
    ///
    /// let document = Document::read(r#"{ "Effect": "Allow", "Action": ["s3:Get*", "s3:List*"] }"#)?;
    /// let mut actions = Vec::new();
    /// document.root().each_text(&mut |met| {
    ///     if !met.is_name && met.member.is_some_and(|name| name.written() == "Action") {
    ///         actions.push(met.text.written());
    ///     }
    /// });
    /// assert_eq!(actions, ["s3:Get*", "s3:List*"]);
    /// # Ok::<(), policy_core::document::SyntaxError>(())
    /// ```
    pub fn each_text<'n>(&'n self, see: &mut dyn FnMut(Met<'n, 'a>)) {
        self.each_text_in(None, see);
    }

    /// Calls `see` with the members of every object in this value.
    pub(crate) fn each_object<'n>(&'n self, see: &mut dyn FnMut(&'n [Member<'a>])) {
        match &self.value {
            Value::Array(elements) => {
                for element in elements {
                    element.each_object(see);
                }
            }
            Value::Object(members) => {
                see(members);
                for member in members {
                    member.value.each_object(see);
                }
            }
            _ => {}
        }
    }

    fn each_text_in<'n>(&'n self, member: Option<&'n Text<'a>>, see: &mut dyn FnMut(Met<'n, 'a>)) {
        match &self.value {
            Value::String(text) => see(Met {
                text,
                place: self.place,
                is_name: false,
                member,
            }),
            Value::Array(elements) => {
                for element in elements {
                    element.each_text_in(member, see);
                }
            }
            Value::Object(members) => {
                for of in members {
                    let name = Some(&of.name);
                    see(Met {
                        text: &of.name,
                        place: of.name_place,
                        is_name: true,
                        member: name,
                    });
                    of.value.each_text_in(name, see);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}
