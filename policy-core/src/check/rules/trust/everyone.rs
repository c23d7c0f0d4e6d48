//! A role that everyone can assume.

use crate::check::facts::{Facts, PrincipalRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::RoleTrustPolicyUnsupportedWildcardInPrincipal,
        Code::RoleTrustPolicyForEveryone,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let named = statement.named_principals().filter(|_| facts.kind == Kind::Trust);
    let is_everyone = |principal: &&PrincipalRef<'_>| {
        principal.text.written() == "*"
            && (principal.bare || principal.key == PrincipalKey::Aws && facts.takes_strangers(statement))
    };
    let is_every_provider = |principal: &&PrincipalRef<'_>| {
        principal.text.written() == "*" && principal.key == PrincipalKey::Federated && statement.allows()
    };
    let Some(named) = named else {
        return Vec::new();
    };
    let everyone = named.iter().find(is_everyone).map(|found| everyone(found, statement));
    let every_provider = named.iter().find(is_every_provider).map(every_provider);
    everyone.into_iter().chain(every_provider).collect_vec()
}

/// Whatever the condition: the provider can always be named, and the claims of another may have the same values.
fn every_provider(principal: &PrincipalRef<'_>) -> Finding {
    Finding::new(
        Code::RoleTrustPolicyForEveryone,
        principal.place,
        "users of any identity provider can assume the role: the federated principal is `*`",
    )
    .about("*")
    .note("AWS accepts it, and it matches every provider that issues a token")
    .with_help("name each identity provider, such as `arn:aws:iam::ACCOUNT_ID:oidc-provider/token.actions.githubusercontent.com`")
}

/// `"*"` is refused in itself; `{ "AWS": "*" }` is as wide, and right where a condition says who is meant.
fn everyone(principal: &PrincipalRef<'_>, statement: &StatementFacts<'_>) -> Finding {
    let (code, what) = if principal.bare {
        (
            Code::RoleTrustPolicyUnsupportedWildcardInPrincipal,
            "a role trust policy cannot have `\"Principal\": \"*\"`",
        )
    } else {
        (
            Code::RoleTrustPolicyForEveryone,
            if statement.conditions.is_empty() {
                "any AWS account can assume the role: the principal is `*`, with no condition"
            } else {
                "any AWS account can assume the role: the principal is `*` and no condition restricts it"
            },
        )
    };
    let finding = Finding::new(code, principal.place, what)
        .about("*")
        .note(if principal.bare {
            "AWS rejects the policy"
        } else {
            "AWS accepts it, and any principal that its own account allows to call `sts:AssumeRole` can assume the role"
        })
        .with_help("name the principals that can assume the role, such as `{ \"Service\": \"ecs-tasks.amazonaws.com\" }` or `{ \"AWS\": \"111122223333\" }`");
    if principal.bare {
        finding
    } else {
        finding.with_help("or add a condition that restricts the principals, such as `\"StringEquals\": { \"aws:PrincipalOrgID\": \"o-a1b2c3d4e5\" }`")
    }
}
