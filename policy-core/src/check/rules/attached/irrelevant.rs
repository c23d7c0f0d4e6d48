//! Condition keys about the resource, in the policy of that resource: they have the same value in every request.

use crate::catalogue::About;
use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::AttachedTo;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::IrrelevantConditionKeyInPolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(resource) = facts.own_resource() else {
        return found;
    };
    for condition in &statement.conditions {
        // What S3's own key does in the policy of a table is a rule of conditions.
        let is_foreign = resource == AttachedTo::DynamoDbTable && condition.key.filled().starts_with("s3:");
        if is_foreign || !condition.is_about(About::ResourceOwner) {
            continue;
        }
        let written = condition.key.written();
        found.push(
            Finding::new(
                Code::IrrelevantConditionKeyInPolicy,
                condition.key_place,
                format!("`{written}` has no effect in an `{resource}` policy"),
            )
            .about(written)
            .note("the policy applies to one resource, whose owner is the same in every request: the condition is always met, or never")
            .with_help("write a condition on the principal, such as `aws:PrincipalAccount`; in an identity policy the key restricts whose resources can be used"),
        );
    }
    found
}
