//! Documents that look like policies: right elements with odd values, and odd elements.

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Value, json};

/// Such a document.
#[derive(Debug)]
pub struct Document(pub Value);

impl<'a> Arbitrary<'a> for Document {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let mut statements = Vec::new();
        for _ in 0..bytes.int_in_range(0..=4)? {
            statements.push(statement(bytes)?);
        }
        let version = *bytes.choose(&["2012-10-17", "2008-10-17", "2012-10-18"])?;
        let statement = if bytes.ratio(1, 8)? {
            json!(statements.first())
        } else {
            json!(statements)
        };
        Ok(Self(json!({ "Version": version, "Statement": statement })))
    }
}

const ELEMENTS: [&str; 11] = [
    "Sid",
    "Effect",
    "Principal",
    "NotPrincipal",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Condition",
    "action",
    "Id",
];

fn statement(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut statement = Map::new();
    for element in ELEMENTS {
        let usual = matches!(element, "Effect" | "Action" | "Resource" | "Condition" | "Principal");
        if !bytes.ratio(if usual { 7 } else { 1 }, 8)? {
            continue;
        }
        let value = match element {
            "Effect" => json!(bytes.choose(&["Allow", "Deny", "allow"])?),
            "Condition" => condition(bytes)?,
            "Principal" | "NotPrincipal" => principal(bytes)?,
            _ => values(bytes)?,
        };
        statement.insert(element.to_owned(), value);
    }
    Ok(Value::Object(statement))
}

fn principal(bytes: &mut Unstructured<'_>) -> Result<Value> {
    if bytes.ratio(1, 4)? {
        return Ok(json!("*"));
    }
    let key = *bytes.choose(&["AWS", "Service", "Federated", "CanonicalUser", "Aws"])?;
    Ok(json!({ key: values(bytes)? }))
}

fn condition(bytes: &mut Unstructured<'_>) -> Result<Value> {
    let mut operators = Map::new();
    for _ in 0..bytes.int_in_range(0..=3)? {
        let qualifier = *bytes.choose(&["", "", "ForAllValues:", "ForAnyValue:"])?;
        let operator = *bytes.choose(&[
            "StringEquals",
            "StringNotLike",
            "StringLike",
            "NumericLessThan",
            "DateGreaterThan",
            "Bool",
            "BinaryEquals",
            "IpAddress",
            "NotIpAddress",
            "ArnLike",
            "Null",
            "StringMatches",
        ])?;
        let suffix = if bytes.ratio(1, 5)? { "IfExists" } else { "" };
        let mut keys = Map::new();
        for _ in 0..bytes.int_in_range(0..=2)? {
            keys.insert(text(bytes)?, values(bytes)?);
        }
        operators.insert(format!("{qualifier}{operator}{suffix}"), Value::Object(keys));
    }
    Ok(Value::Object(operators))
}

fn values(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=9)? {
        0 => json!(bytes.int_in_range(-3..=70_000)?),
        1 => json!(bool::arbitrary(bytes)?),
        2 => Value::Null,
        3..=5 => {
            let mut several = Vec::new();
            for _ in 0..bytes.int_in_range(0..=3)? {
                several.push(json!(text(bytes)?));
            }
            json!(several)
        }
        _ => json!(text(bytes)?),
    })
}

/// What the rules look for, one after the other.
const PIECES: [&str; 72] = [
    "*",
    "?",
    ":",
    "::",
    "/",
    "-",
    "${",
    "}",
    "${*}",
    "<",
    ">",
    "<region>",
    "YOUR_",
    "{{",
    " ",
    "é",
    "\u{1F512}",
    "",
    "arn:aws:",
    "arn:aws-cn:",
    "s3:",
    "s3:::",
    "kms:",
    "iam:",
    "iam::",
    "sts:",
    "logs:",
    "dynamodb:",
    "ec2:",
    "secretsmanager:",
    "lambda:",
    "ecs:",
    "aws:",
    "eu-west-1:",
    "eu-wset-1:",
    "111122223333:",
    "1111-2222-3333",
    "GetObject",
    "ListBucket",
    "PassRole",
    "CreateServiceLinkedRole",
    "AssumeRole",
    "RunTask",
    "Decrypt",
    "Scan",
    "PutLogEvents",
    "Get*",
    "role/",
    "alias/",
    "secret:",
    "log-group:",
    "table/",
    "key/",
    "bucket",
    "ResourceTag/",
    "RequestTag/",
    "SourceIp",
    "SourceArn",
    "SourceAccount",
    "PrincipalOrgID",
    "username",
    "userid",
    "VpcSourceIp",
    "prefix",
    "LeadingKeys",
    "Attributes",
    "Select",
    "10.0.0.0/8",
    "2026-01-01T00:00:00Z",
    "true",
    "ecs-tasks.amazonaws.com",
    "token.actions.githubusercontent.com:sub",
];

fn text(bytes: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    for _ in 0..bytes.int_in_range(0..=6)? {
        text.push_str(bytes.choose(&PIECES)?);
    }
    Ok(text)
}
