//! The presets' cases, put into the form of a file of cases.

use std::collections::BTreeMap;
use std::fs;

use policy_core::evaluate::cases::Cases;
use serde_json::{Value, json};
use workspace_tests::golden;

#[test]
fn the_presets_cases_hold_as_a_file_of_cases() {
    let folder = golden();
    let known: Vec<Value> = serde_json::from_str(&fs::read_to_string(folder.join("cases.json")).unwrap()).unwrap();
    let mut sets: BTreeMap<&str, Value> = BTreeMap::new();
    for case in &known {
        let policy = case["policy"].as_str().unwrap();
        let layer = case["kind"].as_str().unwrap();
        sets.insert(
            policy,
            json!({ "caller": "arn:aws:iam::111122223333:role/maia", layer: format!("documents/{policy}.json"),
                "key_policy": "default" }),
        );
    }
    let cases: Vec<Value> = known.iter().map(converted).collect();
    let text = serde_json::to_string_pretty(&json!({ "policies": sets, "cases": cases })).unwrap();
    let mut load = |file: &str| fs::read_to_string(folder.join(file)).map_err(|error| error.to_string());
    let cases = Cases::read(&text, &mut load).unwrap_or_else(|error| panic!("{error}"));
    let report = cases.run();
    assert!(report.is_success(), "{report:#}");
    assert_eq!(report.tally(), format!("{} cases, 0 failed", known.len()));
    assert!(known.len() >= 348, "{}", known.len());
}

/// A case of the presets as a file of cases has it.
fn converted(case: &Value) -> Value {
    let expect = if case["expect"] == "allow" { "allowed" } else { "denied" };
    let role = Value::from("arn:aws:iam::111122223333:role/maia");
    let mut converted = json!({
        "policies": case["policy"],
        "action": case["action"],
        "resource": case.get("resource").unwrap_or(&role),
        "context": case["context"],
        "expect": expect,
    });
    if let Some(note) = case.get("note") {
        converted["name"] = note.clone();
    }
    // No secret has such an ARN, whose last six characters are those of Secrets Manager, and no request such a service.
    if case["note"] == "longer name" || case["context"]["kms:ViaService"] == "elsewhere" {
        converted["unchecked"] = json!(true);
    }
    if let Some(principal) = case["principal"].as_str() {
        converted["caller"] = match principal {
            _ if principal.ends_with(".amazonaws.com") => json!({ "service": principal }),
            _ if principal.contains(":oidc-provider/") => json!({ "federated": principal }),
            arn => json!(arn),
        };
    }
    converted
}
