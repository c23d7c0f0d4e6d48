//! Wildcards directly behind whole ARNs, which are told when the actions of their statements are known.

use policy_core::__macro::v1::check::{ActedOn, wildcard_behind};
use policy_core::document::{Node, Place};
use policy_core::names::{ArnKind, NameKind};

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
        // An alias is most likely one of the only type to which the actions apply.
        let kind = self.kind.or_else(|| only_kind(&ActedOn::of(&actions, hole, "")?));
        let behind = wildcard_behind(kind, hole, rest, &actions)?;
        let end = self.string.len() - rest.len() + behind.len;
        let mut mistake = Mistake::new(self.place, behind.what)
            .part(&self.string, &(self.at..end))
            .note(behind.note);
        for help in behind.help {
            mistake = mistake.help(help);
        }
        Some(mistake)
    }
}

/// The type of ARNs to which the actions of a statement apply, if it is one.
fn only_kind(acted_on: &ActedOn) -> Option<NameKind> {
    match acted_on.formats.as_slice() {
        [only] => ArnKind::of_format(*only).map(NameKind::Arn),
        _ => None,
    }
}
