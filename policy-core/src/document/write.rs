//! Writes documents as JSON text.

use super::{Document, Member, Node, Value};
use crate::bytes;

/// A level of indented JSON.
pub(super) const INDENT: &str = "    ";

impl Document<'_> {
    /// The document as JSON without whitespace, as AWS counts it against its quotas.
    pub fn to_json(&self) -> String {
        self.root.to_json()
    }

    /// The document as indented JSON: four spaces a level, `"Key": value`, empty lists and objects on one line.
    #[inline]
    pub fn to_json_pretty(&self) -> String {
        self.root.to_json_pretty()
    }
}

impl Node<'_> {
    /// The value as JSON without whitespace.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write_compact(&mut out, self);
        out
    }

    /// The value as indented JSON, like [`Document::to_json_pretty`].
    #[inline]
    pub fn to_json_pretty(&self) -> String {
        let mut out = String::new();
        write_pretty(&mut out, self, 0);
        out
    }
}

fn write_compact(out: &mut String, node: &Node<'_>) {
    match &node.value {
        Value::Array(elements) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_compact(out, element);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (index, Member { name, value, .. }) in members.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                quote(out, name.written());
                out.push(':');
                write_compact(out, value);
            }
            out.push('}');
        }
        scalar => write_scalar(out, scalar),
    }
}

#[inline]
fn write_pretty(out: &mut String, node: &Node<'_>, level: usize) {
    match &node.value {
        Value::Array(elements) if !elements.is_empty() => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                break_line(out, index, level + 1);
                write_pretty(out, element, level + 1);
            }
            out.push('\n');
            indent(out, level);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (index, Member { name, value, .. }) in members.iter().enumerate() {
                break_line(out, index, level + 1);
                quote(out, name.written());
                out.push_str(": ");
                write_pretty(out, value, level + 1);
            }
            out.push('\n');
            indent(out, level);
            out.push('}');
        }
        _ => write_compact(out, node),
    }
}

#[inline]
fn break_line(out: &mut String, index: usize, level: usize) {
    out.push_str(if index > 0 { ",\n" } else { "\n" });
    indent(out, level);
}

#[inline]
fn indent(out: &mut String, level: usize) {
    for _ in 0..level {
        out.push_str(INDENT);
    }
}

fn write_scalar(out: &mut String, value: &Value<'_>) {
    match value {
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => out.push_str(number),
        Value::String(text) => quote(out, text.written()),
        Value::Null | Value::Array(_) | Value::Object(_) => out.push_str("null"),
    }
}

/// Appends `text` to `out` as a JSON string: quoted, and escaped where JSON requires it.
pub fn quote(out: &mut String, text: &str) {
    out.push('"');
    escape(text, |part| out.push_str(part));
    out.push('"');
}

/// Calls `write` with the parts of `text` between the quotes of a JSON string, escaped where JSON requires it.
pub fn escape(text: &str, mut write: impl FnMut(&str)) {
    let needs_it = |byte| matches!(byte, 0x00..=0x1F | b'"' | b'\\');
    let mut copied = 0;
    for (number, part) in text.as_bytes().chunks(PART).enumerate() {
        // Almost no part of a text needs escapes.
        if !bytes::have(part, needs_it) {
            continue;
        }
        for (index, byte) in part.iter().enumerate() {
            let index = number * PART + index;
            let escaped = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                0x00..=0x1F => CONTROL.get(usize::from(*byte)).copied().unwrap_or_default(),
                _ => continue,
            };
            write(text.get(copied..index).unwrap_or_default());
            write(escaped);
            copied = index + 1;
        }
    }
    write(text.get(copied..).unwrap_or_default());
}

/// How many bytes are scanned at once for what needs escapes.
const PART: usize = 256;

/// The escapes of the control characters, by code point.
const CONTROL: [&str; 32] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\u0008", "\\t", "\\n",
    "\\u000b", "\\u000c", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014",
    "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e",
    "\\u001f",
];
