//! Services, and for whom they ask: the confused deputy.
//!
//! A service asks in its own name, whoever of its customers makes it ask. Where nothing says for which customer, a stranger
//! who knows the ARN can make the service use what is not his.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention>
//!
//! Not every service says for whom it asks, and to demand it of one that does not would lock it out. AWS publishes no list.
//! So `sources.txt` has those pairs of services of which a page of AWS's documentation shows the condition, and the others
//! are left alone.

use super::{limit, uncarried};
use crate::check::condition::OF_SERVICES;
use crate::check::judged::Judged;
use crate::check::table::rows;
use crate::document::Text;
use crate::finding::{Code, Finding, Findings};
use crate::policy::{Condition, Effect, Kind, Principal, PrincipalKey, Statement};

pub(super) fn check(
    one: &Judged<'_, '_>,
    principals: &[Principal<'_>],
    kind: Kind,
    denies_others: impl Fn() -> bool,
    findings: &mut Findings,
) {
    let mut services = principals
        .iter()
        .filter(|principal| principal.key == PrincipalKey::Service)
        .peekable();
    if services.peek().is_none() || says_for_whom(one.statement) || denies_others() {
        return;
    }
    let other = one
        .statement
        .conditions
        .iter()
        .find(|condition| stands_for_source(condition));
    let mut recommended = false;
    for service in services {
        let Some(page) = page(service.text.filled(), one.statement) else {
            continue;
        };
        match (kind, other) {
            (Kind::Trust, _) => findings.push(of_role(service, page)),
            (_, None) => findings.push(of_resource(service, page)),
            (_, Some(other)) if !recommended => {
                findings.push(instead(service, other, page));
                recommended = true;
            }
            (_, Some(_)) => {}
        }
    }
}

/// The page that shows what the statement lacks, if AWS has one.
fn page(principal: &str, statement: &Statement<'_>) -> Option<&'static str> {
    let principal = principal.strip_suffix(".cn").unwrap_or(principal);
    let action = statement.action.filter(|action| !action.negated)?;
    rows(include_str!("sources.txt"))
        .filter_map(|line| line.strip_prefix(principal)?.strip_prefix(' ')?.split_once(' '))
        .find(|(called, _)| action.texts().any(|(_, text)| is_of(text, called)))
        .map(|(_, page)| page)
}

fn is_of(action: &Text<'_>, service: &str) -> bool {
    action
        .filled()
        .split_once(':')
        .is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case(service))
}

/// Whether a condition says for whom, by the keys for that or by those that the two services have of their own.
fn says_for_whom(statement: &Statement<'_>) -> bool {
    statement.conditions.iter().any(|condition| {
        limit::is_source(condition) || is_own(condition)
            // Nothing is allowed at all, which has been said.
            || uncarried::who_brings(condition).is_some()
    })
}

/// Keys of one service that say for whom another asks:
/// - <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
/// - <https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>
/// - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html>
fn is_own(condition: &Condition<'_>) -> bool {
    [
        "kms:EncryptionContext",
        "kms:CallerAccount",
        "kms:ViaService",
        "lambda:EventSourceToken",
        "sts:ExternalId",
    ]
    .iter()
    .any(|own| condition.key.begins_with(own))
}

/// A condition that was perhaps meant to say for whom, on a key that is for something else.
fn stands_for_source(condition: &Condition<'_>) -> bool {
    condition.is_on("aws:Referer")
        || limit::is_about_caller(condition)
            && !limit::is_about_source(condition)
            && !condition.is_on_one_of(&OF_SERVICES)
}

/// Whether a statement denies what is asked for others.
pub(super) fn denies_others(other: &Judged<'_, '_>) -> bool {
    other.statement.effect == Some(Effect::Deny) && other.statement.conditions.iter().any(limit::is_about_source)
}

fn of_resource(service: &Principal<'_>, page: &str) -> Finding {
    let name = service.text.written();
    Finding::new(
        Code::RestrictAccessToServicePrincipal,
        service.place,
        format!("`{name}` is let in, whoever it asks for"),
    )
    .about(name)
    .note("every customer of the service can make it ask, and nothing here tells your requests from those of others")
    .help(HELP)
    .help(format!("see {page}"))
}

fn of_role(service: &Principal<'_>, page: &str) -> Finding {
    let name = service.text.written();
    Finding::new(
        Code::ServicePrincipalWithoutSource,
        service.place,
        format!("`{name}` can assume the role, whoever it does so for"),
    )
    .about(name)
    .note("every customer of the service can make it ask, and nothing here tells your requests from those of others")
    .help(HELP)
    .help(format!("see {page}"))
}

fn instead(service: &Principal<'_>, other: &Condition<'_>, page: &str) -> Finding {
    let key = other.key.written();
    Finding::new(
        Code::RecommendedConditionKeyForServicePrincipal,
        other.key_place,
        format!("`{key}` does not say for whom `{}` asks", service.text.written()),
    )
    .about(key)
    .note("the keys for that are filled in by the service itself, from the resource that makes it ask")
    .help(HELP)
    .help(format!("see {page}"))
}

const HELP: &str = "say for whom: `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or which resource, \
                    `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`";
