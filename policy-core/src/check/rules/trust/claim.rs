//! What an `OpenID` Connect provider says of those for whom it vouches.

use crate::arn::ArnPattern;

pub(super) const GITHUB: &str = "token.actions.githubusercontent.com";

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
