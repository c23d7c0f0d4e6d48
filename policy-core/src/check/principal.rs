//! Principals: their form.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use crate::arn::{ArnPattern, Field};
use crate::check::not_a_name;
use crate::finding::{Code, Finding, Findings};
use crate::names::{AccountId, Name, OidcIssuer, Partition, ServicePrincipal};
use crate::policy::{Effect, Kind, Principal, PrincipalKey, Statement, principals};

pub(super) fn check(statement: &Statement<'_>, kind: Kind, findings: &mut Findings) {
    let Some(element) = statement
        .principal
        .filter(|_| matches!(kind, Kind::Resource | Kind::Trust))
    else {
        return;
    };
    if element.negated && statement.effect == Some(Effect::Allow) && kind == Kind::Resource {
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

fn unfit(principal: &Principal<'_>, kind: Kind) -> Option<Finding> {
    let text = principal.text.filled();
    if text == "*" && principal.key == PrincipalKey::Aws {
        return None;
    }
    if let Some(at) = text.find(['*', '?']) {
        return Some(wildcard(principal, at));
    }
    match principal.key {
        PrincipalKey::Aws => aws(principal),
        PrincipalKey::Service => service(principal),
        PrincipalKey::Federated => federated(principal, kind),
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
    .note("AWS rejects it");
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
        .note("AWS rejects it: `Invalid principal in policy`")
}

fn aws(principal: &Principal<'_>) -> Option<Finding> {
    let text = principal.text.filled();
    if text.starts_with("arn:") {
        return arn(principal);
    }
    if AccountId::parse_name(text).is_ok() {
        return None;
    }
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        let error = AccountId::parse_name(text).err()?;
        return Some(
            not_a_name(
                Code::InvalidPrincipalFormat,
                principal.place,
                principal.text.written(),
                &error,
            )
            .note("AWS rejects it: `Invalid principal in policy`"),
        );
    }
    if let Some(finding) = unique_id(principal) {
        return Some(finding);
    }
    let written = principal.text.written();
    let finding = malformed(principal, format!("`{written}` is no account, role or user"));
    Some(if ServicePrincipal::parse_name(text).is_ok() {
        finding.help(format!("write it below `Service`, `\"Service\": \"{written}\"`"))
    } else if is_of_names(text) {
        finding.help(format!(
            "write its ARN, such as `arn:aws:iam::111122223333:role/{written}`"
        ))
    } else {
        finding.help(
            "write an account's 12 digits or the ARN of a role or user, such as `arn:aws:iam::111122223333:role/NAME`",
        )
    })
}

fn is_of_names(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'=' | b',' | b'.' | b'@' | b'-'))
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn unique_id(principal: &Principal<'_>) -> Option<Finding> {
    let id = principal.text.filled();
    let is_id = id.len() >= 16
        && id
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let (code, noun, path) = match id.get(..4).filter(|_| is_id)? {
        "AROA" => (Code::InvalidRoleReference, "role", "role"),
        "AIDA" => (Code::InvalidUserReference, "user", "user"),
        _ => return None,
    };
    Some(
        Finding::new(code, principal.place, format!("`{id}` is the unique id of a {noun}"))
            .about(id)
            .note(format!(
                "IAM shows the id when the {noun} has been deleted; one made anew under its name has another"
            ))
            .help(format!(
                "write the ARN of the {noun}, `arn:aws:iam::111122223333:{path}/NAME`"
            )),
    )
}

fn arn(principal: &Principal<'_>) -> Option<Finding> {
    let written = principal.text.written();
    let Ok(arn) = ArnPattern::parse(principal.text.filled()) else {
        return Some(
            malformed(principal, format!("`{written}` is not a whole ARN"))
                .help("write all six fields, `arn:aws:iam::111122223333:role/NAME`"),
        );
    };
    if let Err(error) = Partition::parse_name(arn.partition().as_str()) {
        return Some(
            not_a_name(
                Code::InvalidPrincipalFormat,
                principal.place,
                arn.partition().as_str(),
                &error,
            )
            .part(principal.text, arn.range(Field::Partition)),
        );
    }
    let resource = arn.resource().as_str();
    let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
    let service = arn.service().as_str();
    if !matches!(service, "iam" | "sts") {
        return Some(
            malformed(principal, format!("`{written}` is no account, role or user"))
                .part(principal.text, arn.range(Field::Service))
                .help("a resource that acts does so as its role: write the ARN of that, `arn:aws:iam::111122223333:role/NAME`"),
        );
    }
    if !arn.region().as_str().is_empty() {
        return Some(
            malformed(principal, "a principal's ARN has no region")
                .part(principal.text, arn.range(Field::Region))
                .help(format!("write `{}`", without_region(principal, &arn))),
        );
    }
    // An origin access identity: `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E...`.
    let account = arn.account().as_str();
    if account == "cloudfront" && kind == "user" {
        return None;
    }
    if let Err(error) = AccountId::parse_name(account) {
        let range = arn.range(Field::Account);
        return Some(if account.is_empty() {
            malformed(principal, format!("`{written}` names no account"))
                .help("write the account's 12 digits before the last colon")
        } else {
            not_a_name(Code::InvalidPrincipalFormat, principal.place, account, &error).part(principal.text, range)
        });
    }
    identity(principal, service, kind, name, account)
}

/// The last part of a principal's ARN.
fn identity(principal: &Principal<'_>, service: &str, kind: &str, name: &str, account: &str) -> Option<Finding> {
    let written = principal.text.written();
    let has_name = !name.is_empty() && !name.ends_with('/');
    match (service, kind) {
        ("iam", "root") if name.is_empty() => None,
        ("iam", "user" | "role") | ("sts", "federated-user") if has_name => None,
        ("sts", "assumed-role") => match name.split('/').collect::<Vec<_>>().as_slice() {
            [role, session] if !role.is_empty() && !session.is_empty() => None,
            [_, .., role, session] if !role.is_empty() && !session.is_empty() => Some(
                malformed(principal, "the ARN of a role's session has no path")
                    .help(format!("write `assumed-role/{role}/{session}`")),
            ),
            _ => Some(
                malformed(principal, format!("`{written}` names no session")).help(format!(
                    "write the role, `arn:aws:iam::{account}:role/{}`, or `assumed-role/ROLE/SESSION`",
                    if name.is_empty() { "NAME" } else { name }
                )),
            ),
        },
        ("iam", "group") => Some(
            malformed(principal, "a group is no principal")
                .help("name its users or, better, a role; to let in the account write its 12 digits"),
        ),
        ("iam", "saml-provider" | "oidc-provider") => Some(
            malformed(principal, format!("`{written}` is an identity provider"))
                .help(format!("write it below `Federated`, `\"Federated\": \"{written}\"`")),
        ),
        ("iam", "assumed-role" | "federated-user") => Some(
            malformed(principal, "the ARN of a session is one of `sts`")
                .help(format!("write `{}`", written.replacen(":iam:", ":sts:", 1))),
        ),
        ("sts", "role" | "user" | "root") => Some(
            malformed(principal, format!("the ARN of a {kind} is one of `iam`"))
                .help(format!("write `{}`", written.replacen(":sts:", ":iam:", 1))),
        ),
        ("iam", "instance-profile") => {
            Some(malformed(principal, "an instance profile is no principal").help("name the role that is in it"))
        }
        _ => Some(
            malformed(principal, format!("`{written}` is no account, role or user")).help(format!(
                "write `arn:aws:iam::{account}:root`, `:role/NAME` or `:user/NAME`"
            )),
        ),
    }
}

fn without_region(principal: &Principal<'_>, arn: &ArnPattern<'_>) -> String {
    let written = principal.text.written();
    let region = principal.text.written_range(arn.range(Field::Region));
    let (before, after) = (written.get(..region.start), written.get(region.end..));
    format!("{}{}", before.unwrap_or_default(), after.unwrap_or_default())
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
        .note("AWS rejects it: `Invalid principal in policy`"),
    )
}

fn federated(principal: &Principal<'_>, kind: Kind) -> Option<Finding> {
    let written = principal.text.written();
    if kind == Kind::Resource {
        return Some(
            Finding::new(
                Code::FederatedPrincipalNotSupported,
                principal.place,
                "a resource policy does not let in an identity provider",
            )
            .about(written)
            .note("who signs in with it acts as the role that it may assume")
            .help("name that role below `AWS`; `Federated` belongs into the role's trust policy"),
        );
    }
    let text = principal.text.filled();
    let finding = Finding::new(
        Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy,
        principal.place,
        format!("`{written}` is no identity provider"),
    )
    .about(written)
    .note("AWS rejects it");
    if text.starts_with("arn:") {
        return provider(principal, finding);
    }
    let error = OidcIssuer::parse_name(text).err()?;
    Some(match error.suggestion() {
        Some(meant) => finding.help(format!("write the ARN of the provider, `arn:aws:iam::111122223333:oidc-provider/{meant}`")),
        None => finding.help("write `arn:aws:iam::111122223333:saml-provider/NAME`, `arn:aws:iam::111122223333:oidc-provider/HOST` or the domain of a public provider, such as `cognito-identity.amazonaws.com`"),
    })
}

fn provider(principal: &Principal<'_>, finding: Finding) -> Option<Finding> {
    let Ok(arn) = ArnPattern::parse(principal.text.filled()) else {
        return Some(finding.help("write all six fields, `arn:aws:iam::111122223333:oidc-provider/HOST`"));
    };
    if let Err(error) = AccountId::parse_name(arn.account().as_str()) {
        return Some(
            not_a_name(
                Code::InvalidFederatedPrincipalSyntaxInRoleTrustPolicy,
                principal.place,
                arn.account().as_str(),
                &error,
            )
            .part(principal.text, arn.range(Field::Account)),
        );
    }
    let written = principal.text.written();
    match (arn.service().as_str(), arn.resource().as_str().split_once('/')) {
        ("iam", Some(("saml-provider", name))) if !name.is_empty() => None,
        ("iam", Some(("oidc-provider", issuer))) => {
            OidcIssuer::parse_name(issuer)
                .err()
                .map(|error| match error.suggestion() {
                    Some(meant) => finding.help(format!("write `{}`", written.replacen(issuer, &meant, 1))),
                    None => finding.help("write the provider's host behind `oidc-provider/`, without `https://`"),
                })
        }
        ("iam", Some(("role" | "user", _))) => {
            Some(finding.help(format!("write it below `AWS`, `\"AWS\": \"{written}\"`")))
        }
        _ => Some(finding.help("the ARN of a provider ends in `saml-provider/NAME` or `oidc-provider/HOST`")),
    }
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
