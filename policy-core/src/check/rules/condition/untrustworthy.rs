//! Condition keys that hold what the caller says of itself: headers of HTTP.

use crate::check::facts::{ConditionFacts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::PrincipalKey;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::UntrustworthyConditionKey],
    run: Run::Condition(check),
};

fn check(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Vec<Finding> {
    untrustworthy(statement, condition).into_iter().collect_vec()
}

/// Said once a statement: it is the key that is wrong, whatever it is compared with. Nor does it matter whether the effect
/// is `Deny`: the denied caller sends another header.
fn untrustworthy(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    let header = condition.key_facts?.header.filter(|_| condition.respells.is_none())?;
    if condition.is_repeated || is_about_services(statement) {
        return None;
    }
    Some(
        Finding::new(
            Code::UntrustworthyConditionKey,
            condition.key_place,
            format!("the caller chooses the value of `{}`", condition.key.written()),
        )
        .about(condition.key.written())
        .note(format!("AWS takes it from the header `{header}` of the request, which anyone can set"))
        .with_help(
            "write a condition on what AWS itself knows of the caller, such as `aws:PrincipalOrgID`, `aws:SourceVpce` or \
             `aws:SourceIp`",
        ),
    )
}

/// A service fills in the header itself; what it does not say is another finding.
fn is_about_services(statement: &StatementFacts<'_>) -> bool {
    statement
        .named_principals()
        .is_some_and(|named| !named.is_empty() && named.iter().all(|principal| principal.key == PrincipalKey::Service))
}
