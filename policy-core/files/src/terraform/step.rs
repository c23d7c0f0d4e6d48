//! Parts of what a name is: `local.arns["a"]`, `local.actions[0]`, `local.pair.read`.

use std::collections::HashSet;
use std::ops::Range;

use hcl_edit::expr::{Expression, Traversal, TraversalOperator};

use crate::item::{Item, Value};
use crate::limits::Budget;

/// A step from a value to one that it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'e> {
    Member(&'e str),
    Element(usize),
}

/// The steps behind the name of a local value or a variable. `None` if one is not known before it is evaluated.
pub(super) fn steps(traversal: &Traversal) -> Option<Vec<Step<'_>>> {
    let operators = traversal.operators.iter().skip(1);
    operators.map(|operator| step(operator.value())).collect()
}

fn step(operator: &TraversalOperator) -> Option<Step<'_>> {
    let element = |number: u64| usize::try_from(number).ok().map(Step::Element);
    match operator {
        TraversalOperator::GetAttr(name) => Some(Step::Member(name.as_str())),
        TraversalOperator::LegacyIndex(number) => element(*number.value()),
        TraversalOperator::Index(Expression::String(name)) => Some(Step::Member(name.value())),
        TraversalOperator::Index(Expression::Number(number)) => element(number.value().as_u64()?),
        _ => None,
    }
}

/// What these steps lead to, from a value that is written out; `made` are the places of its lists that are not. `None` if that is not
/// known, or no more may be looked at.
pub(super) fn at<'i>(
    item: &'i Item,
    steps: &[Step<'_>],
    made: &HashSet<Range<usize>>,
    budget: &Budget,
) -> Option<&'i Item> {
    steps.iter().try_fold(item, |item, step| match (&item.value, step) {
        (Value::List(items), Step::Element(index)) if budget.spend(1) && !made.contains(&item.place) => {
            items.get(*index)
        }
        (Value::Map(entries), Step::Member(name)) if budget.spend(1 + entries.len() / LOOKED_AT) => {
            // Of several with one name the last; one whose name is not known may be it.
            let last = entries
                .iter()
                .rev()
                .find(|entry| entry.name().is_none_or(|own| own == *name));
            last.filter(|entry| entry.name().is_some()).map(|entry| &entry.value)
        }
        _ => None,
    })
}

/// How many names are looked at in the time that it takes to make a value.
const LOOKED_AT: usize = 64;
