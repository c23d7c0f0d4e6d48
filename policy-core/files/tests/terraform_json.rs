//! Configurations of Terraform in JSON: data sources, and `jsonencode` within an interpolation.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use policy_core::check::Options;
use policy_core::policy::Kind;
use policy_files::{FilePolicy, Reader};
use std::path::Path;

/// The policies of a configuration.
fn policies(text: &str) -> Vec<FilePolicy> {
    support::read("main.tf.json", text).into_policies()
}

/// Each finding's code, and the bytes of the file that it is about.
fn shown(text: &str, policy: &FilePolicy) -> Vec<(&'static str, String)> {
    support::shown(text, policy)
}

#[test]
fn a_data_source_is_the_policy_that_it_becomes() {
    let text = r#"{
  "data": {
    "aws_iam_policy_document": {
      "reader": {
        "statement": [
          { "sid": "Read", "actions": ["s3:GetObjct"], "resources": ["${aws_s3_bucket.b.arn}/*", "arn:aws:s3:::home/&{aws:usernam}/*"] },
          { "effect": "Deny", "actions": ["s3:GetObject"], "resources": ["${aws_s3_bucket.b.arn}"],
            "condition": { "test": "StringEqual", "variable": "aws:SourceVpce", "values": ["vpce-1"] } }
        ]
      }
    }
  },
  "resource": { "aws_s3_bucket": { "b": {} } }
}"#;
    let all = policies(text);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].address(), "data.aws_iam_policy_document.reader");
    assert_eq!(all[0].statements(), 2);
    let expected = [
        ("INVALID_ACTION", "GetObjct"),
        ("UNKNOWN_VARIABLE", "&{aws:usernam}"),
        ("RESOURCE_FITS_NO_ACTION", "\"${aws_s3_bucket.b.arn}\""),
        ("INVALID_CONDITION_OPERATOR", "\"StringEqual\""),
    ];
    assert_eq!(
        shown(text, &all[0]),
        expected.map(|(code, bytes)| (code, bytes.to_owned()))
    );
}

/// The kind is that of the use, by the data source itself or by another one that it is part of.
#[test]
fn a_data_source_has_the_kind_of_its_use() {
    let text = r#"{
  "data": [ { "aws_iam_policy_document": {
    "base": { "statement": { "principals": { "type": "Service", "identifiers": ["lambda.amazonaws.com"] }, "actions": ["sts:AssumeRole"] } },
    "trust": [{ "source_policy_documents": ["${data.aws_iam_policy_document.base.json}"] }],
    "bucket": { "statement": { "actions": ["s3:GetObject"], "resources": ["arn:aws:s3:::b/*"] } }
  } } ],
  "resource": {
    "aws_iam_role": { "r": { "assume_role_policy": "${data.aws_iam_policy_document.trust.json}" } },
    "aws_s3_bucket_policy": { "p": [{ "bucket": "b", "policy": "${data.aws_iam_policy_document.bucket.json}" }] }
  }
}"#;
    let all = policies(text);
    let kinds: Vec<_> = all.iter().map(|policy| (policy.address(), policy.kind())).collect();
    assert_eq!(
        kinds,
        [
            ("data.aws_iam_policy_document.base", Kind::Trust),
            ("data.aws_iam_policy_document.trust", Kind::Trust),
            ("data.aws_iam_policy_document.bucket", Kind::Resource),
        ]
    );
    assert_eq!(shown(text, &all[0]), []);
    assert_eq!(shown(text, &all[2])[0].0, "MISSING_PRINCIPAL");
}

#[test]
fn a_dynamic_block_is_there_once() {
    let text = r#"{ "data": { "aws_iam_policy_document": { "p": {
        "dynamic": { "statement": { "for_each": "${var.buckets}",
            "content": { "actions": ["s3:GetObjct"], "resources": ["${statement.value}/*"] } } } } } } }"#;
    let all = policies(text);
    assert_eq!(all[0].statements(), 1);
    assert_eq!(shown(text, &all[0]), [("INVALID_ACTION", "GetObjct".to_owned())]);
}

/// In an interpolation there are expressions, whose quotes are escapes of JSON.
#[test]
fn jsonencode_is_read_where_it_is_written() {
    let text = r#"{ "resource": { "aws_iam_policy": { "p": { "policy":
        "${jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Allow\", Action = [\"s3:GetObjct\"],\n Resource = aws_s3_bucket.b.arn, Condition = { StringEquals = { \"aws:SourceVpc\u0065\" = \"vpce-${var.id}\" } } }] })}" } } } }"#;
    let all = policies(text);
    assert_eq!(all.len(), 1);
    assert_eq!(
        (all[0].address(), all[0].kind()),
        ("aws_iam_policy.p.policy", Kind::Identity)
    );
    let expected = [("INVALID_ACTION", "GetObjct".to_owned())];
    assert_eq!(shown(text, &all[0])[..1], expected);
    assert!(
        shown(text, &all[0])
            .iter()
            .all(|(_, bytes)| bytes.is_empty() || text.contains(bytes))
    );
    for other in [
        "${file(\\\"p.json\\\")}",
        "${jsonencode(var.p)}",
        "x ${jsonencode({ Statement = [] })}",
        "${jsonencode({",
    ] {
        let text = format!(r#"{{ "resource": {{ "aws_iam_policy": {{ "p": {{ "policy": "{other}" }} }} }} }}"#);
        assert_eq!(policies(&text).len(), 0, "{other}");
    }
}

#[test]
fn fixes_and_help_are_in_the_language_of_the_file() {
    let text = r#"{ "data": { "aws_iam_policy_document": { "p": { "statement": [
  { "actions": ["sqs:ListQueues"], "resources": ["${aws_sqs_queue.q.arn}"] },
  { "effect": "Deny", "actions": [
      "s3:Get*",
      "s3:GetObject",
      "s3:PutObject"
    ], "resources": ["*"] }
] } } } }"#;
    let policy = &policies(text)[0];
    let findings = policy.check(&Options::new());
    let helps: Vec<String> = findings.iter().flat_map(|finding| policy.helps(finding)).collect();
    assert!(
        helps.contains(&"write `\"resources\": [\"*\"]`".to_owned()),
        "{helps:?}"
    );
    let redundant = findings
        .iter()
        .find(|finding| finding.code().name() == "REDUNDANT_ACTION" && finding.subject() == "s3:GetObject")
        .unwrap();
    let fixes = policy.fixer(text).fixes(redundant);
    assert_eq!(fixes.len(), 1);
    let edited = policy_files::edited(text, fixes[0].edits()).unwrap();
    assert_eq!(edited, text.replace("      \"s3:GetObject\",\n", ""));
    assert_eq!(
        Reader::new()
            .read(Path::new("main.tf.json"), &edited)
            .unwrap()
            .policies()
            .len(),
        1
    );
}

/// One step is taken, as in HCL: a name of a list or a text that is written out is what it is defined as.
#[test]
fn names_that_are_written_out_are_what_they_are_defined_as() {
    let file = |actions: &str, resource: &str| {
        format!(
            r#"{{
  "locals": [{{ "actions": ["s3:GetObjct"], "bucket": "exports", "again": "${{local.bucket}}", "home": "&{{aws:usernam}}" }}],
  "variable": {{ "more": {{ "default": ["s3:PutObjct"] }}, "name": {{ "default": "exports" }}, "none": {{ "default": [] }} }},
  "data": {{ "aws_iam_policy_document": {{ "p": {{ "statement": {{ "actions": {actions}, "resources": [{resource}] }} }} }} }}
}}"#
        )
    };
    let found = |code: &'static str, bytes: &str| (code, bytes.to_owned());
    let (action, more) = (found("INVALID_ACTION", "GetObjct"), found("INVALID_ACTION", "PutObjct"));
    for (actions, resource, expected) in [
        (r#""${local.actions}""#, r#""*""#, vec![action.clone()]),
        (r#""${ var.more }""#, r#""*""#, vec![more]),
        (
            r#""${concat(local.actions, [\"s3:PutObject\"])}""#,
            r#""*""#,
            vec![found("INVALID_ACTION", "local.actions")],
        ),
        (
            r#"["s3:GetObject"]"#,
            r#""arn:aws:s3:::${local.bucket}""#,
            vec![found("RESOURCE_FITS_NO_ACTION", r#""arn:aws:s3:::${local.bucket}""#)],
        ),
        (
            r#"["s3:GetObject"]"#,
            r#""arn:aws:s3:::exports/${local.home}/*""#,
            vec![found("UNKNOWN_VARIABLE", "${local.home}")],
        ),
        // A name in a definition, a variable whose default is one text or empty, and what is not defined, are not known.
        (r#"["s3:GetObject"]"#, r#""arn:aws:s3:::${local.again}""#, vec![]),
        (r#"["s3:GetObject"]"#, r#""arn:aws:s3:::${var.name}""#, vec![]),
        (r#""${var.none}""#, r#""*""#, vec![]),
        (r#""${local.other}""#, r#""*""#, vec![]),
        (r#""${try(var.more, [])}""#, r#""*""#, vec![]),
    ] {
        let text = file(actions, resource);
        let all = policies(&text);
        assert_eq!(all.len(), 1, "{text}");
        let errors: Vec<_> = shown(&text, &all[0])
            .into_iter()
            .filter(|(code, _)| *code != "RESOURCE_COULD_BE_NARROWER")
            .collect();
        assert_eq!(errors, expected, "{actions} {resource}");
    }
    let encoded = r#"{ "locals": { "actions": ["s3:GetObjct"], "bucket": "exports" }, "resource": { "aws_iam_policy": {
        "a": { "policy": "${jsonencode({ Version = \"2012-10-17\", Statement = [{ Effect = \"Allow\", Action = local.actions, Resource = \"arn:aws:s3:::a/*\" }] })}" },
        "b": { "policy": "{ \"Version\": \"2012-10-17\", \"Statement\": { \"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::${local.bucket}\" } }" } } } }"#;
    let all = policies(encoded);
    let found: Vec<_> = all
        .iter()
        .flat_map(|policy| shown(encoded, policy))
        .map(|(code, _)| code)
        .collect();
    assert_eq!(found, ["INVALID_ACTION", "RESOURCE_FITS_NO_ACTION"]);
}

/// The files of a folder are one module, whatever language each is in.
#[test]
fn files_of_both_languages_are_one_module() {
    let folder = std::env::temp_dir().join(format!("policy-files-module-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write("locals.tf", "locals { actions = [\"s3:GetObjct\"] }\n");
    write("locals.tf.json", r#"{ "locals": { "more": ["s3:PutObjct"] } }"#);
    let data = |actions: &str| {
        format!(
            "data \"aws_iam_policy_document\" \"p\" {{\n  statement {{\n    actions = {actions}\n    resources = [\"*\"]\n  }}\n}}\n"
        )
    };
    write("main.tf", &data("local.more"));
    write(
        "main.tf.json",
        r#"{ "data": { "aws_iam_policy_document": { "q": { "statement": { "actions": "${local.actions}", "resources": ["*"] } } } } }"#,
    );
    write(
        "role.tf",
        "resource \"aws_iam_role\" \"r\" { assume_role_policy = data.aws_iam_policy_document.q.json }\n",
    );
    let mut reader = Reader::new();
    for (name, place, kind) in [
        ("main.tf", "local.more", Kind::Identity),
        ("main.tf.json", "\"${local.actions}\"", Kind::Trust),
    ] {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let reading = reader.read(&folder.join(name), &text).unwrap();
        let [policy] = reading.policies() else {
            unreachable!("{reading:?}")
        };
        assert_eq!(policy.kind(), kind, "{name}");
        let found = shown(&text, &policy.clone().with_kind(Kind::Identity, None));
        assert!(
            found.contains(&("INVALID_ACTION", place.to_owned())),
            "{name}: {found:?}"
        );
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
