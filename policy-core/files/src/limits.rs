//! How much of a file is read: what is made of it takes hundreds of times its bytes at worst, and a file of someone else must not take
//! all memory of the machine that checks it.

use std::cell::Cell;

use crate::item::{Item, Part, Template, Value};
use crate::reading::{Language, Unreadable};

/// The most values of a file of JSON or YAML, aliases of aliases included: they make a few lines as many as one likes. No template
/// that a service accepts has as many.
pub(crate) const MOST_VALUES: usize = 1_000_000;

/// The most bytes of the addresses of a file's policies: each has the names of what it is in, and one name may be that of thousands.
pub(crate) const MOST_ADDRESSES: usize = 32 << 20;

/// The most bytes of a file of HCL: its parser takes some 135 bytes of memory for each at worst.
pub(crate) const MOST_HCL: usize = 4 << 20;

/// What may still be made of a file out of what is written once and used several times: a local value, the delimiter of a list. A
/// few lines make as much of it as one likes. It is spent before anything is made, so that no memory is taken for what is refused.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: Cell<usize>,
    is_spent: Cell<bool>,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            left: Cell::new(MOST_VALUES),
            is_spent: Cell::new(false),
        }
    }
}

impl Budget {
    /// Whether so many values may be made once more. If not, the file is refused.
    pub(crate) fn spend(&self, values: usize) -> bool {
        let left = self.left.get().checked_sub(values);
        self.left.set(left.unwrap_or_default());
        self.is_spent.set(self.is_spent.get() || left.is_none());
        left.is_some()
    }

    /// Refuses a file of which more would have been made.
    pub(crate) fn check(&self, language: Language) -> Result<(), Unreadable> {
        if self.is_spent.get() {
            Err(Unreadable::TooLarge(language))
        } else {
            Ok(())
        }
    }
}

/// How many values a value is, itself included.
pub(crate) fn size(item: &Item) -> usize {
    match &item.value {
        Value::Text(template) => text_size(template),
        Value::List(items) => items.iter().map(size).fold(1, usize::saturating_add),
        Value::Map(entries) => entries
            .iter()
            .map(|entry| text_size(&entry.name).saturating_add(size(&entry.value)))
            .fold(1, usize::saturating_add),
        Value::Either(either) => size(&either.yes).saturating_add(size(&either.no)),
        _ => 1,
    }
}

/// How many values a text is: a long one takes the memory of many.
pub(crate) fn text_size(template: &Template) -> usize {
    let length = |part: &Part| match part {
        Part::Text(written) => written.text().len(),
        Part::Hole(hole) => hole.name.len(),
    };
    let parts = template.parts.len();
    1 + parts + template.parts.iter().map(length).sum::<usize>() / BYTES
}

/// How many bytes of a text are as much as a value.
const BYTES: usize = 64;

/// Refuses a text of which there is more than is read. YAML is counted while it is read, since only then its aliases are known.
pub(crate) fn check(language: Language, text: &str) -> Result<(), Unreadable> {
    let is_too_large = match language {
        Language::Hcl => text.len() > MOST_HCL,
        Language::Json => values(text) > MOST_VALUES,
        Language::Yaml => false,
    };
    if is_too_large {
        Err(Unreadable::TooLarge(language))
    } else {
        Ok(())
    }
}

/// What there may be at most of a language.
pub(crate) const fn most(language: Language) -> &'static str {
    match language {
        Language::Hcl => "4 MiB, 1,000,000 values where local values are used, and 32 MiB in the addresses of policies",
        Language::Json => {
            "1,000,000 values, those included that functions repeat, and 32 MiB in the addresses of policies"
        }
        Language::Yaml => {
            "1,000,000 values, those included that aliases and functions repeat, and 32 MiB in the addresses of policies"
        }
    }
}

/// How many values a text of JSON has. It is not parsed for that; of a text that is not JSON the number is of no meaning.
fn values(text: &str) -> usize {
    // Each comma is between two values, and the first of a list or an object follows its opening bracket.
    let mut values = 1;
    let (mut in_string, mut is_escaped, mut is_first) = (false, false, false);
    for byte in text.bytes() {
        if in_string {
            (in_string, is_escaped) = (is_escaped || byte != b'"', !is_escaped && byte == b'\\');
            continue;
        }
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => continue,
            b']' | b'}' => {}
            b',' => values += 1,
            _ => values += usize::from(is_first),
        }
        in_string = byte == b'"';
        is_first = matches!(byte, b'[' | b'{');
    }
    values
}

#[cfg(test)]
mod tests {
    use policy_core::document::{Document, Node, Value};
    use proptest::prelude::*;

    use super::values;

    fn counted(node: &Node<'_>) -> usize {
        let inside: usize = match &node.value {
            Value::Array(elements) => elements.iter().map(counted).sum(),
            Value::Object(members) => members.iter().map(|member| counted(&member.value)).sum(),
            _ => 0,
        };
        1 + inside
    }

    proptest! {
        #[test]
        fn each_value_is_counted(text in r#"([\[\]{}:,1 \n]|"[a,\[{]{0,3}"|"\\\\"|"\\""|\[\]|\{\}|\["a",|"b":){0,12}"#) {
            if let Ok(document) = Document::read(&text) {
                prop_assert_eq!(values(&text), counted(document.root()), "{}", text);
            }
        }
    }

    #[test]
    fn the_values_of_a_text_are_counted() {
        for (text, count) in [
            ("1", 1),
            ("[]", 1),
            ("[ ]", 1),
            ("{\n}", 1),
            ("[1]", 2),
            ("[[], {}, [[]]]", 5),
            (r#"{ "a": [1, 2], "b": { "c": "d,[{" } }"#, 6),
            (r#"["\"", "\\", ",\\\","]"#, 4),
        ] {
            assert_eq!(values(text), count, "{text}");
        }
    }
}
