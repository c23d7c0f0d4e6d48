//! Resource control policies that stop more than was meant: the services that act for you, or everyone but them.
//!
//! A request is made by a user or a role, or by a service under its own name. The keys of the one kind are not in requests
//! of the other, and `StringNotEquals` and its like are met by a request without the key. So a `Deny` of those who are not of
//! the organization denies the services too, and a `Deny` of services that act for strangers denies every user and role.
//! AWS's own policies spare the others by `aws:PrincipalIsAWSService`, and by `Null` the requests of services that say for
//! nobody for whom they act.
//! <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html>

use crate::catalogue::{self, About};
use crate::check::facts::{ConditionFacts, Facts, StatementFacts, WithoutKey};
use crate::check::rules::{Rule, Run};
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::Kind;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::RcpMissingRelatedPrincipalConditionKey,
        Code::RcpMissingRelatedServicePrincipalConditionKey,
        Code::RcpMissingServiceConditionKeyNullCheck,
    ],
    run: Run::Statement(check),
};

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let is_asked = facts.kind == Kind::ResourceControl && statement.denies() && !statement.may_have_any_condition();
    is_asked.then(|| exempt(statement)).flatten().into_iter().collect_vec()
}

/// What a `Deny` hits besides what it is about, of which one is reported.
fn exempt(statement: &StatementFacts<'_>) -> Option<Finding> {
    let conditions = &statement.conditions;
    // Requests without the key are denied.
    let hits = |about: About| {
        conditions
            .iter()
            .find(|condition| condition.is_about(about) && !needs_its_key(condition))
    };
    // Requests without one of the keys are not denied.
    let is_only_about = |about: About| {
        conditions
            .iter()
            .any(|condition| condition.is_about(about) && needs_its_key(condition))
    };
    // An author who uses these knows of the two kinds of requests.
    let tells_services = conditions.iter().any(|condition| condition.is_about(About::Service));
    let by_principals = hits(About::Owner).or_else(|| hits(About::Network));
    let by_sources = hits(About::Source).filter(|_| !is_only_about(About::Source));
    match (by_principals, by_sources) {
        (Some(condition), None) => {
            let is_about_people = is_only_about(About::Owner)
                || is_only_about(About::Network)
                || is_only_about(About::Session)
                || conditions.iter().any(is_of_provider);
            let is_about_services = is_only_about(About::Source);
            (!tells_services && !is_about_people && !is_about_services).then(|| denies_services(condition))
        }
        (None, Some(condition)) if tells_services => Some(denies_silent_services(condition)),
        (None, Some(condition)) => Some(denies_principals(condition)),
        // Denied is who is neither of the organization nor acts for it.
        (Some(_), Some(_)) | (None, None) => None,
    }
}

/// Whether a condition is not met by requests without its key. Of one without a sound form nothing is known, and nothing
/// is reported.
fn needs_its_key(condition: &ConditionFacts<'_>) -> bool {
    condition
        .without_key
        .is_none_or(|without_key| without_key == WithoutKey::Fails)
}

/// Whether a condition asks for the claim of an identity provider, which no service has.
fn is_of_provider(condition: &ConditionFacts<'_>) -> bool {
    needs_its_key(condition) && catalogue::federated_condition_key(condition.key.filled()).is_some()
}

fn denies_services(condition: &ConditionFacts<'_>) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::RcpMissingRelatedPrincipalConditionKey,
        condition.key_place,
        format!("a request that a service makes has no `{key}`, so this denies the services that act on your behalf"),
    )
    .about(key)
    .note("AWS accepts it, but log delivery and similar services then stop without notice")
    .with_help("add `\"BoolIfExists\": { \"aws:PrincipalIsAWSService\": \"false\" }` to the condition")
}

fn denies_principals(condition: &ConditionFacts<'_>) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::RcpMissingRelatedServicePrincipalConditionKey,
        condition.key_place,
        format!("a request of a user or a role has no `{key}`, so this denies all of them"),
    )
    .about(key)
    .note("AWS accepts it, but the key is only in requests that a service makes under its own name")
    .with_help(
        "add `\"Bool\": { \"aws:PrincipalIsAWSService\": \"true\" }` and `\"Null\": { \"aws:SourceAccount\": \"false\" }` to \
         the condition",
    )
}

fn denies_silent_services(condition: &ConditionFacts<'_>) -> Finding {
    let key = condition.key.written();
    Finding::new(
        Code::RcpMissingServiceConditionKeyNullCheck,
        condition.key_place,
        format!("some requests of services have no `{key}`, and this denies them"),
    )
    .about(key)
    .note("AWS accepts it, but a service that uses a role or a grant that you gave it does not always identify whom it acts for")
    .with_help("add `\"Null\": { \"aws:SourceAccount\": \"false\" }` to the condition")
}
