//! What AWS says of an action that does not exist: nothing.

use crate::check::facts::{Facts, StatementFacts};
use crate::policy::{Effect, Kind};

/// What becomes of a statement whose action does not exist.
#[derive(Clone, Copy)]
pub(super) struct Silence {
    negated: bool,
    effect: Option<Effect>,
    pub kind: Kind,
}

impl Silence {
    pub fn of(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Self {
        Self {
            negated: !statement.names_actions(),
            effect: statement.statement.effect,
            kind: facts.kind,
        }
    }

    pub fn note(self) -> &'static str {
        match (self.negated, self.effect, self.kind) {
            (_, _, Kind::Resource) => {
                "some services reject the policy without naming the action; the others ignore the action"
            }
            (false, Some(Effect::Deny), _) => "AWS accepts it, but it denies nothing",
            (false, _, _) => "AWS accepts it, but it grants nothing",
            (true, Some(Effect::Deny), _) => "AWS accepts it, but the action you meant to exclude is denied too",
            (true, _, _) => "AWS accepts it, but the action you meant to exclude is allowed too",
        }
    }
}
