//! `OpenID` Connect providers in principals and condition keys.

use crate::arn::ArnPattern;
use crate::check::facts::{ConditionFacts, PrincipalRef, StatementFacts};
use crate::collected::CollectVec;
use crate::names::NameKind;
use crate::numbers::{ByText, Texts};
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

/// The conditions of a statement on claims, by the issuer with whose name their keys begin: gathered once, as a statement can have
/// many principals and many conditions.
pub(super) struct Claims<'s, 'd>(ByText<'d, Vec<(&'d str, &'s ConditionFacts<'d>)>>);

impl<'s, 'd> Claims<'s, 'd> {
    pub fn of(statement: &'s StatementFacts<'d>) -> Self {
        let mut claims = ByText::<Vec<_>>::new();
        for condition in &statement.conditions {
            if let Some((issuer, claim)) = condition.key.filled().rsplit_once(':') {
                let issuer = issuer.to_ascii_lowercase();
                claims.update(issuer.into(), Vec::new(), |of| of.push((claim, condition)));
            }
        }
        Self(claims)
    }

    pub fn about(&self, issuer: &str) -> &[(&'d str, &'s ConditionFacts<'d>)] {
        let claims = self.0.get(&*issuer.to_ascii_lowercase());
        claims.map_or(&[], Vec::as_slice)
    }
}

/// The providers whose tokens a statement names, asked of many conditions.
pub(super) struct Providers {
    /// Their issuers, in small letters; `saml` for all providers of SAML.
    issuers: Texts<'static>,
    /// Whether one may be any: the principal that `*` matches, one that is not known yet, or one that is misspelt.
    is_open: bool,
}

impl Providers {
    /// `None` if no principal is a provider, so that nothing is known of the tokens.
    pub fn of(named: &[PrincipalRef<'_>]) -> Option<Self> {
        let mut federated = named
            .iter()
            .filter(|principal| principal.key == PrincipalKey::Federated);
        federated.next()?;
        let mut providers = Self {
            issuers: Texts::new(),
            is_open: false,
        };
        for principal in named {
            let text = principal.text.filled();
            let issuer = oidc_issuer(principal);
            let is_misspelt = issuer.is_some_and(|name| !NameKind::OidcIssuer.accepts(name));
            providers.is_open |= text == "*" || text.contains("${") || is_misspelt;
            if principal.is_provider("saml-provider/") {
                providers.issuers.insert("saml".into());
            }
            if let Some(issuer) = issuer {
                providers.issuers.insert(issuer.to_ascii_lowercase().into());
            }
        }
        Some(providers)
    }

    /// Whether a condition is on a claim in the token of another provider. Requests of a principal that is not a provider have no
    /// such key either.
    pub fn lack(&self, condition: &ConditionFacts<'_>) -> bool {
        let issuer = condition.key.filled().rsplit_once(':').map_or("", |(issuer, _)| issuer);
        !self.is_open && is_issuer(issuer) && !self.issuers.contains(&*issuer.to_ascii_lowercase())
    }
}

/// Whether a condition is on a key that begins with a scheme, which no key of a provider does: `https://idp.example.com:sub`.
pub(super) fn has_scheme(condition: &ConditionFacts<'_>) -> bool {
    condition.key.filled().contains("://")
}

fn is_issuer(issuer: &str) -> bool {
    issuer.eq_ignore_ascii_case("saml") || issuer.contains('.') && NameKind::OidcIssuer.accepts(issuer)
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
        .collect_vec()
        .join(" ")
}
