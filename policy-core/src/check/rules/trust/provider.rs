//! Identity providers without a condition on the claims of their tokens.
//!
//! A provider issues tokens to all of its users, of any account: a condition selects some of them. Where the provider is the
//! same for all customers of a service, the condition must say which customer. What counts is whom it lets through and not how it
//! is written: a pattern, a negated operator or `Null` on the right claim can let all of them through.

use super::claim::{Claims, GITHUB, OidcProvider, Providers, demanded, is_in_no_request, of_two_tokens, sample};
use crate::check::facts::{
    ConditionFacts, Facts, Issuer, Matched, PrincipalRef, StatementFacts, WithoutKey, demands_value,
};
use crate::check::rules::{Rule, Run};
use crate::document::Node;
use crate::finding::{Code, Finding};
use crate::names::NameKind;
use crate::numbers::ByText;
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::MissingGithubRepoConditionKey,
        Code::MissingConditionKeyForOidcPrincipal,
        Code::SharedOidcProviderWithoutTenant,
    ],
    run: Run::Statement(check),
};

/// What the conditions on the claims of an issuer's tokens come to.
#[derive(Clone, Copy)]
enum Judgement<'d> {
    /// No condition is on a claim.
    WithoutClaims,
    /// No condition requires one customer of a shared issuer.
    WithoutTenant(Shared<'d>),
    /// A condition requires one customer, or the values that do not are reported.
    Settled,
}

/// A shared issuer.
#[derive(Clone, Copy)]
struct Shared<'d> {
    issuer: &'static Issuer,
    name: &'d str,
    /// What it issues tokens to.
    tokens: &'static str,
}

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::Trust && statement.allows();
    let named = statement.named_principals().filter(|_| is_asked).unwrap_or_default();
    let Some(providers) = Providers::of(named) else {
        return Vec::new();
    };
    // A condition on the key of another provider, which no request has, allows nobody.
    let is_never_met = |condition: &ConditionFacts<'_>| {
        condition.without_key == Some(WithoutKey::Fails) && (providers.lack(condition) || is_in_no_request(condition))
    };
    let is_unasked = statement.may_have_any_condition() || of_two_tokens(statement).is_some();
    if is_unasked || statement.conditions.iter().any(is_never_met) {
        return Vec::new();
    }
    let claims = Claims::of(statement);
    let only = demanded(statement).next().map(|(issuer, _)| issuer);
    let mut judged = ByText::new();
    let mut found = Vec::new();
    for principal in named {
        let is_right =
            |provider: &OidcProvider<'_>| provider.issuer().is_none_or(|name| NameKind::OidcIssuer.accepts(name));
        let Some(provider) = OidcProvider::of(principal).filter(is_right) else {
            continue;
        };
        // A condition that asks for the token of another provider allows nobody of this one.
        let is_other = |name: &str| only.is_some_and(|only| !only.eq_ignore_ascii_case(name));
        if provider.issuer().is_some_and(is_other) {
            continue;
        }
        // All whose hosts are not known are judged alike.
        let key = provider.issuer().map(str::to_ascii_lowercase).unwrap_or_default();
        let judgement = match judged.get(&*key) {
            Some(known) => *known,
            None => judged.first(key.into(), judge(provider, &claims, &mut found)),
        };
        match judgement {
            Judgement::WithoutClaims => found.push(without_claims(principal, provider)),
            Judgement::WithoutTenant(shared) => found.push(without_tenant(principal, shared)),
            Judgement::Settled => {}
        }
    }
    found
}

fn judge<'d>(provider: OidcProvider<'d>, claims: &Claims<'_, 'd>, found: &mut Vec<Finding>) -> Judgement<'d> {
    if let Some(name) = provider.issuer() {
        return judge_issuer(name, claims, found);
    }
    // Of the host it is only known that it is that of the keys.
    match claims.issuers().next() {
        Some(name) => judge_issuer(name, claims, found),
        None if claims.has_open() => Judgement::Settled,
        None => Judgement::WithoutClaims,
    }
}

fn judge_issuer<'d>(name: &'d str, claims: &Claims<'_, 'd>, found: &mut Vec<Finding>) -> Judgement<'d> {
    let has_claims = claims.about(name).next().is_some();
    let shared = Issuer::named(name).and_then(|issuer| Some((issuer, issuer.shared?)));
    let Some((issuer, tokens)) = shared.filter(|_| is_github(name) || has_claims) else {
        return if has_claims {
            Judgement::Settled
        } else {
            Judgement::WithoutClaims
        };
    };
    let mut open = Vec::new();
    for (claim, condition) in claims.about(name) {
        match strangers(issuer, claim, condition) {
            // One condition that names the customer is enough.
            Some(values) if values.is_empty() => return Judgement::Settled,
            Some(values) => open.extend(values),
            None => {}
        }
    }
    let shared = Shared { issuer, name, tokens };
    if open.is_empty() {
        return Judgement::WithoutTenant(shared);
    }
    found.extend(open.iter().map(|value| of_strangers(value, shared)));
    Judgement::Settled
}

fn is_github(name: &str) -> bool {
    name.eq_ignore_ascii_case(GITHUB)
}

/// Access Analyzer has a code of its own for GitHub.
fn code(name: &str) -> Code {
    if is_github(name) {
        Code::MissingGithubRepoConditionKey
    } else {
        Code::SharedOidcProviderWithoutTenant
    }
}

/// The values by which a condition on a claim lets strangers through; `None` if it does not ask for one of the values, or the
/// claim does not say whose token it is.
fn strangers<'d>(issuer: &Issuer, claim: &str, condition: &ConditionFacts<'d>) -> Option<Vec<&'d Node<'d>>> {
    let operator = condition.operator.filter(|operator| demands_value(*operator))?;
    let mut open = Vec::new();
    let mut says_whose = false;
    for node in condition.value.as_list() {
        // A value that is not known yet names the customer, as far as anyone can tell.
        let text = node.as_text().filter(|text| text.holes().is_empty());
        let matched = text.map_or(Some(Matched::Named), |text| {
            issuer.matched(claim, operator, text.filled())
        });
        says_whose |= matched.is_some() || text.is_some_and(|text| text.filled().contains("${"));
        if matched == Some(Matched::Strangers) {
            open.push(node);
        }
    }
    says_whose.then_some(open)
}

fn without_claims(principal: &PrincipalRef<'_>, provider: OidcProvider<'_>) -> Finding {
    let name = provider.name();
    let finding = Finding::new(
        Code::MissingConditionKeyForOidcPrincipal,
        principal.place,
        format!(
            "any user who signs in with `{name}` can assume the role: no condition restricts the claims of the token"
        ),
    )
    .about(principal.text.written())
    .note("without a condition on the claims of the token, one user is like any other");
    // The name of a hole that is a whole ARN is not that of the issuer.
    let host = if principal.text.written() == name && provider.issuer().is_none() {
        "HOST"
    } else {
        name
    };
    finding.with_help(format!(
        "add a condition on `{host}:sub` and `{host}:aud`: these keys start with the host of the provider"
    ))
}

fn without_tenant(principal: &PrincipalRef<'_>, shared: Shared<'_>) -> Finding {
    let Shared { issuer, name, tokens } = shared;
    let finding = Finding::new(code(name), principal.place, format!("any {tokens} can assume the role: no condition requires one of yours"))
        .about(principal.text.written())
        .note(format!("`{name}` issues a token to every {tokens}"))
        .note("IAM rejects the policy when a role is created or its trust policy is updated; roles with such a trust policy stay as they are");
    let finding = finding.allow_if("the role exists already and keeps this trust policy");
    match issuer.write {
        Some((claim, value)) => finding.with_help(format!(
            "add a condition on `{name}:{claim}`, such as {}",
            sample(value)
        )),
        None => finding.with_help(format!("add a condition on `{name}:sub`")),
    }
}

fn of_strangers(value: &Node<'_>, shared: Shared<'_>) -> Finding {
    let Shared { issuer, name, tokens } = shared;
    let written = value.as_text().map_or("", |text| text.written());
    let finding = Finding::new(
        code(name),
        value.place,
        format!("`{written}` also matches the tokens of other customers"),
    )
    .about(written)
    .note(format!(
        "`{name}` issues a token to every {tokens}: any of them whose token matches can assume the role"
    ));
    match issuer.write {
        Some((_, value)) => finding.with_help(format!(
            "write the values of your own tokens, such as {}",
            sample(value)
        )),
        None => finding.with_help("write the values of your own tokens"),
    }
}
