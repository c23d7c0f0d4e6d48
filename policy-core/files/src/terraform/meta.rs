//! Arguments that each block of Terraform can have, and that decide whether what it has is what AWS has:
//! <https://developer.hashicorp.com/terraform/language/meta-arguments>.

use std::ops::Range;

use hcl_edit::structure::{Attribute, Block};

use super::arguments::one_or_several;
use super::expression::Evaluator;
use super::module::Module;
use super::place;
use crate::around;
use crate::assumption::Assumption;
use crate::item::{Item, Value};
use crate::limits::Budget;

/// What these arguments of a block say.
#[derive(Default)]
pub(crate) struct Meta {
    /// What is assumed of all that it has.
    pub(crate) around: Vec<Assumption>,
    /// The arguments of which changes are ignored, empty for all, and what is assumed of a policy there.
    pub(crate) ignored: Vec<(String, Assumption)>,
}

const LIFECYCLE: &str = "lifecycle";

impl Meta {
    pub(super) fn of_block(block: &Block, text: &str) -> Self {
        let mut own = Self::default();
        let (none, budget) = (Module::default(), Budget::default());
        let evaluator = Evaluator::of_definition(text, &none, &budget);
        let mut add = |attribute: &Attribute| {
            let name = attribute.key.as_str();
            if is_read(name) {
                own.add(name, &place(&attribute.key), &evaluator.item(&attribute.value));
            }
        };
        block.body.attributes().for_each(&mut add);
        let inside = block.body.get_blocks(LIFECYCLE);
        inside.flat_map(|inside| inside.body.attributes()).for_each(add);
        own
    }

    /// Those of a block in JSON.
    pub(crate) fn of_item(block: &Item) -> Self {
        let mut own = Self::default();
        let inside = block.members(LIFECYCLE).flat_map(one_or_several);
        for entry in block.entries().iter().chain(inside.flat_map(Item::entries)) {
            own.add(entry.name().unwrap_or_default(), &entry.name_place, &entry.value);
        }
        own
    }

    fn add(&mut self, name: &str, place: &Range<usize>, value: &Item) {
        let presence = |reason: &str| Assumption::of_presence(place.clone(), reason.to_owned());
        match name {
            "count" if !is_one(value) => self
                .around
                .push(presence("`count` decides how often it is there, if at all")),
            "for_each" => self
                .around
                .push(presence("`for_each` decides how often it is there, if at all")),
            "enabled" if !matches!(value.value, Value::Bool(true)) => {
                self.around.push(presence("`enabled` decides whether it is there"));
            }
            "ignore_changes" => self.ignored.extend(around::ignored_by(name, place, value)),
            _ => {}
        }
    }
}

/// Whether an argument is one of these: only then its value is made.
fn is_read(name: &str) -> bool {
    matches!(name, "count" | "for_each" | "enabled" | "ignore_changes")
}

/// Whether a number is written out as one.
fn is_one(value: &Item) -> bool {
    match &value.value {
        Value::Number(number) => number == "1",
        Value::Text(_) => value.as_str() == Some("1"),
        _ => false,
    }
}
