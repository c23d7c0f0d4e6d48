//! An index of statements by action.

use std::collections::BTreeMap;

use crate::policy::Element;

/// The statements of one layer by the actions that they match, each list in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Those that list the action, in lowercase.
    by_action: BTreeMap<Box<str>, Vec<usize>>,
    /// Those with a pattern for the service's actions.
    by_service: BTreeMap<Box<str>, Vec<usize>>,
    /// Those that may match any action.
    others: Vec<usize>,
}

impl Index {
    /// Adds a statement with this `Action` or `NotAction`; without either, it may match any action.
    pub(super) fn add(&mut self, number: usize, element: Option<Element<'_>>) {
        let Some(element) = element.filter(|element| !element.negated) else {
            push_once(&mut self.others, number);
            return;
        };
        for (_, text) in element.texts() {
            let action = text.written().to_ascii_lowercase();
            let service = action.split(':').next().unwrap_or_default();
            let numbers = if service.contains(['*', '?']) {
                &mut self.others
            } else if action.contains(['*', '?']) {
                self.by_service.entry(service.into()).or_default()
            } else {
                self.by_action.entry(action.into()).or_default()
            };
            push_once(numbers, number);
        }
    }

    /// The statements that may match an action of a service, both in lowercase, in three lists, each in order; a statement can be in
    /// several.
    #[inline]
    pub(super) fn about(&self, action: &str, service: &str) -> [&[usize]; 3] {
        let by_action = self.by_action.get(action).map_or(&[][..], Vec::as_slice);
        let by_service = self.by_service.get(service).map_or(&[][..], Vec::as_slice);
        [by_action, by_service, &self.others]
    }
}

/// Numbers are added in order, those of one statement together.
fn push_once(numbers: &mut Vec<usize>, number: usize) {
    if numbers.last() != Some(&number) {
        numbers.push(number);
    }
}
