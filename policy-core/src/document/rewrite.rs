//! Writes a changed document into the text it was read from.
//!
//! What has not changed keeps its bytes: its spelling, its order and the whitespace around it. What is new is written in
//! the style of its neighbours: on one line or on several as they are, with their whitespace.

mod layout;

use layout::{Layout, Models};

use super::write::quote;
use super::{Member, Node, Place, Value};

/// The text with `new` in the place of `old`, whose places are byte offsets in the text.
///
/// An element or member of `new` is the same as one of `old` if it has the same place; so whatever is new has
/// [none](Node::unplaced).
pub(crate) fn rewrite(text: &str, old: &Node<'_>, new: &Node<'_>) -> String {
    let text = Source(text);
    let mut out = String::with_capacity(text.0.len());
    out.push_str(text.part(0, old.place.start));
    text.value(&mut out, old, new, &Models::none(text), Layout::COMPACT);
    out.push_str(text.0.get(old.place.end as usize..).unwrap_or_default());
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
#[derive(Clone, Copy)]
struct Source<'t>(&'t str);

impl<'t> Source<'t> {
    fn part(self, start: u32, end: u32) -> &'t str {
        self.0.get(start as usize..end as usize).unwrap_or_default()
    }

    /// The whitespace at the start of the line that has this byte.
    fn indent(self, at: u32) -> &'t str {
        let before = self.part(0, at);
        let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
        line.get(..line.len() - line.trim_start().len()).unwrap_or_default()
    }

    /// A value in a container of this layout, among such values.
    fn value(self, out: &mut String, old: &Node<'_>, new: &Node<'_>, models: &Models<'_, 't>, around: Layout<'t>) {
        let indent = || self.indent(old.place.start);
        match (&old.value, &new.value) {
            _ if old == new => out.push_str(self.part(old.place.start, old.place.end)),
            (Value::Array(olds), Value::Array(news)) => self.items(out, old.place, (olds, news), models, around),
            (Value::Object(olds), Value::Object(news)) => self.items(out, old.place, (olds, news), models, around),
            // A scalar that has become a list is often one of its elements, and so is a single statement.
            (_, Value::Array(news)) => {
                let layout = match &old.value {
                    // Its lines keep their indentation.
                    Value::Object(_) => around.of_type(false).on_one_line(),
                    _ => models.layout(false, around),
                };
                let single = Models::of(self, [old]);
                layout.enclose(out, news.len(), indent(), |out, index, indent| match news.get(index) {
                    Some(new) if new.place == old.place => self.value(out, old, new, models, layout),
                    Some(new) => single.write(out, new, layout, indent),
                    None => {}
                });
            }
            _ => models.write(out, new, around, indent()),
        }
    }

    /// The elements of a list, or the members of an object, in a container of this layout.
    fn items<T: Item>(
        self,
        out: &mut String,
        container: Place,
        (olds, news): (&[T], &[T]),
        around_models: &Models<'_, 't>,
        around: Layout<'t>,
    ) {
        let gaps = Gaps::of(self, container, olds);
        let layout = Layout::of_items(self, container, olds, around);
        let (trail, lead) = layout.around_comma();
        let separator = gaps.separator().unwrap_or(lead);
        let trail = if separator.contains('\n') { "" } else { trail };
        let indent = separator
            .rsplit_once('\n')
            .map_or_else(|| self.indent(container.start), |(_, indent)| indent);
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
                _ => separator,
            };
            out.push_str(lead);
            let models = || {
                let (before, behind) = olds.split_at(next.min(olds.len()));
                let siblings = before.iter().rev().chain(behind).map(Item::value);
                around_models.inside(new.name(), siblings)
            };
            match kept {
                Some(old) => {
                    new.write_over(old, self, models, layout, out);
                    next = at + 1;
                }
                None => new.write_new(&models(), layout, indent, out),
            }
            let own_trail = kept.and_then(|_| gaps.trails.get(at)).filter(|_| at + 1 < olds.len());
            out.push_str(if index + 1 == news.len() {
                gaps.closing()
            } else {
                own_trail.copied().unwrap_or(trail)
            });
        }
        out.push_str(self.part(container.end.saturating_sub(1), container.end));
    }
}

/// An element of a list, or a member of an object.
trait Item {
    /// The place that identifies it, and where it starts.
    fn identity(&self) -> Place;
    fn value(&self) -> &Node<'_>;
    fn name(&self) -> Option<&str>;
    /// Between the name and the value, if it has a name.
    fn colon<'t>(&self, source: Source<'t>) -> Option<&'t str>;
    fn write_over<'n, 't>(
        &self,
        old: &Self,
        source: Source<'t>,
        models: impl FnOnce() -> Models<'n, 't>,
        layout: Layout<'t>,
        out: &mut String,
    );
    fn write_new<'t>(&self, models: &Models<'_, 't>, layout: Layout<'t>, indent: &str, out: &mut String);
}

impl Item for Node<'_> {
    fn identity(&self) -> Place {
        self.place
    }

    fn value(&self) -> &Node<'_> {
        self
    }

    fn name(&self) -> Option<&str> {
        None
    }

    fn colon<'t>(&self, _: Source<'t>) -> Option<&'t str> {
        None
    }

    fn write_over<'n, 't>(
        &self,
        old: &Self,
        source: Source<'t>,
        models: impl FnOnce() -> Models<'n, 't>,
        layout: Layout<'t>,
        out: &mut String,
    ) {
        if self == old {
            out.push_str(source.part(old.place.start, old.place.end));
        } else {
            source.value(out, old, self, &models(), layout);
        }
    }

    fn write_new<'t>(&self, models: &Models<'_, 't>, layout: Layout<'t>, indent: &str, out: &mut String) {
        models.write(out, self, layout, indent);
    }
}

impl Item for Member<'_> {
    fn identity(&self) -> Place {
        self.name_place
    }

    fn value(&self) -> &Node<'_> {
        &self.value
    }

    fn name(&self) -> Option<&str> {
        Some(self.name.written())
    }

    fn colon<'t>(&self, source: Source<'t>) -> Option<&'t str> {
        Some(source.part(self.name_place.end, self.value.place.start))
    }

    fn write_over<'n, 't>(
        &self,
        old: &Self,
        source: Source<'t>,
        models: impl FnOnce() -> Models<'n, 't>,
        layout: Layout<'t>,
        out: &mut String,
    ) {
        if self.name == old.name {
            out.push_str(source.part(old.name_place.start, old.name_place.end));
        } else {
            quote(out, self.name.written());
        }
        out.push_str(old.colon(source).unwrap_or_default());
        self.value.write_over(&old.value, source, models, layout, out);
    }

    fn write_new<'t>(&self, models: &Models<'_, 't>, layout: Layout<'t>, indent: &str, out: &mut String) {
        quote(out, self.name.written());
        out.push_str(layout.colon);
        models.write(out, &self.value, layout, indent);
    }
}

/// The whitespace around the items of a list or object.
struct Gaps<'t> {
    /// Before each item.
    leads: Vec<&'t str>,
    /// After each item, before the comma or the end.
    trails: Vec<&'t str>,
}

impl<'t> Gaps<'t> {
    fn of<T: Item>(source: Source<'t>, container: Place, olds: &[T]) -> Self {
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
            from = old.value().place.end;
        }
        if !olds.is_empty() {
            trails.push(source.part(from, container.end.saturating_sub(1)));
        }
        Self { leads, trails }
    }

    fn opening(&self) -> &'t str {
        self.leads.first().copied().unwrap_or_default()
    }

    fn closing(&self) -> &'t str {
        self.trails.last().copied().unwrap_or_default()
    }

    /// Before a new item, if there are items to learn it from.
    fn separator(&self) -> Option<&'t str> {
        match self.leads.as_slice() {
            [.., _, last] => Some(last),
            [only] if only.contains('\n') => Some(only),
            _ => None,
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
            (r#"{"x": [1]}"#, r#"{"x": [1, {"a": ["b"]}]}"#),
            (r#"["\u0061"]"#, r#"["\u0061",{"a":["b"]}]"#),
            (
                "[\n  { \"b\" : [ 1 ] }\n]",
                "[\n  { \"b\" : [ 1 ] },\n  { \"a\" : [ \"b\" ] }\n]",
            ),
            ("[\n\t1\n]", "[\n\t1,\n\t{\n\t\t\"a\":[\n\t\t\t\"b\"\n\t\t]\n\t}\n]"),
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
