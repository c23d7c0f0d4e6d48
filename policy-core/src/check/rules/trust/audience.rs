//! The audience for which an `OpenID` Connect provider made its token: one value or several.
//!
//! AWS knows only that a token has an `aud`; whether it is a list is the provider's affair. Where the provider says so, a
//! set operator is wrong; where nobody here knows, somebody should look.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

use crate::check::facts::{ConditionFacts, Facts, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Kind, Qualifier};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ForanyvalueWithAudienceClaimType, Code::ConfirmAudienceClaimType],
    run: Run::Statement(check),
};

/// Providers whose audience is known, and what is known of it. Access Analyzer's list is not published.
const PROVIDERS: [(&str, Audience); 6] = [
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif>
    ("accounts.google.com", Audience::One),
    ("cognito-identity.amazonaws.com", Audience::One),
    // <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html>
    ("saml", Audience::One),
    // <https://docs.github.com/actions/reference/security/oidc>; an enterprise may have a path of its own.
    ("token.actions.githubusercontent.com", Audience::One),
    // <https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/workload-identity-tokens>
    ("app.terraform.io", Audience::One),
    // <https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html>: a list in the token, for which
    // AWS's own policies write `StringEquals`.
    ("oidc.eks.", Audience::Settled),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Audience {
    /// One value, always.
    One,
    /// Whichever; what AWS writes for it is right.
    Settled,
    /// Nothing is known.
    Unknown,
}

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if facts.kind != Kind::Trust || statement.named_principals().is_none() {
        return Vec::new();
    }
    statement.conditions.iter().filter_map(unconfirmed).collect()
}

fn unconfirmed(condition: &ConditionFacts<'_>) -> Option<Finding> {
    let key = condition.key.filled();
    let (issuer, claim) = key.rsplit_once(':')?;
    let operator = condition.operator?;
    if !claim.eq_ignore_ascii_case("aud") || operator.comparison == Comparison::Null {
        return None;
    }
    let written = condition.key.written();
    match (of(issuer), operator.qualifier) {
        (Audience::One, Some(Qualifier::ForAnyValue)) => Some(
            Finding::new(
                Code::ForanyvalueWithAudienceClaimType,
                condition.key_place,
                format!("`ForAnyValue` with `{written}`, which has one value"),
            )
            .about(written)
            .note("AWS accepts it; set operators are not meant for single-valued keys")
            .with_help(format!(
                "write `{}`",
                condition.operator_text.written().trim_start_matches("ForAnyValue:")
            )),
        ),
        // Another rule reports that `ForAllValues` is met by a request without the key.
        (Audience::Unknown, None | Some(Qualifier::ForAnyValue)) => Some(
            Finding::new(
                Code::ConfirmAudienceClaimType,
                condition.key_place,
                format!("whether `{written}` has one value or several depends on the provider"),
            )
            .about(written)
            .note("AWS accepts either way of comparing it")
            .with_help(if operator.qualifier.is_some() {
                format!(
                    "look at the `aud` of a token: for one string, write `{}`",
                    condition.operator_text.written().trim_start_matches("ForAnyValue:")
                )
            } else {
                format!(
                    "look at the `aud` of a token: for a list, write `ForAnyValue:{}`",
                    condition.operator_text.written()
                )
            }),
        ),
        _ => None,
    }
}

/// What is known of the audience of a provider, named as its condition keys begin.
fn of(issuer: &str) -> Audience {
    let is = |name: &str| {
        let Some((start, rest)) = issuer.split_at_checked(name.len()) else {
            return false;
        };
        start.eq_ignore_ascii_case(name) && (rest.is_empty() || rest.starts_with('/') || name.ends_with('.'))
    };
    let known = PROVIDERS.into_iter().find(|(name, _)| is(name));
    known.map_or(Audience::Unknown, |(_, audience)| audience)
}
