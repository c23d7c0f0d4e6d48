//! What IAM Roles Anywhere needs of a role.

use crate::check::facts::{ASSUME, Facts, PrincipalRef, SET_SOURCE_IDENTITY, StatementFacts, TAG_SESSION};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingActionForRolesAnywhereTrustPolicy],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::Trust;
    is_asked.then(|| missing(facts)).flatten().into_iter().collect_vec()
}

/// <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>: the service calls all three. Statements
/// allow them together: AWS's page for hybrid nodes of EKS has two, each with conditions of its own.
fn missing(facts: &Facts<'_>) -> Option<Finding> {
    let mut missing = vec![ASSUME, SET_SOURCE_IDENTITY, TAG_SESSION];
    let mut element = None;
    for statement in &facts.statements {
        if is_theirs(statement) {
            missing.retain(|needed| !allows(statement, needed));
            element = element.or(statement.statement.action.filter(|action| !action.negated));
        }
    }
    let place = element?.name_place;
    if missing.is_empty() {
        return None;
    }
    let what = format!("IAM Roles Anywhere needs `{}` too", missing.join("` and `"));
    let finding = Finding::new(Code::MissingActionForRolesAnywhereTrustPolicy, place, what)
        .about(SERVICE)
        .note("AWS accepts it, but the service cannot assume the role")
        .with_help("write `[\"sts:AssumeRole\", \"sts:SetSourceIdentity\", \"sts:TagSession\"]`");
    Some(finding)
}

const SERVICE: &str = "rolesanywhere.amazonaws.com";

fn is_theirs(statement: &StatementFacts<'_>) -> bool {
    let is_service =
        |principal: &PrincipalRef<'_>| principal.key == PrincipalKey::Service && principal.text.filled() == SERVICE;
    statement.allows()
        && statement
            .named_principals()
            .is_some_and(|all| all.iter().any(is_service))
}

/// Whether the statement may allow the action: what a pattern or `NotAction` leaves is not worked out.
fn allows(statement: &StatementFacts<'_>, needed: &str) -> bool {
    statement.statement.action.is_some_and(|element| {
        element.negated
            || element.texts().any(|(_, text)| {
                let action = text.filled();
                action.contains(['*', '?']) || action.eq_ignore_ascii_case(needed)
            })
    })
}
