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
