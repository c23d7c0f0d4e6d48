//! Wildcards directly behind whole ARNs, which are told when the actions of their statements are known.

use policy_core::__macro::v1::check::wildcard_behind;
use policy_core::document::{Node, Place};
use policy_core::names::NameKind;

use super::actions_on;
use crate::report::Mistake;

/// A whole ARN with a wildcard directly behind it.
pub(super) struct Wildcard {
    pub place: Place,
    pub string: String,
    /// The end of the hole.
    pub at: usize,
    pub kind: Option<NameKind>,
}

impl Wildcard {
    /// What is wrong, by the actions of its statement.
    pub fn told(&self, root: &Node<'_>) -> Option<Mistake> {
        let (hole, rest) = self.string.split_at_checked(self.at)?;
        let actions = actions_on(root, self.place).unwrap_or_default();
        let behind = wildcard_behind(self.kind, hole, rest, &actions)?;
        let mut mistake = Mistake::new(self.place, behind.what)
            .part(&self.string, &(self.at..self.at + 1))
            .note(behind.note);
        for help in behind.help {
            mistake = mistake.help(help);
        }
        Some(mistake)
    }
}
