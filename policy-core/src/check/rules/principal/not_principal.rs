//! `NotPrincipal`: with `Allow` it allows every other principal, and with `Deny` it excludes less than it seems.

use crate::check::facts::{Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::AllowWithNotPrincipal, Code::NotPrincipalDeniesSessions],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let opens = facts.kind == Kind::Resource && facts.lets_in();
    let Some(element) = statement.statement.principal.filter(|element| element.negated) else {
        return Vec::new();
    };
    if facts.kind == Kind::Resource && statement.denies() {
        return sessions(statement).into_iter().collect_vec();
    }
    if !opens || !statement.allows() {
        return Vec::new();
    }
    vec![
        Finding::new(
            Code::AllowWithNotPrincipal,
            element.name_place,
            "`NotPrincipal` with `Allow` allows everyone else",
        )
        .about("NotPrincipal")
        .note("this is public access, including anonymous requests")
        .with_help("name the allowed principals with `Principal`; to exclude a principal write a `Deny`"),
    ]
}

/// A role's requests are those of its sessions, each with an ARN of its own, in an account: a `Deny` spares them only if it names
/// all three. <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
fn sessions(statement: &StatementFacts<'_>) -> Option<Finding> {
    let resource = |principal: &PrincipalRef<'_>| principal.arn.map_or("", |arn| arn.resource().as_str()).to_owned();
    let of_role = |principal: &&PrincipalRef<'_>| {
        principal
            .arn
            .is_some_and(|arn| arn.service().as_str() == "iam" && arn.resource().as_str().starts_with("role/"))
    };
    let role = statement.principals.iter().find(of_role)?;
    let name = resource(role);
    let name = name.rsplit('/').next().unwrap_or_default();
    let is_its_session = |principal: &PrincipalRef<'_>| {
        let session = resource(principal);
        let session = session
            .strip_prefix("assumed-role/")
            .and_then(|rest| rest.split_once('/'));
        session.is_some_and(|(role, _)| role == name)
    };
    if statement.principals.iter().any(is_its_session) {
        return None;
    }
    let written = role.text.written();
    Some(
        Finding::new(
            Code::NotPrincipalDeniesSessions,
            role.place,
            format!("this also denies the sessions of the role `{name}`"),
        )
        .about(written)
        .note("a `Deny` with `NotPrincipal` spares a role's requests only if it names the role, its sessions and its account")
        .with_help(format!(
            "write `\"Principal\": \"*\"` with `\"ArnNotEquals\": {{ \"aws:PrincipalArn\": \"{written}\" }}`"
        )),
    )
}
