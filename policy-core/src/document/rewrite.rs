//! Writes a changed document into the text it was read from.
//!
//! What has not changed keeps its bytes: its spelling, its order and the whitespace around it. What is new is written in
//! the style of its neighbours: on a line of its own where they are, without whitespace where the text has none.

use super::write::quote;
use super::{Member, Node, Place, Value};

/// The text with `new` in the place of `old`, whose places are byte offsets in the text.
///
/// An element or member of `new` is the same as one of `old` if it has the same place; so whatever is new has
/// [none](Node::unplaced).
pub(crate) fn rewrite(text: &str, old: &Node<'_>, new: &Node<'_>) -> String {
    let text = Source {
        text,
        is_spaced: old.to_json().len() < text.trim().len(),
    };
    let mut out = String::with_capacity(text.text.len());
    out.push_str(text.part(0, old.place.start));
    text.value(&mut out, old, new);
    out.push_str(text.text.get(old.place.end as usize..).unwrap_or_default());
    out
}

impl Node<'_> {
    /// The same value without places: it is from another document, or new.
    pub(crate) fn unplaced(mut self) -> Self {
        self.forget_places();
        self
    }

    fn forget_places(&mut self) {
        self.place = Place::default();
        match &mut self.value {
            Value::Array(elements) => elements.iter_mut().for_each(Node::forget_places),
            Value::Object(members) => {
                for member in members {
                    member.name_place = Place::default();
                    member.value.forget_places();
                }
            }
            _ => {}
        }
    }
}

/// The text that the old document was read from.
struct Source<'t> {
    text: &'t str,
    /// Whether it has whitespace.
    is_spaced: bool,
}

impl<'t> Source<'t> {
    fn part(&self, start: u32, end: u32) -> &'t str {
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn value(&self, out: &mut String, old: &Node<'_>, new: &Node<'_>) {
        match (&old.value, &new.value) {
            _ if old == new => out.push_str(self.part(old.place.start, old.place.end)),
            (Value::Array(olds), Value::Array(news)) => self.items(out, old.place, olds, news),
            (Value::Object(olds), Value::Object(news)) => self.items(out, old.place, olds, news),
            // A scalar that has become a list is often one of its elements.
            (_, Value::Array(news)) => {
                let comma = if self.is_spaced { ", " } else { "," };
                out.push('[');
                for (index, new) in news.iter().enumerate() {
                    out.push_str(if index > 0 { comma } else { "" });
                    if new.place == old.place {
                        self.value(out, old, new);
                    } else {
                        out.push_str(&new.to_json());
                    }
                }
                out.push(']');
            }
            _ => out.push_str(&new.to_json()),
        }
    }

    /// The elements of a list, or the members of an object.
    fn items<T: Item>(&self, out: &mut String, container: Place, olds: &[T], news: &[T]) {
        let gaps = Gaps::of(self, container, olds);
        out.push_str(self.part(container.start, container.start + 1));
        let mut next = 0;
        for (index, new) in news.iter().enumerate() {
            let rest = olds.get(next..).unwrap_or_default();
            let at = next + rest.partition_point(|old| old.identity().start < new.identity().start);
            let kept = olds.get(at).filter(|old| old.identity() == new.identity());
            if index > 0 {
                out.push(',');
            }
            let lead = match kept {
                _ if index == 0 => gaps.opening(),
                Some(_) if at > 0 => gaps.leads.get(at).copied().unwrap_or_default(),
                _ => gaps.separator,
            };
            out.push_str(lead);
            match kept {
                Some(old) => {
                    new.write_over(old, self, out);
                    next = at + 1;
                }
                None => new.write_new(&gaps, self, out),
            }
            let own_trail = kept.and_then(|_| gaps.trails.get(at)).filter(|_| at + 1 < olds.len());
            out.push_str(if index + 1 == news.len() {
                gaps.closing()
            } else {
                own_trail.copied().unwrap_or_default()
            });
        }
        out.push_str(self.part(container.end.saturating_sub(1), container.end));
    }
}

/// An element of a list, or a member of an object.
trait Item {
    /// The place that identifies it, and where it starts.
    fn identity(&self) -> Place;
    /// Where it ends.
    fn end(&self) -> u32;
    fn write_over(&self, old: &Self, source: &Source<'_>, out: &mut String);
    fn write_new(&self, gaps: &Gaps<'_>, source: &Source<'_>, out: &mut String);
}

impl Item for Node<'_> {
    fn identity(&self) -> Place {
        self.place
    }

    fn end(&self) -> u32 {
        self.place.end
    }

    fn write_over(&self, old: &Self, source: &Source<'_>, out: &mut String) {
        source.value(out, old, self);
    }

    fn write_new(&self, gaps: &Gaps<'_>, _: &Source<'_>, out: &mut String) {
        gaps.write(self, out);
    }
}

impl Item for Member<'_> {
    fn identity(&self) -> Place {
        self.name_place
    }

    fn end(&self) -> u32 {
        self.value.place.end
    }

    fn write_over(&self, old: &Self, source: &Source<'_>, out: &mut String) {
        if self.name == old.name {
            out.push_str(source.part(old.name_place.start, old.name_place.end));
        } else {
            quote(out, self.name.written());
        }
        out.push_str(source.part(old.name_place.end, old.value.place.start));
        source.value(out, &old.value, &self.value);
    }

    fn write_new(&self, gaps: &Gaps<'_>, source: &Source<'_>, out: &mut String) {
        quote(out, self.name.written());
        out.push_str(if source.is_spaced { ": " } else { ":" });
        gaps.write(&self.value, out);
    }
}

/// The whitespace around the items of a list or object.
struct Gaps<'t> {
    /// Before each item.
    leads: Vec<&'t str>,
    /// After each item, before the comma or the end.
    trails: Vec<&'t str>,
    /// Before a new item.
    separator: &'t str,
}

impl<'t> Gaps<'t> {
    fn of<T: Item>(source: &Source<'t>, container: Place, olds: &[T]) -> Self {
        let (mut leads, mut trails) = (Vec::with_capacity(olds.len()), Vec::with_capacity(olds.len()));
        let mut from = container.start + 1;
        for (index, old) in olds.iter().enumerate() {
            let gap = source.part(from, old.identity().start);
            if index > 0 {
                let (trail, lead) = gap.split_once(',').unwrap_or(("", gap));
                trails.push(trail);
                leads.push(lead);
            } else {
                leads.push(gap);
            }
            from = old.end();
        }
        if !olds.is_empty() {
            trails.push(source.part(from, container.end.saturating_sub(1)));
        }
        let separator = match leads.as_slice() {
            [.., _, last] => last,
            [only] if only.contains('\n') => only,
            _ if source.is_spaced => " ",
            _ => "",
        };
        Self {
            leads,
            trails,
            separator,
        }
    }

    fn opening(&self) -> &'t str {
        self.leads.first().copied().unwrap_or_default()
    }

    fn closing(&self) -> &'t str {
        self.trails.last().copied().unwrap_or_default()
    }

    /// Writes a new value: indented if the items are each on a line of their own.
    fn write(&self, new: &Node<'_>, out: &mut String) {
        let Some((before, indent)) = self.separator.rsplit_once('\n') else {
            return out.push_str(&new.to_json());
        };
        let line_end = if before.ends_with('\r') { "\r\n" } else { "\n" };
        let outer = self.closing().rsplit_once('\n').map_or("", |(_, outer)| outer);
        let unit = indent
            .strip_prefix(outer)
            .filter(|unit| !unit.is_empty())
            .unwrap_or("    ");
        for (index, line) in new.to_json_pretty().lines().enumerate() {
            let content = line.trim_start_matches(' ');
            if index > 0 {
                out.push_str(line_end);
                out.push_str(indent);
                out.push_str(&unit.repeat((line.len() - content.len()) / super::write::INDENT.len()));
            }
            out.push_str(content);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::rewrite;
    use crate::document::{Document, Member, Node, Value};

    /// The text with the list at the pointer changed.
    fn list(text: &str, change: impl FnOnce(&mut Vec<Node<'_>>)) -> String {
        let document = Document::read(text).unwrap();
        let mut new = document.root().clone();
        match &mut new.value {
            Value::Array(elements) => change(elements),
            Value::Object(members) => match &mut members.last_mut().unwrap().value.value {
                Value::Array(elements) => change(elements),
                _ => unreachable!("the last member is a list"),
            },
            _ => unreachable!("a list, or an object"),
        }
        let written = rewrite(text, document.root(), &new);
        assert_eq!(Document::read(&written).unwrap().root(), &new, "{written}");
        written
    }

    #[test]
    fn what_stays_keeps_its_whitespace() {
        let cases: [(&str, usize, &str); 8] = [
            ("[1,2,3]", 0, "[2,3]"),
            ("[1, 2, 3]", 0, "[2, 3]"),
            ("[ 1, 2 ,3 ]", 2, "[ 1, 2 ]"),
            ("[1, 2]", 1, "[1]"),
            ("[ 1 ]", 0, "[]"),
            ("[\n  1,\n  2\n]", 1, "[\n  1\n]"),
            ("[\n  1,\n  2\n]", 0, "[\n  2\n]"),
            (" [1,\n2,   3]\n", 1, " [1,   3]\n"),
        ];
        for (text, index, expected) in cases {
            assert_eq!(list(text, |elements| drop(elements.remove(index))), expected, "{text}");
        }
        assert_eq!(
            list(r#"["\u0061", 1.50]"#, |elements| elements.reverse()),
            r#"[1.50, "a"]"#
        );
    }

    #[test]
    fn what_is_new_is_written_like_its_neighbours() {
        let new = || {
            Node::built(Value::Object(vec![Member::built(
                "a",
                Node::built(Value::Array(vec![Node::string("b")])),
            )]))
        };
        let cases = [
            ("[1]", r#"[1,{"a":["b"]}]"#),
            ("[]", r#"[{"a":["b"]}]"#),
            ("[1, 2]", r#"[1, 2, {"a":["b"]}]"#),
            (r#"{"x": [1]}"#, r#"{"x": [1, {"a":["b"]}]}"#),
            ("[\n\t1\n]", "[\n\t1,\n\t{\n\t\t\"a\": [\n\t\t\t\"b\"\n\t\t]\n\t}\n]"),
            (
                "{\n  \"x\": [\n    1,\n    2\n  ]\n}",
                "{\n  \"x\": [\n    1,\n    2,\n    {\n      \"a\": [\n        \"b\"\n      ]\n    }\n  ]\n}",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(list(text, |elements| elements.push(new())), expected, "{text}");
            let [text, expected] = [text, expected].map(|text| text.replace('\n', "\r\n"));
            assert_eq!(list(&text, |elements| elements.push(new())), expected, "{text}");
        }
        assert_eq!(
            list("[ 1,2 ]", |elements| elements.insert(0, new())),
            r#"[ {"a":["b"]},1,2 ]"#
        );
    }
}
