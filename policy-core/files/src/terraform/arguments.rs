//! The arguments and the blocks of a data source, as HCL and as JSON have them:
//! <https://developer.hashicorp.com/terraform/language/syntax/json#nested-block-mapping>.

use std::ops::Range;

use hcl_edit::structure::{Block, Body};

use super::data_source::BLOCKS;
use super::expression::Evaluator;
use super::{label, place};
use crate::item::{Entry, Item, Template, Value};
use crate::written::Written;

/// What a block has.
pub(super) struct Arguments {
    pub(super) place: Range<usize>,
    given: Vec<Entry>,
    blocks: Vec<(String, Part)>,
}

/// A block, or the content of one that is repeated.
pub(super) struct Part {
    /// The word that it starts with.
    pub(super) head: Range<usize>,
    pub(super) whole: Range<usize>,
    pub(super) body: Arguments,
    pub(super) is_dynamic: bool,
}

const DYNAMIC: &str = "dynamic";

impl Arguments {
    /// The argument of this name.
    pub(super) fn argument(&self, name: &str) -> Option<&Entry> {
        self.given.iter().find(|own| own.name() == Some(name))
    }

    /// The blocks of this name, those of `dynamic` once.
    pub(super) fn blocks<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Part> {
        let named = self.blocks.iter().filter(move |(own, _)| own == name);
        named.map(|(_, part)| part)
    }

    /// Calls `see` with each block that is repeated, and those inside them, and with its name.
    pub(super) fn each_dynamic(&self, see: &mut dyn FnMut(&str, &Part)) {
        for (name, part) in &self.blocks {
            if part.is_dynamic {
                see(name, part);
            }
            part.body.each_dynamic(see);
        }
    }

    fn of_body(body: &Body, evaluator: &Evaluator<'_>) -> Self {
        let mut blocks = Vec::new();
        for block in body.blocks() {
            let part = |body: &Body| Part {
                head: place(&block.ident),
                whole: place(block),
                body: Self::of_body(body, evaluator),
                is_dynamic: block.ident.as_str() == DYNAMIC,
            };
            if block.ident.as_str() == DYNAMIC {
                let contents = block.body.get_blocks("content");
                blocks.extend(contents.map(|content| (label(block, 0).to_owned(), part(&content.body))));
            } else {
                blocks.push((block.ident.as_str().to_owned(), part(&block.body)));
            }
        }
        let arguments = body.attributes().map(|attribute| {
            let name_place = place(&attribute.key);
            Entry {
                name: Template::of(Written::verbatim(attribute.key.as_str(), name_place.start)),
                name_place,
                value: evaluator.item(&attribute.value),
            }
        });
        Self {
            place: place(body),
            given: arguments.collect(),
            blocks,
        }
    }

    /// `read` reads the texts.
    fn of_map(map: &Item, read: &dyn Fn(&Item) -> Item) -> Self {
        let mut own = Self {
            place: map.place.clone(),
            given: Vec::new(),
            blocks: Vec::new(),
        };
        for entry in map.entries() {
            let name = entry.name().unwrap_or_default();
            if name == DYNAMIC {
                for repeated in one_or_several(&entry.value).flat_map(Item::entries) {
                    let blocks = one_or_several(&repeated.value).filter_map(|block| block.member("content"));
                    for content in blocks.flat_map(one_or_several) {
                        let mut part = Part::of_item(&repeated.name_place, content, read);
                        part.is_dynamic = true;
                        own.blocks.push((repeated.name().unwrap_or_default().to_owned(), part));
                    }
                }
            } else if BLOCKS.contains(&name) {
                for block in one_or_several(&entry.value) {
                    let part = Part::of_item(&entry.name_place, block, read);
                    own.blocks.push((name.to_owned(), part));
                }
            } else {
                own.given.push(Entry {
                    value: with_texts(&entry.value, read),
                    ..entry.clone()
                });
            }
        }
        own
    }
}

impl Part {
    /// A block of HCL.
    pub(super) fn of_block(block: &Block, evaluator: &Evaluator<'_>) -> Self {
        Self {
            head: place(&block.ident),
            whole: place(block),
            body: Arguments::of_body(&block.body, evaluator),
            is_dynamic: false,
        }
    }

    /// The value of a member of JSON, whose name is at the place of the head. `read` reads the texts.
    pub(super) fn of_item(head: &Range<usize>, value: &Item, read: &dyn Fn(&Item) -> Item) -> Self {
        Self {
            head: head.clone(),
            whole: value.place.clone(),
            body: Arguments::of_map(value, read),
            is_dynamic: false,
        }
    }
}

/// A block, or each of a list of them.
pub(crate) fn one_or_several(item: &Item) -> impl Iterator<Item = &Item> {
    let one = matches!(item.value, Value::Map(_)).then_some(item);
    one.into_iter().chain(item.list())
}

/// The members of the blocks of this name, of one or several: the types of resources, the names of local values.
pub(super) fn entries_of<'i>(root: &'i Item, name: &'i str) -> impl Iterator<Item = &'i Entry> {
    let blocks = root.members(name).flat_map(one_or_several);
    blocks.flat_map(Item::entries)
}

/// A configuration in JSON as one object: it may be a list of them, which has the members of all.
/// <https://github.com/hashicorp/hcl/blob/main/json/spec.md#bodies>
pub(crate) fn one_body(root: Item) -> Item {
    let Value::List(bodies) = root.value else { return root };
    let entries = bodies.into_iter().flat_map(|body| match body.value {
        Value::Map(entries) => entries,
        _ => Vec::new(),
    });
    Item::new(root.place, Value::Map(entries.collect()))
}

/// A value whose texts are read so.
fn with_texts(item: &Item, read: &dyn Fn(&Item) -> Item) -> Item {
    let value = match &item.value {
        Value::Text(_) => return read(item),
        Value::List(items) => Value::List(items.iter().map(|item| with_texts(item, read)).collect()),
        other => other.clone(),
    };
    Item::new(item.place.clone(), value)
}
