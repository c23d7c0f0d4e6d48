//! Condition keys about the resource, in the policy of that resource: they have the same value in every request.

use crate::finding::{Code, Finding, Findings};
use crate::policy::{AttachedTo, Statement};

/// The keys that say whose the resource is. AWS publishes no table; the first it names for buckets and access points, the
/// others say the same of any resource:
/// - <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
/// - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount>
const KEYS: [&str; 4] = [
    "s3:ResourceAccount",
    "aws:ResourceAccount",
    "aws:ResourceOrgID",
    "aws:ResourceOrgPaths",
];

pub(super) fn check(statement: &Statement<'_>, resource: AttachedTo, findings: &mut Findings) {
    for condition in &statement.conditions {
        // What S3's own key does in the policy of a table is said by the room of conditions.
        let is_foreign = resource == AttachedTo::DynamoDbTable && condition.key.filled().starts_with("s3:");
        if is_foreign || !condition.is_on_one_of(&KEYS) {
            continue;
        }
        let written = condition.key.written();
        findings.push(
            Finding::new(
                Code::IrrelevantConditionKeyInPolicy,
                condition.key_place,
                format!("`{written}` says nothing in the policy of an `{resource}`"),
            )
            .about(written)
            .note("the policy is about one resource, whose owner is the same in every request: the condition is met always or never")
            .help("remove it; in an identity policy the key says whose resources may be used"),
        );
    }
}
