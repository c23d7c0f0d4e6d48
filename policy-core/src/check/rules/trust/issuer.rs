//! Identity providers that do not exist: the issuer is misspelt.

use super::claim::OidcProvider;
use crate::check::facts::{Facts, Issuer, PrincipalRef, StatementFacts};
use crate::check::rules::principal::or_type;
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};
use crate::spelling::is_one_edit;
use crate::spelling::nearest;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::OidcProviderDoesNotExist],
    run: Run::Statement(check),
};

/// The fewest letters of a name of which another with one edit is a slip, and not another company's.
const TELLING: usize = 15;

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let named = statement
        .named_principals()
        .filter(|_| facts.kind == Kind::Trust)
        .unwrap_or_default();
    let mut found = named.iter().filter_map(service).collect_vec();
    let misspelt = named.iter().filter_map(|principal| {
        let provider = OidcProvider::of(principal).filter(|_| principal.text.holes().is_empty())?;
        let name = provider.issuer()?;
        Some((principal, name, meant(name)?))
    });
    found.extend(misspelt.map(|(principal, name, meant)| {
        absent(principal, format!("`{name}` is not an OpenID Connect issuer")).with_help(format!("write `{meant}`"))
    }));
    found
}

/// A service below the key of providers.
fn service(principal: &PrincipalRef<'_>) -> Option<Finding> {
    let is_service = principal.key == PrincipalKey::Federated && principal.right_key() == Some(PrincipalKey::Service);
    let written = principal.text.written();
    let finding = || {
        let finding = absent(principal, format!("`{written}` is a service, not an identity provider"))
            .with_help(format!("write it under `Service`, `\"Service\": \"{written}\"`"));
        or_type(finding, principal)
    };
    is_service.then(finding)
}

fn absent(principal: &PrincipalRef<'_>, what: String) -> Finding {
    Finding::new(Code::OidcProviderDoesNotExist, principal.place, what)
        .about(principal.text.written())
        .note("AWS accepts it, but no principal can assume the role this way")
}

/// The issuer that was meant, if no issuer has this name.
fn meant(name: &str) -> Option<String> {
    if Issuer::named(name).is_some() {
        return None;
    }
    // The issuer of an EKS cluster has the service before the Region.
    // https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
    if let Some((region, rest)) = name.strip_prefix("oidc.").and_then(|rest| rest.split_once(".eks.")) {
        return (!region.contains(['.', '/'])).then(|| format!("oidc.eks.{region}.{rest}"));
    }
    let mut telling = Issuer::shared_names().collect_vec();
    telling.retain(|shared| shared.len() >= TELLING);
    let shared = nearest(name, telling)?;
    is_one_edit(name, shared).then(|| shared.to_owned())
}
