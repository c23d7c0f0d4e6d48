//! Principals: their form.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

mod aws;
mod federated;
#[cfg(test)]
mod tests;

use crate::arn::ArnPattern;
use crate::check::{Options, not_a_name};
#[cfg(feature = "evaluate")]
use crate::finding::Severity;
use crate::finding::{Code, Finding, Findings};
use crate::names::{AccountId, Name, NameError, ServicePrincipal};
use crate::policy::{AttachedTo, Effect, Kind, Principal, PrincipalKey, Statement, principals};

/// IAM's own words, from the answer to `CreateRole` and `PutBucketPolicy`.
const REJECTED: &str = "AWS rejects it: `Invalid principal in policy`";

pub(super) fn check(statement: &Statement<'_>, kind: Kind, options: &Options, findings: &mut Findings) {
    let Some(element) = statement
        .principal
        .filter(|_| matches!(kind, Kind::Resource | Kind::Trust))
    else {
        return;
    };
    if element.negated
        && statement.effect == Some(Effect::Allow)
        && kind == Kind::Resource
        && options.resource() != Some(AttachedTo::VpcEndpoint)
    {
        findings.push(
            Finding::new(
                Code::AllowWithNotPrincipal,
                element.name_place,
                "`NotPrincipal` with `Allow` lets in everyone else",
            )
            .about("NotPrincipal")
            .note("everyone else is the whole world, requests without credentials too")
            .help("name who is let in with `Principal`; to keep someone out write a `Deny`"),
        );
    }
    for principal in principals(element.value) {
        // What is wrong with a variable is said of the variable; a lone string other than `*` the reader has refused.
        if principal.bare || principal.text.filled().contains("${") {
            continue;
        }
        findings.extend(unfit(&principal, kind));
    }
}

/// Why nobody can be meant by a principal. A lone string other than `*` the reader has refused.
#[cfg(feature = "evaluate")]
pub(super) fn unreadable(principal: &Principal<'_>) -> Option<Finding> {
    if principal.bare {
        return None;
    }
    // Whether the kind of policy lets in such a principal is another matter.
    unfit(principal, Kind::Trust).filter(|finding| finding.severity() == Severity::Error)
}

fn unfit(principal: &Principal<'_>, kind: Kind) -> Option<Finding> {
    let text = principal.text.filled();
    if text == "*" && principal.key == PrincipalKey::Aws {
        return None;
    }
    if let Some(at) = text.find(['*', '?']) {
        return Some(wildcard(principal, at));
    }
    match principal.key {
        PrincipalKey::Aws => aws::unfit(principal),
        PrincipalKey::Service => service(principal),
        PrincipalKey::Federated => federated::unfit(principal, kind),
        PrincipalKey::CanonicalUser => canonical_user(principal),
    }
}

fn wildcard(principal: &Principal<'_>, at: usize) -> Finding {
    let finding = Finding::new(
        Code::UnsupportedWildcardInPrincipal,
        principal.place,
        format!("a principal below `{}` has no wildcards", principal.key.name()),
    )
    .part(principal.text, at..at + 1)
    .about(principal.text.written())
    .note(REJECTED);
    match (principal.key, ArnPattern::parse(principal.text.filled())) {
        (PrincipalKey::Aws, Ok(arn)) if AccountId::parse_name(arn.account().as_str()).is_ok() => finding.help(format!(
            "let in the account, `{}`, with a condition `\"ArnLike\": {{ \"aws:PrincipalArn\": \"{}\" }}`",
            arn.account().as_str(),
            principal.text.written()
        )),
        (PrincipalKey::Aws, _) => finding.help(
            "name each principal, or write `\"*\"` with a condition on `aws:PrincipalArn` or `aws:PrincipalOrgID`",
        ),
        (PrincipalKey::Service, _) => finding.help("name each service, such as `ecs-tasks.amazonaws.com`"),
        (PrincipalKey::Federated, _) => finding.help("name each identity provider"),
        (PrincipalKey::CanonicalUser, _) => finding.help("name each canonical user"),
    }
}

fn malformed(principal: &Principal<'_>, what: impl Into<String>) -> Finding {
    Finding::new(Code::InvalidPrincipalFormat, principal.place, what)
        .about(principal.text.written())
        .note(REJECTED)
}

/// A part of the principal that is not the name that it should be.
fn misnamed(principal: &Principal<'_>, part: &str, error: &NameError) -> Finding {
    not_a_name(Code::InvalidPrincipalFormat, principal.place, part, error).note(REJECTED)
}

fn service(principal: &Principal<'_>) -> Option<Finding> {
    let text = principal.text.filled();
    // Of Amazon's other houses, as Alexa's: Access Analyzer takes the ending.
    if text.ends_with(".amazon.com") {
        return None;
    }
    let error = ServicePrincipal::parse_name(text).err()?;
    let finding = not_a_name(
        Code::InvalidServicePrincipalFormat,
        principal.place,
        principal.text.written(),
        &error,
    );
    Some(
        if text.starts_with("arn:") || AccountId::parse_name(text).is_ok() {
            Finding::new(
                Code::InvalidServicePrincipalFormat,
                principal.place,
                format!("`{}` is no service", principal.text.written()),
            )
            .about(principal.text.written())
            .help(format!(
                "write it below `AWS`, `\"AWS\": \"{}\"`",
                principal.text.written()
            ))
        } else {
            finding
        }
        .note(REJECTED),
    )
}

/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html>
fn canonical_user(principal: &Principal<'_>) -> Option<Finding> {
    let id = principal.text.filled();
    let is_id = id.len() == 64 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_id).then(|| {
        malformed(
            principal,
            format!("`{}` is no canonical user", principal.text.written()),
        )
        .help("write its 64 hexadecimal digits, or name the account below `AWS`")
    })
}
