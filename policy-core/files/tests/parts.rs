//! What is reported of policies that AWS never gets by themselves, or gets with more statements than are read.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::path::Path;

use policy_files::FilePolicy;
use support::found;

const LOCKED: &str = "RESOURCE_POLICY_LOCKS_EVERYONE_OUT";

/// A data source that allows a service, and nobody else, to use a key.
fn service(name: &str, more: &str) -> String {
    format!(
        r#"
data "aws_iam_policy_document" "{name}" {{
  {more}
  statement {{
    sid       = "Logs"
    actions   = ["kms:Encrypt", "kms:Decrypt"]
    resources = ["*"]
    principals {{
      type        = "Service"
      identifiers = ["logs.eu-west-2.amazonaws.com"]
    }}
  }}
}}
"#
    )
}

/// A key that has the policy of a data source.
fn key(name: &str) -> String {
    format!("resource \"aws_kms_key\" \"k\" {{ policy = data.aws_iam_policy_document.{name}.json }}\n")
}

fn policies(name: &str, text: &str) -> Vec<FilePolicy> {
    let reading = policy_files::read(Path::new(name), text).unwrap();
    assert_eq!(reading.unread(), [], "{text}");
    reading.into_policies()
}

/// The codes of the policy with this address.
fn codes(file: &str, text: &str, address: &str) -> Vec<&'static str> {
    let policies = policies(file, text);
    let mut own = policies.iter().filter(|policy| policy.address() == address);
    let policy = own.next().unwrap_or_else(|| panic!("{address}: {text}"));
    found(policy).into_iter().map(|(code, _)| code).collect()
}

fn is_locked(text: &str) -> bool {
    codes("main.tf", text, "data.aws_iam_policy_document.logs").contains(&LOCKED)
}

#[test]
fn a_part_of_a_key_policy_locks_nobody_out() {
    let logs = service("logs", "");
    assert!(is_locked(&format!("{logs}{}", key("logs"))));
    for source in ["source_policy_documents", "override_policy_documents"] {
        let all = format!(
            "data \"aws_iam_policy_document\" \"all\" {{\n  {source} = [data.aws_iam_policy_document.logs.json]\n}}\n"
        );
        assert!(!is_locked(&format!("{logs}{all}{}", key("all"))), "{source}");
        // It is the policy of a key as well.
        assert!(is_locked(&format!("{logs}{all}{}", key("logs"))), "{source}");
    }
}

#[test]
fn what_a_module_gets_may_be_a_part() {
    let logs = service("logs", "");
    for argument in [
        "policy = data.aws_iam_policy_document.logs.json",
        "source_policy_documents = [data.aws_iam_policy_document.logs.json]",
        "keys = { logs = { policy = data.aws_iam_policy_document.logs.json } }",
    ] {
        let module = format!("module \"key\" {{\n  source = \"./key\"\n  {argument}\n}}\n");
        assert!(!is_locked(&format!("{logs}{module}")), "{argument}");
        assert!(is_locked(&format!("{logs}{module}{}", key("logs"))), "{argument}");
    }
}

#[test]
fn a_statement_that_is_not_read_may_be_the_one_that_lacks() {
    let merged = service("logs", "source_policy_documents = [var.root]");
    assert!(!is_locked(&format!("{merged}{}", key("logs"))));
    let alone = service("logs", "source_policy_documents = []");
    assert!(is_locked(&format!("{alone}{}", key("logs"))));
}

#[test]
fn what_is_wrong_with_a_statement_is_wrong_in_a_part() {
    let part = service("logs", "").replace("kms:Encrypt", "kms:Encrpt");
    let module = "module \"key\" {\n  source = \"./key\"\n  policy = data.aws_iam_policy_document.logs.json\n}\n";
    let address = "data.aws_iam_policy_document.logs";
    assert_eq!(
        codes("main.tf", &format!("{part}{module}"), address),
        ["INVALID_ACTION"]
    );
}

#[test]
fn a_part_has_no_size_and_may_be_empty() {
    let address = "data.aws_iam_policy_document.base";
    let resources: Vec<String> = (0..400)
        .map(|number| format!("\"arn:aws:s3:::exports-{number}/*\""))
        .collect();
    let statement = format!(
        "statement {{\n  actions = [\"s3:GetObject\"]\n  resources = [{}]\n}}",
        resources.join(", ")
    );
    let all = "data \"aws_iam_policy_document\" \"all\" {\n  source_policy_documents = [data.aws_iam_policy_document.base.json]\n}\n";
    for (statement, code) in [
        (statement.as_str(), "POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA"),
        ("", "MISSING_STATEMENT"),
    ] {
        let base = format!("data \"aws_iam_policy_document\" \"base\" {{\n{statement}\n}}\n");
        let policy = |name: &str| {
            format!("resource \"aws_iam_policy\" \"p\" {{ policy = data.aws_iam_policy_document.{name}.json }}\n")
        };
        assert_eq!(codes("main.tf", &format!("{base}{}", policy("base")), address), [code]);
        assert_eq!(
            codes("main.tf", &format!("{base}{all}{}", policy("all")), address),
            [""; 0]
        );
    }
}

#[test]
fn a_part_is_known_in_json() {
    let text = r#"{
  "data": { "aws_iam_policy_document": {
    "logs": { "statement": { "actions": ["kms:Encrypt"], "resources": ["*"],
      "principals": { "type": "Service", "identifiers": ["logs.eu-west-2.amazonaws.com"] } } },
    "all": { "source_policy_documents": ["${data.aws_iam_policy_document.logs.json}"] }
  } },
  "resource": { "aws_kms_key": { "k": { "policy": "${data.aws_iam_policy_document.all.json}" } } }
}"#;
    let address = "data.aws_iam_policy_document.logs";
    assert_eq!(codes("main.tf.json", text, address), [""; 0]);
    let direct = text.replace("document.all.json", "document.logs.json");
    assert_eq!(codes("main.tf.json", &direct, address), [LOCKED]);
    let module =
        r#""module": { "key": { "source": "./key", "keys": { "a": "${data.aws_iam_policy_document.logs.json}" } } }"#;
    let (data, _) = text.split_once("  \"resource\"").unwrap();
    assert_eq!(codes("main.tf.json", &format!("{data}{module}}}"), address), [""; 0]);
}

#[test]
fn a_data_source_of_a_plan_that_no_resource_has_is_a_part() {
    let statement = |who: &str, action: &str| {
        format!(r#"{{\"Effect\":\"Allow\",\"Action\":\"{action}\",\"Resource\":\"*\",\"Principal\":{{{who}}}}}"#)
    };
    let policy = |statements: &str| format!(r#""{{\"Version\":\"2012-10-17\",\"Statement\":[{statements}]}}""#);
    let root = statement(r#"\"AWS\":\"arn:aws:iam::111122223333:root\""#, "kms:*");
    let logs = statement(r#"\"Service\":\"logs.eu-west-2.amazonaws.com\""#, "kms:Encrypt");
    let state = |of_key: &str| {
        format!(
            r#"{{ "version": 4, "terraform_version": "1.9.0", "resources": [
  {{ "mode": "data", "type": "aws_iam_policy_document", "name": "logs", "instances": [{{ "attributes": {{ "json": {} }} }}] }},
  {{ "mode": "managed", "type": "aws_kms_key", "name": "k", "instances": [{{ "attributes": {{ "policy": {of_key} }} }}] }} ] }}"#,
            policy(&logs)
        )
    };
    let all = |text: &str| -> Vec<_> {
        let policies = policies("state.json", text);
        policies
            .iter()
            .map(|policy| (policy.address().to_owned(), found(policy)))
            .collect()
    };
    let merged = all(&state(&policy(&format!("{root},{logs}"))));
    assert_eq!(merged.len(), 2, "{merged:?}");
    assert!(merged.iter().all(|(_, found)| found.is_empty()), "{merged:?}");
    let direct = all(&state(&policy(&logs)));
    assert!(direct.len() == 1 && direct[0].1[0].0 == LOCKED, "{direct:?}");
}
