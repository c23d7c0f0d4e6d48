//! What holds of the evaluator whatever it is given.
#![allow(
    clippy::panic,
    reason = "a broken promise fails the test, or the fuzzing, that calls this"
)]

use policy_core::document::Document;
use policy_core::evaluate::cases::Cases;
use policy_core::evaluate::{Authorizer, Builder, Caller, Outcome, Request};
use serde_json::{Value, json};

/// The place of a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Of the caller.
    Identity,
    /// Of the caller's session.
    Session,
    /// The caller's boundary.
    Boundary,
    /// Of the resource.
    Resource,
    /// Of the role that is assumed.
    Trust,
    /// Of a level of the caller's organization.
    ServiceControl(usize),
    /// Of a level of the resource's organization.
    ResourceControl(usize),
}

/// Holds the reading of cases, and the evaluator behind it, to what they promise of any bytes.
///
/// # Panics
///
/// A promise is broken.
pub fn hold_of_cases(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let role = r#"{ "Version": "2012-10-17", "Statement": [{ "Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*" }] }"#;
    match Cases::read(text, &mut |path| {
        if path.len() % 2 == 0 {
            Ok(role.to_owned())
        } else {
            Err(path.to_owned())
        }
    }) {
        Ok(cases) => {
            let report = cases.run();
            assert_eq!(report.answers().count(), cases.len());
            let is_accepted = cases.rejected().next().is_none();
            assert_eq!(report.is_success(), report.table(false).is_empty() && is_accepted);
            for answer in report.answers() {
                let explanation = answer.explain();
                assert_eq!(
                    explanation.decision().outcome(),
                    answer.decision().outcome(),
                    "{explanation}"
                );
                if let Some(statement) = answer.decision().statement() {
                    assert!(answer.origin(statement).is_some(), "{answer}");
                }
            }
            assert_eq!(format!("{report:#}").ends_with("failed"), is_accepted);
            cases
                .remarks()
                .for_each(|remark| assert!(!remark.to_string().is_empty()));
        }
        Err(error) => {
            assert!(error.mistakes().next().is_some(), "no mistake in {text}");
            assert!(!error.to_string().is_empty());
        }
    }
}

/// Holds the evaluator to what it promises of any policies and requests: the policies are JSON, perhaps not what they should be.
///
/// # Panics
///
/// A promise is broken.
pub fn hold_of_request(policies: &[(Place, Value)], request: &Request) {
    let ask = |policies: &[(Place, Value)]| authorizer(policies).ask(request).outcome();
    let outcome = ask(policies);
    let is_allowed = outcome == Outcome::Allowed;
    explained(policies, request, outcome);

    let reversed: Vec<(Place, Value)> = policies
        .iter()
        .rev()
        .map(|(place, policy)| (*place, backwards(policy)))
        .collect();
    assert_eq!(ask(&reversed), outcome, "backwards: {reversed:#?}");

    let everything = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*" }] });
    let denied: Vec<(Place, Value)> = policies
        .iter()
        .cloned()
        .chain([(Place::Resource, everything)])
        .collect();
    assert_eq!(ask(&denied), Outcome::ExplicitlyDenied, "denied: {policies:#?}");

    // A layer that there is already, so that there is not one more that has to allow.
    let (Some((place, _)), Some((last, before))) = (policies.first(), policies.split_last()) else {
        return;
    };
    let more = |place: Place, policy: Value| policies.iter().cloned().chain([(place, policy)]).collect::<Vec<_>>();
    if is_allowed {
        let more = more(*place, only(&last.1, "Allow"));
        assert_eq!(ask(&more), Outcome::Allowed, "an Allow narrows: {more:#?}");
    } else {
        let more = more(*place, only(&last.1, "Deny"));
        assert_ne!(ask(&more), Outcome::Allowed, "a Deny widens: {more:#?}");
        return;
    }
    let with = |policy: Value| before.iter().cloned().chain([(last.0, policy)]).collect::<Vec<_>>();
    let broken = with(malformed(&last.1));
    if ask(&broken) == Outcome::Allowed {
        let without = with(json!({ "Version": "2012-10-17", "Statement": [] }));
        assert_eq!(ask(&without), Outcome::Allowed, "what is malformed grants: {broken:#?}");
    }
}

/// Every description of a decision can be displayed, and is about the same decision.
fn explained(policies: &[(Place, Value)], request: &Request, outcome: Outcome) {
    let authorizer = authorizer(policies);
    let explanation = authorizer.explain(request);
    let decision = explanation.decision();
    assert_eq!(decision.outcome(), outcome);
    assert!(explanation.to_string().contains(&format!(" is {decision}")));
    if let Some(statement) = decision.statement() {
        assert_eq!(Some(statement.layer()), decision.layer());
        assert!(
            explanation.statements().any(|(id, ..)| id == statement),
            "{explanation}"
        );
    }
    explanation.undecided().for_each(|(_, key)| assert!(!key.is_empty()));
}

fn authorizer(policies: &[(Place, Value)]) -> Authorizer {
    policies
        .iter()
        .fold(Authorizer::builder(), |builder, (place, policy)| {
            add(builder, *place, policy)
        })
        .build()
}

fn add(builder: Builder, place: Place, policy: &Value) -> Builder {
    let text = policy.to_string();
    let document = Document::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    match place {
        Place::Identity => builder.identity(&document),
        Place::Session => builder.session(&document),
        Place::Boundary => builder.boundary(&document),
        Place::Resource => builder.resource(&document),
        Place::Trust => builder.trust(&document),
        Place::ServiceControl(level) => builder.service_control(level, &document),
        Place::ResourceControl(level) => builder.resource_control(level, &document),
    }
}

/// The policy with its statements in the other order.
fn backwards(policy: &Value) -> Value {
    with_statements(policy, |statements| statements.into_iter().rev().collect())
}

/// The policy with those of its statements only that have this effect.
fn only(policy: &Value, effect: &str) -> Value {
    with_statements(policy, |mut statements| {
        statements.retain(|statement| statement.get("Effect").is_some_and(|found| found == effect));
        statements
    })
}

/// The policy with a member in each statement that AWS does not know.
fn malformed(policy: &Value) -> Value {
    with_statements(policy, |mut statements| {
        for statement in statements.iter_mut().filter_map(Value::as_object_mut) {
            statement.insert("Priority".to_owned(), json!(1));
        }
        statements
    })
}

fn with_statements(policy: &Value, change: impl FnOnce(Vec<Value>) -> Vec<Value>) -> Value {
    let mut changed = policy.clone();
    if let Some(statements) = changed.get_mut("Statement").and_then(Value::as_array_mut) {
        *statements = change(std::mem::take(statements));
    }
    changed
}

/// A caller of every kind, by number.
pub fn caller(number: usize) -> Caller {
    let arns = [
        "arn:aws:iam::111122223333:user/alice",
        "arn:aws:iam::111122223333:role/reader",
        "arn:aws:sts::111122223333:assumed-role/reader/session",
        "arn:aws:sts::111122223333:federated-user/bob",
        "arn:aws:iam::111122223333:root",
        "arn:aws:iam::444455556666:role/reader",
        "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
        "arn:aws:iam::111122223333:role/x:role/aws-service-role/y",
        "arn:aws:iam::111122223333:user/x:y/alice",
        "arn:aws:sts::111122223333:federated-user/x:role/aws-service-role",
    ];
    match (arns.get(number % 13).map(|arn| Caller::from_arn(arn)), number % 13) {
        (Some(Ok(caller)), _) => caller,
        (_, 10) => Caller::service("ecs-tasks.amazonaws.com"),
        (_, 11) => Caller::federated("arn:aws:iam::111122223333:oidc-provider/example.com"),
        _ => Caller::anonymous(),
    }
}
