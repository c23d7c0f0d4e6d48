//! A policy that is a string of a larger document, as in the output of `aws s3api get-bucket-policy`: JSON in JSON.

use policy_core::document::{Document, Node, PercentText, Place, Value};
use policy_core::finding::Findings;

/// The offset of each byte of a string's content in the text that contains the string.
pub struct Offsets(Vec<u32>);

impl Offsets {
    /// Those of a string that is written as `literal`, quotes and escapes included, at the byte `start` of the text.
    pub fn of(literal: &str, start: u32) -> Self {
        let mut offsets = Vec::with_capacity(literal.len());
        let mut rest = literal.strip_prefix('"').unwrap_or(literal);
        rest = rest.strip_suffix('"').unwrap_or(rest);
        let mut at = start + 1;
        while let Some(character) = rest.chars().next() {
            let (written, content) = match (character, rest.get(1..2)) {
                ('\\', Some("u")) => unicode_escape(rest),
                ('\\', _) => (2, 1),
                _ => (character.len_utf8(), character.len_utf8()),
            };
            offsets.extend(std::iter::repeat_n(at, content));
            at = at.saturating_add(u32::try_from(written).unwrap_or(u32::MAX));
            rest = rest.get(written..).unwrap_or_default();
        }
        offsets.push(at);
        Self(offsets)
    }

    /// Those of a text of so many bytes that starts here.
    pub fn behind(start: usize, len: usize) -> Self {
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self((start..=start + len).map(offset).collect())
    }

    /// Those of the text that the string's content encodes.
    pub fn encoded(&self, decoded: &PercentText) -> Self {
        let starts = (0..=decoded.as_str().len()).map(|at| decoded.encoded_range(at..at).start);
        let offsets = starts.map(|start| self.0.get(start).or(self.0.last()).copied().unwrap_or_default());
        Self(offsets.collect())
    }

    /// The document in the string's content, with the places of the text that contains the string.
    pub fn moved(&self, document: &Document<'_>) -> Document<'static> {
        let mut root = document.root().clone().into_owned();
        self.move_node(&mut root);
        Document::new(root)
    }

    /// The findings in the content, with the places of the text that contains the string.
    pub fn moved_findings(&self, findings: Findings) -> Findings {
        findings.map_places(|place| self.place(place))
    }

    fn move_node(&self, node: &mut Node<'_>) {
        node.place = self.place(node.place);
        match &mut node.value {
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.move_node(element)),
            Value::Object(members) => {
                for member in members {
                    member.name_place = self.place(member.name_place);
                    self.move_node(&mut member.value);
                }
            }
            _ => {}
        }
    }

    /// A place in the content, in the text that contains the string.
    pub fn place(&self, place: Place) -> Place {
        let offset = |at: u32| self.0.get(at as usize).or(self.0.last()).copied().unwrap_or_default();
        Place::new(offset(place.start), offset(place.end))
    }
}

/// How many bytes the escape `\uXXXX` at the start of this text has, and the character that it encodes. A character
/// beyond U+FFFF is written as two of them.
fn unicode_escape(text: &str) -> (usize, usize) {
    let unit = text.get(2..6).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    match unit {
        Some(0xD800..0xE000) => (12, 4),
        unit => (6, unit.and_then(char::from_u32).map_or(1, char::len_utf8)),
    }
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn each_character_stands_where_it_is_written() {
        let literal = r#""a\"\u00e9é\ud83d\ude00\\z""#;
        let content = "a\"éé😀\\z";
        let Offsets(offsets) = Offsets::of(literal, 100);
        let written: Vec<&str> = content
            .char_indices()
            .filter_map(|(at, character)| {
                let [start, end] =
                    [at, at + character.len_utf8()].map(|at| offsets.get(at).map(|to| *to as usize - 100));
                literal.get(start?..end?)
            })
            .collect();
        assert_eq!(written, ["a", r#"\""#, r"\u00e9", "é", r"\ud83d\ude00", r"\\", "z"]);
    }
}
