//! Fixes as edits of a file.
//!
//! A fix is a change of the document. Its places are bytes of the file, whatever the language, so that nearly all of an edit is
//! the same in each: a text is written differently where it differs, and what is removed goes with the comma or the mark of a
//! list that separates it from its neighbour. What has to be written anew is spelled like its neighbours. Where that is not
//! certain there is no edit, and [`Reader::fix`](crate::Reader::fix) reads each file again that it has edited.

mod insert;
mod remove;
mod write;

use std::collections::HashMap;
use std::ops::Range;

use policy_core::document::{Document, Member, Node, Place, Text, Value};
use policy_core::finding::{Change, Finding, Fix};

use crate::build::Strings;
use crate::wording::{self, Style};

/// A part of a file, and what to write in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the file; empty for text that is inserted.
    pub range: Range<usize>,
    /// What to write there.
    pub text: String,
}

impl Edit {
    /// The one edit that makes `new` of `old`: what is the same at both ends is left alone.
    ///
    /// ```
    /// use policy_files::Edit;
    ///
    /// let edit = Edit::between("s3:GetObjct", "s3:GetObject");
    /// assert_eq!((edit.range, edit.text.as_str()), (9..9, "e"));
    /// ```
    pub fn between(old: &str, new: &str) -> Self {
        let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
            pairs
                .take_while(|(one, other)| one == other)
                .map(|(one, _)| one.len_utf8())
                .sum()
        };
        let before = same(&mut old.chars().zip(new.chars()));
        let (rest, new_rest) = (
            old.get(before..).unwrap_or_default(),
            new.get(before..).unwrap_or_default(),
        );
        let after = same(&mut rest.chars().rev().zip(new_rest.chars().rev()));
        Self {
            range: before..old.len() - after,
            text: new_rest.get(..new_rest.len() - after).unwrap_or_default().to_owned(),
        }
    }
}

/// A [`Fix`] of a policy in a file: the edits, which belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFix {
    title: String,
    is_safe: bool,
    edits: Vec<Edit>,
}

impl FileFix {
    /// What it does, in the imperative and in the language of the file: ``write `Version = "2012-10-17"` first``.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether the policy evaluates the same afterwards for every request: see [`Fix::is_safe`].
    pub const fn is_safe(&self) -> bool {
        self.is_safe
    }

    /// The edits, in the order of the file. No two overlap.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}

/// The text with these edits made, which are in the order of the file; `None` if two of them overlap, or one is not in the text.
///
/// ```
/// use policy_files::{Edit, edited};
///
/// let edit = Edit { range: 6..14, text: "GetObject".to_owned() };
/// assert_eq!(edited("  \"s3:GetObjct\"", &[edit]).as_deref(), Some("  \"s3:GetObject\""));
/// ```
pub fn edited(text: &str, edits: &[Edit]) -> Option<String> {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        edited.push_str(text.get(at..edit.range.start)?);
        edited.push_str(&edit.text);
        text.get(edit.range.clone())?;
        at = edit.range.end;
    }
    edited.push_str(text.get(at..)?);
    Some(edited)
}

/// Makes edits of the fixes of one policy; see [`FilePolicy::fixer`](crate::FilePolicy::fixer).
#[derive(Clone, Debug)]
pub struct Fixer<'p> {
    text: &'p str,
    style: Style,
    /// The bytes of the policy.
    place: Range<usize>,
    /// Whether the policy is known to be what is written.
    is_certain: bool,
    /// Whether the file is one in which no fix is made.
    is_refused: bool,
    written: &'p Strings,
    index: Index<'p>,
}

impl<'p> Fixer<'p> {
    pub(crate) fn new(
        text: &'p str,
        style: Style,
        place: Range<usize>,
        documents: &'p [Document<'static>],
        written: &'p Strings,
    ) -> Self {
        Self {
            text,
            style,
            is_certain: documents.len() == 1 && !is_repeated(text.get(place.clone()).unwrap_or_default()),
            is_refused: false,
            place,
            written,
            index: Index::of(documents),
        }
    }

    /// The same of a policy that may not be what is written: no fix of it is safe.
    pub(crate) const fn uncertain(mut self) -> Self {
        self.is_certain = false;
        self
    }

    /// The same of a file in which no fix is made.
    pub(crate) const fn refused(mut self) -> Self {
        self.is_refused = true;
        self
    }

    /// The fixes of a finding of this policy. Those are left out that cannot be made in the file, such as that of a name that is
    /// written elsewhere, and all of a file in which [none are made](crate::FixRefusal).
    pub fn fixes(&self, finding: &Finding) -> Vec<FileFix> {
        let fixes = finding.fixes().iter();
        fixes.filter_map(|fix| self.fix(fix)).collect()
    }

    /// One of the fixes.
    pub fn fix(&self, fix: &Fix) -> Option<FileFix> {
        if self.is_refused {
            return None;
        }
        let edits = self.edits(fix)?;
        // What is written outside of the policy is perhaps used elsewhere too.
        let is_inside = |edit: &Edit| self.place.start <= edit.range.start && edit.range.end <= self.place.end;
        Some(FileFix {
            title: wording::help(fix.title(), self.style),
            is_safe: fix.is_safe() && self.is_certain && edits.iter().all(is_inside),
            edits,
        })
    }

    fn edits(&self, fix: &Fix) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut removed = Vec::new();
        for change in fix.changes() {
            match change {
                Change::Write { place, text } => edits.push(self.write(*place, text)?),
                Change::Insert { object, name, value } => edits.push(self.insert(*object, name, value)?),
                Change::Remove(place) => removed.push(*place),
                _ => return None,
            }
        }
        edits.extend(self.remove(&removed)?);
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        let are_apart = edits.windows(2).all(|pair| match pair {
            [one, other] => one.range.end <= other.range.start,
            _ => true,
        });
        (are_apart && !edits.is_empty()).then_some(edits)
    }

    fn part(&self, range: Range<usize>) -> &'p str {
        self.text.get(range).unwrap_or_default()
    }
}

/// Whether something in a policy may be there several times or not at all, so that a part of it may not do without what another part
/// says: what a template or a macro repeats. In Terraform's language that is an [assumption](crate::Assumption).
fn is_repeated(policy: &str) -> bool {
    ["%{", "Fn::ForEach"].iter().any(|word| policy.contains(word))
}

/// What is at the places of a policy; `None` where several values of a document are: what is written once and used twice.
#[derive(Clone, Debug, Default)]
struct Index<'p> {
    texts: HashMap<Place, Option<&'p Text<'static>>>,
    objects: HashMap<Place, Option<&'p Node<'static>>>,
    /// Which part of a list or object an element, or the name of a member, is.
    positions: HashMap<Place, Option<Position>>,
    /// The lists and objects.
    containers: Vec<Siblings>,
}

/// Where an element or a member is.
#[derive(Clone, Copy, Debug)]
struct Position {
    /// The number of its list or object.
    container: usize,
    /// Its own, in the order of the file.
    number: usize,
}

/// The elements of a list, or the members of an object.
#[derive(Clone, Debug)]
struct Siblings {
    is_list: bool,
    /// The bytes of each, in the order of the file.
    parts: Vec<Range<usize>>,
    /// What is between the name and the value of each member.
    gaps: Vec<Range<usize>>,
}

impl<'p> Index<'p> {
    fn of(documents: &'p [Document<'static>]) -> Self {
        let mut whole = Self::default();
        for document in documents {
            let mut own = Self::default();
            own.add(document.root());
            // What is in several documents is the same in each.
            own.texts.into_iter().for_each(|(place, text)| {
                whole.texts.entry(place).or_insert(text);
            });
            own.objects.into_iter().for_each(|(place, node)| {
                whole.objects.entry(place).or_insert(node);
            });
            let before = whole.containers.len();
            own.positions.into_iter().for_each(|(place, position)| {
                let moved = position.map(|own| Position {
                    container: before + own.container,
                    ..own
                });
                whole.positions.entry(place).or_insert(moved);
            });
            whole.containers.append(&mut own.containers);
        }
        whole
    }

    fn add(&mut self, node: &'p Node<'static>) {
        match &node.value {
            Value::String(text) => once(&mut self.texts, node.place, text),
            Value::Array(elements) => {
                let own = elements
                    .iter()
                    .map(|element| (element.place, bytes(element.place), 0..0));
                self.contain(true, own.collect());
                for element in elements {
                    self.add(element);
                }
            }
            Value::Object(members) => {
                once(&mut self.objects, node.place, node);
                let gap = |member: &Member<'_>| member.name_place.end as usize..member.value.place.start as usize;
                let own = members.iter().map(|own| (own.name_place, whole(own), gap(own)));
                self.contain(false, own.collect());
                for member in members {
                    once(&mut self.texts, member.name_place, &member.name);
                    self.add(&member.value);
                }
            }
            _ => {}
        }
    }

    /// Adds a list or an object by the places and the bytes of its parts.
    fn contain(&mut self, is_list: bool, mut own: Vec<(Place, Range<usize>, Range<usize>)>) {
        own.sort_by_key(|(_, range, _)| (range.start, range.end));
        let container = self.containers.len();
        for (number, (place, ..)) in own.iter().enumerate() {
            once(&mut self.positions, *place, Position { container, number });
        }
        let (parts, gaps) = own.into_iter().map(|(_, range, gap)| (range, gap)).unzip();
        self.containers.push(Siblings { is_list, parts, gaps });
    }
}

fn once<T>(known: &mut HashMap<Place, Option<T>>, place: Place, value: T) {
    known
        .entry(place)
        .and_modify(|known| *known = None)
        .or_insert(Some(value));
}

fn bytes(place: Place) -> Range<usize> {
    place.start as usize..place.end as usize
}

/// The bytes of a member, its name and its value. The operator of a condition of `aws_iam_policy_document` is written within the block that
/// is its value.
fn whole(member: &Member<'_>) -> Range<usize> {
    let (name, value) = (bytes(member.name_place), bytes(member.value.place));
    name.start.min(value.start)..value.end
}

#[cfg(test)]
mod tests {
    use super::{Edit, edited};

    #[test]
    fn an_edit_is_of_what_differs() {
        for (old, new, expected) in [
            ("s3:GetObjct", "s3:GetObject", (9..9, "e")),
            ("arn:aws:s3:::b", "arn:aws:s3:::b/*", (14..14, "/*")),
            ("aab", "ab", (1..2, "")),
            ("é", "è", (0..2, "è")),
            ("", "x", (0..0, "x")),
        ] {
            let edit = Edit::between(old, new);
            assert_eq!((edit.range, edit.text.as_str()), expected, "{old} {new}");
        }
    }

    #[test]
    fn an_edit_makes_one_text_of_the_other() {
        for (from, to) in [
            ("abc", "axc"),
            ("aaa", "aa"),
            ("", "é"),
            ("é😀", "è😁"),
            ("a", "a"),
            ("😀😀", "😀"),
        ] {
            assert_eq!(
                edited(from, &[Edit::between(from, to)]).as_deref(),
                Some(to),
                "{from} {to}"
            );
        }
    }
}
