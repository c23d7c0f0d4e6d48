//! Condition keys of an identity provider that the statement does not name.
//!
//! A request has the claims of the token that it was made with, under keys that begin with the name of the token's provider, its
//! path included. The keys of another provider are in no such request.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>

use super::claim::{OidcProvider, Providers, is_in_no_request, of_two_tokens};
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
        .filter(|condition| providers.lack(condition) && !is_in_no_request(condition));
    let mut found = foreign
        .filter_map(|condition| one(statement, named, condition))
        .collect_vec();
    // A key that is wrong for its provider need not be right beside another.
    if found.is_empty() {
        found.extend(of_two_tokens(statement).and_then(|(one, other)| another(statement, one, other)));
    }
    found
}

/// Of keys of two providers, each of which may be right.
fn another(statement: &StatementFacts<'_>, one: &ConditionFacts<'_>, other: &ConditionFacts<'_>) -> Option<Finding> {
    let (key, before) = (other.key.written(), one.key.written());
    let without = other.without_key?;
    let finding = Finding::new(
        Code::ConditionKeyOfAnotherProvider,
        other.key_place,
        format!("`{key}` is a condition key of another provider than `{before}`"),
    )
    .about(key)
    .note("AWS accepts it, but no request has both keys: the token of a request is of one provider")
    .note(without.outcome(statement.statement.effect));
    Some(finding.with_help("write a statement for each provider, with the conditions on its own keys"))
}

fn one(statement: &StatementFacts<'_>, named: &[PrincipalRef<'_>], condition: &ConditionFacts<'_>) -> Option<Finding> {
    let without = condition.without_key?;
    let key = condition.key.written();
    let (_, claim) = key.rsplit_once(':')?;
    let provider = named
        .iter()
        .find(|principal| principal.key == PrincipalKey::Federated)?;
    let own = match OidcProvider::of(provider) {
        Some(OidcProvider::Of(name)) => format!("write `{name}:{claim}`"),
        Some(OidcProvider::Any(_)) => "write a key that starts with the host of the provider".to_owned(),
        None => format!("write `saml:{claim}`"),
    };
    let finding = Finding::new(
        Code::ConditionKeyOfAnotherProvider,
        condition.key_place,
        format!("`{key}` is a condition key of another provider than the principal"),
    )
    .about(key)
    .note("AWS accepts it, but no request has the key")
    .note(without.outcome(statement.statement.effect));
    Some(finding.with_help(format!("{own}, or name the other provider as the principal")))
}
