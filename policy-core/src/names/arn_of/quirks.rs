//! The types of ARNs of which more is known than their format says.

use super::super::reason::{Reason, Repair};
use super::super::scan::{self, ends_with, equal, starts_with};
use super::facts::ArnFacts;
use super::fields::{after, field};
use super::walk::first;
use crate::arn::WITHOUT_LEADING_SLASH;

/// AWS accepts it without an error.
/// <https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html>,
/// <https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html>
pub(in super::super) const NO_KMS_ALIAS: &str = "it is an alias, which as a resource matches only the alias, never its key; \
                                                 use the key ID, or the condition key `kms:ResourceAliases`";

const ALIAS: &str = "alias/";

/// Why a text that is not an ARN is not one of this type.
pub(super) const fn not_an_arn(facts: &ArnFacts, text: &str) -> Reason {
    if equal(facts.resource_type, "sqs:queue") && starts_with(text, "https://") {
        return Reason::clause("it is the URL of a queue, not its ARN").repaired(Repair::QueueArn);
    }
    let trimmed = text.trim_ascii_start();
    if trimmed.len() < text.len() && starts_with(trimmed, "arn:") {
        return Reason::clause("it has whitespace before the ARN").repaired(Repair::Keep {
            start: text.len() - trimmed.len(),
            end: text.len(),
        });
    }
    Reason::clause(if equal(facts.resource_type, "kms:key") {
        if starts_with(text, ALIAS) {
            NO_KMS_ALIAS
        } else {
            "it is not an ARN; for a key ID, use `KmsKeyArn::of`"
        }
    } else if equal(facts.resource_type, "secretsmanager:Secret") {
        "it is not an ARN; for a secret known by its name, use `SecretId::by_name` and `SecretArn::of`"
    } else {
        "it is not an ARN"
    })
}

/// What is wrong with an ARN that is not of this type in a way that people know by another name.
pub(super) const fn instead(facts: &ArnFacts, text: &str, start: usize) -> Option<Reason> {
    let (_, resource) = scan::split(text, start);
    if equal(facts.resource_type, "kms:key") && starts_with(resource, ALIAS) {
        return Some(Reason::clause(NO_KMS_ALIAS));
    }
    if equal(facts.resource_type, "secretsmanager:Secret")
        && let Some(id) = scan::strip_prefix(resource, "secret:")
        && let Some(at) = scan::find(id, b':')
    {
        return Some(ecs_tail(text.len() - id.len() + at, text.len()));
    }
    let name = first(after(facts.format, 5));
    if ends_with(name.variable, WITHOUT_LEADING_SLASH)
        && let Some(written) = scan::strip_prefix(resource, name.literal)
        && starts_with(written, "/")
    {
        let at = text.len() - written.len();
        let clause = "is a second slash, and these ARNs have one: the name's own slash is not written";
        return Some(Reason::piece(at, at + 1, clause).repaired(Repair::Fields {
            partition: None,
            start: at,
            end: at + 1,
        }));
    }
    if equal(facts.resource_type, "lambda:function")
        && let Some(name) = scan::strip_prefix(resource, "function:")
        && let Some(at) = scan::find(name, b':')
    {
        let end = text.len() - name.len() + at;
        let clause = "is a version or an alias: with it, this is a `FunctionVersionArn` or a `FunctionAliasArn`";
        return Some(Reason::piece(end + 1, text.len(), clause).repaired(Repair::Keep { start: 0, end }));
    }
    of_no_request(facts, text, resource)
}

/// What is wrong with an ARN that has the format of its type and that no request has: the rows of `requests.txt`, which the checker reads,
/// whose ARNs the formats of the types let through.
const fn of_no_request(facts: &ArnFacts, text: &str, resource: &str) -> Option<Reason> {
    const DEFAULT: &str = "rule/default/";
    if starts_with(resource, DEFAULT) && equal(field(facts.format, 2), "events") {
        let start = text.len() - resource.len() + "rule/".len();
        let end = start + DEFAULT.len() - "rule/".len();
        if equal(facts.resource_type, "events:rule-on-default-event-bus") {
            let clause = "is not in the ARN of a rule on the default event bus";
            return Some(Reason::piece(start, end - 1, clause).repaired(Repair::Fields {
                partition: None,
                start,
                end,
            }));
        }
        let clause = "is the default event bus, whose rules have ARNs without it: `rule/NAME`, which is a `RuleArn`";
        return Some(Reason::piece(start, end - 1, clause));
    }
    let account = field(text, 4);
    if let Some(name) = scan::strip_prefix(resource, "document/")
        && is_of_aws(facts, name)
        && !account.is_empty()
    {
        let end = text.len() - resource.len() - 1;
        let start = end - account.len();
        let clause = "is an account, and documents whose names start with `AWS` are AWS's own: their ARNs have none";
        return Some(Reason::piece(start, end, clause).repaired(Repair::Fields {
            partition: None,
            start,
            end,
        }));
    }
    None
}

/// Whether a resource of this name is AWS's own, so that its ARN has no account.
/// <https://docs.aws.amazon.com/systems-manager/latest/userguide/security_iam_service-with-iam.html>
pub(super) const fn is_of_aws(facts: &ArnFacts, name: &str) -> bool {
    equal(facts.resource_type, "ssm:document") && starts_with(name, "AWS")
}

/// What is wrong with the last part of an ARN whose format another type has, too: that of a version of a function is a number or
/// `$LATEST`, that of an alias is neither.
/// <https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html>,
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html>
pub(super) const fn of_the_other_type(facts: &ArnFacts, text: &str) -> Option<Reason> {
    let of_version = equal(facts.resource_type, "lambda:function version");
    if !of_version && !equal(facts.resource_type, "lambda:function alias") {
        return None;
    }
    let Some((before, last)) = scan::rsplit_once(text, b':') else {
        return None;
    };
    let is_version = equal(last, "$LATEST") || scan::only(last, scan::Set::DIGIT).is_ok();
    if is_version == of_version {
        return None;
    }
    let clause = if of_version {
        "is an alias, with which this is a `FunctionAliasArn`: a version is a number or `$LATEST`"
    } else {
        "is a version, with which this is a `FunctionVersionArn`: an alias is not a number"
    };
    Some(Reason::piece(before.len() + 1, text.len(), clause))
}

/// `...:client_id::`: the JSON key, the stage and the version in an ECS task definition.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html>
pub(in super::super) const fn ecs_tail(start: usize, end: usize) -> Reason {
    Reason::piece(
        start,
        end,
        "belongs to `valueFrom` in an ECS task definition, not to the secret's ARN; remove it",
    )
    .repaired(Repair::Keep { start: 0, end: start })
}
