//! What real policies grant: as Access Analyzer finds it, and as a vendor's policy has it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use policy_core::check::{Options, check};
use policy_core::document::Document;
use policy_core::finding::Code;
use policy_core::policy::Kind;
use serde_json::Value;
use workspace_tests::{data_file, gzipped_lines};

/// Every finding of Access Analyzer is found at the same action, and no other.
#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn roles_are_passed_and_made_as_access_analyzer_finds_it() {
    let path = data_file("corpus/access-analyzer-findings.jsonl.gz").unwrap();
    let is_meant = |code: &str| code.starts_with("PASS_ROLE_") || code.starts_with("CREATE_SLR_");
    let mut compared = 0;
    for line in gzipped_lines(&path).unwrap() {
        let row: Value = serde_json::from_str(&line).unwrap();
        let theirs = row["findings"].as_array().unwrap().iter();
        let theirs: BTreeSet<(String, String)> = theirs
            .map(|finding| (finding["code"].as_str().unwrap(), &finding["paths"][0]))
            .filter(|(code, _)| is_meant(code))
            .map(|(code, path)| (code.to_owned(), pointer(path)))
            .collect();
        let json = row["document"].to_string();
        let document = Document::read(&json).unwrap();
        let ours: BTreeSet<(String, String)> = check(&document, Kind::Identity, &Options::new())
            .iter()
            .filter(|finding| is_meant(finding.code().name()))
            .map(|finding| {
                let path = document.path_to(finding.place()).unwrap();
                (finding.code().name().to_owned(), path.to_string())
            })
            .collect();
        assert_eq!(ours, theirs, "{}", row["name"]);
        compared += ours.len();
    }
    assert_eq!(compared, 13);
}

/// Access Analyzer's path as we write ours.
fn pointer(path: &Value) -> String {
    let steps = path.as_array().unwrap().iter();
    steps
        .map(|step| match step.get("index") {
            Some(index) => format!("/{index}"),
            None => format!("/{}", step["value"].as_str().unwrap()),
        })
        .collect()
}

#[test]
fn the_policy_of_a_vendor_is_a_way_to_the_whole_account() {
    let found = |json: &str| -> Vec<String> {
        let document = Document::read(json).unwrap();
        check(&document, Kind::Identity, &Options::new())
            .iter()
            .filter(|finding| finding.code() == Code::PrivilegeEscalation)
            .map(|finding| finding.subject().to_owned())
            .collect()
    };
    assert_eq!(
        found(include_str!("vendor/matillion_eks_dpc_policy.json")),
        ["iam:AttachRolePolicy"]
    );
    assert_eq!(found(include_str!("vendor/matillion_ecs_task_role.json")), [""; 0]);
}
