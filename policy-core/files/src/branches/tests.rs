use std::path::Path;

use policy_core::check::{Example, Options, check};
use policy_core::finding::{Code, Finding, Fix};
use serde_json::{Value, json};

use super::{Needs, needs, only_removes};
use crate::policy::FilePolicy;

/// The policy of a template of `CloudFormation`, with what an example says of it.
fn policy_of(document: &Value, example: &Example) -> FilePolicy {
    let template = json!({ "Resources": { "P": {
        "Type": "AWS::IAM::ManagedPolicy",
        "Properties": { "PolicyDocument": document },
    } } });
    let reading = crate::read(Path::new("template.json"), &template.to_string()).unwrap();
    let [policy] = reading.policies() else {
        panic!("{template}")
    };
    policy.clone().with_kind(example.kind, example.attached_to)
}

/// The pointers to all values within another.
fn pointers(value: &Value, before: &str, found: &mut Vec<String>) {
    let inside: Vec<(String, &Value)> = match value {
        Value::Array(elements) => elements
            .iter()
            .enumerate()
            .map(|(at, own)| (at.to_string(), own))
            .collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, own)| (name.replace('~', "~0").replace('/', "~1"), own))
            .collect(),
        _ => Vec::new(),
    };
    for (step, own) in inside {
        let pointer = format!("{before}/{step}");
        pointers(own, &pointer, found);
        found.push(pointer);
    }
}

fn examples() -> impl Iterator<Item = (Code, Example)> {
    let examples = Code::ALL.iter().map(|code| (*code, Example::of(*code).unwrap()));
    examples.filter(|(_, example)| !example.is_template)
}

/// Each value of each example is made to be in one branch only. What is still found, and fixed, is then so in each of the two documents
/// that have what it is about.
#[test]
fn what_is_fixed_is_wrong_in_every_branch_that_the_fix_changes() {
    let (mut right, mut left_out) = (0, 0);
    for (code, example) in examples() {
        let Ok(wrong) = serde_json::from_str::<Value>(&example.wrong) else {
            continue;
        };
        let own = |policy: &FilePolicy| -> Vec<Finding> {
            let findings = policy.check(&Options::new());
            findings.into_iter().filter(|finding| finding.code() == code).collect()
        };
        if own(&policy_of(&wrong, &example))
            .iter()
            .all(|finding| finding.fixes().is_empty())
        {
            continue;
        }
        let mut all = Vec::new();
        pointers(&wrong, "", &mut all);
        for pointer in all {
            let mut branched = wrong.clone();
            let value = branched.pointer_mut(&pointer).unwrap();
            *value = json!({ "Fn::If": ["C", value, { "Ref": "AWS::NoValue" }] });
            let policy = policy_of(&branched, &example);
            for finding in own(&policy) {
                let fixes = finding.fixes();
                if fixes.is_empty() {
                    left_out += 1;
                }
                for fix in fixes {
                    assert_is_of_all(&policy, &example, code, fix, &pointer);
                    right += 1;
                }
            }
        }
    }
    assert!(right > 100 && left_out > 0, "{right} {left_out}");
}

#[track_caller]
fn assert_is_of_all(policy: &FilePolicy, example: &Example, code: Code, fix: &Fix, pointer: &str) {
    let mut options = Options::new();
    if let Some(resource) = example.attached_to {
        options = options.attached_to(resource);
    }
    for document in policy.documents() {
        if fix.apply(document) == *document {
            continue;
        }
        let findings = check(document, example.kind, &options);
        let has_it = findings.of_code(code).any(|finding| !finding.fixes().is_empty());
        assert!(has_it, "{code} with `{pointer}` in one branch: `{}`", fix.title());
    }
}

/// Of a code whose fix removes something, and that needs one branch only, somebody has to know that nothing is lost in the other.
#[test]
fn what_removes_something_needs_all_branches_or_is_known_not_to() {
    let mut in_one = Vec::new();
    for (code, example) in examples() {
        let Ok(wrong) = serde_json::from_str::<Value>(&example.wrong) else {
            continue;
        };
        let findings = policy_of(&wrong, &example).check(&Options::new());
        let removes = findings.of_code(code).flat_map(Finding::fixes).any(only_removes);
        if removes && needs(code) == Needs::OneBranch {
            in_one.push(code.name());
        }
    }
    // Each is wrong by itself: that it may not be there, is empty, or is of what does not exist.
    let expected = [
        "ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE",
        "UNSUPPORTED_ID",
        "EMPTY_SID_VALUE",
        "EMPTY_OBJECT_CONDITION",
        "DEPRECATED_SERVICE",
        "PRIVATE_IP_ADDRESS_SUBSET",
        "PRIVATE_NOT_IP_ADDRESS_SUBSET",
    ];
    assert_eq!(in_one, expected);
}
