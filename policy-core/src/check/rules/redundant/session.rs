//! Sessions of a role beside the role, in who may assume another.
//!
//! Source: a role as principal means all its sessions,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles>

use std::collections::HashMap;

use crate::arn::ArnPattern;
use crate::check::facts::{Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::RedundantPrincipalInRoleTrustPolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // To keep all but some out, `NotPrincipal` needs both.
    let Some(principals) = statement.named_principals().filter(|_| facts.kind == Kind::Trust) else {
        return found;
    };
    if !facts.compares() {
        return found;
    }
    let arns = || principals.iter().filter(|principal| is_plain_arn(principal));
    let mut roles = HashMap::new();
    for principal in arns() {
        if let Some(role) = role(principal.text.written()) {
            roles.entry(role).or_insert(principal);
        }
    }
    for session in arns() {
        let of_session = role_of_session(session.text.written());
        if let Some(role) = of_session.and_then(|role| roles.get(&role)) {
            found.push(redundant(session, role));
        }
    }
    found
}

fn redundant(session: &PrincipalRef<'_>, role: &PrincipalRef<'_>) -> Finding {
    let (written, role) = (session.text.written(), role.text.written());
    Finding::new(
        Code::RedundantPrincipalInRoleTrustPolicy,
        session.place,
        format!("`{written}` is a session of `{role}`, which is listed here too"),
    )
    .about(written)
    .note("AWS accepts it, but a role as principal includes all of its sessions, so the session adds nothing")
    .with_help(format!(
        "remove `{written}`, or remove `{role}` if only this session is meant"
    ))
}

fn is_plain_arn(principal: &PrincipalRef<'_>) -> bool {
    principal.key == PrincipalKey::Aws && !principal.text.written().contains(['*', '?', '$'])
}

/// Partition, account and name of a role. Two roles of an account never have one name, whatever their paths.
type Role<'a> = (&'a str, &'a str, &'a str);

fn role(arn: &str) -> Option<Role<'_>> {
    let (arn, path) = of_kind(arn, "iam", "role/")?;
    Some((arn.0, arn.1, path.rsplit('/').next()?))
}

fn role_of_session(arn: &str) -> Option<Role<'_>> {
    let (arn, path) = of_kind(arn, "sts", "assumed-role/")?;
    Some((arn.0, arn.1, path.split_once('/')?.0))
}

/// Partition and account of an ARN of this service and kind, and what follows the kind.
fn of_kind<'a>(arn: &'a str, service: &str, kind: &str) -> Option<((&'a str, &'a str), &'a str)> {
    let arn = ArnPattern::parse(arn).ok()?;
    let name = arn.resource().as_str().strip_prefix(kind)?;
    (arn.service().as_str() == service).then(|| ((arn.partition().as_str(), arn.account().as_str()), name))
}
