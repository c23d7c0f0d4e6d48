//! The form of principals.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use super::misplaced::misplaced;
use super::words::{REJECTED, malformed};
use super::{aws, federated};
use crate::arn::{ArnFormat, ArnPattern, Field};
use crate::check::facts::{Facts, PrincipalRef, StatementFacts};
use crate::check::own_type::with_holes;
use crate::check::rules::{Rule, Run};
use crate::check::words::principal_arn::{self, Unfit};
use crate::check::words::{arn_of_named, not_a_name};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding, Fix};
use crate::hole::Site;
use crate::names::{ArnKind, NameKind, is_account_id};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::InvalidPrincipalFormat,
        Code::InvalidServicePrincipalFormat,
        Code::UnsupportedWildcardInPrincipal,
        Code::InvalidRoleReference,
        Code::InvalidUserReference,
        Code::FederatedPrincipalNotSupported,
        Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if !matches!(facts.kind, Kind::Resource | Kind::Trust) {
        return Vec::new();
    }
    // A wrong variable is reported for the variable; a lone string other than `*` the reader has refused.
    let principals = statement.principals.iter();
    principals
        .filter(|principal| !principal.bare)
        .filter_map(|principal| {
            if principal.text.filled().contains("${") {
                named(principal)
            } else {
                unfit(principal, facts.kind)
            }
        })
        .collect_vec()
}

/// A reference to the name of a role or user. An ID may be that of an account.
fn named(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let (_, named) = principal.text.starts_with_name()?;
    if principal.key != PrincipalKey::Aws || named.by != "name" {
        return None;
    }
    let (help, meant) = arn_of_named(principal.text)?;
    let written = principal.text.written();
    let what = format!("`{written}` is not an account ID or the ARN of a principal");
    let finding = malformed(principal, what).with_help(help);
    Some(finding.fixed_by(meant.map(|meant| Fix::write(principal.place, meant))))
}

/// Why nobody can be meant by a principal. A lone string other than `*` the reader has refused.
#[cfg(feature = "evaluate")]
pub(in crate::check) fn unreadable(principal: &PrincipalRef<'_>) -> Option<Finding> {
    if principal.bare {
        return None;
    }
    // Whether the kind of policy allows such a principal is another matter.
    unfit(principal, Kind::Trust).filter(|finding| finding.severity() == crate::finding::Severity::Error)
}

fn unfit(principal: &PrincipalRef<'_>, kind: Kind) -> Option<Finding> {
    let text = principal.text.filled();
    // IAM accepts `"Federated": "*"` in a role's trust policy: every provider, which is a rule of its own.
    let is_every_provider = principal.key == PrincipalKey::Federated && kind == Kind::Trust;
    if text == "*" && (principal.key == PrincipalKey::Aws || is_every_provider) {
        return None;
    }
    if let Some(at) = text.find(['*', '?']) {
        return Some(wildcard(principal, at));
    }
    if let Some(finding) = misplaced(principal, kind) {
        return Some(finding);
    }
    match principal.key {
        PrincipalKey::Aws => aws::unfit(principal),
        PrincipalKey::Service => service(principal),
        PrincipalKey::Federated => federated::unfit(principal, kind),
        PrincipalKey::CanonicalUser => canonical_user(principal),
    }
}

fn wildcard(principal: &PrincipalRef<'_>, at: usize) -> Finding {
    let what = match (principal.key, principal.arn) {
        (PrincipalKey::Aws, Some(_)) => {
            "wildcards are not allowed in an ARN under `AWS`: the only one is `\"*\"` alone".to_owned()
        }
        (key, _) => format!("wildcards are not allowed in a principal under `{}`", key.name()),
    };
    let finding = Finding::new(Code::UnsupportedWildcardInPrincipal, principal.place, what)
        .part(principal.text, at..at + 1)
        .about(principal.text.written())
        .note(REJECTED);
    let written = principal.text.written();
    match (principal.key, principal.arn) {
        (PrincipalKey::Aws, Some(arn)) if is_account_id(arn.account().as_str()) => {
            if let Some((hole, kind)) = whole_arn(principal) {
                return behind_whole_arn(finding, hole, kind, written);
            }
            finding.with_help(limited(principal, &arn))
        }
        (PrincipalKey::Aws, _) => finding.with_help(
            "name each principal, or write `\"*\"` with a condition on `aws:PrincipalArn` or `aws:PrincipalOrgID`",
        ),
        (PrincipalKey::Service, _) => finding.with_help("name each service, such as `ecs-tasks.amazonaws.com`"),
        (PrincipalKey::Federated, _) => finding.with_help("name each identity provider"),
        (PrincipalKey::CanonicalUser, _) => finding.with_help("name each canonical user"),
    }
}

fn account_and_pattern(account: &str, pattern: &str) -> String {
    format!("allow the account, `{account}`, with a condition `\"ArnLike\": {{ \"aws:PrincipalArn\": \"{pattern}\" }}`")
}

/// The hole with which a principal begins, if that is a whole ARN, and its type.
fn whole_arn<'p>(principal: &'p PrincipalRef<'_>) -> Option<(&'p str, ArnKind)> {
    let text = principal.text;
    let hole = text.holes().first().filter(|hole| hole.written.start == 0)?;
    let kind = ArnKind::of_sample(text.filled().get(hole.filled.clone())?)?;
    Some((text.written().get(hole.written.clone())?, kind))
}

/// The account in a whole ARN is not known, so the pattern has a hole for each part of one.
fn behind_whole_arn(finding: Finding, hole: &str, kind: ArnKind, written: &str) -> Finding {
    let finding = finding.with_help(format!("write `\"{hole}\"`"));
    let rest = written.get(hole.len()..).unwrap_or_default();
    match ArnFormat::parse(kind.format()) {
        // Of a session the key has the role, and a root user has no name.
        Ok(format)
            if Site::PrincipalArn.fits(NameKind::Arn(kind)) && format.variables(Field::Resource).next().is_some() =>
        {
            let pattern = with_holes(format) + rest;
            let instead = account_and_pattern("<account-id>", &pattern);
            finding.with_help(format!("if names that start alike are meant, {instead}"))
        }
        _ => finding,
    }
}

/// What to write for some principals of an account.
fn limited(principal: &PrincipalRef<'_>, arn: &ArnPattern<'_>) -> String {
    let written = principal.text.written();
    let field = |field| {
        let range = principal.text.written_range(arn.range(field));
        written.get(range).unwrap_or_default()
    };
    let account = field(Field::Account);
    match principal_arn::unfit(written) {
        None => account_and_pattern(account, written),
        Some(Unfit::Session { role }) if !role.contains(['*', '?']) => {
            format!("write the ARN of the role, `{role}`, which matches every session of the role")
        }
        Some(Unfit::Session { role }) => account_and_pattern(account, &role),
        Some(Unfit::Other) => {
            let role = format!("arn:{}:iam::{account}:role/ROLE_NAME", field(Field::Partition));
            account_and_pattern(account, &role)
        }
    }
}

fn service(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let text = principal.text.filled();
    // Of Amazon's other houses, as Alexa's: Access Analyzer takes the ending.
    if text.ends_with(".amazon.com") {
        return None;
    }
    let error = NameKind::ServicePrincipal.check(text).err()?;
    let written = principal.text.written();
    let finding = not_a_name(Code::InvalidServicePrincipalFormat, principal.place, written, &error);
    Some(finding.note(REJECTED))
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html>
fn canonical_user(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let id = principal.text.filled();
    let is_id = id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_id).then(|| {
        malformed(
            principal,
            format!("`{}` is not a canonical user", principal.text.written()),
        )
        .with_help("write its 64 hexadecimal digits, or name the account under `AWS`")
    })
}
