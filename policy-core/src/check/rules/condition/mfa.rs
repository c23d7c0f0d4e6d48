//! Conditions on multi-factor authentication that leave requests out.
//!
//! A request with long-term access keys has neither of the two keys, and a request with temporary credentials has
//! `aws:MultiFactorAuthPresent` whether or not they are from multi-factor authentication.
//!
//! Source:
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>

use crate::check::facts::{ConditionFacts, Facts, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::policy::Comparison;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MfaConditionIncomplete],
    run: Run::Policy(check),
};

const PRESENT: &str = "aws:MultiFactorAuthPresent";
const AGE: &str = "aws:MultiFactorAuthAge";

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let denied = Denied::by(&facts.statements);
    facts
        .statements
        .iter()
        .flat_map(|statement| of_statement(statement, &denied))
        .collect_vec()
}

/// Whom the denials of a policy reach: one statement may deny what another leaves out.
#[derive(Default)]
struct Denied {
    /// Requests with long-term access keys.
    long_term: bool,
    /// Requests with temporary credentials.
    temporary: bool,
}

impl Denied {
    fn by(statements: &[StatementFacts<'_>]) -> Self {
        let mut denied = Self::default();
        for statement in statements.iter().filter(|statement| statement.denies()) {
            for condition in about_mfa(statement) {
                denied.long_term |= condition.without_key == Some(WithoutKey::Excused);
                denied.temporary |= !condition.is_null() || condition.is_on(AGE);
            }
            let may_deny = statement.may_have_any_condition();
            denied.long_term |= may_deny;
            denied.temporary |= may_deny;
        }
        denied
    }
}

fn of_statement(statement: &StatementFacts<'_>, denied: &Denied) -> Vec<Finding> {
    if statement.allows() {
        let asks_only = |condition: &&ConditionFacts<'_>| condition.is_on(PRESENT) && asks_for(condition, "false");
        let asks_more = |condition: &ConditionFacts<'_>| !condition.is_null();
        if about_mfa(statement).any(asks_more) || statement.may_have_any_condition() {
            return Vec::new();
        }
        return about_mfa(statement).filter(asks_only).map(only_asked).collect_vec();
    }
    let mut found = Vec::new();
    for condition in about_mfa(statement) {
        match (condition.is_null(), condition.without_key) {
            (true, Some(WithoutKey::Excused)) if condition.is_on(PRESENT) && !denied.temporary => {
                found.push(only_long_term(condition));
            }
            (false, Some(WithoutKey::Fails)) if !denied.long_term && wants_none(condition) => {
                found.push(only_temporary(condition));
            }
            _ => {}
        }
    }
    found
}

/// The conditions of a statement on multi-factor authentication.
fn about_mfa<'s, 'd>(statement: &'s StatementFacts<'d>) -> impl Iterator<Item = &'s ConditionFacts<'d>> {
    let is_about_mfa = |condition: &&ConditionFacts<'_>| condition.is_on(PRESENT) || condition.is_on(AGE);
    statement.conditions.iter().filter(is_about_mfa)
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
