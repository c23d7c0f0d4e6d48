//! Sessions of a role beside the role, in who may assume another.
//!
//! Source: a role as principal means all its sessions,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles>

use crate::arn::ArnPattern;
use crate::check::facts::{Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Change, Code, Finding, Fix};
use crate::numbers::ByText;
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
    let arns = || principals.iter().filter(|principal| is_plain_arn(principal));
    let mut roles = ByText::new();
    for principal in arns() {
        if let Some(role) = role(principal.text.written()) {
            roles.first(role.into(), principal);
        }
    }
    for session in arns() {
        let of_session = role_of_session(session.text.written());
        if let Some(role) = of_session.and_then(|role| roles.get(&*role)) {
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
    .fixed_by(Fix::new(format!("remove `{written}`"), vec![Change::Remove(session.place)]).safe())
}

fn is_plain_arn(principal: &PrincipalRef<'_>) -> bool {
    principal.key == PrincipalKey::Aws && !principal.text.written().contains(['*', '?', '$'])
}

/// Partition, account and name of a role. Two roles of an account never have one name, whatever their paths.
fn role(arn: &str) -> Option<String> {
    of_kind(arn, "iam", "role/", |path| path.rsplit('/').next())
}

fn role_of_session(arn: &str) -> Option<String> {
    of_kind(arn, "sts", "assumed-role/", |path| Some(path.split_once('/')?.0))
}

fn of_kind(arn: &str, service: &str, kind: &str, name: fn(&str) -> Option<&str>) -> Option<String> {
    let arn = ArnPattern::parse(arn).ok()?;
    let name = name(arn.resource().as_str().strip_prefix(kind)?)?;
    let (partition, account) = (arn.partition().as_str(), arn.account().as_str());
    (arn.service().as_str() == service).then(|| format!("{partition}:{account}:{name}"))
}
