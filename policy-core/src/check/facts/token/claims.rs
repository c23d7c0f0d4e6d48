//! The claims of tokens that are condition keys.
//!
//! Of any provider IAM has the same few claims, and of some it has others besides. All other claims of a token are in no request.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>

use crate::catalogue::{self, key_matches};
use crate::document::Text;
use crate::sorted::set;

/// The condition key of an `OpenID` Connect provider for a claim that IAM has no key for.
pub(in crate::check) struct UnknownClaim<'d> {
    /// The issuer with whose name the key begins, as it is written.
    pub issuer: &'d str,
    pub claim: &'d str,
    /// The claims that there are keys for.
    pub known: Vec<&'static str>,
    /// Whether the issuer is in a hole, so that they are those of all providers together.
    pub is_open: bool,
}

impl<'d> UnknownClaim<'d> {
    /// `None` of a key that AWS has, that may be such a key, or that is not of a provider.
    pub fn of(key: &'d Text<'d>) -> Option<Self> {
        let filled = key.filled();
        if filled.contains("${") || catalogue::condition_key(filled).is_some() {
            return None;
        }
        let (issuer, claim) = filled.split_once(':').filter(|(issuer, _)| issuer.contains('.'))?;
        let at = issuer.len() + 1;
        if key.has_hole_in(&(at..filled.len())) {
            return None;
        }
        let is_open = key.has_hole_in(&(0..issuer.len()));
        let known = claims(Some(issuer).filter(|_| !is_open));
        if known.iter().any(|known| known.eq_ignore_ascii_case(claim)) {
            return None;
        }
        let issuer = key.written().get(key.written_range(0..issuer.len()))?;
        Some(Self {
            issuer,
            claim,
            known,
            is_open,
        })
    }

    /// The claims that there certainly are keys for.
    pub fn common(&self) -> Vec<&'static str> {
        if self.is_open {
            claims(Some(ANY_ISSUER))
        } else {
            self.known.clone()
        }
    }
}

/// How the reference calls the issuer in the keys that every provider has.
const ANY_ISSUER: &str = "${Host}.${Domain}";

/// The claims with condition keys in the tokens of an issuer; of any, if it is not known.
fn claims(issuer: Option<&str>) -> Vec<&'static str> {
    let mut claims = Vec::new();
    let Some(sts) = catalogue::service("sts") else {
        return claims;
    };
    for key in sts.condition_keys() {
        if let Some((prefix, claim)) = key.name().split_once(':')
            && prefix.contains('.')
            && issuer.is_none_or(|issuer| key_matches(prefix, issuer))
        {
            claims.push(claim);
        }
    }
    set(claims)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by it")]

    use super::UnknownClaim;
    use crate::document::Text;

    #[test]
    fn every_provider_has_the_same_few_claims_and_some_have_more() {
        const ALL: &str = "amr aud email oaud sub";
        for known in [
            "idp.example.com:sub",
            "idp.example.com/realms/a:EMAIL",
            "accounts.google.com:oaud",
            "accounts.google.com:google/organization_number",
            "token.actions.githubusercontent.com:repository",
            "token.actions.githubusercontent.com/acme:repository",
            "token.actions.githubusercontent.com:aud",
            "oidc.circleci.com/org/0a1b:oidc.circleci.com/project-id",
            "www.amazon.com:user_id",
            "saml:nothing",
            "s3:prefx",
            "nothing",
            "${idp.example.com}:x",
        ] {
            assert!(UnknownClaim::of(&Text::plain(known)).is_none(), "{known}");
        }
        let of = |key: &'static str| {
            let key = Text::plain(key);
            let unknown = UnknownClaim::of(&key).unwrap();
            (unknown.claim.to_owned(), unknown.known.join(" "))
        };
        assert_eq!(of("idp.example.com:groups"), ("groups".to_owned(), ALL.to_owned()));
        assert_eq!(
            of("www.amazon.com:id"),
            ("id".to_owned(), "amr app_id aud email oaud sub user_id".to_owned())
        );
        assert_eq!(
            of("gitlab.example.com:project_id"),
            ("project_id".to_owned(), ALL.to_owned())
        );
    }

    #[test]
    fn of_an_issuer_in_a_hole_any_claim_of_any_provider_may_be() {
        let key = |written: &'static str| Text::with_holes(written, [(0..8, "idp.example.com", 4)]);
        assert!(UnknownClaim::of(&key("<issuer>:repository")).is_none());
        let subject = key("<issuer>:subject");
        let unknown = UnknownClaim::of(&subject).unwrap();
        assert_eq!((unknown.issuer, unknown.claim), ("<issuer>", "subject"));
        assert_eq!(unknown.common(), ["amr", "aud", "email", "oaud", "sub"]);
        let hole = Text::with_holes("idp.example.com:<claim>", [(16..23, "group", 1)]);
        assert!(UnknownClaim::of(&hole).is_none());
    }
}
