//! The labels of resources in a file, derived from their names in IAM.

use std::collections::HashSet;

/// The labels of a file that are used already. Different names can become the same label: `a.b` and `a_b` both become
/// `a_b`.
#[derive(Default)]
pub(super) struct Labels(HashSet<String>);

impl Labels {
    /// This label; if it is used already, the first unused one with the separator and a number from 2 on after it. So
    /// roles that are added after the others leave the labels of those as they were.
    pub(super) fn distinct(&mut self, label: &str, separator: &str) -> String {
        let mut distinct = label.to_owned();
        let mut number = 1;
        while !self.0.insert(distinct.clone()) {
            number += 1;
            distinct = format!("{label}{separator}{number}");
        }
        distinct
    }
}
