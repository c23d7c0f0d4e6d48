//! YAML, as `CloudFormation` and others read it: every scalar with the place of each of its bytes, short functions as long
//! ones.

mod scalar;
pub(crate) mod tags;
mod types;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, Span, Tag};

use crate::item::{Entry, Item, Template, Value};
use crate::limits::MOST_VALUES;
use crate::written::Written;

pub(crate) use types::{Misread, is_itself, misread};

/// The scalars of a file that its readers may take for something else than a text with these characters, by where they start.
pub(crate) type AllMisread = HashMap<usize, Misread>;

/// Why a text is not YAML, and where.
#[derive(Clone, Debug)]
pub(crate) struct NotYaml {
    pub(crate) offset: usize,
    pub(crate) reason: String,
    /// Whether it may be YAML, of which there is too much.
    pub(crate) is_too_large: bool,
}

/// The deepest nesting.
const DEEPEST: usize = 128;

/// Reads the documents of a file, and notes what is misread of them.
pub(crate) fn read(text: &str) -> Result<(Vec<Item>, AllMisread), NotYaml> {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.flow_nesting_limit = DEEPEST;
    options.block_nesting_limit = DEEPEST;
    let mut reader = Reader {
        text,
        events: Parser::new_from_str_with_options(text, options),
        anchors: HashMap::new(),
        misread: AllMisread::new(),
        left: MOST_VALUES,
        end: 0,
    };
    let mut documents = Vec::new();
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::DocumentStart(..) => reader.anchors.clear(),
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            event => documents.extend(reader.node(event, span, 0)?),
        }
    }
    Ok((documents, reader.misread))
}

struct Reader<'t> {
    text: &'t str,
    events: Parser<'t, granit_parser::StrInput<'t>>,
    /// The values with an anchor, and how many values each contains.
    anchors: HashMap<usize, (Item, usize)>,
    misread: AllMisread,
    /// How many more values are read.
    left: usize,
    /// Where the last scalar ended.
    end: usize,
}

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>, NotYaml> {
        self.events.next().transpose().map_err(|error| self.refused(&error))
    }

    fn refused(&self, error: &ScanError) -> NotYaml {
        NotYaml {
            offset: error.marker().byte_offset().unwrap_or(self.end),
            reason: error.info(),
            is_too_large: false,
        }
    }

    fn too_much(&self, reason: &str, is_too_large: bool) -> NotYaml {
        NotYaml {
            offset: self.end,
            reason: reason.to_owned(),
            is_too_large,
        }
    }

    fn count(&mut self, values: usize) -> Result<(), NotYaml> {
        self.left = self
            .left
            .checked_sub(values)
            .ok_or_else(|| self.too_much("there are too many values", true))?;
        Ok(())
    }

    /// The value that starts with this event; `None` for an event that is not the start of one.
    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Option<Item>, NotYaml> {
        if depth > DEEPEST {
            return Err(self.too_much("the values are nested too deeply", false));
        }
        let before = self.left;
        self.count(1)?;
        let start = span.byte_range().map_or(self.end, |range| range.start);
        let (item, anchor, tag) = match event {
            Event::Alias(anchor) => {
                let Some((item, values)) = self.anchors.get(&anchor).cloned() else {
                    return Ok(None);
                };
                self.count(values)?;
                return Ok(Some(item));
            }
            Event::Scalar(value, style, anchor, tag) => (self.scalar(&value, style, &span, tag.is_some()), anchor, tag),
            Event::SequenceStart(_, anchor, tag) => (self.sequence(start, depth)?, anchor, tag),
            Event::MappingStart(_, anchor, tag) => (self.mapping(start, depth)?, anchor, tag),
            _ => return Ok(None),
        };
        let item = match tag {
            Some(tag) => tagged(item, &tag, &span),
            None => item,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, (item.clone(), before - self.left));
        }
        Ok(Some(item))
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, span: &Span, is_tagged: bool) -> Item {
        let range = span.byte_range().unwrap_or(self.end..self.end);
        let place = scalar::trimmed(self.text, range, style);
        self.end = place.end;
        // A tag says what it is.
        if style == ScalarStyle::Plain && !is_tagged {
            self.misread.extend(misread(value).map(|own| (place.start, own)));
        }
        let value = match (style, value) {
            (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") if !is_tagged => Value::Null,
            (ScalarStyle::Plain, "true" | "True" | "TRUE") if !is_tagged => Value::Bool(true),
            (ScalarStyle::Plain, "false" | "False" | "FALSE") if !is_tagged => Value::Bool(false),
            _ => Value::Text(Template::of(scalar::written(self.text, &place, value, style))),
        };
        Item::new(place, value)
    }

    fn sequence(&mut self, start: usize, depth: usize) -> Result<Item, NotYaml> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next()? {
            if matches!(event, Event::SequenceEnd) {
                return Ok(Item::new(self.closed(start, &span), Value::List(items)));
            }
            items.extend(self.node(event, span, depth + 1)?);
        }
        Ok(Item::new(start..self.end, Value::List(items)))
    }

    fn mapping(&mut self, start: usize, depth: usize) -> Result<Item, NotYaml> {
        let mut entries = Vec::new();
        let mut merged = Vec::new();
        while let Some((event, span)) = self.next()? {
            if matches!(event, Event::MappingEnd) {
                let place = self.closed(start, &span);
                if !merged.is_empty() {
                    merge(&mut entries, merged);
                }
                return Ok(Item::new(place, Value::Map(entries)));
            }
            let is_merge = matches!(&event, Event::Scalar(name, ScalarStyle::Plain, ..) if name == "<<");
            let Some(name) = self.node(event, span, depth + 1)? else {
                continue;
            };
            let Some((event, span)) = self.next()? else { break };
            let Some(value) = self.node(event, span, depth + 1)? else {
                continue;
            };
            if is_merge {
                merged.push(value);
            } else {
                entries.push(Entry {
                    name_place: name.place.clone(),
                    name: self.name(name),
                    value,
                });
            }
        }
        Ok(Item::new(start..self.end, Value::Map(entries)))
    }

    /// A name as text, even if it could be a number.
    fn name(&self, name: Item) -> Template {
        if let Value::Text(template) = name.value {
            template
        } else {
            let text = self.text.get(name.place.clone()).unwrap_or_default();
            Template::of(Written::verbatim(text, name.place.start))
        }
    }

    /// A collection that started here: up to its bracket, or, in block style, to the end of its last value.
    fn closed(&mut self, start: usize, end: &Span) -> Range<usize> {
        if let Some(range) = end.byte_range().filter(|range| !range.is_empty()) {
            let bracket = self.text.get(range.clone());
            if matches!(bracket, Some("]" | "}")) {
                self.end = range.end;
            }
        }
        start..self.end.max(start)
    }
}

/// `!Sub text` is `Fn::Sub: text`, and `!Ref name` is `Ref: name`.
fn tagged(item: Item, tag: &Tag, span: &Span) -> Item {
    if tag.handle() != "!" || tag.suffix().is_empty() {
        return item;
    }
    let tag_place = span.tag_span().and_then(|tag| tag.byte_range());
    let start = tag_place.as_ref().map_or(item.place.start, |tag| tag.start);
    let name: Cow<'_, str> = match tag.suffix() {
        "Ref" => "Ref".into(),
        "Condition" => "Condition".into(),
        function => format!("Fn::{function}").into(),
    };
    let name_place = tag_place.unwrap_or(item.place.clone());
    let mut written = Written::default();
    written.push_as(&name, name_place.clone());
    Item::new(
        start..item.place.end,
        Value::Map(vec![Entry {
            name_place,
            name: Template::of(written),
            value: item,
        }]),
    )
}

/// Adds the members of merged maps (`<<`) that a map does not have itself.
fn merge(entries: &mut Vec<Entry>, merged: Vec<Item>) {
    let maps = merged.into_iter().flat_map(|item| match item.value {
        Value::List(items) => items,
        _ => vec![item],
    });
    let mut known: HashSet<Option<String>> = entries.iter().map(|entry| entry.name().map(str::to_owned)).collect();
    for map in maps {
        let Value::Map(others) = map.value else { continue };
        for other in others {
            if known.insert(other.name().map(str::to_owned)) {
                entries.push(other);
            }
        }
    }
}
