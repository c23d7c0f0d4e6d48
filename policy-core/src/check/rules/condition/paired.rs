//! Condition keys that say little without another.
//!
//! A private address needs a key that says in which network: the addresses of one VPC are those of others too.

use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingPairedConditionKeys],
    run: Run::Condition(check),
};

fn check(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    unpaired(statement, condition).into_iter().collect_vec()
}

/// Of an `Allow` for such addresses. In a `Deny` a further condition of the same statement would deny less.
fn unpaired(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    let partners = condition.key_facts?.partners.as_slice();
    let first = partners.first().filter(|_| condition.respells.is_none())?;
    let comparison = condition.operator?.comparison;
    let allows = statement.allows() && !comparison.is_negated();
    let has_partner = || {
        let mut others = statement.conditions.iter();
        others.any(|other| other.is_on_one_of(partners) || other.may_be_any())
    };
    if !condition.compares() || !allows || condition.is_compared_before || has_partner() {
        return None;
    }
    Some(
        Finding::new(
            Code::MissingPairedConditionKeys,
            condition.key_place,
            format!("`{}` does not say in which VPC", condition.key.written()),
        )
        .about(condition.key.written())
        .note("every VPC can have these private addresses, including those of other accounts")
        .with_help(format!(
            "add the VPC to the condition: `\"StringEquals\": {{ \"{first}\": \"vpc-0a1b2c3d4e5f67890\" }}`"
        )),
    )
}
