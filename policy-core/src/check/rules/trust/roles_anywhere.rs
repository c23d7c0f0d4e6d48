//! What IAM Roles Anywhere needs of a role.

use crate::check::facts::{ASSUME, Facts, SET_SOURCE_IDENTITY, StatementFacts, TAG_SESSION};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MissingActionForRolesAnywhereTrustPolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::Trust && statement.allows();
    is_asked
        .then(|| roles_anywhere(statement))
        .flatten()
        .into_iter()
        .collect_vec()
}

/// <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>: the service calls all three.
fn roles_anywhere(statement: &StatementFacts<'_>) -> Option<Finding> {
    let element = statement.statement.action.filter(|action| !action.negated)?;
    statement.named_principals()?.iter().find(|principal| {
        principal.key == PrincipalKey::Service && principal.text.filled() == "rolesanywhere.amazonaws.com"
    })?;
    let has = |needed: &str| {
        element.texts().any(|(_, text)| {
            let action = text.filled();
            action.contains(['*', '?']) || action.eq_ignore_ascii_case(needed)
        })
    };
    let missing: Vec<String> = [ASSUME, SET_SOURCE_IDENTITY, TAG_SESSION]
        .into_iter()
        .filter(|needed| !has(needed))
        .map(|needed| format!("`{needed}`"))
        .collect_vec();
    (!missing.is_empty()).then(|| {
        Finding::new(
            Code::MissingActionForRolesAnywhereTrustPolicy,
            element.name_place,
            format!("IAM Roles Anywhere needs {} too", missing.join(" and ")),
        )
        .about("rolesanywhere.amazonaws.com")
        .note("AWS accepts it, but the service cannot assume the role")
        .with_help("write `[\"sts:AssumeRole\", \"sts:SetSourceIdentity\", \"sts:TagSession\"]`")
    })
}
