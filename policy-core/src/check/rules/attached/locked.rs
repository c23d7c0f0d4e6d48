//! Key policies that nobody could change any more.

use crate::check::facts::{Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ResourcePolicyLocksEveryoneOut],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let Some((kept, answer)) = policy.kept.filter(|_| !facts.statements.is_empty()) else {
        return Vec::new();
    };
    // `NotPrincipal` with `Allow` includes everyone else.
    let keeps = |statement: &StatementFacts<'_>| {
        let names_anyone = statement.names_identities() || statement.named_principals().is_none();
        statement.allows() && names_anyone && statement.includes(kept)
    };
    if facts.statements.iter().any(keeps) {
        return Vec::new();
    }
    let finding = Finding::new(
        Code::ResourcePolicyLocksEveryoneOut,
        facts.document.root().place,
        format!("no statement allows `{kept}` to an account, role or user"),
    )
    .about(kept)
    .note("no principal can change the policy or delete the key; what identity policies allow counts only if the key policy allows it to the account")
    .note(policy.rejection(answer));
    vec![finding.with_help(
        "add a statement that allows `kms:*` to your account, `\"Principal\": { \"AWS\": \"arn:aws:iam::ACCOUNT:root\" }`",
    )]
}
