//! One policy in every language.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "each test uses some of it, and may panic"
)]

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// A statement: texts only, so that every language has it.
#[derive(Clone, Debug)]
pub struct Statement {
    pub effect: &'static str,
    pub actions: Vec<&'static str>,
    pub resources: Vec<&'static str>,
    pub conditions: Vec<(&'static str, &'static str, Vec<&'static str>)>,
}

pub const ACTIONS: [&str; 9] = [
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

pub const RESOURCES: [&str; 8] = [
    "*",
    "arn:aws:s3:::exports",
    "arn:aws:s3:::exports/*",
    "arn:aws:s3:::home/${aws:username}/*",
    "arn:aws:sqs:eu-west-1:111122223333:queue",
    "arn:awss:s3:::exports",
    "not an ARN \"with\" \\ é😀 #",
    "arn:aws:iam::111122223333:role/*",
];

pub const CONDITIONS: [(&str, &str, &[&str]); 6] = [
    ("StringEquals", "aws:PrincipalOrgID", &["o-a1b2c3d4e5"]),
    ("StringEquals", "s3:prefix", &["a", "b: {c}"]),
    ("StringLike", "s3:prefix", &["${aws:username}/*"]),
    ("Bool", "aws:SecureTransport", &["true"]),
    ("StringEqual", "aws:SourceVpce", &["vpce-1"]),
    ("StringLikeIfExists", "aws:PrincipalTag/team", &["*"]),
];

pub fn statement() -> impl Strategy<Value = Statement> {
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
pub fn policy(statements: &[Statement], text: &dyn Fn(&str) -> Value) -> Value {
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

pub fn json_file(statements: &[Statement]) -> String {
    policy(statements, &plain).to_string()
}

pub fn jsonencode(statements: &[Statement]) -> String {
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

pub fn data_source(statements: &[Statement]) -> String {
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

/// The data source in a configuration in JSON.
pub fn data_source_json(statements: &[Statement]) -> String {
    let variables = |texts: &[&str]| -> Vec<String> {
        let written = texts
            .iter()
            .map(|text| text.replace("${aws:", "&{aws:").replace("${", "$${"));
        written.collect()
    };
    let statements: Vec<Value> = statements
        .iter()
        .map(|statement| {
            let conditions: Vec<Value> = statement
                .conditions
                .iter()
                .map(
                    |(operator, key, values)| json!({ "test": operator, "variable": key, "values": variables(values) }),
                )
                .collect();
            json!({
                "effect": statement.effect,
                "actions": statement.actions,
                "resources": variables(&statement.resources),
                "condition": conditions,
            })
        })
        .collect();
    json!({
        "data": { "aws_iam_policy_document": { "p": { "statement": statements } } },
        "resource": { "aws_iam_policy": { "p": { "policy": "${data.aws_iam_policy_document.p.json}" } } },
    })
    .to_string()
}

/// `jsonencode` in a configuration in JSON.
pub fn jsonencode_json(statements: &[Statement]) -> String {
    let expression = jsonencode(statements);
    let start = expression.find("jsonencode(").unwrap();
    let end = expression.rfind(')').unwrap();
    let text = format!("${{{}}}", &expression[start..=end]);
    json!({ "resource": { "aws_iam_policy": { "p": { "policy": text } } } }).to_string()
}

pub fn heredoc(statements: &[Statement]) -> String {
    let json = serde_json::to_string_pretty(&policy(statements, &plain)).unwrap();
    let json = json.replace("${", "$${").replace('\n', "\n    ");
    format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = <<-EOF\n    {json}\n  EOF\n}}\n")
}

pub fn quoted_json(statements: &[Statement]) -> String {
    let json = quoted(&policy(statements, &plain).to_string());
    format!("resource \"aws_iam_policy\" \"p\" {{\n  policy = {json}\n}}\n")
}

fn template(policy: &Value) -> Value {
    json!({ "Resources": { "P": { "Type": "AWS::IAM::ManagedPolicy", "Properties": { "PolicyDocument": policy } } } })
}

pub fn cloudformation_json(statements: &[Statement]) -> String {
    let joined = |text: &str| match text.split_once(':') {
        Some((before, after)) if text.starts_with("arn:") => {
            json!({ "Fn::Join": [":", [before, { "Fn::Join": ["", [after]] }]] })
        }
        _ => Value::from(text),
    };
    serde_json::to_string_pretty(&template(&policy(statements, &joined))).unwrap()
}

pub fn cloudformation_text(statements: &[Statement]) -> String {
    let json = policy(statements, &plain).to_string().replace("${", "${!");
    template(&json!({ "Fn::Sub": json })).to_string()
}

/// YAML in flow and block style with functions in their long form, or their short one.
pub fn yaml(statements: &[Statement], is_short: bool) -> String {
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

pub fn plan(statements: &[Statement]) -> String {
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

pub fn encoded(statements: &[Statement]) -> String {
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
