//! Files beside a configuration of Terraform that may make another policy of one are told.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::fs;

use policy_files::Reader;
use support::folder_of;

/// The assumptions of the only policy of a file in a folder.
fn in_folder(test: &str, files: &[(&str, &str)], name: &str) -> Vec<String> {
    let folder = folder_of(test, files);
    let reading = Reader::new().open(&folder.join(name)).unwrap();
    let [policy] = reading.policies() else {
        panic!("{reading:?}")
    };
    policy.assumptions().iter().map(|own| own.reason().to_owned()).collect()
}

#[test]
fn a_file_that_another_tool_reads_another_one_of_is_told() {
    let main = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.acts\n    resources = [\"*\"]\n  }\n}\n";
    let locals = "locals {\n  acts = [\"s3:*\"]\n}\n";
    let instead =
        |name: &str| format!("OpenTofu reads `{name}.tofu` instead of `{name}.tf`, and Terraform the reverse");
    for (more, wanted) in [
        (("other.tofu", ""), vec![]),
        (("main.tofu.json", "{}"), vec![]),
        (("main.tofu", ""), vec![instead("main")]),
        (
            ("locals.tofu", ""),
            vec![format!("`local.acts`: {}", instead("locals"))],
        ),
    ] {
        let files = [("main.tf", main), ("locals.tf", locals), more];
        assert_eq!(in_folder("twins", &files, "main.tf"), wanted, "{more:?}");
    }
    assert_eq!(
        in_folder("twins", &[("main.tf", ""), ("main.tofu", main)], "main.tofu"),
        [instead("main")]
    );
    let json = r#"{"resource":{"aws_iam_policy":{"p":{"policy":"{\"Statement\":[]}"}}}}"#;
    assert_eq!(
        in_folder(
            "twins",
            &[("main.tf.json", json), ("main.tofu.json", "{}")],
            "main.tf.json"
        ),
        ["OpenTofu reads `main.tofu.json` instead of `main.tf.json`, and Terraform the reverse"]
    );
}

/// Terraform and `OpenTofu` do not read the same files, and neither takes two definitions.
#[test]
fn a_local_value_that_is_defined_several_times_is_told() {
    let main = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.acts\n    resources = [\"*\"]\n  }\n}\n";
    let locals = "locals {\n  acts = [\"s3:*\"]\n}\n";
    let unknown = "locals {\n  acts = var.x\n}\n";
    let json = r#"{"locals":[{"acts":["s3:*"]}]}"#;
    let several = "`local.acts`: it is defined several times, and which definition counts is not known; keep one";
    for (one, other, is_told) in [
        (("l.tf", locals), ("m.tf", "locals {\n  others = []\n}\n"), false),
        (("l.tf", locals), ("m.tf", locals), true),
        (("l.tf", locals), ("z.tofu", unknown), true),
        (("l.tf", unknown), ("z.tofu", locals), true),
        (("a.tf.json", json), ("z.tf", locals), true),
        (
            ("a.tf.json", r#"{"locals":{"acts":["s3:*"]},"locals":{"acts":["*"]}}"#),
            ("z.tf", ""),
            true,
        ),
        (("l.tf", &[locals, unknown].concat()), ("z.tf", ""), true),
    ] {
        let wanted: &[&str] = if is_told { &[several] } else { &[] };
        assert_eq!(
            in_folder("definitions", &[("main.tf", main), one, other], "main.tf"),
            wanted,
            "{one:?} {other:?}"
        );
    }
}

/// What is there and cannot be read is not taken for absent.
#[cfg(unix)]
#[test]
fn an_override_file_that_leads_nowhere_is_told() {
    let main = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = [\"s3:*\"]\n    resources = [\"*\"]\n  }\n}\n";
    let folder = folder_of("override-link", &[("main.tf", main)]);
    for target in ["nowhere", "/dev/zero", "."] {
        let _ = fs::remove_file(folder.join("override.tf"));
        std::os::unix::fs::symlink(target, folder.join("override.tf")).unwrap();
        let reading = Reader::new().open(&folder.join("main.tf")).unwrap();
        let [own] = reading.policies()[0].assumptions() else {
            panic!("{target}: {reading:?}")
        };
        assert_eq!(
            own.reason(),
            "Terraform merges it with what `override.tf` has, which cannot be read"
        );
    }
}

/// An editor has newer texts: what a text does not define any more is not what a name is.
#[test]
fn a_newer_text_defines_in_the_place_of_the_one_before() {
    let main = "data \"aws_iam_policy_document\" \"p\" {\n  statement {\n    actions = local.acts\n    resources = [\"*\"]\n  }\n}\n";
    let of = |action: &str| format!("locals {{\n  acts = [\"{action}\"]\n}}\n");
    let folder = folder_of("newer", &[("main.tf", main), ("a.tf", &of("s3:A")), ("b.tf", "")]);
    let mut reader = Reader::new();
    let mut actions_with = |name: &str, text: &str| {
        reader.read(&folder.join(name), text).unwrap();
        let reading = reader.open(&folder.join("main.tf")).unwrap();
        let [policy] = reading.policies() else {
            panic!("{reading:?}")
        };
        let written = policy.documents().first().map(policy_core::document::Document::to_json);
        let written = written.unwrap_or_default();
        let actions: Vec<&str> = ["s3:A", "s3:B", "s3:C"]
            .into_iter()
            .filter(|one| written.contains(one))
            .collect();
        let twice = policy
            .assumptions()
            .iter()
            .any(|own| own.reason().contains("several times"));
        (actions.concat(), twice)
    };
    let known = |action: &str, twice: bool| (action.to_owned(), twice);
    assert_eq!(actions_with("b.tf", ""), known("s3:A", false));
    assert_eq!(actions_with("b.tf", &of("s3:B")), known("s3:B", true));
    assert_eq!(actions_with("a.tf", ""), known("s3:B", false));
    assert_eq!(actions_with("b.tf", &of("s3:C")), known("s3:C", false));
    assert_eq!(
        actions_with("b.tf", "locals {\n  acts = var.acts\n}\n"),
        known("", false)
    );
    assert_eq!(actions_with("a.tf", &of("s3:A")), known("s3:A", true));
}

/// A file that a module names as a template is one, whatever it is called.
#[test]
fn a_template_is_told_by_what_names_it() {
    let policy = r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "${arn}",
        "Condition": { "StringEquals": { "s3:prefix": "$${aws:username}" } } }] }"#;
    let folder = folder_of("templates", &[("read.json", policy), ("write.json", policy)]);
    fs::create_dir_all(folder.join("policies/more")).unwrap();
    for (argument, file, is_template) in [
        ("${path.module}/read.json", "read.json", true),
        ("${path.module}/read.json", "write.json", false),
        (
            "${path.module}/policies/more/${each.key}.json",
            "policies/more/read.json",
            true,
        ),
        ("policies/read.yaml", "policies/read.yaml", true),
    ] {
        fs::write(
            folder.join("main.tf"),
            format!("locals {{\n  p = templatefile(\"{argument}\", {{}})\n}}\n"),
        )
        .unwrap();
        fs::write(folder.join(file), policy).unwrap();
        let reading = Reader::new().open(&folder.join(file)).unwrap();
        let holes = reading.policies()[0].holes();
        assert_eq!(
            holes.contains(&"arn".to_owned()),
            is_template,
            "{argument} {file}: {holes:?}"
        );
    }
    // What is changed is looked at again.
    let mut reader = Reader::new();
    assert!(!reader.is_template(&folder.join("read.json"), policy));
    fs::write(
        folder.join("main.tf"),
        "locals {\n  p = templatefile(\"read.json\", {})\n}\n",
    )
    .unwrap();
    assert!(!reader.is_template(&folder.join("read.json"), policy));
    reader.forget_beside(&folder.join("main.tf"));
    assert!(reader.is_template(&folder.join("read.json"), policy));
    assert!(!Reader::within(&[folder.join("policies")]).is_template(&folder.join("read.json"), policy));
}
