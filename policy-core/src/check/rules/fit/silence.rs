//! Why AWS would not have told that an action and a resource do not fit each other, and what becomes of the statement.

use crate::check::facts::{Facts, StatementFacts};
use crate::policy::{AttachedTo, Effect, Kind};

/// What the words depend on.
#[derive(Clone, Copy)]
pub(super) struct Silence {
    kind: Kind,
    pub effect: Effect,
    /// Whether the catalogue has no types for what the policy is about, so that nothing there seems to fit.
    pub has_no_types: bool,
}

impl Silence {
    /// `None` where the statement is not about each of its actions on each of its resources.
    pub fn of(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Option<Self> {
        statement.is_product.then_some(Self {
            kind: facts.kind,
            effect: statement.statement.effect.unwrap_or(Effect::Allow),
            // What is in a Multi-Region Access Point.
            has_no_types: facts.attached_to() == Some(AttachedTo::S3MultiRegionAccessPoint),
        })
    }

    pub fn note(self, names: &str, why: &str) -> String {
        let accepts = match self.kind {
            Kind::Resource => "S3 rejects it, `Action does not apply to any resource(s) in statement`; elsewhere",
            _ => "AWS accepts it, and",
        };
        let does = match self.effect {
            Effect::Allow => "allows",
            Effect::Deny => "denies",
        };
        format!("{accepts} it never {does} {names}: {why}")
    }
}
