//! Identity providers that do not exist: the issuer is misspelt.

use super::claim::OidcProvider;
use crate::check::facts::{Facts, Issuer, StatementFacts, is_one_edit};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::Kind;
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
    let misspelt = named.iter().filter_map(|principal| {
        let provider = OidcProvider::of(principal).filter(|_| principal.text.holes().is_empty())?;
        let name = provider.issuer()?;
        Some((principal, name, meant(name)?))
    });
    misspelt
        .map(|(principal, name, meant)| {
            Finding::new(
                Code::OidcProviderDoesNotExist,
                principal.place,
                format!("`{name}` is not an OpenID Connect issuer"),
            )
            .about(principal.text.written())
            .note("AWS accepts it, but no principal can assume the role this way")
            .with_help(format!("write `{meant}`"))
        })
        .collect_vec()
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
