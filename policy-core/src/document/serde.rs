//! Documents in serde's data model.
//!
//! Visitors, written out: `#[serde(untagged)]` would read every value into a buffer first, and lose the place of an error.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Document, Member, Node, Text, Value};

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.root().serialize(serializer)
    }
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(number) => serialize_number(number, serializer),
            Value::String(text) => serializer.serialize_str(text.written()),
            Value::Array(elements) => serializer.collect_seq(elements),
            Value::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for member in members {
                    map.serialize_entry(member.name.written(), &member.value)?;
                }
                map.end()
            }
        }
    }
}

/// A number that is written in the one usual way as one, and any other as a string, which means the same in a policy: formats would write
/// `1.50` or `1e400` in another way, or not at all.
fn serialize_number<S: Serializer>(number: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = number.parse::<i64>()
        && value.to_string() == number
    {
        return serializer.serialize_i64(value);
    }
    if let Ok(value) = number.parse::<u64>()
        && value.to_string() == number
    {
        return serializer.serialize_u64(value);
    }
    match number.parse::<f64>() {
        // Beyond these, formats write an exponent, each its own.
        Ok(value) if value.to_string() == number && (1e-4..1e15).contains(&value.abs()) => {
            serializer.serialize_f64(value)
        }
        _ => serializer.serialize_str(number),
    }
}

impl<'de> Deserialize<'de> for Document<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Node::deserialize(deserializer).map(|root| Document::new(root).numbered())
    }
}

impl<'de> Deserialize<'de> for Node<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy document")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Node::built(Value::Null))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Node::built(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(number(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(number(value))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Self::Value, E> {
        if value.is_finite() {
            Ok(number(value))
        } else {
            Err(E::custom("a number that JSON does not have"))
        }
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Node::string(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
        Ok(Node::string(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(element) = elements.next_element()? {
            list.push(element);
        }
        Ok(Node::built(Value::Array(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some((name, value)) = members.next_entry::<String, Node<'static>>()? {
            list.push(Member {
                name_place: super::Place::default(),
                name: Text::plain(name),
                value,
            });
        }
        Ok(Node::built(Value::Object(list)))
    }
}

fn number(value: impl fmt::Display) -> Node<'static> {
    Node::built(Value::Number(Cow::Owned(value.to_string())))
}
