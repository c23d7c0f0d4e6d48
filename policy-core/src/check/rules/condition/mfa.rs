//! Conditions on multi-factor authentication that leave requests out.
//!
//! A request with long-term access keys has neither of the two keys, and a request with temporary credentials has
//! `aws:MultiFactorAuthPresent` whether or not they are from multi-factor authentication.
//!
//! Source:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>

use crate::check::facts::{ConditionFacts, Facts, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::policy::Comparison;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MfaConditionIncomplete],
    run: Run::Statement(check),
};

const PRESENT: &str = "aws:MultiFactorAuthPresent";
const AGE: &str = "aws:MultiFactorAuthAge";

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let conditions = statement.conditions.iter().filter(|condition| is_about_mfa(condition));
    if statement.allows() {
        let others = || {
            statement
                .conditions
                .iter()
                .filter(|other| is_about_mfa(other) && !other.is_null())
        };
        let asks_only = |condition: &&ConditionFacts<'_>| {
            condition.is_on(PRESENT) && asks_for(condition, "false") && others().next().is_none()
        };
        return conditions.filter(asks_only).map(only_asked).collect();
    }
    let denied: Vec<&ConditionFacts<'_>> = facts
        .statements
        .iter()
        .filter(|other| other.denies())
        .flat_map(|other| &other.conditions)
        .filter(|condition| is_about_mfa(condition))
        .collect();
    let denies_long_term = denied
        .iter()
        .any(|condition| condition.without_key == Some(WithoutKey::Excused));
    let denies_temporary = denied
        .iter()
        .any(|condition| !condition.is_null() || condition.is_on(AGE));
    conditions
        .filter(|condition| match (condition.is_null(), condition.without_key) {
            (true, Some(WithoutKey::Excused)) => condition.is_on(PRESENT) && !denies_temporary,
            (false, Some(WithoutKey::Fails)) => !denies_long_term && wants_none(condition),
            _ => false,
        })
        .map(|condition| {
            if condition.is_null() {
                only_long_term(condition)
            } else {
                only_temporary(condition)
            }
        })
        .collect()
}

fn is_about_mfa(condition: &ConditionFacts<'_>) -> bool {
    condition.is_on(PRESENT) || condition.is_on(AGE)
}

/// Whether it is `Null` with this value.
fn asks_for(condition: &ConditionFacts<'_>, value: &str) -> bool {
    condition.is_null() && is_only(condition, value)
}

fn is_only(condition: &ConditionFacts<'_>, value: &str) -> bool {
    let values = condition.value.as_list();
    let is_value = |text: Option<&Text<'_>>| text.is_some_and(|text| text.filled() == value);
    matches!(values, [one] if is_value(one.as_text()))
}

/// Whether it is met by requests without multi-factor authentication, or by one that is too old.
fn wants_none(condition: &ConditionFacts<'_>) -> bool {
    let Some(operator) = condition.operator else {
        return false;
    };
    match operator.comparison {
        Comparison::Bool => condition.is_on(PRESENT) && is_only(condition, "false"),
        Comparison::NumericGreaterThan | Comparison::NumericGreaterThanEquals => condition.is_on(AGE),
        _ => false,
    }
}

fn only_temporary(condition: &ConditionFacts<'_>) -> Finding {
    let (key, operator) = (condition.key.written(), condition.operator_text.written());
    Finding::new(
        Code::MfaConditionIncomplete,
        condition.operator_place,
        format!("`{operator}` on `{key}` does not deny requests with long-term access keys"),
    )
    .about(key)
    .note("AWS accepts it, but requests with the access keys of a user do not have the key: no multi-factor authentication is required of them")
    .with_help(format!("write `{operator}IfExists`"))
}

fn only_long_term(condition: &ConditionFacts<'_>) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::MfaConditionIncomplete,
        condition.operator_place,
        format!("`Null` on `{key}` does not deny requests with temporary credentials"),
    )
    .about(key)
    .note("AWS accepts it, but requests with temporary credentials have the key, with the value `false` if they are without multi-factor authentication")
    .with_help(format!("write `\"BoolIfExists\": {{ \"{key}\": \"false\" }}`"))
}

fn only_asked(condition: &ConditionFacts<'_>) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::MfaConditionIncomplete,
        condition.operator_place,
        format!("`Null` on `{key}` also allows requests without multi-factor authentication"),
    )
    .about(key)
    .note("AWS accepts it, but every request with temporary credentials has the key, with the value `true` or `false`")
    .with_help(format!("write `\"Bool\": {{ \"{key}\": \"true\" }}`"))
}
