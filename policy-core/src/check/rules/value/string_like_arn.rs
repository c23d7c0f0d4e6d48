//! ARNs compared as text.

use crate::catalogue::{Holds, Scalar};
use crate::check::facts::{ConditionFacts, StatementFacts, Values};
use crate::check::rules::{Rule, Run, mend};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::Comparison;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::StringLikeOperatorWithArnConditionKeys],
    run: Run::Condition(check),
};

fn check(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    string_like(statement, condition).into_iter().collect_vec()
}

/// `StringLike` with ARNs, where `ArnLike` keeps the fields apart.
fn string_like(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    // What is wrong with the list as a whole is one mistake.
    if !matches!(condition.values, Values::SeveralBooleans | Values::Each) {
        return None;
    }
    let (operator, key) = (condition.operator?, condition.known_key?);
    let instead = match operator.comparison {
        Comparison::StringLike => "ArnLike",
        Comparison::StringNotLike => "ArnNotLike",
        _ => return None,
    };
    let written = condition.operator_text.written();
    if key.value_type().scalar != Scalar::Arn || key.value_type().multivalued {
        return None;
    }
    if condition.values == Values::Each && has_only_roots(condition) {
        return None;
    }
    let meant = written.replace(operator.comparison.name(), instead);
    let finding = Finding::new(
        Code::StringLikeOperatorWithArnConditionKeys,
        condition.key_place,
        format!("`{written}` with `{}`, which holds ARNs", condition.key.written()),
    )
    .about(condition.key.written())
    .note("its `*` matches across colons, into other Regions, accounts and services")
    .note(catalogue_note())
    .with_help(format!(
        "write `{meant}`, in which `*` stays within one field of the ARN"
    ));
    Some(finding.fixed_by(mend::operator(statement, condition, &meant)))
}

/// Whether each value is a pattern of root users, `arn:aws:iam::*:root`. A `*` that matched across a colon would need a longer ARN of a
/// principal with that end, and no name has a colon. AWS's own example of a service control policy for root users compares them as text:
/// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html#example-scp-root-user>
fn has_only_roots(condition: &ConditionFacts<'_>) -> bool {
    let is_root = |value: &str| value.ends_with(":root") && value.matches(':').count() == 5;
    let holds = condition.key_facts.and_then(|key| key.holds);
    holds == Some(Holds::Principal) && condition.texts().all(|text| is_root(text.filled()))
}

#[cfg(test)]
mod tests {
    use crate::check::expect::{findings, policy};
    use crate::policy::Kind;

    #[test]
    fn root_users_are_the_same_as_text() {
        for (value, is_found) in [
            ("arn:aws:iam::*:root", false),
            ("arn:*:iam::*:root", false),
            ("arn:aws:iam::*:role/reader", true),
            ("arn:aws:iam::*root", true),
        ] {
            let statement = format!(
                r#"{{ "Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": {{ "StringLike": {{ "aws:PrincipalArn": "{value}" }} }} }}"#
            );
            let found = findings(&policy(&statement), Kind::ServiceControl);
            let is_told = found
                .iter()
                .any(|found| found.starts_with("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS"));
            assert_eq!(is_told, is_found, "{value}: {found:?}");
        }
    }
}
