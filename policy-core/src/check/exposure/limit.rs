//! Conditions that say who asks.
//!
//! A condition limits who is let in when it is met by fixed values of a key that callers cannot choose for themselves. The
//! list of keys is S3's and EFS's definition of what is not public:
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>,
//! <https://docs.aws.amazon.com/efs/latest/ug/access-control-block-public-access.html>; beside them stand the keys that are
//! to the same thing what those are, each with its page. Where S3 takes no wildcard at all, we take one that leaves the
//! account, the organization or the role fixed: it lets in no stranger.

use crate::arn::{ArnPattern, Glob};
use crate::check::condition::OF_SOURCES;
use crate::check::placeholder;
use crate::document::{Text, Value};
use crate::policy::{Comparison, Condition, Family, Qualifier};

/// What the values of a key look like when they name someone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// An id, without any wildcard.
    Id,
    /// An ARN of one account.
    Arn,
    /// An organization's id, and what is below it.
    Path,
    /// The id of a user, or of a role before a colon.
    UserId,
    /// A range of addresses that is not too wide.
    Addresses,
    /// `true`
    True,
}

/// The keys of what asks, and then, from `aws:SourceAccount` on, of what it asks for.
const KEYS: [(&str, Form); 28] = [
    ("aws:PrincipalAccount", Form::Id),
    ("aws:PrincipalArn", Form::Arn),
    ("aws:PrincipalOrgID", Form::Id),
    ("aws:PrincipalOrgPaths", Form::Path),
    // That it is a service at all: for whom it asks is another rule's.
    ("aws:PrincipalIsAWSService", Form::True),
    ("aws:PrincipalServiceName", Form::Id),
    ("aws:PrincipalServiceNamesList", Form::Id),
    ("aws:userid", Form::UserId),
    ("aws:SourceIp", Form::Addresses),
    ("aws:SourceVpc", Form::Id),
    ("aws:SourceVpce", Form::Id),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-vpceaccount
    ("aws:SourceVpcArn", Form::Arn),
    ("aws:VpceAccount", Form::Id),
    ("aws:VpceOrgID", Form::Id),
    ("aws:VpceOrgPaths", Form::Path),
    ("s3:DataAccessPointAccount", Form::Id),
    ("s3:DataAccessPointArn", Form::Arn),
    ("s3:x-amz-server-side-encryption-aws-kms-key-id", Form::Arn),
    ("elasticfilesystem:AccessedViaMountTarget", Form::True),
    // https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
    ("elasticfilesystem:AccessPointArn", Form::Arn),
    // https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-caller-account
    ("kms:CallerAccount", Form::Id),
    // https://docs.aws.amazon.com/lambda/latest/dg/permissions-source-function-arn.html
    ("lambda:SourceFunctionArn", Form::Arn),
    ("aws:SourceOwner", Form::Id),
    ("aws:SourceAccount", Form::Id),
    ("aws:SourceArn", Form::Arn),
    ("aws:SourceOrgID", Form::Id),
    ("aws:SourceOrgPaths", Form::Path),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-ec2-source-instance-arn
    ("ec2:SourceInstanceArn", Form::Arn),
];

/// Whether only those meet the condition whom its values name.
pub(super) fn is_limit(condition: &Condition<'_>) -> bool {
    condition.operator.is_some_and(|operator| {
        compares(operator.comparison)
            && !operator.if_exists
            && operator.qualifier != Some(Qualifier::ForAllValues)
            && !operator.comparison.is_negated()
    }) && has_fixed_values(condition)
}

/// Whether all meet the condition but those whom its values name, so that to deny them is to let in the others only.
pub(super) fn is_exception(condition: &Condition<'_>) -> bool {
    // A request without the key differs from every value; not so with `ForAnyValue`, which wants one.
    condition
        .operator
        .is_some_and(|operator| operator.comparison.is_negated() && operator.qualifier != Some(Qualifier::ForAnyValue))
        && has_fixed_values(condition)
}

/// Whether the condition is about for whom a service asks.
pub(super) fn is_about_source(condition: &Condition<'_>) -> bool {
    condition.is_on_one_of(&OF_SOURCES)
}

/// Whether the condition says for whom a service asks. A service that is to send the key does, so that a condition that
/// holds without it says the same.
pub(super) fn is_source(condition: &Condition<'_>) -> bool {
    is_about_source(condition)
        && condition
            .operator
            .is_some_and(|operator| compares(operator.comparison) && !operator.comparison.is_negated())
        && has_fixed_values(condition)
}

/// Whether the condition is on a key that says who asks, with whatever value.
pub(super) fn is_about_caller(condition: &Condition<'_>) -> bool {
    form_of(condition).is_some()
}

const fn compares(comparison: Comparison) -> bool {
    matches!(
        comparison.family(),
        Family::String | Family::Arn | Family::IpAddress | Family::Bool
    )
}

fn form_of(condition: &Condition<'_>) -> Option<Form> {
    KEYS.iter().find(|(key, _)| condition.is_on(key)).map(|(_, form)| *form)
}

fn has_fixed_values(condition: &Condition<'_>) -> bool {
    let Some(form) = form_of(condition) else {
        return false;
    };
    let takes_wildcards = condition
        .operator
        .is_some_and(|operator| operator.comparison.takes_wildcards());
    condition.value.as_list().iter().all(|value| match value.as_text() {
        Some(text) => placeholder::stands_in(text) || is_fixed(form, text, takes_wildcards),
        // `true` without quotes; another value is no text that a key could have.
        None => form != Form::True || matches!(value.value, Value::Bool(true)),
    })
}

fn is_fixed(form: Form, text: &Text<'_>, takes_wildcards: bool) -> bool {
    let value = text.filled();
    match form {
        Form::True => value.eq_ignore_ascii_case("true"),
        Form::Addresses => !is_wide(value),
        _ if value.contains("${") => is_of_resource(text),
        _ if !takes_wildcards || !value.contains(['*', '?']) => true,
        Form::Id => false,
        Form::Arn => ArnPattern::parse(value).is_ok_and(|arn| names_account(&arn)),
        Form::Path => before_wildcard(value).contains('/'),
        Form::UserId => before_wildcard(value).contains(':'),
    }
}

/// The variables of whoever owns the resource: those of its account or organization are let in.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-resourceaccount>
fn is_of_resource(value: &Text<'_>) -> bool {
    let own = ["${aws:ResourceAccount}", "${aws:ResourceOrgID}"];
    own.into_iter().any(|own| value.begins_with(own))
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
