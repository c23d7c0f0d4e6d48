//! What can be written at the cursor.

use super::*;
use serde_json::json;

/// The labels of the items, and the texts that they insert, in the order in which an editor shows them.
fn items(completion: &Value) -> Vec<(String, String)> {
    let items = completion["items"].as_array().cloned().unwrap_or_default();
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    let mut sorted: Vec<(String, String, String)> = items
        .iter()
        .map(|item| {
            let inserted = item["textEdit"]["newText"].as_str().unwrap().to_owned();
            (text(item, "sortText"), text(item, "label"), inserted)
        })
        .collect();
    sorted.sort();
    sorted
        .into_iter()
        .map(|(_, label, inserted)| (label, inserted))
        .collect()
}

const YAML: &str = "Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - Effect: Allow
";

fn yaml(rest: &str) -> String {
    format!("{YAML}{rest}\n  Bucket:\n    Type: AWS::S3::Bucket\n")
}

/// It ends with what is given, and is not closed.
fn policy_of(rest: &str) -> String {
    format!("{{ \"Version\": \"2012-10-17\", \"Statement\": [{{ \"Effect\": \"Allow\"{rest}")
}

fn data_source(rest: &str) -> String {
    format!("data \"aws_iam_policy_document\" \"a\" {{\n  statement {{\n{rest}\n  }}\n}}\n")
}

fn encoded(rest: &str) -> String {
    format!(
        "resource \"aws_iam_policy\" \"a\" {{\n  policy = jsonencode({{\n    Version = \"2012-10-17\"\n    Statement = [{{\n      \
         Effect = \"Allow\"\n{rest}\n    }}]\n  }})\n}}\n"
    )
}

fn heredoc(rest: &str) -> String {
    format!(
        "resource \"aws_iam_policy\" \"a\" {{\n  policy = <<EOT\n{}\nEOT\n}}\n",
        policy_of(rest)
    )
}

/// At the cursor `|` of a file an item is offered, which inserts this text, and another item is not.
fn offers(test: &str, cases: &[(&str, String, &str, &str, &str)]) {
    let mut editor = Client::in_folder(test, &[]);
    for (file, text, offered, inserted, not_offered) in cases {
        let items = items(&editor.ask_at_cursor("textDocument/completion", file, text));
        let found = items.iter().find(|(label, _)| label == offered);
        let labels: Vec<&String> = items.iter().map(|(label, _)| label).take(20).collect();
        assert_eq!(
            found.map(|(_, text)| text.as_str()),
            Some(*inserted),
            "{text}\n{labels:?}"
        );
        assert!(
            !items.iter().any(|(label, _)| label == not_offered),
            "{text}\n{labels:?}"
        );
    }
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn actions_are_offered_before_and_after_the_colon() {
    const GET: &str = "s3:GetObject";
    offers(
        "actions",
        &[
            (
                "a.json",
                policy_of(r#", "Action": "s3:Get|" }] }"#),
                GET,
                GET,
                "ec2:RunInstances",
            ),
            ("a.json", policy_of(r#", "Action": "s|"#), "s3:", "s3:$0", GET),
            (
                "a.json",
                policy_of(r#", "Action": ["s3:GetObject", | ] }] }"#),
                "s3:",
                "\"s3:$0\"",
                "",
            ),
            ("a.json", policy_of(", \"Action\": [\"s3:|\n"), GET, GET, ""),
            ("a.yaml", yaml("                Action: s3:|"), GET, GET, ""),
            (
                "a.yaml",
                yaml("                Action:\n                  - s3:|"),
                GET,
                GET,
                "",
            ),
            ("a.yaml", yaml("                Action: ['s3:|']"), GET, GET, ""),
            ("a.tf", data_source("    actions = [\"s3:|\"]"), GET, GET, ""),
            ("a.tf", data_source("    actions = [\"s3:|"), GET, GET, ""),
            ("a.tf", encoded("      Action = \"s3:|\""), GET, GET, ""),
            ("a.tf", heredoc(r#", "Action": "s3:|" }] }"#), GET, GET, ""),
        ],
    );
}

#[test]
fn a_service_is_offered_before_those_whose_prefix_begins_with_its_own() {
    let mut editor = Client::in_folder("services", &[]);
    let items = items(&editor.ask_at_cursor(
        "textDocument/completion",
        "a.json",
        &policy_of(r#", "Action": "s3|" }] }"#),
    ));
    let place = |label| items.iter().position(|(other, _)| other == label);
    let (s3, outposts) = (place("s3:"), place("s3-outposts:"));
    assert!(s3.is_some() && s3 < outposts, "{s3:?} {outposts:?}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn elements_are_offered_that_are_not_there() {
    offers(
        "elements",
        &[
            ("a.json", policy_of(", |"), "Resource", "\"Resource\": ", "Effect"),
            ("a.json", policy_of(r#", "|" }] }"#), "Action", "Action", "Principal"),
            (
                "a.json",
                policy_of(r#", "Principal": { "|" } }] }"#),
                "Service",
                "Service",
                "",
            ),
            (
                "a.yaml",
                yaml("                |"),
                "Condition",
                "Condition: ",
                "Effect",
            ),
            (
                "a.yaml",
                yaml("                Re|"),
                "Resource",
                "Resource: ",
                "Effect",
            ),
            ("a.tf", encoded("      |"), "Resource", "Resource = ", "Effect"),
            ("a.yaml", YAML.replace("Effect: Allow", "Effect: |"), "Deny", "Deny", ""),
            (
                "a.json",
                r#"{ "Version": "2012-10-17", | "Statement": [] }"#.to_owned(),
                "Id",
                "\"Id\": ",
                "Statement",
            ),
        ],
    );
}

#[test]
fn operators_and_condition_keys_are_offered() {
    const SECURE: &str = "aws:SecureTransport";
    let action = r#", "Action": "s3:GetObject", "Condition": "#;
    let in_yaml = "                Action: s3:GetObject\n                Condition:\n                  ";
    let in_source = "    actions = [\"s3:ListBucket\"]\n    condition {\n      test = \"StringEquals\"\n      variable = \"|\"\n      \
        values = []\n    }";
    offers(
        "operators",
        &[
            (
                "a.json",
                policy_of(&format!(r#"{action}{{ "|" }} }}] }}"#)),
                "ForAnyValue:StringLike",
                "ForAnyValue:StringLike",
                "",
            ),
            (
                "a.yaml",
                yaml(&format!("{in_yaml}|")),
                "StringEquals",
                "StringEquals: ",
                "",
            ),
            (
                "a.yaml",
                yaml(&format!("{in_yaml}Bool:\n                    |")),
                SECURE,
                "aws:SecureTransport: ",
                "s3:prefix",
            ),
            (
                "a.tf",
                encoded("      Action = \"s3:GetObject\"\n      Condition = { Bool = { | } }"),
                SECURE,
                "\"aws:SecureTransport\" = ",
                "",
            ),
            ("a.tf", data_source(in_source), "s3:prefix", "s3:prefix", ""),
            (
                "a.json",
                policy_of(&format!(r#"{action}{{ "StringEquals": {{ "aws:Re|" }} }} }}] }}"#)),
                "aws:ResourceTag/${TagKey}",
                "aws:ResourceTag/",
                "",
            ),
            (
                "a.json",
                policy_of(&format!(
                    r#"{action}{{ "Bool": {{ "aws:SecureTransport": "|" }} }} }}] }}"#
                )),
                "true",
                "true",
                "",
            ),
        ],
    );
}

/// While a block is written it has not all that Terraform wants of it.
#[test]
fn what_is_missing_in_a_block_of_a_data_source_is_offered() {
    let in_condition = |rest: &str| {
        data_source(&format!(
            "    actions = [\"s3:ListBucket\"]\n    resources = [\"arn:aws:s3:::exports\"]\n    condition {{\n{rest}\n    }}"
        ))
    };
    let first = "data \"aws_iam_policy_document\" \"a\" {\n  |\n}\n";
    let dynamic = "data \"aws_iam_policy_document\" \"a\" {\n  dynamic \"statement\" {\n    for_each = var.all\n    content {\n      act|\n    }\n  }\n}\n";
    offers(
        "blocks",
        &[
            ("a.tf", data_source("    |"), "actions", "actions = ", "Action"),
            ("a.tf", data_source("    eff|"), "effect", "effect = ", "test"),
            (
                "a.tf",
                data_source("    actions = []\n    no|"),
                "not_resources",
                "not_resources = ",
                "actions",
            ),
            ("a.tf", data_source("    |"), "condition", "condition {\n  $0\n}", ""),
            (
                "a.tf",
                data_source("    |\n    actions = [\"s3:Get"),
                "resources",
                "resources = ",
                "actions",
            ),
            ("a.tf", first.to_owned(), "statement", "statement {\n  $0\n}", "effect"),
            ("a.tf", dynamic.to_owned(), "actions", "actions = ", "for_each"),
            ("a.tf", in_condition("      |"), "variable", "variable = ", "actions"),
            (
                "a.tf",
                in_condition("      test = \"|\""),
                "StringLike",
                "StringLike",
                "",
            ),
            ("a.tf", in_condition("      test = \"|"), "StringLike", "StringLike", ""),
            (
                "a.tf",
                in_condition("      test     = \"StringLike\"\n      variable = \"|\""),
                "s3:prefix",
                "s3:prefix",
                "",
            ),
            (
                "a.tf",
                in_condition("      variable = \"|\""),
                "s3:prefix",
                "s3:prefix",
                "",
            ),
            (
                "a.tf",
                in_condition("      variable = \"aws:SecureTransport\"\n      values = [\"|\"]"),
                "true",
                "true",
                "",
            ),
            (
                "a.tf",
                data_source("    principals {\n      type = \"|\"\n    }"),
                "Service",
                "Service",
                "",
            ),
            (
                "a.tf",
                data_source("    principals {\n      type = \"AWS\"\n      identifiers = [|]\n    }"),
                "arn:aws:iam::ACCOUNT_ID:root",
                "\"arn:aws:iam::ACCOUNT_ID:root\"",
                "",
            ),
        ],
    );
}

#[test]
fn arns_of_the_actions_are_offered() {
    offers(
        "arns",
        &[
            (
                "a.json",
                policy_of(r#", "Action": "s3:ListBucket", "Resource": "|" }] }"#),
                "arn:aws:s3:::BUCKET_NAME",
                "arn:${1:aws}:s3:::${2:BUCKET_NAME}",
                "",
            ),
            (
                "a.yaml",
                yaml("                Action: s3:GetObject\n                Resource: |"),
                "*",
                "\"*\"",
                "",
            ),
            (
                "a.tf",
                data_source("    actions = [\"sqs:SendMessage\"]\n    resources = [|]"),
                "arn:aws:sqs:REGION:ACCOUNT_ID:QUEUE_NAME",
                "\"arn:${1:aws}:sqs:${2:REGION}:${3:ACCOUNT_ID}:${4:QUEUE_NAME}\"",
                "",
            ),
        ],
    );
}

#[test]
fn the_keys_of_all_actions_come_first() {
    let mut editor = Client::in_folder("keys", &[]);
    let text = |actions: &str| {
        format!(
            "{{ \"Version\": \"2012-10-17\", \"Statement\": [{{ \"Effect\": \"Allow\", \"Action\": {actions}, \"Resource\": \"*\", \"Condition\": {{ \"StringEquals\": {{ \"|\": \"a\" }} }} }}] }}"
        )
    };
    let mut keys = |actions: &str| -> Vec<String> {
        let completion = editor.ask_at_cursor("textDocument/completion", "a.json", &text(actions));
        items(&completion).into_iter().map(|(label, _)| label).collect()
    };
    let place = |keys: &[String], key: &str| keys.iter().position(|own| own == key).unwrap();
    let of_one = keys("\"s3:ListBucket\"");
    assert!(place(&of_one, "s3:prefix") < place(&of_one, "aws:PrincipalOrgID"));
    let of_two = keys("[\"s3:ListBucket\", \"s3:GetObject\"]");
    assert!(place(&of_two, "s3:prefix") > place(&of_two, "aws:PrincipalOrgID"));
    assert!(place(&of_two, "s3:ResourceAccount") < place(&of_two, "aws:PrincipalOrgID"));
    // Those that the operator does not compare come last.
    assert!(place(&of_one, "s3:max-keys") > place(&of_one, "aws:PrincipalOrgID"));
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_item_replaces_the_word_and_is_explained_when_it_is_looked_at() {
    let mut editor = Client::in_folder("items", &[]);
    let text = r#"{ "Version": "2012-10-17", "Statement": { "Sid": "😀", "Effect": "Allow", "Action": "s3:Ge|tObj", "Resource": "*" } }"#;
    let completion = editor.ask_at_cursor("textDocument/completion", "a.json", text);
    assert_eq!(completion["isIncomplete"], false);
    let items = completion["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["label"] == "s3:GetObject").unwrap();
    let start = text.split_once("s3:").unwrap().0.encode_utf16().count();
    let at = |character: usize| json!({ "line": 0, "character": character });
    assert_eq!(
        item["textEdit"]["range"],
        json!({ "start": at(start), "end": at(start + "s3:GetObj".len()) })
    );
    let resolved = editor.request("completionItem/resolve", item);
    let documentation = resolved["documentation"]["value"].as_str().unwrap();
    assert!(documentation.contains("- Access level: Read"), "{documentation}");
    assert_eq!(editor.end(), Some(0));
}

#[test]
fn an_editor_without_snippets_gets_plain_texts() {
    let mut editor = Client::of_capabilities("plain", &[], &json!({}));
    let text = r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "|" } }"#;
    let items = items(&editor.ask_at_cursor("textDocument/completion", "a.json", text));
    let arn = "arn:aws:s3:::BUCKET_NAME".to_owned();
    assert!(items.contains(&(arn.clone(), arn)), "{items:?}");
    assert_eq!(editor.end(), Some(0));
}
