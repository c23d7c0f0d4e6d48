//! Identity providers without a condition on what they say.

use super::claim::{GITHUB, claim, issuer};
use crate::check::facts::{Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::names::{Name, OidcIssuer};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::MissingGithubRepoConditionKey,
        Code::MissingConditionKeyForOidcPrincipal,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::Trust && statement.allows();
    let named = statement.named_principals().filter(|_| is_asked).unwrap_or_default();
    named
        .iter()
        .filter_map(|principal| unconditional(statement, principal))
        .collect()
}

/// A provider issues tokens to all of its users, of any account: a condition selects some of them.
fn unconditional(statement: &StatementFacts<'_>, principal: &PrincipalRef<'_>) -> Option<Finding> {
    if principal.key != PrincipalKey::Federated || principal.is_provider("saml-provider/") {
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
                "every GitHub repository could assume the role",
            )
            .about(principal.text.written())
            .note("the provider issues tokens to the workflows of all organizations, with the same audience")
            .with_help(format!(
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
        .note("without a condition on the claims of the token nothing distinguishes them")
        .with_help(format!(
            "write a condition on `{issuer}:sub` and `{issuer}:aud`: those keys begin with the provider's own name"
        ))
    })
}
