//! Forms in which files have policies, as `policy list` and `policy check` see them.

use super::*;

const STATEMENTS: &str =
    r#""Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:GetObjct","Resource":"*"}]"#;

/// The address and the kind of each policy.
fn listed(folder: &Path, file: &str) -> Vec<(String, String)> {
    let run = policy(folder, "list", &["--format", "json", file]);
    let text = |policy: &Value, name: &str| policy[name].as_str().unwrap().to_owned();
    let policies = run.findings();
    policies
        .iter()
        .map(|policy| (text(policy, "address"), text(policy, "kind")))
        .collect()
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    let owned = pairs
        .iter()
        .map(|(one, other)| ((*one).to_owned(), (*other).to_owned()));
    owned.collect()
}

#[test]
fn the_output_of_each_command_of_aws_is_read() {
    let policy = format!("{{{STATEMENTS}}}");
    let text = serde_json::to_string(&policy).unwrap();
    let of_type =
        |name: &str| format!(r#"{{ "Policy": {{ "PolicySummary": {{ "Type": "{name}" }}, "Content": {text} }} }}"#);
    let versions = |is_default: bool| {
        format!(r#"{{ "VersionId": "v1", "IsDefaultVersion": {is_default}, "Document": {policy} }}"#)
    };
    let cases = [
        (
            "describe-policy.json",
            of_type("SERVICE_CONTROL_POLICY"),
            &[("Policy.Content", "ServiceControlPolicy")][..],
        ),
        (
            "describe-policy-rcp.json",
            of_type("RESOURCE_CONTROL_POLICY"),
            &[("Policy.Content", "ResourceControlPolicy")],
        ),
        ("describe-policy-tag.json", of_type("TAG_POLICY"), &[]),
        // The one that was asked for, and those that are not in force.
        (
            "get-policy-version.json",
            format!(r#"{{ "PolicyVersion": {} }}"#, versions(false)),
            &[("PolicyVersion.Document", "IdentityPolicy")],
        ),
        (
            "get-account-authorization-details.json",
            format!(
                r#"{{ "Policies": [{{ "PolicyVersionList": [{}, {}] }}] }}"#,
                versions(true),
                versions(false)
            ),
            &[("Policies[0].PolicyVersionList[0].Document", "IdentityPolicy")],
        ),
        (
            "get-queue-attributes.json",
            format!(r#"{{ "Attributes": {{ "Policy": {text} }} }}"#),
            &[("Attributes.Policy", "IdentityPolicy")],
        ),
        (
            "get-repository-policy.json",
            format!(r#"{{ "policyText": {text} }}"#),
            &[("policyText", "IdentityPolicy")],
        ),
    ];
    let folder = folder_of("outputs", &cases.clone().map(|(name, _, _)| (name, "")));
    for (name, content, expected) in cases {
        fs::write(folder.join(name), content).unwrap();
        assert_eq!(listed(&folder, name), owned(expected), "{name}");
    }
}

#[test]
fn utf_16_is_read_as_powershell_writes_it() {
    let text = serde_json::to_string(&format!("{{{STATEMENTS}}}")).unwrap();
    let state = format!("{{ \"é\": \"😀\", \"Policy\": {text} }}");
    let folder = folder_of("utf-16", &[]);
    let little = state.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = state.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, mark, bytes) in [("little.json", [0xFF, 0xFE], little), ("big.json", [0xFE, 0xFF], big)] {
        fs::write(folder.join(name), [&mark[..], &bytes].concat()).unwrap();
        assert_eq!(listed(&folder, name), owned(&[("Policy", "IdentityPolicy")]));
        let run = check(&folder, &["--format", "json", name]);
        let before = state.split_once("GetObjct").unwrap().0;
        let column = (before.chars().count() + 1).to_string();
        assert_eq!(
            (run.column("code"), run.column("column")),
            (vec!["INVALID_ACTION".to_owned()], vec![column]),
            "{run:?}"
        );
    }
}

#[test]
fn a_text_for_templatefile_has_holes() {
    let folder = folder_of(
        "templatefile",
        &[
            (
                "read.json.tftpl",
                &format!("{{{}}}", STATEMENTS.replace("\"*\"", "\"arn:aws:s3:::${bucket}/*\"")),
            ),
            (
                "list.json",
                &format!("{{{}}}", STATEMENTS.replace("\"*\"", "${jsonencode(resources)}")),
            ),
            (
                "each.json",
                &format!(
                    "{{{}}}",
                    STATEMENTS.replace("\"*\"", "%{ for x in y }\"${x}\"%{ endfor }")
                ),
            ),
            (
                "helm.json",
                &format!("{{{}}}", STATEMENTS.replace("\"*\"", "{{ .Values.arn }}")),
            ),
        ],
    );
    for name in ["read.json.tftpl", "list.json", "each.json"] {
        let run = check(&folder, &["--format", "json", name]);
        assert_eq!(run.column("code"), ["INVALID_ACTION"], "{name}: {run:?}");
        assert_eq!(listed(&folder, name), owned(&[("", "IdentityPolicy")]), "{name}");
    }
    // What cannot be read of one is not called a mistake: an error where it was named, and skipped in a folder.
    let run = check(&folder, &["helm.json"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run:?}");
    assert!(
        run.stderr
            .contains("a template of JSON, as Helm, Jinja and Terraform have them"),
        "{run:?}"
    );
    let run = check(&folder, &["--verbose", "."]);
    assert_eq!(
        run.stderr.matches("skipped: a template of JSON, as Helm").count(),
        1,
        "{run:?}"
    );
    assert_eq!(run.code, Some(1));
}

#[test]
fn interpolations_of_pulumi_are_holes() {
    let folder = folder_of(
        "pulumi",
        &[(
            "Pulumi.yaml",
            "name: a\nruntime: yaml\nresources:\n  read:\n    type: aws:iam:Policy\n    properties:\n      policy:\n        fn::toJSON:\n          Version: '2012-10-17'\n          Statement:\n            - Effect: Allow\n              Action: s3:GetObjct\n              Resource: ${bucket.arn}/${aws:username}/*\n  role:\n    type: aws:iam:Role\n    properties:\n      assumeRolePolicy: |\n        { \"Version\": \"2012-10-17\", \"Statement\": [{ \"Effect\": \"Allow\", \"Principal\": { \"AWS\": \"${user.arn}\" }, \"Action\": \"sts:AssumeRole\" }] }\n",
        )],
    );
    let run = policy(&folder, "list", &["--format", "json", "Pulumi.yaml"]);
    assert_eq!(run.column("holes"), ["[\"bucket.arn\"]", "[\"user.arn\"]"]);
    assert_eq!(run.column("kind"), ["IdentityPolicy", "TrustPolicy"]);
    let run = check(&folder, &["--format", "json", "Pulumi.yaml"]);
    assert_eq!(run.column("code"), ["INVALID_ACTION"], "{run:?}");
}

/// Nothing is wrong with it, so that the run does not fail; that it was not checked is counted.
#[test]
fn yaml_in_a_text_of_a_configuration_is_skipped_and_counted() {
    let folder = folder("forms-yamldecode");
    let encoded = |text: &str| {
        format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = jsonencode(yamldecode(<<EOT\n{text}\nEOT\n  ))\n}}\n")
    };
    let yaml = "Version: '2012-10-17'\nStatement:\n  - { Effect: Allow, Action: s3:GetObjct, Resource: '*' }";
    fs::write(folder.join("a.tf"), encoded(yaml)).unwrap();
    fs::write(folder.join("b.tf"), encoded(RIGHT)).unwrap();
    fs::write(folder.join("c.tf"), encoded("tags:\n  a: b")).unwrap();
    for way in ["check", "list"] {
        let run = policy(&folder, way, &["."]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let counted = "; 1 policy skipped, not read where it is written\n";
        assert!(run.stderr.ends_with(counted), "{run:?}");
        assert!(!run.stderr.contains("yamldecode"), "{run:?}");
        let run = policy(&folder, way, &["--verbose", "."]);
        let said = "a.tf: line 2, column 23: `aws_iam_policy.p.policy` is skipped: `yamldecode` makes it of YAML in a text, which is not read: \
                    write it as an object of HCL\n";
        assert!(run.stderr.contains(said), "{run:?}");
    }
}

/// A file of JSON that Terraform fills in is found to be one in a folder, by itself, and from its own folder.
#[test]
fn a_file_that_terraform_fills_in_has_no_placeholders() {
    let text = format!("{{{}}}", STATEMENTS.replace("\"*\"", "\"${arn}\""));
    let folder = folder_of(
        "templatefile-json",
        &[
            (
                "main.tf",
                "locals {\n  p = templatefile(\"${path.module}/policies/read.json\", { arn = var.arn })\n}\n",
            ),
            ("policies/read.json", &text),
            ("policies/other.json", &text),
        ],
    );
    let codes = |folder: &Path, argument: &str| check(folder, &["--format", "json", argument]).column("code");
    assert_eq!(codes(&folder, "policies/read.json"), ["INVALID_ACTION"]);
    assert_eq!(codes(&folder.join("policies"), "read.json"), ["INVALID_ACTION"]);
    assert_eq!(
        codes(&folder, "."),
        ["INVALID_ACTION", "UNFILLED_PLACEHOLDER", "INVALID_ACTION"]
    );
}
