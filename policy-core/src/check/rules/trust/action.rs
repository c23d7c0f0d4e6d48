//! By which action a role is assumed.

use std::cell::OnceCell;

use crate::catalogue;
use crate::check::facts::{
    ASSUME, ASSUME_WITH_SAML, ASSUME_WITH_WEB_IDENTITY, Facts, PrincipalRef, SESSION_SETTERS, StatementFacts,
};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::document::{Place, Text};
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};
use crate::sorted;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::MismatchedActionForPrincipal, Code::UnsupportedActionInPolicy],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(principals) = statement.named_principals().filter(|_| facts.kind == Kind::Trust) else {
        return found;
    };
    if !statement.names_actions() {
        return found;
    }
    let own_ways = OnceCell::new();
    for action in &statement.actions {
        let (place, text) = (action.place, action.text);
        let is_written = |known: &str| known.eq_ignore_ascii_case(text.filled());
        let ways = [ASSUME, ASSUME_WITH_SAML, ASSUME_WITH_WEB_IDENTITY];
        if let Some(way) = ways.iter().find(|way| is_written(way)) {
            let own = own_ways.get_or_init(|| sorted::set(principals.iter().flat_map(ways_of).collect_vec()));
            // One principal that fits is enough: the others may have another of the statement's actions.
            if own.binary_search(way).is_err() {
                found.extend(mismatched(place, text, way, principals));
            }
        } else if !SESSION_SETTERS.iter().any(|setter| is_written(setter)) {
            found.extend(foreign(place, text));
        }
    }
    found
}

/// What a principal may assume a role with: a provider that is not known may be of either kind. One below the key of others, which
/// another rule reports, may do what either of the two may.
fn ways_of(principal: &PrincipalRef<'_>) -> impl Iterator<Item = &'static str> {
    let is_misplaced = principal.right_key().is_some();
    let is_open = is_misplaced || principal.text.unknown().next().is_some();
    let as_written = is_misplaced.then_some(way_below(principal.key));
    let other = (is_open && principal.key == PrincipalKey::Federated).then_some(ASSUME_WITH_SAML);
    [Some(way_of(principal)), as_written, other].into_iter().flatten()
}

/// What a principal assumes a role with.
fn way_of(principal: &PrincipalRef<'_>) -> &'static str {
    if principal.is_provider("saml-provider/") {
        ASSUME_WITH_SAML
    } else {
        way_below(principal.right_key().unwrap_or(principal.key))
    }
}

/// What principals below a key assume a role with, other than providers of SAML.
const fn way_below(key: PrincipalKey) -> &'static str {
    match key {
        PrincipalKey::Federated => ASSUME_WITH_WEB_IDENTITY,
        PrincipalKey::Aws | PrincipalKey::Service | PrincipalKey::CanonicalUser => ASSUME,
    }
}

fn mismatched(place: Place, text: &Text<'_>, way: &str, principals: &[PrincipalRef<'_>]) -> Option<Finding> {
    let first = principals.first()?;
    let own = way_of(first);
    let noun = match (own, first.right_key().unwrap_or(first.key)) {
        (ASSUME_WITH_SAML, _) => "a SAML provider",
        (ASSUME_WITH_WEB_IDENTITY, _) => "a web identity provider",
        (_, PrincipalKey::Service) => "a service",
        _ => "an account, role or user",
    };
    Some(
        Finding::new(
            Code::MismatchedActionForPrincipal,
            place,
            format!("{noun} cannot assume a role with `{way}`"),
        )
        .about(text.written())
        .note("AWS accepts it, but the principal cannot assume the role this way")
        .with_help(format!("write `{own}`")),
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
            format!("a role trust policy cannot have the action `{}`", text.written()),
        )
        .about(text.written())
        .note("AWS rejects the policy; only the actions of STS that assume a role are allowed")
        .with_help(if is_of_sts {
            "write `sts:AssumeRole`"
        } else {
            "write `sts:AssumeRole`; the role's permissions belong in an identity policy"
        }),
    )
}
