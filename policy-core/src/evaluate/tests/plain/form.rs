//! Whether AWS would accept a policy: the syntax of each of its texts, straight from the pages.
//!
//! Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>, and the page of each
//! element.

use serde_json::{Map, Value};

use super::operator::Operator;
use super::text::is_malformed;
use super::{list, texts};
use crate::policy::Kind;

/// Whether every statement of a policy that reads without an error is a well-formed `Allow` or `Deny`. Only IAM and STS
/// document the characters of a policy; services with resource-based policies and Organizations do not.
pub(in super::super) fn is_well_formed(policy: &str, kind: Kind) -> bool {
    let is_of_iam = matches!(kind, Kind::Identity | Kind::Session | Kind::Trust);
    let is_printable = |text: &str| !is_of_iam || is_printable(text);
    let policy: Value = serde_json::from_str(policy).unwrap();
    let has_variables = policy.get("Version").is_some_and(|version| version == "2012-10-17");
    let statements = list(policy.get("Statement").unwrap());
    statements.iter().all(|statement| {
        let element = |name: &str| statement.get(name).or_else(|| statement.get(format!("Not{name}")));
        let all = |name: &str, is_sound: &dyn Fn(&str) -> bool| {
            element(name).is_none_or(|value| texts(value).iter().all(|text| is_sound(text) && is_printable(text)))
        };
        all("Action", &is_action)
            && all("Resource", &|text| {
                let is_short = completed(text, has_variables).is_some();
                is_resource(text, has_variables) && (kind == Kind::Identity || !is_short)
            })
            && element("Principal").is_none_or(is_principal)
            && statement
                .get("Condition")
                .is_none_or(|condition| is_condition(condition, has_variables, &is_printable))
    })
}

/// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html>, the pattern of `PolicyDocument`.
pub(super) fn is_printable(text: &str) -> bool {
    text.chars()
        .all(|one| matches!(one, '\t' | '\n' | '\r' | ' '..='\u{ff}'))
}

/// `*`, or a service prefix, a colon and a pattern of names.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
pub(super) fn is_action(text: &str) -> bool {
    let is_name = |text: &str, more: &str| {
        let is_of_names = |one: char| one.is_ascii_alphanumeric() || "-_".contains(one) || more.contains(one);
        !text.is_empty() && text.chars().all(is_of_names)
    };
    let parts = text.split_once(':');
    let is_of_service = parts.is_some_and(|(service, name)| is_name(service, "") && is_name(name, "*?"));
    matches!(text, "*" | "*:*") || is_of_service || !text.is_empty() && text.chars().all(|one| one == '*')
}

/// `*`, or an ARN: variables only in its last field.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
pub(super) fn is_resource(text: &str, has_variables: bool) -> bool {
    resource(text, has_variables) == Resource::Documented
}

/// What the pages say of a text in the place of a resource.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Resource {
    Documented,
    /// Whether it matches anything they do not say.
    Open,
    /// AWS rejects it.
    Rejected,
}

pub(super) fn resource(text: &str, has_variables: bool) -> Resource {
    let full = completed(text, has_variables).unwrap_or_else(|| text.to_owned());
    let fields: Vec<&str> = full.splitn(6, ':').collect();
    let early = fields.iter().take(5).any(|field| field.contains("${"));
    if text == "*" {
        return Resource::Documented;
    }
    if has_variables && is_malformed(text) {
        return Resource::Rejected;
    }
    match fields.as_slice() {
        [one] if !one.is_empty() && one.chars().all(|one| one == '*') => Resource::Open,
        ["arn", partition, service, _, _, _] if is_partition(partition) && !service.is_empty() => {
            if has_variables && early {
                Resource::Open
            } else {
                Resource::Documented
            }
        }
        ["arn", _, _, _, _, _] => Resource::Rejected,
        ["arn", _, ..] => Resource::Open,
        _ => Resource::Rejected,
    }
}

/// An ARN with fewer than six fields as AWS completes it in an identity-based policy. The page does not say what it does about one
/// that ends in a colon, or has a variable.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards>
pub(super) fn completed(text: &str, has_variables: bool) -> Option<String> {
    let mut fields: Vec<&str> = text.split(':').collect();
    let is_arn = fields.len() > 1 && fields.first() == Some(&"arn");
    let is_open = fields.last() == Some(&"") || has_variables && text.contains("${");
    if !is_arn || is_open || fields.len() > 5 {
        return None;
    }
    fields.resize(6, "*");
    Some(fields.join(":"))
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
fn is_partition(text: &str) -> bool {
    let of_isolated = ["aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-eusc"];
    text.contains(['*', '?']) || ["aws", "aws-cn", "aws-us-gov"].contains(&text) || of_isolated.contains(&text)
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
fn is_principal(value: &Value) -> bool {
    let Some(keys) = value.as_object() else {
        return value == "*";
    };
    keys.iter().all(|(key, value)| {
        texts(value).iter().all(|text| match key.as_str() {
            "AWS" => text == "*" || is_account(text) || is_identity(text) || is_unique_id(text),
            "Service" => {
                text.contains(".amazon")
                    && text
                        .chars()
                        .all(|one| "abcdefghijklmnopqrstuvwxyz0123456789.-_".contains(one))
            }
            "Federated" => {
                let is_of_hosts = |one: char| one.is_ascii_alphanumeric() || ".-/:_".contains(one);
                text.chars().all(is_of_hosts) && (is_provider(text) || !text.starts_with("arn") && text.contains('.'))
            }
            _ => text.len() == 64 && text.chars().all(|one| one.is_ascii_hexdigit()),
        })
    })
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.chars().all(|one| one.is_ascii_digit())
}

fn is_identity(text: &str) -> bool {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    let ["arn", partition, service, "", account, name] = fields.as_slice() else {
        return false;
    };
    let kinds: &[&str] = match *service {
        "iam" => &["user/", "role/"],
        "sts" => &["assumed-role/", "federated-user/"],
        _ => return false,
    };
    let is_of_kind = kinds
        .iter()
        .any(|kind| name.strip_prefix(kind).is_some_and(|name| !name.is_empty()));
    is_partition(partition) && is_account(account) && (is_of_kind || *name == "root") && !text.contains(['*', '?'])
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids>
fn is_unique_id(text: &str) -> bool {
    let is_of_ids = text.chars().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit());
    text.len() >= 16 && is_of_ids && (text.starts_with("AROA") || text.starts_with("AIDA"))
}

fn is_provider(text: &str) -> bool {
    let fields: Vec<&str> = text.splitn(6, ':').collect();
    matches!(fields.as_slice(), ["arn", partition, "iam", "", account, name]
        if is_partition(partition) && is_account(account) && (name.starts_with("oidc-provider/") || name.starts_with("saml-provider/")))
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
fn is_condition(value: &Value, has_variables: bool, is_printable: &impl Fn(&str) -> bool) -> bool {
    let lines = value.as_object().into_iter().flatten();
    let mut lines = lines.flat_map(|(operator, keys)| {
        keys.as_object()
            .into_iter()
            .flat_map(Map::iter)
            .map(move |line| (operator, line))
    });
    lines.all(|(operator, (key, values))| {
        super::condition::read(operator, key, values, has_variables).is_some_and(|wanted| {
            let is_arn = |text: &String| text.splitn(6, ':').count() == 6 && text.starts_with("arn:");
            let are_arns = !matches!(wanted.operator, Operator::Arn { .. }) || wanted.values.iter().all(is_arn);
            are_arns && is_printable(key) && wanted.values.iter().all(|text| is_printable(text))
        })
    })
}
