//! AWS's managed policies as values: read, edited, rewritten, and asked the same as before.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::BTreeSet;

use policy_core::catalogue::actions_matching;
use policy_core::document::Document;
use policy_core::evaluate::{Authorizer, Builder as AuthorizerBuilder, Caller, Request};
use policy_core::finding::Severity;
use policy_core::policy::build::Statement;
use policy_core::policy::{IdentityPolicy, StatementRef, Wildcards};
use workspace_tests::managed_policies;

fn policies() -> Vec<(String, IdentityPolicy)> {
    let policies = managed_policies().unwrap().into_iter().map(|(name, json)| {
        let policy = IdentityPolicy::from_json(json).unwrap_or_else(|error| panic!("{name}: {error}"));
        (name, policy)
    });
    policies.collect()
}

/// Each as it is, and as people write it.
fn texts(policy: &IdentityPolicy) -> [IdentityPolicy; 2] {
    let pretty = IdentityPolicy::from_json(policy.to_json_pretty()).unwrap();
    [policy.clone(), pretty]
}

fn text_of<'p>(policy: &'p IdentityPolicy, statement: StatementRef<'_>) -> &'p str {
    let place = statement.node().place;
    &policy.text()[place.start as usize..place.end as usize]
}

#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn statements_are_read_and_written_back_the_same() {
    for (name, policy) in policies() {
        for policy in texts(&policy) {
            assert_eq!(
                policy.clone().map(|statement| statement).unwrap().text(),
                policy.text(),
                "{name}"
            );
            for statement in policy.statements() {
                let owned =
                    Statement::<policy_core::policy::kind::Identity>::from_json(text_of(&policy, statement)).unwrap();
                assert_eq!(owned.to_json(), statement.to_json(), "{name}");
                // The views name every element.
                let elements = [
                    statement.sid().is_some(),
                    statement.resources().is_some(),
                    statement.conditions().next().is_some(),
                ];
                let others = elements.into_iter().filter(|has| *has).count();
                assert_eq!(statement.node().members().len(), 2 + others, "{name}: {statement}");
            }
            let built = policy.clone().into_builder().build().unwrap();
            assert!(built.is_equivalent(&policy), "{name}");
        }
    }
}

#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn an_edit_changes_nothing_else() {
    let more = || Statement::deny(["iam:*"]).resources(["*"]);
    for (name, policy) in policies() {
        for policy in texts(&policy) {
            let count = policy.statements().len();
            for at in [0, count / 2, count] {
                let inserted = policy.clone().insert(at, more()).unwrap();
                assert_eq!(inserted.text().contains('\n'), policy.text().contains('\n'), "{name}");
                assert_eq!(inserted.remove(at).unwrap().text(), policy.text(), "{name}");
            }
            let at = count / 2;
            let mut index = 0;
            let edited = policy.clone().map(|statement| {
                index += 1;
                if index == at + 1 {
                    statement.actions(["example:Added"])
                } else {
                    statement
                }
            });
            let Ok(edited) = edited else {
                // `Action` beside `NotAction`.
                assert!(policy.statements().nth(at).unwrap().actions().is_negated(), "{name}");
                continue;
            };
            for (number, (before, after)) in policy.statements().zip(edited.statements()).enumerate() {
                assert_eq!(
                    number == at,
                    text_of(&policy, before) != text_of(&edited, after),
                    "{name}"
                );
            }
            // The text but for the new action: what is before it and what is behind.
            let (start, end) = edited.text().split_once("\"example:Added\"").unwrap();
            let start = start.trim_end().trim_end_matches(',');
            let whole_start = policy.text().starts_with(start)
                || policy.statements().nth(at).unwrap().actions().value.as_text().is_some();
            assert!(
                whole_start && policy.text().ends_with(end.trim_start().trim_start_matches(']')),
                "{name}"
            );
        }
    }
}

/// Requests that a policy may allow: of actions that it names, on resources that it names, and on another.
fn requests(policy: &IdentityPolicy) -> Vec<Request> {
    let statements = || policy.statements();
    let named = statements().flat_map(|statement| statement.actions().values());
    let actions: BTreeSet<String> = named
        .flat_map(|action| {
            actions_matching(action)
                .step_by(7)
                .take(3)
                .map(|action| action.qualified())
        })
        .chain(["s3:GetObject".to_owned(), "iam:PassRole".to_owned()])
        .collect();
    let resources: BTreeSet<String> = statements()
        .filter_map(StatementRef::resources)
        .flat_map(|resources| resources.values().take(3))
        .map(|resource| resource.replace('*', "x"))
        .chain(["arn:aws:s3:::other/x".to_owned()])
        .collect();
    let caller = Caller::from_arn("arn:aws:iam::111122223333:role/x").unwrap();
    let step = (actions.len() * resources.len() / 40).max(1);
    let pairs = actions
        .iter()
        .flat_map(|action| resources.iter().map(move |resource| (action, resource)));
    let sampled = pairs.step_by(step);
    sampled
        .map(|(action, resource)| Request::unchecked(caller.clone(), action, resource))
        .collect()
}

#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn a_rewritten_policy_evaluates_the_same() {
    let authorizer = |policies: &[IdentityPolicy]| {
        let with = policies.iter().fold(Authorizer::builder(), AuthorizerBuilder::identity);
        with.build()
    };
    let (mut asked, mut before, mut after, mut parts) = (0, 0, 0, 0);
    for (name, policy) in policies() {
        // What is wrong with a part of a statement is wrong with all of it, so that it cannot be divided.
        if policy
            .check()
            .iter()
            .any(|finding| finding.severity() == Severity::Error && !finding.code().name().starts_with("POLICY_SIZE"))
        {
            continue;
        }
        let minified = policy.minify();
        let split = policy.split(2_048).unwrap_or_else(|error| {
            let statement = policy.statements().nth(error.statement()).unwrap();
            assert!(statement.actions().is_negated(), "{name}: {error}");
            vec![policy.clone()]
        });
        before += policy.characters();
        after += minified.characters();
        parts += split.len();
        let expanded = policy.expand_actions();
        let shrunk = expanded.shrink_actions(Wildcards::AtTheEnd);
        assert_eq!(
            shrunk.expand_actions().shrink_actions(Wildcards::AtTheEnd),
            shrunk,
            "{name}"
        );
        let normal = policy.normalize();
        assert_eq!(normal.normalize(), normal, "{name}");
        assert!(normal.is_equivalent(&policy), "{name}");
        assert_eq!(minified.minify(), minified, "{name}");
        let merged = policy.merge(&minified).unwrap();
        let rewritten: [&[IdentityPolicy]; 6] = [
            std::slice::from_ref(&normal),
            std::slice::from_ref(&minified),
            &split,
            std::slice::from_ref(&merged),
            std::slice::from_ref(&expanded),
            std::slice::from_ref(&shrunk),
        ];
        let original = authorizer(std::slice::from_ref(&policy));
        let rewritten = rewritten.map(authorizer);
        for request in requests(&policy) {
            let outcome = original.ask(&request).outcome();
            for (number, rewritten) in rewritten.iter().enumerate() {
                assert_eq!(
                    rewritten.ask(&request).outcome(),
                    outcome,
                    "{name}, {number}: {request:?}"
                );
            }
            asked += 1;
        }
        for json in [&normal, &minified, &merged, &expanded, &shrunk].map(IdentityPolicy::text) {
            assert!(
                Document::read(json).is_ok() && IdentityPolicy::from_json(json).is_ok(),
                "{name}"
            );
        }
    }
    println!("{asked} requests; {before} characters, minified {after}; {parts} parts");
    assert!(asked > 10_000);
}
