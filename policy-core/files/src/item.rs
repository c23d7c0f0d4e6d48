//! Values as every language of infrastructure has them: what a reader makes of a file, and a policy is made of.

use std::borrow::Cow;
use std::ops::Range;

use policy_core::document::{Named, Text};

use crate::written::Written;

/// A value, and the bytes of the file that it is written in.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) place: Range<usize>,
    pub(crate) value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Number(String),
    Text(Template),
    List(Vec<Item>),
    Map(Vec<Entry>),
    /// One of two, as a condition decides that is not known.
    Either(Box<Either>),
    /// What removes the member or the element that has it, as `AWS::NoValue` does.
    Absent,
}

/// A member of a map.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) name_place: Range<usize>,
    pub(crate) name: Template,
    pub(crate) value: Item,
}

#[derive(Clone, Debug)]
pub(crate) struct Either {
    /// The condition as written: what is decided by the same one is decided alike.
    pub(crate) condition: String,
    pub(crate) yes: Item,
    pub(crate) no: Item,
    /// Whether it is about how often something is there that is written once. The policy is read with it, and what needs all of the
    /// policy has to be true without it too.
    pub(crate) is_repetition: bool,
}

/// A text, parts of which are not known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Template {
    pub(crate) parts: Vec<Part>,
}

#[derive(Clone, Debug)]
pub(crate) enum Part {
    Text(Written),
    Hole(Hole),
}

/// What a reference, a function or an interpolation gives.
#[derive(Clone, Debug)]
pub(crate) struct Hole {
    /// Between `${` and `}`.
    pub(crate) name: String,
    pub(crate) place: Range<usize>,
    pub(crate) kind: HoleKind,
}

/// What is known of a hole's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum HoleKind {
    Unknown,
    /// It is like this one, and has so many characters at least.
    Like(Cow<'static, str>, usize),
    /// It is a name of something that has an ARN, and not that ARN.
    Name(Box<Name>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// What else is known of it.
    pub(crate) kind: HoleKind,
    /// `name`, `ID` or `URL`.
    pub(crate) by: &'static str,
    pub(crate) arn: ArnOfName,
}

/// What gives the ARN of what has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArnOfName {
    /// This attribute of the same resource, beside the one that gives the name.
    Beside(&'static str),
    /// This attribute of the resource that `Ref` has the name of.
    Of(&'static str),
    /// This format, whose last variable is the name that `Ref` gives.
    Format(&'static str),
    Unknown,
}

impl ArnOfName {
    /// As a text of the file.
    fn of(self, name: &str) -> Option<String> {
        match self {
            Self::Beside(attribute) => Some(format!("${{{}.{attribute}}}", name.rsplit_once('.')?.0)),
            Self::Of(attribute) => Some(format!("${{{name}.{attribute}}}")),
            Self::Format(format) => {
                let (before, _) = format.rsplit_once("${")?;
                let before = before.replace("${Account}", "${AccountId}").replace("${", "${AWS::");
                Some(format!("{before}${{{name}}}"))
            }
            Self::Unknown => None,
        }
    }
}

impl HoleKind {
    pub(crate) fn sample(&self) -> (&str, usize) {
        match self {
            Self::Unknown => (Text::UNKNOWN, 0),
            Self::Like(sample, least) => (sample, *least),
            Self::Name(name) => name.kind.sample(),
        }
    }

    /// What a hole that is written so is a name of.
    pub(crate) fn named(&self, name: &str) -> Option<Named> {
        let Self::Name(own) = self else { return None };
        Some(Named {
            by: own.by,
            arn: own.arn.of(name),
        })
    }
}

impl Item {
    pub(crate) const fn new(place: Range<usize>, value: Value) -> Self {
        Self { place, value }
    }

    /// What is written once, and is there as often as the file does not say, or not at all.
    pub(crate) fn repeated(self, without: Value) -> Self {
        let place = self.place.clone();
        let either = Either {
            // There is one at a place.
            condition: format!("{}..{}", place.start, place.end),
            yes: self,
            no: Self::new(place.clone(), without),
            is_repetition: true,
        };
        Self::new(place, Value::Either(Box::new(either)))
    }

    /// A text without holes.
    pub(crate) fn text(place: Range<usize>, written: Written) -> Self {
        Self::new(place, Value::Text(Template::of(written)))
    }

    /// A value of which nothing is known but how it is written.
    pub(crate) fn hole(place: Range<usize>, name: impl Into<String>, kind: HoleKind) -> Self {
        Self::new(place.clone(), Value::Text(Template::hole(place, name, kind)))
    }

    /// The text, if it is one without holes.
    pub(crate) fn as_str(&self) -> Option<&str> {
        self.as_written().map(Written::text)
    }

    pub(crate) fn as_written(&self) -> Option<&Written> {
        self.as_template().and_then(Template::as_written)
    }

    pub(crate) const fn as_template(&self) -> Option<&Template> {
        match &self.value {
            Value::Text(template) => Some(template),
            _ => None,
        }
    }

    /// The same with each of its texts changed, those of names included.
    pub(crate) fn with_texts(&self, change: &dyn Fn(&Template) -> Template) -> Self {
        let value = match &self.value {
            Value::Text(template) => Value::Text(change(template)),
            Value::List(items) => Value::List(items.iter().map(|item| item.with_texts(change)).collect()),
            Value::Map(entries) => Value::Map(
                entries
                    .iter()
                    .map(|entry| Entry {
                        name_place: entry.name_place.clone(),
                        name: change(&entry.name),
                        value: entry.value.with_texts(change),
                    })
                    .collect(),
            ),
            Value::Either(either) => Value::Either(Box::new(Either {
                condition: either.condition.clone(),
                yes: either.yes.with_texts(change),
                no: either.no.with_texts(change),
                is_repetition: either.is_repetition,
            })),
            value => value.clone(),
        };
        Self::new(self.place.clone(), value)
    }

    /// Calls `see` with each of its texts, those of names included.
    pub(crate) fn each_text(&self, see: &mut dyn FnMut(&Template)) {
        match &self.value {
            Value::Text(template) => see(template),
            Value::List(items) => items.iter().for_each(|item| item.each_text(see)),
            Value::Map(entries) => {
                for entry in entries {
                    see(&entry.name);
                    entry.value.each_text(see);
                }
            }
            Value::Either(either) => {
                either.yes.each_text(see);
                either.no.each_text(see);
            }
            _ => {}
        }
    }

    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Map(entries) => entries,
            _ => &[],
        }
    }

    pub(crate) fn list(&self) -> &[Item] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The items of a list, or the value itself, which means the same as a list of it.
    pub(crate) fn as_list(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// The values of all members with this name, in the order written.
    pub(crate) fn members<'i>(&'i self, name: &'i str) -> impl Iterator<Item = &'i Self> {
        let named = self.entries().iter().filter(move |entry| entry.name() == Some(name));
        named.map(|entry| &entry.value)
    }

    /// The value of the last member with this name.
    pub(crate) fn member(&self, name: &str) -> Option<&Self> {
        let mut entries = self.entries().iter().rev();
        entries
            .find(|entry| entry.name() == Some(name))
            .map(|entry| &entry.value)
    }
}

impl Entry {
    /// The name, if it has no holes.
    pub(crate) fn name(&self) -> Option<&str> {
        self.name.as_written().map(Written::text)
    }
}

/// A part of a text, and what it becomes.
pub(crate) type Replacement = (Range<usize>, Template);

/// The text of an empty template.
const EMPTY: &Written = &Written::EMPTY;

impl Template {
    pub(crate) fn of(written: Written) -> Self {
        Self {
            parts: vec![Part::Text(written)],
        }
    }

    pub(crate) fn hole(place: Range<usize>, name: impl Into<String>, kind: HoleKind) -> Self {
        let name = name.into();
        Self {
            parts: vec![Part::Hole(Hole { name, place, kind })],
        }
    }

    /// The same where it is inserted: each part is as wide as what inserts it, such as `${...}`.
    pub(crate) fn inserted_at(self, place: &Range<usize>) -> Self {
        let parts = self.parts.into_iter().map(|part| match part {
            Part::Text(text) => {
                let mut written = Written::default();
                written.push_as(text.text(), place.clone());
                Part::Text(written)
            }
            Part::Hole(hole) => Part::Hole(Hole {
                place: place.clone(),
                ..hole
            }),
        });
        Self { parts: parts.collect() }
    }

    /// The text, if nothing of it is unknown.
    pub(crate) fn as_written(&self) -> Option<&Written> {
        match self.parts.as_slice() {
            [] => Some(EMPTY),
            [Part::Text(written)] => Some(written),
            _ => None,
        }
    }

    /// Its holes, in order.
    pub(crate) fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.parts.iter().filter_map(|part| match part {
            Part::Hole(hole) => Some(hole),
            Part::Text(_) => None,
        })
    }

    /// Its texts, in order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Written> {
        self.parts.iter().filter_map(|part| match part {
            Part::Text(written) => Some(written),
            Part::Hole(_) => None,
        })
    }

    /// The same with parts of its texts replaced: `next` finds the next one, from a byte of a text on, and what it becomes.
    pub(crate) fn replaced(&self, next: &dyn Fn(&Written, usize) -> Option<Replacement>) -> Self {
        let mut changed = Self::default();
        for part in &self.parts {
            let Part::Text(written) = part else {
                changed.add(part.clone());
                continue;
            };
            let mut at = 0;
            while let Some((part, instead)) = next(written, at) {
                changed.push(written.part(at..part.start));
                changed.append(instead);
                at = part.end;
            }
            changed.push(written.part(at..written.text().len()));
        }
        changed
    }

    /// Adds text to the end, if there is any.
    pub(crate) fn push(&mut self, written: Written) {
        if written.text().is_empty() {
            return;
        }
        match self.parts.last_mut() {
            Some(Part::Text(last)) => last.push_part(&written, 0..written.text().len()),
            _ => self.add(Part::Text(written)),
        }
    }

    pub(crate) fn push_hole(&mut self, hole: Hole) {
        self.add(Part::Hole(hole));
    }

    /// Nearly every text has one part, and a file may have a million texts: room for more is made with the second.
    fn add(&mut self, part: Part) {
        if self.parts.is_empty() {
            self.parts.reserve_exact(1);
        }
        self.parts.push(part);
    }

    /// Adds another template to the end.
    pub(crate) fn append(&mut self, other: Self) {
        for part in other.parts {
            match part {
                Part::Text(written) => self.push(written),
                Part::Hole(hole) => self.push_hole(hole),
            }
        }
    }

    /// Whether it starts with a text that is not blank: what it is does not depend on a hole alone.
    pub(crate) fn has_start(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Text(written)) if !written.text().trim().is_empty())
    }

    /// Whether it starts as an object of JSON does.
    pub(crate) fn starts_as_object(&self) -> bool {
        matches!(self.parts.first(), Some(Part::Text(written)) if written.text().trim_start().starts_with('{'))
    }

    /// Whether it is the text of a template of CloudFormation with policies in it.
    pub(crate) fn is_of_cloudformation(&self) -> bool {
        let has = |word: &str| self.texts().any(|written| written.text().contains(word));
        has("Resources") && has("AWS::") && has("PolicyDocument")
    }

    /// Whether it could be the text of a whole policy.
    pub(crate) fn is_like_json(&self) -> bool {
        let text = |part: &Part| match part {
            Part::Text(written) => Some(written.text().to_owned()),
            Part::Hole(_) => None,
        };
        let mut texts = self.parts.iter().filter_map(text);
        let first = self.parts.first().and_then(text).unwrap_or_default();
        first.trim_start().starts_with('{') && texts.any(|text| text.contains("\"Statement\""))
    }
}
