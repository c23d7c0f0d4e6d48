//! What only role trust policies have: who may assume the role, by which action, and on what condition.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>,
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp.html>,
//! <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>

mod audience;
mod session;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::arn::ArnPattern;
use crate::catalogue;
use crate::check::exposure::Strangers;
use crate::check::judged::Judged;
use crate::check::size::Reach;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding, Findings};
use crate::names::{Name, OidcIssuer};
use crate::policy::{Effect, Kind, Principal, PrincipalKey, Statement, principals};

pub(super) use session::is_part_of_assuming;

/// The actions that a role trust policy can have: those of STS that the role is the resource of.
/// <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html>
const ACTIONS: [&str; 6] = [
    ASSUME,
    ASSUME_WITH_SAML,
    ASSUME_WITH_WEB_IDENTITY,
    SET_CONTEXT,
    SET_SOURCE_IDENTITY,
    TAG_SESSION,
];
const ASSUME: &str = "sts:AssumeRole";
const ASSUME_WITH_SAML: &str = "sts:AssumeRoleWithSAML";
const ASSUME_WITH_WEB_IDENTITY: &str = "sts:AssumeRoleWithWebIdentity";
const SET_CONTEXT: &str = "sts:SetContext";
const SET_SOURCE_IDENTITY: &str = "sts:SetSourceIdentity";
const TAG_SESSION: &str = "sts:TagSession";

const GITHUB: &str = "token.actions.githubusercontent.com";

pub(super) fn check(judged: &[Judged<'_, '_>], kind: Kind, reach: Reach, findings: &mut Findings) {
    if kind != Kind::Trust {
        return;
    }
    let strangers = Strangers::of(judged, reach);
    for one in judged {
        by_itself(one.statement, &strangers, findings);
    }
    session::check(judged, findings);
}

fn by_itself(statement: &Statement<'_>, strangers: &Strangers<'_, '_>, findings: &mut Findings) {
    let Some(element) = statement.principal.filter(|element| !element.negated) else {
        return;
    };
    let principals = principals(element.value);
    if let Some(everyone) = principals.iter().find(|principal| {
        principal.text.written() == "*"
            && (principal.bare || principal.key == PrincipalKey::Aws && strangers.are_taken_by(statement))
    }) {
        findings.push(self::everyone(everyone, statement));
    }
    actions(statement, &principals, findings);
    findings.extend(audience::check(statement));
    if statement.effect == Some(Effect::Allow) {
        findings.extend(roles_anywhere(statement, &principals));
        for principal in &principals {
            findings.extend(unconditional(statement, principal));
        }
        repositories(statement, findings);
    }
}

/// `"*"` is refused in itself; `{ "AWS": "*" }` is as wide, and right where a condition says who is meant.
fn everyone(principal: &Principal<'_>, statement: &Statement<'_>) -> Finding {
    let (code, what) = if principal.bare {
        (
            Code::RoleTrustPolicyUnsupportedWildcardInPrincipal,
            "a role trust policy cannot have `\"Principal\": \"*\"`",
        )
    } else {
        (
            Code::RoleTrustPolicyForEveryone,
            if statement.conditions.is_empty() {
                "the role can be assumed by everyone: `*`, and no condition"
            } else {
                "the role can be assumed by everyone: `*`, and no condition that says who"
            },
        )
    };
    let finding = Finding::new(code, principal.place, what)
        .about("*")
        .note("everyone could assume the role, from every account of AWS")
        .help("name who may assume it, such as `{ \"Service\": \"ecs-tasks.amazonaws.com\" }` or `{ \"AWS\": \"111122223333\" }`");
    if principal.bare {
        finding
    } else {
        finding.help("or write a condition that says who is meant, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`")
    }
}

/// What a principal assumes a role with.
fn way_of(principal: &Principal<'_>) -> &'static str {
    match principal.key {
        _ if is_provider(principal, "saml-provider/") => ASSUME_WITH_SAML,
        // Below `AWS` a provider stands wrong, which is said of it; the action may be right.
        _ if is_provider(principal, "oidc-provider/") => ASSUME_WITH_WEB_IDENTITY,
        PrincipalKey::Federated => ASSUME_WITH_WEB_IDENTITY,
        PrincipalKey::Aws | PrincipalKey::Service | PrincipalKey::CanonicalUser => ASSUME,
    }
}

fn is_provider(principal: &Principal<'_>, kind: &str) -> bool {
    ArnPattern::parse(principal.text.filled()).is_ok_and(|arn| arn.resource().as_str().starts_with(kind))
}

fn actions(statement: &Statement<'_>, principals: &[Principal<'_>], findings: &mut Findings) {
    let Some(element) = statement.action.filter(|action| !action.negated) else {
        return;
    };
    let ways = OnceCell::new();
    for (place, text) in element.texts() {
        let action = text.filled();
        let way = ACTIONS.iter().find(|known| known.eq_ignore_ascii_case(action)).copied();
        match way {
            Some(way @ (ASSUME | ASSUME_WITH_SAML | ASSUME_WITH_WEB_IDENTITY)) => {
                let ways: &BTreeSet<&str> = ways.get_or_init(|| principals.iter().map(way_of).collect());
                // One principal that fits is enough: the others may have another of the statement's actions.
                if !ways.contains(way) {
                    findings.extend(mismatched(place, text, way, principals));
                }
            }
            Some(_) => {}
            None => findings.extend(foreign(place, text)),
        }
    }
}

fn mismatched(place: Place, text: &Text<'_>, way: &str, principals: &[Principal<'_>]) -> Option<Finding> {
    let first = principals.first()?;
    let own = way_of(first);
    let noun = match (first.key, own) {
        (PrincipalKey::Federated, ASSUME_WITH_SAML) => "a SAML provider",
        (PrincipalKey::Federated, _) => "a web identity provider",
        (PrincipalKey::Service, _) => "a service",
        _ => "an account, role or user",
    };
    Some(
        Finding::new(
            Code::MismatchedActionForPrincipal,
            place,
            format!("{noun} does not assume a role with `{way}`"),
        )
        .about(text.written())
        .note("AWS accepts it, and nobody can assume the role so")
        .help(format!("write `{own}`")),
    )
}

/// An action that exists, but not here; one that does not exist is another mistake.
fn foreign(place: Place, text: &Text<'_>) -> Option<Finding> {
    let (prefix, name) = text.filled().split_once(':')?;
    let service = catalogue::service(prefix)?;
    let is_known = name.contains(['*', '?']) || service.action(name).is_some();
    let is_of_sts = service.prefix() == "sts";
    if !is_known || is_of_sts && name.contains(['*', '?']) {
        return None;
    }
    Some(
        Finding::new(
            Code::UnsupportedActionInPolicy,
            place,
            format!("a role trust policy has no action `{}`", text.written()),
        )
        .about(text.written())
        .note("it says who may assume the role; AWS rejects all but STS's actions for that")
        .help(if is_of_sts {
            "write `sts:AssumeRole`"
        } else {
            "write `sts:AssumeRole`; what the role may do stands in an identity policy"
        }),
    )
}

/// <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>: the service calls all three.
fn roles_anywhere(statement: &Statement<'_>, principals: &[Principal<'_>]) -> Option<Finding> {
    let element = statement.action.filter(|action| !action.negated)?;
    principals.iter().find(|principal| {
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
        .collect();
    (!missing.is_empty()).then(|| {
        Finding::new(
            Code::MissingActionForRolesAnywhereTrustPolicy,
            element.name_place,
            format!("IAM Roles Anywhere needs {} too", missing.join(" and ")),
        )
        .about("rolesanywhere.amazonaws.com")
        .note("AWS accepts it, and the service cannot assume the role")
        .help("write `[\"sts:AssumeRole\", \"sts:SetSourceIdentity\", \"sts:TagSession\"]`")
    })
}

/// A provider vouches for all of its users, in whosever account: a condition says which of them.
fn unconditional(statement: &Statement<'_>, principal: &Principal<'_>) -> Option<Finding> {
    if principal.key != PrincipalKey::Federated || is_provider(principal, "saml-provider/") {
        return None;
    }
    let issuer = issuer(principal.text.filled()).filter(|issuer| OidcIssuer::parse_name(issuer).is_ok())?;
    let claims: Vec<&str> = statement
        .conditions
        .iter()
        .filter_map(|condition| claim(condition.key.filled(), issuer))
        .collect();
    let is_github = issuer.eq_ignore_ascii_case(GITHUB);
    if is_github && claims.iter().all(|claim| claim.eq_ignore_ascii_case("aud")) {
        return Some(
            Finding::new(
                Code::MissingGithubRepoConditionKey,
                principal.place,
                "every repository of GitHub could assume the role",
            )
            .about(principal.text.written())
            .note("the provider vouches for the workflows of all organizations; the audience is the same for all")
            .help(format!(
                "write a condition on `{GITHUB}:sub`, such as `\"StringLike\": {{ \"{GITHUB}:sub\": \"repo:ORG/REPO:*\" }}`"
            )),
        );
    }
    claims.is_empty().then(|| {
        Finding::new(
            Code::MissingConditionKeyForOidcPrincipal,
            principal.place,
            format!("everyone who signs in with `{issuer}` could assume the role"),
        )
        .about(principal.text.written())
        .note("without a condition on what the provider says of them nothing tells one from another")
        .help(format!(
            "write a condition on `{issuer}:sub` and `{issuer}:aud`: those keys begin with the provider's own name"
        ))
    })
}

/// `repo:ORG/REPO:...` says whose workflows; a wildcard in it lets in repositories that others can make.
/// <https://docs.github.com/actions/reference/security/oidc>
fn repositories(statement: &Statement<'_>, findings: &mut Findings) {
    let subjects = statement.conditions.iter().filter(|condition| {
        let is_pattern = condition
            .operator
            .is_some_and(|operator| operator.comparison.takes_wildcards());
        is_pattern && claim(condition.key.filled(), GITHUB).is_some_and(|claim| claim.eq_ignore_ascii_case("sub"))
    });
    for node in subjects.flat_map(|condition| condition.value.as_list()) {
        let Some(text) = node.as_text() else { continue };
        let subject = text.filled();
        let repository = match subject.split_once(':') {
            Some(("repo", rest)) => rest.split(':').next().unwrap_or(rest),
            _ => subject,
        };
        if repository.contains(['*', '?']) {
            findings.push(
                Finding::new(
                    Code::SpecificGithubRepoAndBranchRecommended,
                    node.place,
                    format!("`{}` lets in more than one repository", text.written()),
                )
                .about(text.written())
                .note("whoever makes a repository with a name that fits can assume the role from its workflows")
                .help("write `repo:ORG/REPO:ref:refs/heads/BRANCH`, one for each repository"),
            );
        }
    }
}

/// The provider's name as its condition keys begin with it.
fn issuer(text: &str) -> Option<&str> {
    match ArnPattern::parse(text) {
        Ok(arn) => arn.resource().as_str().strip_prefix("oidc-provider/"),
        Err(_) => (!text.starts_with("arn:")).then_some(text),
    }
}

fn claim<'k>(key: &'k str, issuer: &str) -> Option<&'k str> {
    let (prefix, claim) = key.split_at_checked(issuer.len())?;
    claim.strip_prefix(':').filter(|_| prefix.eq_ignore_ascii_case(issuer))
}
