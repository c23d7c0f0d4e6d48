//! The presets' own policies, asked what their users would ask.

use std::collections::BTreeMap;
use std::fs;

use policy_core::evaluate::{Authorizer, Caller, Request};
use policy_core::policy::{IdentityPolicy, TrustPolicy};
use serde_json::Value;
use workspace_tests::golden;

#[test]
fn every_case_of_the_presets_is_answered_as_aws_does() {
    let folder = golden();
    let cases: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("cases.json")).unwrap()).unwrap();
    assert!(cases.len() >= 348, "{}", cases.len());
    let mut authorizers: BTreeMap<&str, Authorizer> = BTreeMap::new();
    let mut wrong = Vec::new();
    for case in &cases {
        let policy = case["policy"].as_str().unwrap();
        let is_trust = case["kind"] == "trust";
        let authorizer = authorizers.entry(policy).or_insert_with(|| {
            let json = fs::read_to_string(folder.join("documents").join(format!("{policy}.json"))).unwrap();
            if is_trust {
                Authorizer::builder()
                    .trust(&TrustPolicy::from_json(json).unwrap())
                    .build()
            } else {
                Authorizer::builder()
                    .identity(&IdentityPolicy::from_json(json).unwrap())
                    .default_key_policy()
                    .build()
            }
        });
        let action = case["action"].as_str().unwrap();
        let caller = match case["principal"].as_str() {
            Some(service) if service.ends_with(".amazonaws.com") => Caller::service(service),
            Some(provider) if provider.contains(":oidc-provider/") => Caller::federated(provider),
            Some(arn) => Caller::from_arn(arn).unwrap(),
            None => Caller::from_arn("arn:aws:iam::111122223333:role/maia").unwrap(),
        };
        let resource = case["resource"]
            .as_str()
            .unwrap_or("arn:aws:iam::111122223333:role/maia");
        // No secret has such an ARN: its last six characters are those of Secrets Manager.
        let mut request = if case["note"] == "longer name" {
            Request::unchecked(caller, action, resource)
        } else {
            Request::new(caller, action, resource).unwrap_or_else(|error| panic!("{case}: {error:#}"))
        };
        for (key, value) in case["context"].as_object().unwrap() {
            // A case derived from another keeps its context, although AWS does not send it for the other action.
            request = match value {
                Value::Array(values) => {
                    request.with_all_unchecked(key, values.iter().map(|value| value.as_str().unwrap()))
                }
                value => request.with_unchecked(key, value.as_str().unwrap()),
            };
        }
        if authorizer.ask(&request).is_allowed() != (case["expect"] == "allow") {
            wrong.push(format!("{case}\n{}", authorizer.explain(&request)));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n")
    );
}
