//! Policies that AWS makes of a template of its own and of values in the file: the policy templates of SAM.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use policy_core::check::{Options, check_allowing};
use policy_core::document::{Document, Node, Path, Place, Text, Value};
use policy_core::finding::{Code, Finding, Findings};
use policy_core::policy::Kind;

use crate::build;
use crate::references;
use crate::wording::{self, Style};

/// What such a policy is made of.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    /// The policy with nothing known of any value. What is wrong with it is wrong in AWS's template, which nobody else can mend.
    by_itself: &'static Document<'static>,
    /// Where the template is named.
    name: Place,
    /// The types of the resources that its values refer to, by their logical IDs.
    types: Vec<(String, String)>,
}

impl Made {
    /// `by_itself` is [numbered](Document::numbered).
    pub(crate) fn new(by_itself: &'static Document<'static>, name: Range<usize>, types: Vec<(String, String)>) -> Self {
        Self {
            by_itself,
            name: build::place(&name),
            types,
        }
    }

    /// What is wrong with a document because of the values in the file, and apart from it that whose subjects are allowed.
    pub(crate) fn check(&self, document: &Document<'static>, kind: Kind, options: &Options) -> (Findings, Findings) {
        let (own, allowed) = check_allowing(self.by_itself, kind, options);
        let of = |finding: &Finding| (finding.code(), finding.place());
        let own: HashSet<(Code, Place)> = own.iter().chain(&allowed).map(of).collect();
        // Much of the document is at one place of the file. Each part of it needs one of its own, as what is wrong with one part may
        // hide what is wrong with it in other words, and with no other part.
        let numbered = document.clone().numbered();
        let mut places = HashMap::new();
        each_pair(numbered.root(), document.root(), &mut |number, place| {
            let place = if place.start == place.end { self.name } else { place };
            places.insert(number, place);
        });
        let in_file = |place: Place| places.get(&place).copied().unwrap_or(self.name);
        let due_to_values = |findings: Findings| {
            let findings = findings.filter(|finding| !own.contains(&of(finding)));
            // A value that is in several resources is wrong once.
            let mut known = HashSet::new();
            findings.map_places(in_file).filter(|finding| known.insert(of(finding)))
        };
        let (told, allowed) = check_allowing(&numbered, kind, options);
        (due_to_values(told), due_to_values(allowed))
    }

    /// What to write as the value of a parameter, if a finding is about a text with one: its help is about the whole text, which is
    /// not written in the file.
    pub(crate) fn helps(
        &self,
        finding: &Finding,
        documents: &[Document<'static>],
        style: Style,
    ) -> Option<Vec<String>> {
        let (template, text) = documents.iter().find_map(|document| {
            let mut found = None;
            each_text(self.by_itself.root(), document.root(), &mut |template, text, place| {
                if place == finding.place() && found.is_none() {
                    found = Some((template, text));
                }
            });
            found
        })?;
        // A value that is the whole text has the help of that.
        let (before, after) = around(template).filter(|parts| *parts != ("", ""))?;
        let value = text.written().strip_prefix(before)?.strip_suffix(after)?;
        let filled = text.filled();
        let mut helps = Vec::new();
        let has_two_arns = filled.matches("arn:").count() > 1;
        if has_two_arns {
            helps.push(format!("write the name, and not the ARN{}", self.name_in(text)));
        } else if filled.contains("://") {
            helps.push(format!("write the name, and not the URL{}", self.name_in(text)));
        } else {
            helps.extend(finding.help().filter_map(|help| {
                let whole = help.strip_prefix("write `")?.strip_suffix('`')?;
                let part = whole.strip_prefix(before)?.strip_suffix(after)?;
                // A value is not cut off: what is left would be a resource of another name.
                (!part.is_empty() && !value.starts_with(part)).then(|| format!("write `{part}`"))
            }));
        }
        for help in &mut helps {
            *help = wording::help(help, style);
        }
        // That is not a value of the file.
        if template.written() != format!("${{{}}}", parameter(template)?) {
            helps.push(format!("the policy template makes `{}` of it", template.written()));
        }
        Some(helps)
    }

    /// The reference to the name of the resource that a value refers to, if it is known.
    fn name_in(&self, text: &Text<'_>) -> String {
        let mut names = text.holes().iter().filter_map(|hole| {
            let resource = hole.name.split('.').next().unwrap_or_default();
            let (_, own) = self.types.iter().find(|(name, _)| name == resource)?;
            Some(match references::name_of(own)? {
                "Ref" => format!(": `${{{resource}}}`"),
                attribute => format!(": `${{{resource}.{attribute}}}`"),
            })
        });
        names.next().unwrap_or_default()
    }
}

/// The path to the first part of a document that is at this place of the file.
pub(crate) fn path_to(document: &Document<'static>, place: Place) -> Option<Path> {
    let numbered = document.clone().numbered();
    let mut found = None;
    each_pair(numbered.root(), document.root(), &mut |number, own| {
        if own == place && found.is_none() {
            found = Some(number);
        }
    });
    numbered.path_to(found?)
}

/// The name of the parameter of a text of a template: pseudo parameters have colons.
fn parameter<'t>(template: &'t Text<'_>) -> Option<&'t str> {
    let mut names = template.holes().iter().map(|hole| hole.name.as_str());
    names.find(|name| !name.contains("::"))
}

/// What is before and after the parameter of a text of a template.
fn around<'t>(template: &'t Text<'_>) -> Option<(&'t str, &'t str)> {
    let mut holes = template.holes().iter().filter(|hole| !hole.name.contains("::"));
    let (hole, None) = (holes.next()?, holes.next()) else {
        return None;
    };
    let written = template.written();
    written.get(..hole.written.start).zip(written.get(hole.written.end..))
}

/// Calls `see` with the places of each name and value of two documents of one form.
fn each_pair(one: &Node<'_>, other: &Node<'_>, see: &mut dyn FnMut(Place, Place)) {
    see(one.place, other.place);
    match (&one.value, &other.value) {
        (Value::Array(ones), Value::Array(others)) => {
            for (one, other) in ones.iter().zip(others) {
                each_pair(one, other, see);
            }
        }
        (Value::Object(ones), Value::Object(others)) => {
            for (one, other) in ones.iter().zip(others) {
                see(one.name_place, other.name_place);
                each_pair(&one.value, &other.value, see);
            }
        }
        _ => {}
    }
}

/// Calls `see` with each text of a template, the text that is made of it, and its place in the file.
fn each_text<'n>(
    template: &'n Node<'static>,
    made: &'n Node<'static>,
    see: &mut dyn FnMut(&'n Text<'static>, &'n Text<'static>, Place),
) {
    match (&template.value, &made.value) {
        (Value::String(template), Value::String(text)) => see(template, text, made.place),
        (Value::Array(templates), Value::Array(all)) => {
            for (template, made) in templates.iter().zip(all) {
                each_text(template, made, see);
            }
        }
        (Value::Object(templates), Value::Object(all)) => {
            for (template, made) in templates.iter().zip(all) {
                each_text(&template.value, &made.value, see);
            }
        }
        _ => {}
    }
}
