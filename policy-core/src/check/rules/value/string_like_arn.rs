//! ARNs compared as text.

use crate::catalogue::Scalar;
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
