//! Functions around a policy.

use std::path::Path;

use hcl_edit::expr::{Expression, FuncCall};
use policy_core::policy::Version;

use super::{Place, Search, place};
use crate::assumption::Assumption;
use crate::item::{Entry, Item, Part, Template, Value};
use crate::language_of;
use crate::reading::Unread;
use crate::written::Written;

/// The functions around a policy, or around a list with one, that leave it as it is written.
const KEEPING: [&str; 14] = [
    "chomp",
    "compact",
    "concat",
    "distinct",
    "flatten",
    "jsondecode",
    "jsonencode",
    "nonsensitive",
    "sensitive",
    "sort",
    "tolist",
    "toset",
    "tostring",
    "trimspace",
];

/// The functions that make a text of others, whose result is read instead of what they get.
const MAKING: [&str; 3] = ["format", "join", "replace"];

/// The functions that give the text of a file, and how the name of one ends whose policy is read.
const FILLING: [(&str, &str); 2] = [("file", ".json"), ("templatefile", ".json.tftpl")];

const VERSION: &str = "Version";

impl Search<'_> {
    /// Looks at a call, and at what it gets if what it makes of that is not known.
    pub(super) fn call(&mut self, expression: &Expression, call: &FuncCall) {
        let function = if call.name.is_namespaced() {
            ""
        } else {
            call.name.name.as_str()
        };
        if MAKING.contains(&function) || function == "merge" {
            let item = self.item(expression);
            match &item.value {
                Value::Text(template) if template.has_start() => return self.text(&item),
                Value::Map(_) if self.whole(expression) => return,
                _ => {}
            }
        }
        if let Some((_, ending)) = FILLING.iter().find(|(name, _)| *name == function) {
            self.skip_file(call, ending);
        }
        for argument in &call.args {
            if function == "jsonencode" && (self.whole(argument) || self.is_skipped(argument)) {
                continue;
            }
            if KEEPING.contains(&function) {
                self.expression(argument);
            } else {
                let around = Assumption::transformed(place(&call.name.name), call.name.name.as_str());
                self.within(around, |search| {
                    if function != "merge" || !search.part(argument) {
                        search.expression(argument);
                    }
                });
            }
        }
    }

    /// Names a file that has a policy, if its name does not say so: the other files are read where they are.
    fn skip_file(&mut self, call: &FuncCall, ending: &str) {
        let Place::Policy(_) = self.place() else { return };
        let path = call.args.iter().next().map(|path| self.evaluator.item(path));
        let Some([before @ .., Part::Text(end)]) = path.as_ref().and_then(Item::as_template).map(|path| &*path.parts)
        else {
            return;
        };
        // `${var.name}.json` has a name before its dot.
        let name = format!("{}{}", if before.is_empty() { "" } else { "_" }, end.text());
        if language_of(Path::new(&name)).is_none() {
            let reason = format!(
                "it is in a file whose name does not say that it is JSON, so that it is left out where its folder is checked: let the name end with `{ending}`"
            );
            self.found
                .skip(Unread::new(self.trail.address.clone(), place(call), reason));
        }
    }

    /// Adds a map with statements, if it is part of a policy whose other members are not known: one of these may be its version.
    fn part(&mut self, expression: &Expression) -> bool {
        let mut item = self.item(expression);
        let Value::Map(entries) = &mut item.value else {
            return false;
        };
        if !entries.iter().any(|entry| entry.name() == Some(VERSION)) {
            let assumed = |text: &str| {
                let mut written = Written::default();
                written.push_as(text, item.place.clone());
                written
            };
            entries.push(Entry {
                name_place: item.place.clone(),
                name: Template::of(assumed(VERSION)),
                value: Item::text(item.place.clone(), assumed(Version::V2012.name())),
            });
        }
        self.policy(&item)
    }

    /// Whether it is a policy in YAML, in a text of the configuration, which is not read. One in JSON is, since that is YAML too.
    fn is_skipped(&mut self, expression: &Expression) -> bool {
        let Expression::FuncCall(call) = expression else {
            return false;
        };
        let text = call.args.iter().next();
        let is_decoded = call.name.name.as_str() == "yamldecode" && !call.name.is_namespaced();
        let Some(text) = text.filter(|_| is_decoded && !matches!(self.place(), Place::Other)) else {
            return false;
        };
        let item = self.evaluator.item(text);
        let is_policy = item.as_template().is_some_and(|template| {
            let mut texts = template.texts();
            !template.is_like_json() && texts.any(|written| written.text().contains("Statement:"))
        });
        if is_policy {
            let reason = "`yamldecode` makes it of YAML in a text, which is not read: write it as an object of HCL";
            self.found
                .skip(Unread::new(self.trail.address.clone(), place(call), reason));
        }
        is_policy
    }
}
