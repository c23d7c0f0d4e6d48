//! Why AWS would not have told that an action and a resource do not fit each other, and what becomes of the statement.

use crate::check::facts::{Facts, StatementFacts};
use crate::policy::{AttachedTo, Effect, Kind};

/// What the words depend on.
#[derive(Clone, Copy)]
pub(super) struct Silence {
    pub effect: Effect,
    /// Whether it is the policy of an S3 bucket for certain, or can be.
    is_of_bucket: Option<bool>,
    /// Whether the catalogue has no types for what the policy is about, so that nothing there seems to fit.
    pub has_no_types: bool,
}

impl Silence {
    /// `None` where the statement is not about each of its actions on each of its resources.
    pub fn of(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Option<Self> {
        statement.is_product.then_some(Self {
            effect: statement.statement.effect.unwrap_or(Effect::Allow),
            is_of_bucket: match facts.attached_to() {
                _ if facts.kind != Kind::Resource => None,
                Some(resource) => (resource == AttachedTo::S3Bucket).then_some(true),
                None => {
                    let mut actions = statement.actions.iter();
                    let is_of_s3 =
                        actions.any(|action| action.service().is_some_and(|service| service.prefix() == "s3"));
                    is_of_s3.then_some(false)
                }
            },
            // What is in a Multi-Region Access Point.
            has_no_types: facts.attached_to() == Some(AttachedTo::S3MultiRegionAccessPoint),
        })
    }

    pub fn note(self, names: &str, why: &str) -> String {
        let does = match self.effect {
            Effect::Allow => "allows",
            Effect::Deny => "denies",
        };
        let never = format!("the statement never {does} {names}: {why}");
        match self.is_of_bucket {
            Some(true) => "S3 rejects the policy: `Action does not apply to any resource(s) in statement`".to_owned(),
            Some(false) => {
                format!(
                    "S3 rejects the policy of a bucket with `Action does not apply to any resource(s) in statement`; in other policies {never}"
                )
            }
            None => format!("AWS accepts the policy, but {never}"),
        }
    }
}
