//! `OpenID` Connect providers in principals and condition keys.

use crate::arn::ArnPattern;
use crate::check::facts::{ConditionFacts, PrincipalRef};
use crate::names::{Name, OidcIssuer};
use crate::policy::PrincipalKey;

pub(super) const GITHUB: &str = "token.actions.githubusercontent.com";

/// The `OpenID` Connect provider that a principal is, by the name with which its condition keys begin.
pub(super) fn oidc_issuer<'d>(principal: &PrincipalRef<'d>) -> Option<&'d str> {
    let is_oidc = principal.key == PrincipalKey::Federated && !principal.is_provider("saml-provider/");
    issuer(principal.text.filled()).filter(|_| is_oidc)
}

/// The provider's name as its condition keys begin with it.
pub(super) fn issuer(text: &str) -> Option<&str> {
    match ArnPattern::parse(text) {
        Ok(arn) => arn.resource().as_str().strip_prefix("oidc-provider/"),
        Err(_) => (!text.starts_with("arn:")).then_some(text),
    }
}

/// The claim that a condition key of this provider is about.
pub(super) fn claim<'k>(key: &'k str, issuer: &str) -> Option<&'k str> {
    let (prefix, claim) = key.split_at_checked(issuer.len())?;
    claim.strip_prefix(':').filter(|_| prefix.eq_ignore_ascii_case(issuer))
}

/// Whether the key is about the token of a provider, and none of the principals is that provider. Where a principal is not a
/// provider at all, its requests have no such key either.
pub(super) fn is_foreign(condition: &ConditionFacts<'_>, named: &[PrincipalRef<'_>]) -> bool {
    let key = condition.key.filled();
    let Some((issuer, _)) = key.rsplit_once(':').filter(|(issuer, _)| is_issuer(issuer)) else {
        return false;
    };
    let is_its = |principal: &PrincipalRef<'_>| {
        // The principal that `*` matches, and what is not known yet, may be the provider.
        let text = principal.text.filled();
        let is_open = text == "*" || text.contains("${");
        let is_misspelt = || oidc_issuer(principal).is_some_and(|name| OidcIssuer::parse_name(name).is_err());
        is_open
            || is_misspelt()
            || if issuer.eq_ignore_ascii_case("saml") {
                principal.is_provider("saml-provider/")
            } else {
                oidc_issuer(principal).is_some_and(|name| claim(key, name).is_some())
            }
    };
    let mut providers = named
        .iter()
        .filter(|principal| principal.key == PrincipalKey::Federated)
        .peekable();
    providers.peek().is_some() && !named.iter().any(is_its)
}

fn is_issuer(issuer: &str) -> bool {
    issuer.eq_ignore_ascii_case("saml") || issuer.contains('.') && OidcIssuer::parse_name(issuer).is_ok()
}

/// What to write, as code where it is the text itself.
pub(super) fn sample(write: &str) -> String {
    if write.starts_with("the ") {
        return write.to_owned();
    }
    write
        .split(' ')
        .map(|word| match word.strip_suffix(',') {
            Some(word) if word.contains(':') => format!("`{word}`,"),
            None if word.contains(':') => format!("`{word}`"),
            _ => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}
