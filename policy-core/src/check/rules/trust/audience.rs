//! The audience for which an `OpenID` Connect provider made its token: one value or several.
//!
//! AWS knows only that a token has an `aud`; whether it is a list is the provider's affair. Where the provider says so, a
//! set operator is wrong; where nobody here knows, somebody should look.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>

use crate::check::facts::{Audience, ConditionFacts, Facts, Issuer, StatementFacts};
use crate::check::rules::{Rule, Run, mend};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::{Comparison, Kind, Qualifier};

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ForanyvalueWithAudienceClaimType, Code::ConfirmAudienceClaimType],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    if facts.kind != Kind::Trust || statement.named_principals().is_none() {
        return Vec::new();
    }
    statement
        .conditions
        .iter()
        .filter_map(|own| unconfirmed(statement, own))
        .collect_vec()
}

fn unconfirmed(statement: &StatementFacts<'_>, condition: &ConditionFacts<'_>) -> Option<Finding> {
    let key = condition.key.filled();
    let (issuer, claim) = key.rsplit_once(':')?;
    let operator = condition.operator?;
    // Of an issuer in a hole it is not known.
    let is_open = condition.key.has_hole_in(&(0..issuer.len()));
    if is_open || !claim.eq_ignore_ascii_case("aud") || operator.comparison == Comparison::Null {
        return None;
    }
    let written = condition.key.written();
    match (
        Issuer::named(issuer).and_then(|issuer| issuer.audience),
        operator.qualifier,
    ) {
        (Some(Audience::Single), Some(Qualifier::ForAnyValue)) => {
            let meant = condition.operator_text.written().trim_start_matches("ForAnyValue:");
            let finding = Finding::new(
                Code::ForanyvalueWithAudienceClaimType,
                condition.key_place,
                format!("`ForAnyValue` with `{written}`, which has one value"),
            )
            .about(written)
            .note("AWS accepts it, but set operators are not meant for single-valued keys")
            .with_help(format!("write `{meant}`"));
            Some(finding.fixed_by(mend::operator(statement, condition, meant)))
        }
        // Another rule reports that `ForAllValues` is met by a request without the key.
        (None, None | Some(Qualifier::ForAnyValue)) => Some(
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
