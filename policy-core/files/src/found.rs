//! A policy that is made of what a file has of one.

use crate::item::{Entry, Item, Template, Value};
use crate::written::Written;

/// A statement, or a list of them, as a policy: the service makes it one.
pub(crate) fn statement(item: &Item) -> Item {
    let start = item.place.start..item.place.start;
    let text = |text: &str| {
        let mut written = Written::default();
        written.push_as(text, start.clone());
        written
    };
    let member = |name: &str, value: Item| Entry {
        name_place: start.clone(),
        name: Template::of(text(name)),
        value,
    };
    Item::new(
        item.place.clone(),
        Value::Map(vec![
            member("Version", Item::text(start.clone(), text("2012-10-17"))),
            member("Statement", item.clone()),
        ]),
    )
}
