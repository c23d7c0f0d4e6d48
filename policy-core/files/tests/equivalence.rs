//! One policy in every language has the same findings, each at its own bytes.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod support;

use std::fmt::Write as _;

use policy_core::check::Options;
use policy_core::policy::Kind;
use policy_files::FilePolicy;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// A statement: texts only, so that every language has it.
#[derive(Clone, Debug)]
struct Statement {
    effect: &'static str,
    actions: Vec<&'static str>,
    resources: Vec<&'static str>,
    conditions: Vec<(&'static str, &'static str, Vec<&'static str>)>,
}

const ACTIONS: [&str; 9] = [
    "s3:GetObject",
    "s3:GetObjct",
    "s3:ListBucket",
    "s3:*",
    "sqs:SendMessage",
    "ec2:DescribeInstances",
    "iam:PassRole",
    "nothing:Here",
    "logs:PutLogEventsBatch",
];

const RESOURCES: [&str; 8] = [
    "*",
    "arn:aws:s3:::exports",
    "arn:aws:s3:::exports/*",
    "arn:aws:s3:::home/${aws:username}/*",
    "arn:aws:sqs:eu-west-1:111122223333:queue",
    "arn:awss:s3:::exports",
    "not an ARN \"with\" \\ é😀 #",
    "arn:aws:iam::111122223333:role/*",
];

const CONDITIONS: [(&str, &str, &[&str]); 5] = [
    ("StringEquals", "aws:PrincipalOrgID", &["o-a1b2c3d4e5"]),
    ("StringEquals", "s3:prefix", &["a", "b: {c}"]),
    ("StringLike", "s3:prefix", &["${aws:username}/*"]),
    ("Bool", "aws:SecureTransport", &["true"]),
    ("StringEqual", "aws:SourceVpce", &["vpce-1"]),
];

fn statement() -> impl Strategy<Value = Statement> {
    (
        select(vec!["Allow", "Deny"]),
        subsequence(ACTIONS.to_vec(), 1..4),
        subsequence(RESOURCES.to_vec(), 1..3),
        subsequence((0..CONDITIONS.len()).collect::<Vec<_>>(), 0..3),
    )
        .prop_map(|(effect, actions, resources, conditions)| Statement {
            effect,
            actions,
            resources,
            conditions: conditions
                .into_iter()
                .map(|index| {
                    let (operator, key, values) = CONDITIONS[index];
                    (operator, key, values.to_vec())
                })
                .collect(),
        })
}

/// The policy as JSON, its texts changed.
fn policy(statements: &[Statement], text: &dyn Fn(&str) -> Value) -> Value {
    let list = |texts: &[&str]| Value::Array(texts.iter().map(|one| text(one)).collect());
    let statements: Vec<Value> = statements
        .iter()
        .map(|statement| {
            let mut object = json!({
                "Effect": statement.effect,
                "Action": statement.actions,
                "Resource": list(&statement.resources),
            });
            for (operator, key, values) in &statement.conditions {
                object["Condition"][operator][key] = list(values);
            }
            object
        })
        .collect();
    json!({ "Version": "2012-10-17", "Statement": statements })
}

fn plain(text: &str) -> Value {
    Value::from(text)
}

/// A text of Terraform, in quotes.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace("${", "$${")
}

fn hcl_list(texts: &[&str]) -> String {
    format!(
        "[{}]",
        texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ")
    )
}

fn json_file(statements: &[Statement]) -> String {
    policy(statements, &plain).to_string()
}

fn jsonencode(statements: &[Statement]) -> String {
    let mut text = String::from(
        "resource \"aws_iam_policy\" \"p\" {\n  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [\n",
    );
    for statement in statements {
        let _ = write!(
            text,
            "      {{\n        \"Effect\" = \"{}\" # first\n        Action : {}\n        Resource = {},\n",
            statement.effect,
            hcl_list(&statement.actions),
            hcl_list(&statement.resources)
        );
        conditions(statement, &mut text);
        text.push_str("      },\n");
    }
    text + "    ]\n  })\n}\n"
}

fn conditions(statement: &Statement, text: &mut String) {
    let mut operators: Vec<&str> = statement.conditions.iter().map(|condition| condition.0).collect();
    operators.dedup();
    if operators.is_empty() {
        return;
    }
    text.push_str("        Condition = {\n");
    for operator in operators {
        let _ = write!(text, "          {operator} = {{");
        for (_, key, values) in statement.conditions.iter().filter(|condition| condition.0 == operator) {
            let _ = write!(text, " \"{key}\" = {},", hcl_list(values));
        }
        text.push_str(" }\n");
    }
    text.push_str("        }\n");
}

fn data_source(statements: &[Statement]) -> String {
    let mut text = String::from("data \"aws_iam_policy_document\" \"p\" {\n");
    for statement in statements {
        let _ = write!(
            text,
            "  statement {{\n    effect = \"{}\"\n    actions = {}\n    resources = {}\n",
            statement.effect,
            hcl_list(&statement.actions),
            hcl_list(&statement.resources).replace("$${aws:", "&{aws:")
        );
        for (operator, key, values) in &statement.conditions {
            let _ = write!(
                text,
                "    condition {{\n      test = \"{operator}\"\n      variable = \"{key}\"\n      values = {}\n    }}\n",
                hcl_list(values)
            );
        }
        text.push_str("  }\n");
    }
    text + "}\nresource \"aws_iam_policy\" \"p\" {\n  policy = data.aws_iam_policy_document.p.json\n}\n"
}

fn heredoc(statements: &[Statement]) -> String {
    let json = serde_json::to_string_pretty(&policy(statements, &plain)).unwrap();
    let json = json.replace("${", "$${").replace('\n', "\n    ");
    format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = <<-EOF\n    {json}\n  EOF\n}}\n")
}

fn quoted_json(statements: &[Statement]) -> String {
    let json = quoted(&policy(statements, &plain).to_string());
    format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {json}\n}}\n")
}

fn template(policy: &Value) -> Value {
    json!({ "Resources": { "P": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": policy } } } })
}

fn cloudformation_json(statements: &[Statement]) -> String {
    let joined = |text: &str| match text.split_once(':') {
        Some((before, after)) if text.starts_with("arn:") => {
            json!({ "Fn::Join": [":", [before, { "Fn::Join": ["", [after]] }]] })
        }
        _ => Value::from(text),
    };
    serde_json::to_string_pretty(&template(&policy(statements, &joined))).unwrap()
}

fn cloudformation_text(statements: &[Statement]) -> String {
    let json = policy(statements, &plain).to_string().replace("${", "${!");
    template(&json!({ "Fn::Sub": json })).to_string()
}

/// YAML in flow and block style with functions in their long form, or their short one.
fn yaml(statements: &[Statement], is_short: bool) -> String {
    let sub = |text: &str| {
        let text = text.replace("${", "${!");
        let single = format!("'{}'", text.replace('\'', "''"));
        let double = Value::from(text).to_string();
        if is_short {
            format!("!Sub {single}")
        } else {
            format!("{{ \"Fn::Sub\": {double} }}")
        }
    };
    let mut text = String::from(
        "Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument:\n        Version: 2012-10-17\n        Statement:\n",
    );
    for statement in statements {
        let _ = write!(
            text,
            "          - Effect: {} # é\n            Action:\n",
            statement.effect
        );
        for action in &statement.actions {
            let _ = writeln!(text, "              - {action}");
        }
        text.push_str("            Resource:\n");
        for resource in &statement.resources {
            let _ = writeln!(text, "            - {}", sub(resource));
        }
        let mut last = "";
        for (index, (operator, key, values)) in statement.conditions.iter().enumerate() {
            if index == 0 {
                text.push_str("            Condition:\n");
            }
            if *operator != last {
                let _ = writeln!(text, "              {operator}:");
                last = operator;
            }
            let values: Vec<String> = values.iter().map(|value| sub(value)).collect();
            let _ = writeln!(text, "                {key}: [{}]", values.join(", "));
        }
    }
    text
}

fn plan(statements: &[Statement]) -> String {
    let policy = policy(statements, &plain).to_string();
    json!({
        "format_version": "1.2",
        "planned_values": { "root_module": { "child_modules": [{ "resources": [{
            "address": "module.a.aws_iam_policy.p[\"k\"]", "mode": "managed", "type": "aws_iam_policy", "name": "p",
            "values": { "policy": policy } }] }] } },
        "resource_changes": [{
            "address": "module.a.aws_iam_policy.p[\"k\"]", "mode": "managed", "type": "aws_iam_policy", "name": "p",
            "change": { "actions": ["create"], "before": null, "after": { "policy": policy } } }],
    })
    .to_string()
}

fn encoded(statements: &[Statement]) -> String {
    let mut encoded = String::new();
    for byte in policy(statements, &plain).to_string().bytes() {
        if byte.is_ascii_alphanumeric() {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    json!({ "PolicyVersion": { "Document": encoded, "IsDefaultVersion": true } }).to_string()
}

/// The only policy of a file.
fn only(name: &str, text: &str) -> FilePolicy {
    let mut policies = support::read(name, text).into_policies();
    assert_eq!(policies.len(), 1, "{name}\n{text}");
    policies.remove(0)
}

/// What a finding's bytes may be written as.
fn is_subject(bytes: &str, subject: &str) -> bool {
    let unescaped = |text: &str| {
        text.replace("\\\"", "\"")
            .replace("\\\\", "\\")
            .replace("$${", "${")
            .replace("&{", "${")
            .replace("${!", "${")
    };
    let twice = unescaped(&unescaped(bytes)).replace("''", "'");
    let inside = twice.trim_matches(['"', '\'']);
    bytes.contains(subject) || subject.contains(inside) || inside.contains(subject)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_same_policy_has_the_same_findings(statements in prop::collection::vec(statement(), 1..4)) {
        let json = json_file(&statements);
        let expected = support::found(&only("p.json", &json));
        for (name, text) in [
            ("jsonencode.tf", jsonencode(&statements)),
            ("data.tf", data_source(&statements)),
            ("heredoc.tf", heredoc(&statements)),
            ("quoted.tf", quoted_json(&statements)),
            ("template.json", cloudformation_json(&statements)),
            ("text.template", cloudformation_text(&statements)),
            ("short.yaml", yaml(&statements, true)),
            ("long.yml", yaml(&statements, false)),
            ("plan.json", plan(&statements)),
            ("get-policy-version.json", encoded(&statements)),
        ] {
            let policy = only(name, &text);
            prop_assert_eq!(policy.kind(), Kind::Identity, "{}", name);
            prop_assert_eq!(support::found(&policy), expected.clone(), "{}\n{}", name, text);
            if name.starts_with("get-") {
                continue;
            }
            for finding in &policy.check(&Options::new()) {
                let range = policy.range_of(finding);
                let bytes = text.get(range.clone());
                prop_assert!(bytes.is_some(), "{}: {:?}", name, range);
                let bytes = bytes.unwrap_or_default();
                let is_text = finding.span_in_string().is_some() || ACTIONS.contains(&finding.subject());
                prop_assert!(
                    !is_text || is_subject(bytes, finding.subject()),
                    "{}: {} is `{}`, not `{}`\n{}", name, finding.code(), bytes, finding.subject(), text
                );
            }
        }
    }
}
