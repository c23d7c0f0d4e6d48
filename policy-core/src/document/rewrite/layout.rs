//! The style of what is new: that of the values of its type which are nearest.

use super::{Item, Source};
use crate::document::{Node, Place, Value};

/// How a list or an object is written.
#[derive(Clone, Copy)]
pub(super) struct Layout<'t> {
    is_object: bool,
    /// On one line: after the opening bracket, and before the closing one.
    padding: (&'t str, &'t str),
    /// On one line: the comma between two items, with its whitespace.
    comma: &'t str,
    /// The colon between a name and its value, with its whitespace.
    pub colon: &'t str,
    /// If each item is on a line of its own: how such a line ends, and by what it is indented.
    lines: Option<Lines<'t>>,
}

#[derive(Clone, Copy)]
struct Lines<'t> {
    end: &'static str,
    unit: &'t str,
}

impl<'t> Layout<'t> {
    /// That of a text without whitespace.
    pub const COMPACT: Self = Self {
        is_object: true,
        padding: ("", ""),
        comma: ",",
        colon: ":",
        lines: None,
    };

    /// The layout of these items of a list or an object, and where they do not show it, that of what is around it.
    pub fn of_items<T: Item>(source: Source<'t>, container: Place, items: &[T], around: Self) -> Self {
        let (Some(first), Some(last)) = (items.first(), items.last()) else {
            return around.of_type(source.part(container.start, container.start + 1) == "{");
        };
        let open = source.part(container.start + 1, first.identity().start);
        let close = source.part(last.value().place.end, container.end.saturating_sub(1));
        let on_one_line = |gap: &&str| !gap.contains('\n');
        let colon = first.colon(source).filter(on_one_line);
        let comma = items
            .get(1)
            .map(|second| source.part(first.value().place.end, second.identity().start))
            .filter(on_one_line);
        let lines = open.rsplit_once('\n').map(|(before, indent)| {
            let outer = close.rsplit_once('\n').map_or("", |(_, outer)| outer);
            let unit = indent.strip_prefix(outer).filter(|unit| !unit.is_empty());
            Lines {
                end: if before.ends_with('\r') { "\r\n" } else { "\n" },
                unit: unit.unwrap_or("    "),
            }
        });
        let is_padded = lines.is_none() && on_one_line(&close);
        Self {
            is_object: first.colon(source).is_some(),
            padding: if is_padded { (open, close) } else { ("", "") },
            comma: comma.unwrap_or(match (around.comma, colon) {
                (",", Some(colon)) if colon.ends_with(' ') => ", ",
                (comma, _) => comma,
            }),
            colon: colon.unwrap_or(around.colon),
            lines,
        }
    }

    /// The same for a list, or for an object, in it. Brackets of the two types are often padded differently.
    pub fn of_type(self, is_object: bool) -> Self {
        Self {
            is_object,
            padding: if self.is_object == is_object {
                self.padding
            } else {
                ("", "")
            },
            ..self
        }
    }

    pub const fn on_one_line(self) -> Self {
        Self { lines: None, ..self }
    }

    /// On one line: the whitespace before and after the comma.
    pub fn around_comma(self) -> (&'t str, &'t str) {
        self.comma.split_once(',').unwrap_or_default()
    }

    /// Writes the brackets and the commas; `write` gets the index of an item and the indentation of its line.
    pub fn enclose(
        self,
        out: &mut String,
        items: usize,
        indent: &str,
        mut write: impl FnMut(&mut String, usize, &str),
    ) {
        let (open, close) = if self.is_object { ('{', '}') } else { ('[', ']') };
        out.push(open);
        if let Some(Lines { end, unit }) = self.lines {
            let inner = format!("{indent}{unit}");
            for index in 0..items {
                out.push_str(if index > 0 { "," } else { "" });
                out.push_str(end);
                out.push_str(&inner);
                write(out, index, &inner);
            }
            out.push_str(end);
            out.push_str(indent);
        } else {
            for index in 0..items {
                out.push_str(if index > 0 { self.comma } else { self.padding.0 });
                write(out, index, indent);
            }
            out.push_str(self.padding.1);
        }
        out.push(close);
    }
}

/// The lists and objects whose style that of a new value is, the nearest first.
pub(super) struct Models<'n, 't> {
    source: Source<'t>,
    nearest: Vec<&'n Node<'n>>,
    /// Whether the new value is inside another that is written on one line.
    is_on_one_line: bool,
}

/// How many values are looked at for lists and objects: a policy may be long, and many values of it new.
const FEW: usize = 32;

impl<'n, 't> Models<'n, 't> {
    pub const fn none(source: Source<'t>) -> Self {
        Self {
            source,
            nearest: Vec::new(),
            is_on_one_line: false,
        }
    }

    pub fn of(source: Source<'t>, values: impl IntoIterator<Item = &'n Node<'n>>) -> Self {
        let is_model = |node: &&Node<'_>| match &node.value {
            Value::Array(elements) => !elements.is_empty(),
            Value::Object(members) => !members.is_empty(),
            _ => false,
        };
        Self {
            source,
            nearest: values.into_iter().take(FEW).filter(is_model).collect(),
            is_on_one_line: false,
        }
    }

    /// The layout of a new list or object.
    pub fn layout(&self, is_object: bool, around: Layout<'t>) -> Layout<'t> {
        let layouts = self.nearest.iter().filter_map(|node| match &node.value {
            Value::Array(items) if !is_object => Some(Layout::of_items(self.source, node.place, items, around)),
            Value::Object(items) if is_object => Some(Layout::of_items(self.source, node.place, items, around)),
            _ => None,
        });
        let mut fitting = layouts.filter(|layout| !self.is_on_one_line || layout.lines.is_none());
        fitting.next().unwrap_or_else(|| around.of_type(is_object))
    }

    /// Writes a new value in a container of this layout, on a line of this indentation.
    pub fn write(&self, out: &mut String, new: &Node<'_>, around: Layout<'t>, indent: &str) {
        match &new.value {
            Value::Array(elements) if !elements.is_empty() => {
                let layout = self.layout(false, around);
                let models = self.inside_new(None, layout);
                layout.enclose(out, elements.len(), indent, |out, index, indent| {
                    if let Some(element) = elements.get(index) {
                        models.write(out, element, layout, indent);
                    }
                });
            }
            Value::Object(members) if !members.is_empty() => {
                let layout = self.layout(true, around);
                layout.enclose(out, members.len(), indent, |out, index, indent| {
                    if let Some(member) = members.get(index) {
                        let name = member.name.written();
                        member.write_new(&self.inside_new(Some(name), layout), layout, indent, out);
                    }
                });
            }
            _ => out.push_str(&new.to_json()),
        }
    }

    /// The models of a value inside a new one of this layout.
    fn inside_new(&self, name: Option<&str>, layout: Layout<'_>) -> Models<'_, 't> {
        Models {
            is_on_one_line: layout.lines.is_none(),
            ..self.inside(name, [])
        }
    }

    /// The models of a value inside: first those of the same name, then what is beside it, then all others.
    pub fn inside<'m>(
        &'m self,
        name: Option<&str>,
        siblings: impl IntoIterator<Item = &'m Node<'m>>,
    ) -> Models<'m, 't> {
        let models = || self.nearest.iter().copied();
        let named = name
            .into_iter()
            .flat_map(|name| models().filter_map(move |node| node.member(name)));
        let elements = models().flat_map(|node| match &node.value {
            Value::Array(elements) => elements.as_slice(),
            _ => &[],
        });
        let values = models().flat_map(Node::members).map(|member| &member.value);
        let others = elements.chain(values).chain(models());
        Models::of(self.source, named.chain(siblings).chain(others))
    }
}
