//! What resources are called in a file, made of what they are called in IAM.

use std::collections::HashSet;

/// The labels of a file that are taken already. What different names are made into can be the same: `a.b` and `a_b` both
/// become `a_b`.
#[derive(Default)]
pub(super) struct Labels(HashSet<String>);

impl Labels {
    /// This label; where it is taken, the first that is not of those with the separator and a number from 2 on behind it. So
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
