//! Policies whose holes have been given values.

use std::collections::{BTreeMap, HashMap};

use policy_core::document::{Document, Node, Text, Value};

use crate::build::Strings;
use crate::written::Written;

/// The values of holes, by their names.
type Values = BTreeMap<String, String>;

/// The documents with these values in place of the holes. What each value is written as is the hole.
pub(crate) fn filled(
    documents: Vec<Document<'static>>,
    strings: &mut Strings,
    values: &Values,
) -> Vec<Document<'static>> {
    let mut filler = Filler {
        values,
        before: strings,
        after: HashMap::new(),
    };
    let documents = documents.into_iter().map(|document| {
        let mut root = document.root().clone();
        filler.node(&mut root);
        Document::new(root)
    });
    let documents = documents.collect();
    let after = filler.after;
    strings.extend(after);
    documents
}

struct Filler<'v> {
    values: &'v Values,
    before: &'v Strings,
    after: Strings,
}

impl Filler<'_> {
    fn node(&mut self, node: &mut Node<'static>) {
        match &mut node.value {
            Value::String(text) => self.text(text, node.place),
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.node(element)),
            Value::Object(members) => {
                for member in members {
                    self.text(&mut member.name, member.name_place);
                    self.node(&mut member.value);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &mut Text<'static>, place: policy_core::document::Place) {
        let is_known = |name: &str| self.values.contains_key(name);
        if !text.holes().iter().any(|hole| is_known(&hole.name)) {
            return;
        }
        let written = text.written();
        let old = self.before.get(&place).cloned().unwrap_or_default();
        let mut new = Written::default();
        let mut left = Vec::new();
        let mut named = Vec::new();
        let mut at = 0;
        for hole in text.holes() {
            new.push_part(&old, at..hole.written.start);
            if let Some(value) = self.values.get(&hole.name) {
                new.push_as(value, old.range(hole.written.clone()));
            } else {
                let start = new.text().len();
                new.push_part(&old, hole.written.clone());
                let sample = text.filled().get(hole.filled.clone()).unwrap_or_default();
                named.extend(hole.named.clone().map(|named| (left.len(), named)));
                left.push((start..new.text().len(), sample, hole.min_len));
            }
            at = hole.written.end;
        }
        new.push_part(&old, at..written.len());
        let filled = Text::with_holes(new.text().to_owned(), left);
        *text = named
            .into_iter()
            .fold(filled, |text, (hole, named)| text.naming(hole, named));
        self.after.insert(place, new);
    }
}
