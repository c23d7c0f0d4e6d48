//! The members of the objects in a file of cases, and their mistakes.

use super::Mistake;
use crate::document::{Lines, Node, Place, Position};
use crate::spelling::nearest;

/// The mistakes found so far.
pub(super) struct Found<'t> {
    lines: Lines<'t>,
    pub mistakes: Vec<Mistake>,
    pub remarks: Vec<Mistake>,
}

impl<'t> Found<'t> {
    pub fn in_text(text: &'t str) -> Self {
        Self {
            lines: Lines::of(text),
            mistakes: Vec::new(),
            remarks: Vec::new(),
        }
    }

    pub fn position(&self, place: Place) -> Position {
        self.lines.position(place.start as usize)
    }

    /// Adds a mistake. Returns `None`, for the caller to return.
    pub fn add<T>(&mut self, place: Place, what: impl Into<String>) -> Option<T> {
        let mistake = Mistake::new(self.position(place), what.into());
        self.mistakes.push(mistake);
        None
    }

    /// What is wrong at a place, which is not reported yet.
    pub fn mistake(&self, place: Place, what: impl Into<String>) -> Mistake {
        Mistake::new(self.position(place), what.into())
    }

    pub fn remark(&mut self, place: Place, what: impl Into<String>) {
        let remark = self.mistake(place, what);
        self.remarks.push(remark);
    }

    /// Reports that a node does not have the expected type.
    pub fn not<T>(&mut self, node: &Node<'_>, what: &str, wanted: &str) -> Option<T> {
        self.add(node.place, format!("{what} is {wanted}, not {}", node.type_name()))
    }

    /// Reads an object with these members, each at most once. `what` names it, with an article.
    pub fn object<'n, 'a>(&mut self, node: &'n Node<'a>, what: &str, known: &[&str]) -> Option<Fields<'n, 'a>> {
        if !matches!(node.value, crate::document::Value::Object(_)) {
            return self.not(node, what, "an object");
        }
        let mut misspelt = Vec::new();
        for member in node.members() {
            let name = member.name.written();
            if known.contains(&name) {
                continue;
            }
            let near = nearest(name, known.iter().copied());
            misspelt.extend(near.map(str::to_owned));
            let meant = match near {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("it may have `{}`", known.join("`, `")),
            };
            self.add::<()>(member.name_place, format!("{what} has no member `{name}`; {meant}"));
        }
        self.refuse_repeated(node, what, str::to_owned);
        Some(Fields { node, misspelt })
    }

    /// Reports a missing member, unless it is misspelled, which is reported already.
    pub fn lacks<T>(&mut self, fields: &Fields<'_, '_>, name: &str, what: impl Into<String>) -> Option<T> {
        if fields.misspelt.iter().any(|meant| meant == name) {
            return None;
        }
        self.add(fields.node.place, what)
    }

    /// Reports duplicate members of an object, where `same` normalizes names.
    pub fn refuse_repeated(&mut self, node: &Node<'_>, what: &str, same: fn(&str) -> String) {
        let mut seen = std::collections::HashSet::new();
        for member in node.members() {
            let name = member.name.written();
            if !seen.insert(same(name)) {
                self.add::<()>(member.name_place, format!("{what} has `{name}` twice"));
            }
        }
    }

    pub fn text<'n>(&mut self, node: &'n Node<'_>, what: &str) -> Option<&'n str> {
        match node.as_text() {
            Some(text) => Some(text.written()),
            None => self.not(node, what, "a string"),
        }
    }
}

/// An object with known members.
pub(super) struct Fields<'n, 'a> {
    pub node: &'n Node<'a>,
    /// The likely intended names of misspelled members.
    misspelt: Vec<String>,
}

impl<'n, 'a> Fields<'n, 'a> {
    pub fn get(&self, name: &str) -> Option<&'n Node<'a>> {
        self.node.member(name)
    }
}
