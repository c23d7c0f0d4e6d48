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

use policy_core::check::{Options, check};
use policy_core::document::Document;
use policy_core::finding::{Code, Finding, Findings, Severity};
use policy_core::policy::{IdentityPolicy, Kind, TrustPolicy};
use serde_json::Value;
use workspace_tests::managed_policies;

/// Policies of the corpus with an error. It may only fall: a rise is a false alarm, or a rule that was never measured.
const POLICIES_WITH_AN_ERROR: usize = 7;

/// What is no false alarm of ours: Access Analyzer gives this error too, in these policies and at the same places.
const ACCESS_ANALYZERS_OWN: (&str, [&str; 2]) = (
    "INVALID_SERVICE_PRINCIPAL_FORMAT",
    [
        "CloudWatchApplicationSignalsFullAccess",
        "CloudWatchApplicationSignalsReadOnlyAccess",
    ],
);

/// The same of what else stops `policy!`, by code: what can never work, and what is too wide.
const POLICIES_WITH: [(&str, usize); 13] = [
    ("ACTION_FITS_NO_RESOURCE", 27),
    ("ACTION_NEEDS_STAR_RESOURCE", 105),
    // In four of them no request for a route or a launch template has the tag; three allow the actions by the tags of resources too.
    ("ACTION_NEVER_CARRIES_CONDITION_KEY", 16),
    ("ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE", 2),
    ("ARN_MATCHES_NO_RESOURCE_TYPE", 32),
    ("FORALLVALUES_WITH_SINGLE_VALUED_KEY", 4),
    ("PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE", 2),
    ("PASS_ROLE_WITH_STAR_IN_RESOURCE", 13),
    ("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", 30),
    ("POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA", 33),
    ("PRIVILEGE_ESCALATION", 44),
    ("RESOURCE_FITS_NO_ACTION", 43),
    ("STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS", 13),
];

#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn every_managed_policy_is_read_and_written_back_the_same() {
    for (name, json) in managed_policies().unwrap() {
        let policy = IdentityPolicy::from_json(&*json).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(policy.to_json(), json, "{name}");
        let pretty = policy.to_json_pretty();
        assert_eq!(Document::read(&pretty).unwrap().to_json(), json, "{name}");
    }
}

#[test]
#[ignore = "needs the data of POLICY_TEST_DATA"]
fn an_error_is_only_where_the_catalogue_has_it_not() {
    let policies = managed_policies().unwrap();
    assert_eq!(policies.len(), 1258);
    let mut with: BTreeMap<(Severity, &str), BTreeSet<String>> = BTreeMap::new();
    let mut with_errors = BTreeSet::new();
    for (name, json) in policies {
        let policy = IdentityPolicy::from_json(json).unwrap();
        for finding in &policy.check() {
            let code = finding.code().name();
            if finding.severity() == Severity::Error {
                let (known, policies) = ACCESS_ANALYZERS_OWN;
                if code != known || !policies.contains(&&*name) {
                    with_errors.insert(name.clone());
                }
            }
            if finding.severity() <= Severity::SecurityWarning || finding.has_no_effect() {
                with.entry((finding.severity(), code)).or_default().insert(name.clone());
            }
        }
    }
    for ((severity, code), names) in &with {
        println!("{:>4} policies with {code}", names.len());
        if *severity == Severity::Error {
            println!("     {names:?}");
            continue;
        }
        let bound = POLICIES_WITH.iter().find(|(bounded, _)| bounded == code);
        let most = bound.map_or(0, |(_, most)| *most);
        assert!(
            names.len() <= most,
            "{} policies with {code}, at most {most} before",
            names.len()
        );
    }
    println!("{:>4} policies with an ERROR", with_errors.len());
    assert!(with_errors.len() <= POLICIES_WITH_AN_ERROR, "{with_errors:?}");
    const { assert!(POLICIES_WITH_AN_ERROR < 40) };
}

/// A document that the presets must make.
struct Golden {
    file: String,
    json: String,
    /// Why it can never work, if it cannot.
    broken: Option<String>,
    is_trust: bool,
}

fn golden() -> Vec<Golden> {
    let folder = workspace_tests::golden();
    let manifest: Value = serde_json::from_str(&fs::read_to_string(folder.join("manifest.json")).unwrap()).unwrap();
    let rows = manifest.as_array().unwrap();
    assert!(rows.len() >= 39, "{}", rows.len());
    let golden = rows.iter().map(|row| {
        let file = row["file"].as_str().unwrap().to_owned();
        Golden {
            json: fs::read_to_string(folder.join("documents").join(&file)).unwrap(),
            broken: row.get("broken").map(|why| why.as_str().unwrap().to_owned()),
            is_trust: row["doc"] == "trust",
            file,
        }
    });
    golden.collect()
}

#[test]
fn a_preset_is_wrong_only_where_it_is_known_to_be() {
    for Golden {
        file,
        json,
        broken,
        is_trust,
    } in golden()
    {
        let findings = if is_trust {
            TrustPolicy::from_json(&json).unwrap().check()
        } else {
            IdentityPolicy::from_json(&json).unwrap().check()
        };
        let is_hard = |finding: &&Finding| finding.severity() == Severity::Error || finding.has_no_effect();
        let hard: Vec<String> = findings.iter().filter(is_hard).map(ToString::to_string).collect();
        assert_eq!(!hard.is_empty(), broken.is_some(), "{file}: {broken:?}, {hard:#?}");
        if file.contains("least_privilege") {
            let is_wide = |finding: &&Finding| finding.severity() == Severity::SecurityWarning;
            let wide: Vec<String> = findings.iter().filter(is_wide).map(ToString::to_string).collect();
            assert!(wide.is_empty(), "{file}: {wide:#?}");
        }
    }
}

/// What the README of these policies says of them.
#[test]
fn what_is_wrong_in_a_vendors_policies_is_found() {
    let eks = include_str!("vendor/matillion_eks_dpc_policy.json");
    let ecs = include_str!("vendor/matillion_ecs_task_role.json");
    let template = include_str!("vendor/cfn.json");
    let (dpc, task) = (Document::read(eks).unwrap(), Document::read(ecs).unwrap());
    // The same inside a template, with the places of the template.
    let whole = Document::read(template).unwrap();
    let inside = |name: &str| {
        let pointer = format!("/Resources/{name}/Properties/Policies/0/PolicyDocument");
        Document::new(whole.root().at(&pointer).unwrap().clone())
    };
    for (document, text) in [(&dpc, eks), (&inside("Eks"), template)] {
        let findings = check(document, Kind::Identity, &Options::new());
        let mut actions = said(&findings, Code::InvalidAction, text);
        actions.sort_unstable();
        let unknown = [
            "AlterDatabase",
            "AlterUser",
            "CreateDatabase",
            "CreateSchema",
            "CreateUser",
        ];
        assert_eq!(actions, unknown, "and not `ModifyClusterIamRoles`");
        assert_eq!(
            said(&findings, Code::PrivilegeEscalation, text),
            ["\"iam:AttachRolePolicy\""]
        );
        assert_eq!(
            said(&findings, Code::PassRoleWithStarInResource, text),
            ["\"iam:PassRole\""]
        );
        let secrets = findings
            .iter()
            .filter(|finding| finding.message().contains("secretsmanager:"));
        assert!(secrets.map(Finding::code).eq([Code::ResourceCouldBeNarrower]));
    }
    for (document, text) in [(&task, ecs), (&inside("Ecs"), template)] {
        let findings = check(document, Kind::Identity, &Options::new());
        assert_eq!(said(&findings, Code::ResourceCouldBeNarrower, text).len(), 9);
        assert_eq!(said(&findings, Code::HardCodedPartition, text), ["aws"]);
        assert!(!findings.has_errors());
    }
}

/// The parts of the text that have a finding of this code.
fn said<'t>(findings: &Findings, code: Code, text: &'t str) -> Vec<&'t str> {
    let of_code = findings.iter().filter(|finding| finding.code() == code);
    of_code
        .map(|finding| text.get(finding.range_in(text)).unwrap())
        .collect()
}
