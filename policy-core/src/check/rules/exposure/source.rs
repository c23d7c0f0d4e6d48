//! Services, and for whom they ask: the confused deputy.
//!
//! A service makes requests under its own name, for any of its customers. Without a condition on the source, another
//! customer who knows the ARN can make the service use a resource that is not theirs.
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention>
//!
//! Not every service says for whom it asks, and to demand it of one that does not would lock it out. AWS publishes no list.
//! So `sources.txt` has those pairs of services of which a page of AWS's documentation shows the condition, and the others
//! are left alone.

use super::bearer::principals_with_key;
use crate::catalogue::About;
use crate::check::facts::{
    ConditionFacts, Facts, PrincipalRef, StatementFacts, is_about_caller, is_about_source, is_source,
};
use crate::check::rules::{Rule, Run};
use crate::check::table::rows;
use crate::document::Text;
use crate::finding::{Code, Finding};
use crate::policy::{Kind, PrincipalKey};

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::RestrictAccessToServicePrincipal,
        Code::ServicePrincipalWithoutSource,
        Code::RecommendedConditionKeyForServicePrincipal,
    ],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    if !facts.lets_in() || facts.statements.iter().any(denies_others) {
        return found;
    }
    for statement in facts.statements.iter().filter(|statement| statement.allows()) {
        one(facts.kind, statement, &mut found);
    }
    found
}

fn one(kind: Kind, statement: &StatementFacts<'_>, found: &mut Vec<Finding>) {
    let Some(principals) = statement.named_principals() else {
        return;
    };
    let mut services = principals
        .iter()
        .filter(|principal| principal.key == PrincipalKey::Service)
        .peekable();
    if services.peek().is_none() || says_for_whom(statement) {
        return;
    }
    let mut conditions = statement.conditions.iter();
    let other = conditions.find(|condition| stands_for_source(condition));
    let mut recommended = false;
    for service in services {
        // Which service fills a hole is not known.
        let is_known = !service.text.has_hole_in(&(0..1));
        let Some(page) = page(service.text.filled(), statement).filter(|_| is_known) else {
            continue;
        };
        match (kind, other) {
            (Kind::Trust, _) => found.push(of_role(service, page)),
            (_, None) => found.push(of_resource(service, page)),
            (_, Some(other)) if !recommended => {
                found.push(instead(service, other, page));
                recommended = true;
            }
            (_, Some(_)) => {}
        }
    }
}

/// The page that shows what the statement lacks, if AWS has one.
fn page(principal: &str, statement: &StatementFacts<'_>) -> Option<&'static str> {
    let principal = principal.strip_suffix(".cn").unwrap_or(principal);
    let action = statement.statement.action.filter(|action| !action.negated)?;
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
fn says_for_whom(statement: &StatementFacts<'_>) -> bool {
    statement.conditions.iter().any(|condition| {
        is_source(condition) || is_own(condition)
            // The statement allows nothing, which another rule reports.
            || principals_with_key(condition).is_some()
    })
}

/// Keys of one service that say for whom another asks:
/// - <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>
/// - <https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>
/// - <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html>
fn is_own(condition: &ConditionFacts<'_>) -> bool {
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
fn stands_for_source(condition: &ConditionFacts<'_>) -> bool {
    condition.is_on("aws:Referer")
        || is_about_caller(condition) && !is_about_source(condition) && !condition.is_about(About::Service)
}

/// Whether a statement denies what is asked for others.
fn denies_others(other: &StatementFacts<'_>) -> bool {
    other.denies() && (other.conditions.iter().any(is_about_source) || other.may_have_any_condition())
}

fn of_resource(service: &PrincipalRef<'_>, page: &str) -> Finding {
    let name = service.text.written();
    Finding::new(
        Code::RestrictAccessToServicePrincipal,
        service.place,
        format!("`{name}` gets access on behalf of any customer"),
    )
    .about(name)
    .note(
        "every customer of the service can cause such a request, and nothing here distinguishes yours from the others",
    )
    .with_help(HELP)
    .with_help(format!("see {page}"))
}

fn of_role(service: &PrincipalRef<'_>, page: &str) -> Finding {
    let name = service.text.written();
    Finding::new(
        Code::ServicePrincipalWithoutSource,
        service.place,
        format!("`{name}` can assume the role on behalf of any customer"),
    )
    .about(name)
    .note(
        "every customer of the service can cause such a request, and nothing here distinguishes yours from the others",
    )
    .with_help(HELP)
    .with_help(format!("see {page}"))
}

fn instead(service: &PrincipalRef<'_>, other: &ConditionFacts<'_>, page: &str) -> Finding {
    let key = other.key.written();
    Finding::new(
        Code::RecommendedConditionKeyForServicePrincipal,
        other.key_place,
        format!(
            "`{key}` does not identify on whose behalf `{}` makes the request",
            service.text.written()
        ),
    )
    .about(key)
    .note("the service itself sets the keys for that, from the resource that causes the request")
    .with_help(HELP)
    .with_help(format!("see {page}"))
}

const HELP: &str = "restrict the source, for example `\"StringEquals\": { \"aws:SourceAccount\": \"111122223333\" }`, or for one \
                    resource `\"ArnLike\": { \"aws:SourceArn\": \"arn:...\" }`";
