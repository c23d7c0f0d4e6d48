//! Condition keys of an identity provider that the statement does not name.
//!
//! A request has the claims of the token that it was made with, under keys that begin with the name of the token's provider, its
//! path included. The keys of another provider are in no such request.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>

use super::claim::{Providers, oidc_issuer};
use crate::check::facts::{ConditionFacts, Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ConditionKeyOfAnotherProvider],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let named = statement
        .named_principals()
        .filter(|_| facts.kind == Kind::Trust)
        .unwrap_or_default();
    let Some(providers) = Providers::of(named) else {
        return Vec::new();
    };
    let foreign = statement
        .conditions
        .iter()
        .filter(|condition| providers.lack(condition));
    foreign
        .filter_map(|condition| one(statement, named, condition))
        .collect_vec()
}

fn one(statement: &StatementFacts<'_>, named: &[PrincipalRef<'_>], condition: &ConditionFacts<'_>) -> Option<Finding> {
    let without = condition.without_key?;
    let key = condition.key.written();
    let (_, claim) = key.rsplit_once(':')?;
    let provider = named
        .iter()
        .find(|principal| principal.key == PrincipalKey::Federated)?;
    let own = match oidc_issuer(provider) {
        Some(name) => format!("{name}:{claim}"),
        None => format!("saml:{claim}"),
    };
    let finding = Finding::new(
        Code::ConditionKeyOfAnotherProvider,
        condition.key_place,
        format!("`{key}` is a condition key of another provider than the principal"),
    )
    .about(key)
    .note("AWS accepts it, but no request has the key")
    .note(without.outcome(statement.statement.effect));
    Some(finding.with_help(format!("write `{own}`, or name the other provider as the principal")))
}
