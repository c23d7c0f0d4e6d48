//! Conditions that say who asks.
//!
//! A condition limits who gets access when it is met by fixed values of a key that callers cannot choose for themselves. The
//! list of keys is S3's and EFS's definition of what is not public:
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>,
//! <https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html>; beside them stand the keys that are
//! to the same thing what those are, each with its page. Where S3 takes no wildcard at all, we take one that leaves the
//! account, the organization or the role fixed: it allows no stranger.

use super::{ConditionFacts, placeholder};
use crate::arn::{ArnPattern, Glob};
use crate::catalogue::{About, Limits};
use crate::document::{Text, Value};
use crate::policy::{Comparison, Family, Qualifier};

/// Whether only those meet the condition whom its values name.
pub(in crate::check) fn is_limit(condition: &ConditionFacts<'_>) -> bool {
    condition.operator.is_some_and(|operator| {
        compares(operator.comparison)
            && !operator.if_exists
            && operator.qualifier != Some(Qualifier::ForAllValues)
            && !operator.comparison.is_negated()
    }) && has_fixed_values(condition)
        || condition.may_be_any()
}

/// Whether all meet the condition but those whom its values name, so that to deny them is to allow only the others.
pub(in crate::check) fn is_exception(condition: &ConditionFacts<'_>) -> bool {
    // A request without the key differs from every value; not so with `ForAnyValue`, which wants one.
    condition
        .operator
        .is_some_and(|operator| operator.comparison.is_negated() && operator.qualifier != Some(Qualifier::ForAnyValue))
        && has_fixed_values(condition)
        || condition.may_be_any()
}

/// Whether the condition is about for whom a service asks.
pub(in crate::check) fn is_about_source(condition: &ConditionFacts<'_>) -> bool {
    condition.is_about(About::Source)
}

/// Whether the condition says for whom a service asks. A service that is to send the key does, so that a condition that
/// holds without it says the same.
pub(in crate::check) fn is_source(condition: &ConditionFacts<'_>) -> bool {
    is_about_source(condition)
        && condition
            .operator
            .is_some_and(|operator| compares(operator.comparison) && !operator.comparison.is_negated())
        && has_fixed_values(condition)
        || condition.may_be_any()
}

/// Whether the condition is on a key that says who asks, with whatever value.
pub(in crate::check) fn is_about_caller(condition: &ConditionFacts<'_>) -> bool {
    condition.limits().is_some()
}

const fn compares(comparison: Comparison) -> bool {
    matches!(
        comparison.family(),
        Family::String | Family::Arn | Family::IpAddress | Family::Bool
    )
}

fn has_fixed_values(condition: &ConditionFacts<'_>) -> bool {
    let Some(form) = condition.limits() else {
        return false;
    };
    let supports_wildcards = condition
        .operator
        .is_some_and(|operator| operator.comparison.supports_wildcards());
    condition.value.as_list().iter().all(|value| match value.as_text() {
        Some(text) => is_open(text) || is_fixed(form, text, supports_wildcards),
        // `true` without quotes; another value is no text that a key could have.
        None => form != Limits::True || matches!(value.value, Value::Bool(true)),
    })
}

/// Whether a value is not known yet.
fn is_open(text: &Text<'_>) -> bool {
    placeholder::is_in(text) || text.unknown().next().is_some()
}

fn is_fixed(form: Limits, text: &Text<'_>, supports_wildcards: bool) -> bool {
    let value = text.filled();
    match form {
        Limits::True => value.eq_ignore_ascii_case("true"),
        Limits::Addresses => !is_wide(value),
        _ if value.contains("${") => is_of_resource(text),
        _ if !supports_wildcards || !value.contains(['*', '?']) => true,
        Limits::Id => false,
        Limits::Arn => ArnPattern::parse(value).is_ok_and(|arn| names_account(&arn)),
        Limits::Path => before_wildcard(value).contains('/'),
        Limits::UserId => before_wildcard(value).contains(':'),
    }
}

/// The variables of the owner of the resource: principals of its account or organization are allowed.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount>
fn is_of_resource(value: &Text<'_>) -> bool {
    let own = ["${aws:ResourceAccount}", "${aws:ResourceOrgID}"];
    own.iter().any(|own| value.begins_with(own))
}

/// Whether a pattern of ARNs leaves the account fixed. A bucket's name is its owner's alone, and its ARN has no account.
fn names_account(arn: &ArnPattern<'_>) -> bool {
    let is_literal = |glob: Glob<'_>| !glob.is_empty() && !glob.as_str().contains(['*', '?']);
    is_literal(arn.account())
        || arn.service().as_str() == "s3" && before_wildcard(arn.resource().as_str()).contains('/')
        || arn.service().as_str() == "s3" && is_literal(arn.resource())
}

fn before_wildcard(value: &str) -> &str {
    value.split(['*', '?']).next().unwrap_or_default()
}

/// Whether a range is one that S3 takes for the whole world: wider than /8, of IPv6 than /32.
fn is_wide(range: &str) -> bool {
    let Some((address, prefix)) = range.split_once('/') else {
        return false;
    };
    let narrowest = if address.contains(':') { 32 } else { 8 };
    prefix.parse::<u8>().is_ok_and(|prefix| prefix < narrowest)
}
