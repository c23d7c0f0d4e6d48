//! How long a policy is, and how much of it can be judged.

use crate::document::{Node, Signs, Text, Value};

/// The most characters that a policy of any kind and service has: that of `CloudWatch` Logs.
/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
const LONGEST: usize = 51_200;
/// How many characters a policy may have so that more than its size is judged: its elements are compared with each other, which
/// may take the square of them.
pub(in crate::check) const JUDGED: usize = 4 * LONGEST;

/// How many characters the document has when it is written without white space.
pub(in crate::check) struct Size {
    pub characters: usize,
    /// Whether it has holes, so that this is the least that it can have.
    pub is_least: bool,
    /// Whether a string has a byte that is not a printable character of ASCII.
    pub has_odd: bool,
}

impl Size {
    pub fn of(root: &Node<'_>) -> Self {
        let mut size = Self {
            characters: 0,
            is_least: false,
            has_odd: false,
        };
        size.add(root);
        size
    }

    /// Whether more of the policy is judged than its size. AWS takes none of which it is not.
    pub const fn is_judged(&self) -> bool {
        self.characters <= JUDGED
    }

    fn add(&mut self, node: &Node<'_>) {
        match &node.value {
            Value::Null | Value::Bool(true) => self.characters += 4,
            Value::Bool(false) => self.characters += 5,
            Value::Number(number) => self.characters += number.len(),
            Value::String(text) => self.add_text(text),
            Value::Array(elements) => {
                self.add_brackets(elements.len());
                for element in elements {
                    self.add(element);
                }
            }
            Value::Object(members) => {
                self.add_brackets(members.len());
                for member in members {
                    self.add_text(&member.name);
                    self.characters += 1;
                    self.add(&member.value);
                }
            }
        }
    }

    fn add_brackets(&mut self, elements: usize) {
        self.characters += 2 + elements.saturating_sub(1);
    }

    fn add_text(&mut self, text: &Text<'_>) {
        self.characters += 2;
        if text.holes().is_empty() && !text.signs().has(Signs::ODD.or(Signs::ESCAPED)) {
            self.characters += text.written().len();
            return;
        }
        let mut rest = 0;
        for hole in text.holes() {
            self.add_characters(text.written().get(rest..hole.written.start));
            self.characters += hole.min_len;
            self.is_least = true;
            rest = hole.written.end;
        }
        self.add_characters(text.written().get(rest..));
    }

    fn add_characters(&mut self, text: Option<&str>) {
        for byte in text.unwrap_or_default().bytes() {
            self.has_odd |= !matches!(byte, b' '..=b'~');
            self.characters += match byte {
                b'"' | b'\\' | b'\n' | b'\r' | b'\t' => 2,
                0..=0x1F => 6,
                // The second and later bytes of a character.
                0x80..=0xBF => 0,
                _ => 1,
            };
        }
    }
}
