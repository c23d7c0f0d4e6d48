//! Real policies: AWS's own managed policies, and the documents that the presets must make.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use policy_core::document::Document;
use policy_core::finding::{Code, Finding, Severity};
use policy_core::policy::{IdentityPolicy, TrustPolicy};
use serde_json::Value;
use workspace_tests::{data_file, managed_policies};

/// Policies of the corpus with an error. It may only fall: a rise is a false alarm, or a rule that was never measured.
const POLICIES_WITH_AN_ERROR: usize = 15;

/// What is no false alarm of ours: Access Analyzer gives this error too, in the same policies and at the same paths.
const ACCESS_ANALYZERS_OWN: &str = "INVALID_SERVICE_PRINCIPAL_FORMAT";

/// The same of what can never work, by code. These are warnings on existing JSON.
const POLICIES_WITH_DEAD_PARTS: [(&str, usize); 4] = [
    ("ACTION_FITS_NO_RESOURCE", 31),
    ("ACTION_NEEDS_STAR_RESOURCE", 122),
    ("ARN_MATCHES_NO_RESOURCE_TYPE", 32),
    ("RESOURCE_FITS_NO_ACTION", 43),
];

#[test]
fn every_managed_policy_is_read_and_written_back_the_same() {
    for (name, json) in managed_policies("every_managed_policy_is_read_and_written_back_the_same").unwrap() {
        let policy = IdentityPolicy::from_json(&*json).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(policy.to_json(), json, "{name}");
        let pretty = policy.to_json_pretty();
        assert_eq!(Document::read(&pretty).unwrap().to_json(), json, "{name}");
    }
}

#[test]
fn an_error_is_only_where_the_catalogue_has_it_not() {
    let policies = managed_policies("an_error_is_only_where_the_catalogue_has_it_not").unwrap();
    assert!(matches!(policies.len(), 0 | 1258), "{}", policies.len());
    let mut errors: BTreeMap<Code, BTreeSet<String>> = BTreeMap::new();
    let mut with_errors = BTreeSet::new();
    let mut dead: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, json) in policies {
        let policy = IdentityPolicy::from_json(json).unwrap();
        for finding in &policy.check() {
            if finding.severity() == Severity::Error {
                errors.entry(finding.code()).or_default().insert(name.clone());
                if finding.code().name() != ACCESS_ANALYZERS_OWN {
                    with_errors.insert(name.clone());
                }
            } else if finding.is_dead() {
                dead.entry(finding.code().name()).or_default().insert(name.clone());
            }
        }
    }
    for (code, names) in &errors {
        println!("{:>4} policies with {code}: {names:?}", names.len());
    }
    for (code, names) in &dead {
        println!("{:>4} policies with {code}", names.len());
    }
    println!("{:>4} policies with an ERROR", with_errors.len());
    assert!(with_errors.len() <= POLICIES_WITH_AN_ERROR, "{with_errors:?}");
    const { assert!(POLICIES_WITH_AN_ERROR < 40) };
    for (code, most) in POLICIES_WITH_DEAD_PARTS {
        let found = dead.get(code).map_or(0, BTreeSet::len);
        assert!(found <= most, "{found} policies with {code}, at most {most} before");
    }
}

/// A document that the presets must make.
struct Golden {
    file: String,
    json: String,
    /// Why it can never work, if it cannot.
    broken: Option<String>,
    is_trust: bool,
}

fn golden(test: &str) -> Option<Vec<Golden>> {
    let path = data_file(test, "presets/manifest.json")?;
    let manifest: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    let rows = manifest.as_array().unwrap();
    assert!(rows.len() >= 39, "{}", rows.len());
    let golden = rows.iter().map(|row| {
        let file = row["file"].as_str().unwrap().to_owned();
        Golden {
            json: fs::read_to_string(path.with_file_name("golden").join(&file)).unwrap(),
            broken: row.get("broken").map(|why| why.as_str().unwrap().to_owned()),
            is_trust: row["doc"] == "trust",
            file,
        }
    });
    Some(golden.collect())
}

#[test]
fn a_preset_is_wrong_only_where_it_is_known_to_be() {
    let Some(documents) = golden("a_preset_is_wrong_only_where_it_is_known_to_be") else {
        return;
    };
    for Golden {
        file,
        json,
        broken,
        is_trust,
    } in documents
    {
        let findings = if is_trust {
            TrustPolicy::from_json(&json).unwrap().check()
        } else {
            IdentityPolicy::from_json(&json).unwrap().check()
        };
        let is_hard = |finding: &&Finding| finding.severity() == Severity::Error || finding.is_dead();
        let hard: Vec<String> = findings.iter().filter(is_hard).map(ToString::to_string).collect();
        assert_eq!(!hard.is_empty(), broken.is_some(), "{file}: {broken:?}, {hard:#?}");
    }
}

#[test]
fn the_actions_of_a_vendor_that_do_not_exist_are_found() {
    let test = "the_actions_of_a_vendor_that_do_not_exist_are_found";
    let Some(folder) = data_file(test, "presets/matillion-corpus") else {
        return;
    };
    let found = |file: &str| -> Vec<String> {
        let json = fs::read_to_string(folder.join(file)).unwrap();
        let policy = IdentityPolicy::from_json(&json).unwrap();
        let findings = policy.check();
        let unknown = findings.iter().filter(|finding| finding.code() == Code::InvalidAction);
        unknown.map(|finding| finding.subject().to_owned()).collect()
    };
    let redshift = [
        "CreateUser",
        "AlterUser",
        "CreateDatabase",
        "AlterDatabase",
        "CreateSchema",
    ];
    let mut expected: Vec<String> = redshift.iter().map(|name| format!("redshift:{name}")).collect();
    let mut eks = found("matillion_eks_dpc_policy.json");
    expected.sort();
    eks.sort();
    assert_eq!(eks, expected);

    // The same inside a template, with the places of the template.
    let template = fs::read_to_string(folder.join("cfn.json")).unwrap();
    let whole = Document::read(&template).unwrap();
    let pointer = "/Resources/Eks/Properties/Policies/0/PolicyDocument";
    let policy = Document::new(whole.root().at(pointer).unwrap().clone());
    let findings = check(&policy, Kind::Identity, &Options::new());
    let unknown = findings.iter().filter(|finding| finding.code() == Code::InvalidAction);
    let mut inside: Vec<String> = unknown
        .map(|finding| format!("redshift:{}", template.get(finding.range_in(&template)).unwrap()))
        .collect();
    inside.sort();
    assert_eq!(inside, expected);
    assert_eq!(found("matillion_ecs_task_role.json"), [""; 0]);
}
