//! A statement together with what its words were found to mean.

use super::action::{self, Named};
use super::resource::{self, Target};
use super::size::Reach;
use crate::finding::Findings;
use crate::policy::{Kind, Statement};

/// A statement, and what each of its actions and resources stands for: what the rules about a statement as a whole, or about
/// several, begin with.
pub(super) struct Judged<'o, 'd> {
    pub statement: &'o Statement<'d>,
    /// The actions of `Action` or `NotAction`.
    pub actions: Vec<Named<'d>>,
    /// The resources of `Resource` or `NotResource`.
    pub targets: Vec<Target<'d>>,
}

impl<'o, 'd> Judged<'o, 'd> {
    /// Judges each action and resource by itself.
    pub fn of(statement: &'o Statement<'d>, kind: Kind, reach: Reach, findings: &mut Findings) -> Self {
        Self {
            statement,
            actions: action::check(statement, kind, reach, findings),
            targets: resource::check(statement, kind, findings),
        }
    }
}
