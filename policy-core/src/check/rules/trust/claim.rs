//! `OpenID` Connect providers in principals and condition keys.

use std::ops::Range;

use crate::arn::ArnPattern;
use crate::check::facts::{ConditionFacts, PrincipalRef, StatementFacts, UnknownClaim, WithoutKey};
use crate::collected::CollectVec;
use crate::document::Text;
use crate::names::NameKind;
use crate::numbers::{ByText, Texts};
use crate::policy::PrincipalKey;

pub(super) const GITHUB: &str = "token.actions.githubusercontent.com";

/// The `OpenID` Connect provider that a principal is.
#[derive(Clone, Copy)]
pub(super) enum OidcProvider<'d> {
    /// The one of this issuer, with whose name its condition keys begin.
    Of(&'d str),
    /// One whose host is in a hole, so that its condition keys may begin with any name; as the hole is written.
    Any(&'d str),
}

impl<'d> OidcProvider<'d> {
    /// `None` of what is not one, may be of another kind, or belongs below another key.
    pub fn of(principal: &PrincipalRef<'d>) -> Option<Self> {
        let is_misplaced = || principal.right_key().is_some();
        let is_oidc =
            principal.key == PrincipalKey::Federated && !principal.is_provider("saml-provider/") && !is_misplaced();
        let (text, filled) = (principal.text, principal.text.filled());
        let name = issuer(filled).filter(|_| is_oidc)?;
        let name_in_text = filled.len() - name.len()..filled.len();
        // A variable is not known to be a host at all.
        Some(if has_known_host(text, &name_in_text) || name.contains("${") {
            Self::Of(name)
        } else {
            let written = text.written_range(name_in_text);
            Self::Any(text.written().get(written).unwrap_or_default())
        })
    }

    /// As messages call it.
    pub const fn name(self) -> &'d str {
        match self {
            Self::Of(name) | Self::Any(name) => name,
        }
    }

    /// The name of its issuer, if that is written.
    pub const fn issuer(self) -> Option<&'d str> {
        match self {
            Self::Of(name) => Some(name),
            Self::Any(_) => None,
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

/// Whether the name of an issuer, a part of the filled text, is written as far as to tell it from others: a hole at its start is the
/// host or has it. What its sample is then says nothing.
fn has_known_host(text: &Text<'_>, name: &Range<usize>) -> bool {
    !text.has_hole_in(&(name.start..name.start + 1))
}

/// The claim that a condition key of this provider is about.
pub(super) fn claim<'k>(key: &'k str, issuer: &str) -> Option<&'k str> {
    let (prefix, claim) = key.split_at_checked(issuer.len())?;
    claim.strip_prefix(':').filter(|_| prefix.eq_ignore_ascii_case(issuer))
}

/// A condition key, read as that of a provider.
struct ClaimKey<'d> {
    /// The issuer with whose name it begins; with a hole in it, as that is written.
    issuer: &'d str,
    claim: &'d str,
    /// Whether there is a hole in the issuer's name, so that others may be the same.
    is_open: bool,
}

impl<'d> ClaimKey<'d> {
    fn of(key: &'d Text<'d>) -> Option<Self> {
        let (issuer, claim) = key.filled().rsplit_once(':')?;
        let is_open = key.has_hole_in(&(0..issuer.len()));
        let issuer = match key.written().rsplit_once(':') {
            Some((written, _)) if is_open => written,
            _ => issuer,
        };
        Some(Self { issuer, claim, is_open })
    }

    /// Whether it can be a key of a provider at all.
    fn is_of_provider(&self) -> bool {
        self.is_open || is_issuer(self.issuer)
    }
}

/// A claim, and a condition on it.
type Claim<'s, 'd> = (&'d str, &'s ConditionFacts<'d>);

/// The conditions of a statement on claims, by the issuer with whose name their keys begin: gathered once, as a statement can have
/// many principals and many conditions.
pub(super) struct Claims<'s, 'd> {
    by_issuer: ByText<'d, Vec<Claim<'s, 'd>>>,
    /// The issuers, each once.
    issuers: Vec<&'d str>,
    /// Those whose issuer is in a hole: they may be about any.
    open: Vec<Claim<'s, 'd>>,
}

impl<'s, 'd> Claims<'s, 'd> {
    pub fn of(statement: &'s StatementFacts<'d>) -> Self {
        let mut claims = Self {
            by_issuer: ByText::new(),
            issuers: Vec::new(),
            open: Vec::new(),
        };
        let is_in_requests = |condition: &&ConditionFacts<'_>| !is_in_no_request(condition);
        for condition in statement.conditions.iter().filter(is_in_requests) {
            let Some(key) = ClaimKey::of(condition.key) else {
                continue;
            };
            if key.is_open {
                claims.open.push((key.claim, condition));
                continue;
            }
            let issuer = key.issuer.to_ascii_lowercase();
            if !claims.by_issuer.contains(&*issuer) {
                claims.issuers.push(key.issuer);
            }
            claims
                .by_issuer
                .update(issuer.into(), Vec::new(), |of| of.push((key.claim, condition)));
        }
        claims
    }

    /// Those that may be about an issuer.
    pub fn about(&self, issuer: &str) -> impl Iterator<Item = Claim<'s, 'd>> {
        self.surely_about(issuer).iter().chain(&self.open).copied()
    }

    /// Those about an issuer, with its name in the key.
    pub fn surely_about(&self, issuer: &str) -> &[Claim<'s, 'd>] {
        let claims = self.by_issuer.get(&*issuer.to_ascii_lowercase());
        claims.map_or(&[], Vec::as_slice)
    }

    /// The issuers whose tokens they may be about, if the host of the provider is not known: with a condition on the key of one,
    /// the statement is met by tokens of no other.
    pub fn issuers(&self) -> impl Iterator<Item = &'d str> {
        self.issuers.iter().copied().filter(|name| is_oidc_issuer(name))
    }

    /// Whether they are about the tokens of an issuer that is not known.
    pub fn has_open(&self) -> bool {
        !self.open.is_empty()
    }
}

/// The providers whose tokens a statement names, asked of many conditions.
pub(super) struct Providers {
    /// Their issuers, in small letters; `saml` for all providers of SAML.
    issuers: Texts<'static>,
    /// Whether one may be any: the principal that `*` matches, one that is not known yet, or one that is misspelt.
    is_open: bool,
    /// Whether one is of `OpenID` Connect.
    has_oidc: bool,
    /// Whether one of these may have any host.
    has_any_host: bool,
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
            has_oidc: false,
            has_any_host: false,
        };
        for principal in named {
            let text = principal.text.filled();
            let is_misplaced = || principal.key == PrincipalKey::Federated && principal.right_key().is_some();
            providers.is_open |= text == "*" || text.contains("${") || is_misplaced();
            if principal.is_provider("saml-provider/") {
                providers.issuers.insert("saml".into());
            }
            match OidcProvider::of(principal) {
                Some(OidcProvider::Of(name)) => {
                    providers.has_oidc = true;
                    providers.is_open |= !NameKind::OidcIssuer.accepts(name);
                    providers.issuers.insert(name.to_ascii_lowercase().into());
                }
                Some(OidcProvider::Any(_)) => (providers.has_oidc, providers.has_any_host) = (true, true),
                None => {}
            }
        }
        Some(providers)
    }

    /// Whether a condition is on a claim in the token of another provider. Requests of a principal that is not a provider have no
    /// such key either.
    pub fn lack(&self, condition: &ConditionFacts<'_>) -> bool {
        let Some(key) = ClaimKey::of(condition.key).filter(|key| !self.is_open && key.is_of_provider()) else {
            return false;
        };
        if key.is_open {
            return !self.has_oidc;
        }
        let may_be = self.has_any_host && is_oidc_issuer(key.issuer);
        !may_be && !self.issuers.contains(&*key.issuer.to_ascii_lowercase())
    }
}

/// The conditions that ask for a claim in the token of a provider whose name is written, with that name: no request without such a
/// token meets them.
pub(super) fn demanded<'s, 'd>(
    statement: &'s StatementFacts<'d>,
) -> impl Iterator<Item = (&'d str, &'s ConditionFacts<'d>)> {
    let demanding = |condition: &&ConditionFacts<'_>| condition.without_key == Some(WithoutKey::Fails);
    statement.conditions.iter().filter(demanding).filter_map(|condition| {
        let key = ClaimKey::of(condition.key)?;
        (!key.is_open && is_issuer(key.issuer)).then_some((key.issuer, condition))
    })
}

/// A condition that asks for a claim of another provider than one before it: a request has one token. `None` if they ask for claims
/// of one provider.
pub(super) fn of_two_tokens<'s, 'd>(
    statement: &'s StatementFacts<'d>,
) -> Option<(&'s ConditionFacts<'d>, &'s ConditionFacts<'d>)> {
    let mut demanded = demanded(statement);
    let (issuer, first) = demanded.next()?;
    let (_, other) = demanded.find(|(other, _)| !issuer.eq_ignore_ascii_case(other))?;
    Some((first, other))
}

/// Whether a condition is on a key that is like one of a provider, and that no request has: `https://idp.example.com:sub` begins with
/// a scheme, and IAM has no key for the claim of `idp.example.com:groups`.
pub(super) fn is_in_no_request(condition: &ConditionFacts<'_>) -> bool {
    let is_unknown = || condition.known_key.is_none() && UnknownClaim::of(condition.key).is_some();
    condition.key.filled().contains("://") || is_unknown()
}

fn is_issuer(issuer: &str) -> bool {
    issuer.eq_ignore_ascii_case("saml") || is_oidc_issuer(issuer)
}

fn is_oidc_issuer(issuer: &str) -> bool {
    issuer.contains('.') && NameKind::OidcIssuer.accepts(issuer)
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
