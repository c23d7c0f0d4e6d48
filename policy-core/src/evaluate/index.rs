//! Which statements can be about an action, without a look at the others.

use std::collections::HashMap;

use super::statement::Statement;

/// The statements of one layer by the actions that they are about, each list in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Those that list the action, in small letters.
    by_action: HashMap<Box<str>, Vec<usize>>,
    /// Those with a pattern of the service's actions.
    by_service: HashMap<Box<str>, Vec<usize>>,
    /// Those that may be about any.
    others: Vec<usize>,
}

impl Index {
    pub(super) fn add(&mut self, number: usize, statement: &Statement) {
        let Some(actions) = statement.listed_actions() else {
            self.others.push(number);
            return;
        };
        for action in actions {
            let (list, key) = if action.contains(['*', '?']) {
                let service = action.split(':').next().unwrap_or_default();
                if service.contains(['*', '?']) {
                    self.add_once(number);
                    continue;
                }
                (&mut self.by_service, service)
            } else {
                (&mut self.by_action, action)
            };
            let numbers = list.entry(key.into()).or_default();
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
    }

    fn add_once(&mut self, number: usize) {
        if self.others.last() != Some(&number) {
            self.others.push(number);
        }
    }

    /// The statements that can be about an action, written in small letters; one may come more than once.
    pub(super) fn about(&self, action: &str) -> impl Iterator<Item = usize> {
        let service = action.split(':').next().unwrap_or_default();
        let by_action = self.by_action.get(action).map_or(&[][..], Vec::as_slice);
        let by_service = self.by_service.get(service).map_or(&[][..], Vec::as_slice);
        by_action.iter().chain(by_service).chain(&self.others).copied()
    }
}
