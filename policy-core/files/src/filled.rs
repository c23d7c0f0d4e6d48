//! Policies whose holes have been given values.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use policy_core::document::{Document, Node, Place, Text, Value};

use crate::assumption::{Assumption, Assumptions};
use crate::build::Strings;
use crate::written::Written;
use crate::yaml;

/// The values of holes, by their names.
type Values = BTreeMap<String, String>;

/// What reads a text after the values of its holes are in it, and may read another policy then.
#[derive(Clone, Debug)]
pub(crate) enum Reread {
    /// JSON, in which the holes with these names are values themselves.
    Json(Arc<HashSet<String>>),
    Yaml,
    /// The data source `aws_iam_policy_document`, to which `&{` is `${`.
    DataSource,
}

/// The documents with these values in place of the holes, and why they may be others. What each value is written as is the hole.
pub(crate) fn filled(
    documents: Vec<Document<'static>>,
    strings: &mut Strings,
    values: &Values,
    reread: &[Reread],
) -> (Vec<Document<'static>>, Vec<Assumption>) {
    let mut filler = Filler {
        values,
        reread,
        before: strings,
        after: HashMap::new(),
        assumptions: Assumptions::default(),
    };
    let documents = documents.into_iter().map(|document| {
        let mut root = document.root().clone();
        filler.node(&mut root);
        Document::new(root)
    });
    let documents = documents.collect();
    let assumptions = filler.assumptions.take();
    let after = filler.after;
    strings.extend(after);
    (documents, assumptions)
}

struct Filler<'v> {
    values: &'v Values,
    reread: &'v [Reread],
    before: &'v Strings,
    after: Strings,
    assumptions: Assumptions,
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

    fn text(&mut self, text: &mut Text<'static>, place: Place) {
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
        let mut used: Vec<(&str, &str, Range<usize>)> = Vec::new();
        for hole in text.holes() {
            new.push_part(&old, at..hole.written.start);
            if let Some(value) = self.values.get(&hole.name) {
                let place = old.range(hole.written.clone());
                new.push_as(value, place.clone());
                used.push((&hole.name, value, place));
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
        for (name, value, place) in used {
            let reasons = self.reread.iter().filter_map(|by| by.doubt(name, value, new.text()));
            for reason in reasons.chain(is_reference(new.text()).then(|| references(name))) {
                self.assumptions.note(Assumption::new(place.clone(), reason));
            }
        }
        let filled = Text::with_holes(new.text().to_owned(), left);
        *text = named
            .into_iter()
            .fold(filled, |text, (hole, named)| text.naming(hole, named));
        self.after.insert(place, new);
    }
}

impl Reread {
    /// Why a hole with this value, in what is now this text, may be read as something else.
    fn doubt(&self, name: &str, value: &str, whole: &str) -> Option<String> {
        match self {
            Self::Json(values) if values.contains(name) => Some(format!(
                "`{name}` is a value of its own in the text of JSON, and its value is put there as a string: write that text with the value"
            )),
            Self::Json(_) => {
                let special = |character: &char| matches!(character, '"' | '\\') || character.is_control();
                let special = value.chars().find(special)?;
                let shown = if special.is_control() {
                    special.escape_debug().to_string()
                } else {
                    special.to_string()
                };
                Some(format!(
                    "the value of `{name}` has `{shown}`, and is put into a text that is read as JSON afterwards: a string may end there"
                ))
            }
            Self::Yaml => (!yaml::is_itself(value) || yaml::misread(whole).is_some()).then(|| {
                format!(
                    "the value of `{name}` is put into a text that is read as YAML afterwards, which may read something else than the value"
                )
            }),
            Self::DataSource => whole.contains("&{").then(|| {
                format!("`aws_iam_policy_document` makes `${{` of `&{{`, which is there with the value of `{name}`")
            }),
        }
    }
}

/// Whether a text has a dynamic reference of `CloudFormation`.
fn is_reference(text: &str) -> bool {
    text.contains("{{resolve:")
}

fn references(name: &str) -> String {
    format!("`{{{{resolve:` is there with the value of `{name}`, and CloudFormation resolves it when it is deployed")
}
