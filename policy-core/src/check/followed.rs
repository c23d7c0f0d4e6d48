//! Advice that is followed to the letter: what a help says to write in place of a text has no finding of its own.

use super::expect::{findings, messages, policy};
use crate::policy::Kind;

/// A statement with a hole, `@`, for a text; what is in it first, the help, and what the help says to write.
fn followed(kind: Kind, statement: &str, rows: &[(&str, &str, &str)]) {
    for (wrong, help, right) in rows {
        let said = messages(&statement.replace('@', wrong), kind);
        assert!(
            said.lines().any(|line| line == format!("= help: {help}")),
            "{wrong}: {said}"
        );
        assert!(
            help.contains(right.trim_matches('"')) || right.contains('{'),
            "{help}: {right}"
        );
        let left = findings(&policy(&statement.replace('@', right)), kind);
        assert_eq!(left, [""; 0], "{right}");
    }
}

#[test]
fn actions() {
    let statement = r#"{ "Effect": "Allow", "Action": @, "Resource": "arn:aws:s3:::b/*" }"#;
    let get = "\"s3:GetObject\"";
    let write = "write `s3:GetObject`";
    followed(
        Kind::Identity,
        statement,
        &[
            (
                r#""s3:GetObject,s3:PutObject""#,
                r#"write a list: `["s3:GetObject", "s3:PutObject"]`"#,
                r#"["s3:GetObject", "s3:PutObject"]"#,
            ),
            (
                r#""s3:GetObject s3:Put*""#,
                r#"write a list: `["s3:GetObject", "s3:Put*"]`"#,
                r#"["s3:GetObject", "s3:Put*"]"#,
            ),
            (r#""s3::GetObject""#, write, get),
            (r#""s3.GetObject""#, write, get),
            (r#""s3/GetObject""#, write, get),
            (r#""S3GetObject""#, write, get),
            (r#""s3: GetObject""#, write, get),
            (r#""s3:Get Object""#, write, get),
            (r#""s3:GetObject,""#, write, get),
            (r#""s3:s3:GetObjct""#, write, get),
            (r#""aws:s3:GetObject""#, write, get),
        ],
    );
}

#[test]
fn what_no_action_is_like_gets_an_example() {
    for (action, help) in [
        (
            "a:b:c",
            "write one colon, between the service prefix and the name of the action, such as `s3:GetObject`",
        ),
        ("a.b", "write an action, such as `s3:GetObject`"),
        ("Frobnicate", "write the service prefix first: `SERVICE:Frobnicate`"),
        ("arn:aws:s3:::b", "an ARN belongs in `Resource`"),
    ] {
        let statement = format!(r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": "*" }}"#);
        let said = messages(&statement, Kind::Identity);
        assert!(said.ends_with(&format!("= help: {help}")), "{said}");
    }
}

#[test]
fn principals() {
    let statement =
        r#"{ "Effect": "Allow", "Principal": @, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*" }"#;
    followed(
        Kind::Resource,
        statement,
        &[
            (
                r#"{ "AWS": "arn:aws:sts::111122223333:assumed-role/x/*" }"#,
                "write the ARN of the role, `arn:aws:iam::111122223333:role/x`, which matches every session of the role",
                r#"{ "AWS": "arn:aws:iam::111122223333:role/x" }"#,
            ),
            (
                r#"{ "AWS": "arn:aws:sts::111122223333:assumed-role/x*/*" }"#,
                r#"allow the account, `111122223333`, with a condition `"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x*" }`"#,
                r#"{ "AWS": "111122223333" }, "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x*" } }"#,
            ),
            (
                r#"{ "AWS": "arn:aws:iam::111122223333:group/*" }"#,
                r#"allow the account, `111122223333`, with a condition `"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/ROLE_NAME" }`"#,
                r#"{ "AWS": "111122223333" }, "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/reader" } }"#,
            ),
            (
                r#"{ "AWS": "arn:aws:iam:111122223333:root" }"#,
                "write `arn:aws:iam::111122223333:root`",
                r#"{ "AWS": "arn:aws:iam::111122223333:root" }"#,
            ),
            (
                r#"{ "AWS": "arn:aws:sts:111122223333:assumed-role/x/y" }"#,
                "write `arn:aws:sts::111122223333:assumed-role/x/y`",
                r#"{ "AWS": "arn:aws:sts::111122223333:assumed-role/x/y" }"#,
            ),
        ],
    );
}

#[test]
fn partitions() {
    for (partition, help) in [
        ("aws-us", "write `arn:aws-us-gov:`"),
        ("aws-gov", "write `arn:aws-us-gov:`"),
        ("aws-eu", "write `arn:aws-eusc:`"),
        ("aws-ch", "write `arn:aws-cn:`"),
        ("aws-isob", "write `arn:aws-iso-b:`"),
        ("asw", "write `arn:aws:`"),
    ] {
        let statement =
            format!(r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:{partition}:s3:::b/*" }}"#);
        let said = messages(&statement, Kind::Identity);
        assert!(said.contains(&format!("= help: {help}")), "{said}");
    }
    for partition in ["aws-uk", "aws-iso-c", "aws-", "azure"] {
        let statement =
            format!(r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:{partition}:s3:::b/*" }}"#);
        let said = messages(&statement, Kind::Identity);
        assert!(said.contains("= help: the partitions are `aws`, `aws-cn`,"), "{said}");
    }
}

#[test]
fn operators() {
    let statement = r#"{ "Effect": "Allow", "Action": "ec2:StartInstances", "Resource": "arn:aws:ec2:*:111122223333:instance/*", "Condition": @ }"#;
    followed(
        Kind::Identity,
        statement,
        &[
            (
                r#"{ "NumericEquals": { "ec2:InstanceType": "t3.micro" } }"#,
                "write `StringEquals`",
                r#"{ "StringEquals": { "ec2:InstanceType": "t3.micro" } }"#,
            ),
            (
                r#"{ "NumericNotEqualsIfExists": { "ec2:InstanceType": "t3.*" } }"#,
                "write `StringNotLikeIfExists`",
                r#"{ "StringNotLikeIfExists": { "ec2:InstanceType": "t3.*" } }"#,
            ),
            (
                r#"{ "Bool": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } }"#,
                "write `StringEquals`",
                r#"{ "StringEquals": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } }"#,
            ),
            (
                r#"{ "NotIpAddress": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } }"#,
                "write `StringNotEquals`",
                r#"{ "StringNotEquals": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } }"#,
            ),
            (
                r#"{ "DateEquals": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } }"#,
                "write `StringEquals`",
                r#"{ "StringEquals": { "aws:SourceVpc": "vpc-0a1b2c3d4e5f67890" } }"#,
            ),
            (
                r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": "1h" } }"#,
                "write a number, such as `\"3600\"`",
                r#"{ "NumericLessThan": { "aws:MultiFactorAuthAge": "3600" } }"#,
            ),
            (
                r#"{ "aws:SecureTransport": "true" }"#,
                r#"write the operator first, `"Bool": { "aws:SecureTransport": "true" }`"#,
                r#"{ "Bool": { "aws:SecureTransport": "true" } }"#,
            ),
            (
                r#"{ "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x*" }"#,
                r#"write the operator first, `"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x*" }`"#,
                r#"{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/x*" } }"#,
            ),
            (
                r#"{ "aws:CalledVia": ["athena.amazonaws.com"] }"#,
                r#"write the operator first, `"ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com"] }`"#,
                r#"{ "ForAnyValue:StringEquals": { "aws:CalledVia": ["athena.amazonaws.com"] } }"#,
            ),
            (
                r#"{ "ec2:InstanceType": "t3.micro" }"#,
                r#"write the operator first, such as `"StringEquals": { "ec2:InstanceType": "t3.micro" }`"#,
                r#"{ "StringEquals": { "ec2:InstanceType": "t3.micro" } }"#,
            ),
        ],
    );
}

#[test]
fn lists_in_lists() {
    let statement = r#"{ "Effect": "Allow", "Action": [["s3:GetObject"]], "Resource": "*", "Condition": { "StringEquals": { "aws:SourceVpc": [["vpc-1"]] } } }"#;
    let said = messages(statement, Kind::Identity);
    for what in [
        "a value of `Action` cannot be an array",
        "a condition value cannot be an array",
    ] {
        let help = "remove the inner brackets: write one list with all values, `[..., ...]`";
        let whole = format!("{what} [DATA_TYPE_MISMATCH]\n= note: AWS rejects the policy\n= help: {help}");
        assert!(said.contains(&whole), "{said}");
    }
}

#[test]
fn resources() {
    let statement = r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": @ }"#;
    followed(
        Kind::Identity,
        statement,
        &[
            (
                r#""arn:aws:s3:::b/*, arn:aws:s3:::c/*""#,
                r#"write a list: `["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"]`"#,
                r#"["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"]"#,
            ),
            (
                r#""arn:aws:s3:::b/* ""#,
                "write `arn:aws:s3:::b/*`",
                r#""arn:aws:s3:::b/*""#,
            ),
        ],
    );
    followed(
        Kind::Identity,
        statement,
        &[(
            r#""arn:aws:s3:::b/{aws:username}/*""#,
            "write `${aws:username}`",
            r#""arn:aws:s3:::b/${aws:username}/*""#,
        )],
    );
    let statement = r#"{ "Effect": "Allow", "Action": "iam:GetRole", "Resource": "@" }"#;
    for (arn, is_found) in [
        ("arn:aws:iam::aws:role/x", true),
        ("arn:aws:iam::aws:policy/ReadOnlyAccess", false),
        ("arn:aws:s3:::a b/c, d", false),
    ] {
        let statement = statement.replace('@', arn);
        let found = findings(&policy(&statement), Kind::Identity);
        let is_told = found
            .iter()
            .any(|found| found.starts_with("INVALID_ARN_ACCOUNT") || found.starts_with("INVALID_ARN_RESOURCE"));
        assert_eq!(is_told, is_found, "{found:?}");
    }
}

#[test]
fn words_of_resources() {
    let statement =
        r#"{ "Effect": "Allow", "Action": "dynamodb:Query", "Resource": "arn:aws:dynamodb:eu-west-1:111122223333:@" }"#;
    followed(
        Kind::Identity,
        statement,
        &[(
            "table/t/indexes/i",
            "write `arn:aws:dynamodb:eu-west-1:111122223333:table/t/index/i`",
            "table/t/index/i",
        )],
    );
}

#[test]
fn keys() {
    let statement = r#"{ "Effect": "Allow", "Principal": { "Federated": "arn:aws:iam::111122223333:saml-provider/Okta" }, "Action": "sts:AssumeRoleWithSAML",
        "Condition": { "StringEquals": { "@": "https://signin.aws.amazon.com/saml" } } }"#;
    followed(
        Kind::Trust,
        statement,
        &[("SAML:audience", "write `saml:aud`", "saml:aud")],
    );
    let said = messages(&statement.replace('@', "saml:audience"), Kind::Trust);
    assert!(
        said.starts_with("AWS Security Token Service has no condition key `saml:audience`"),
        "{said}"
    );
    let statement = r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*", "Condition": { "StringEquals": { "@": "o-a1b2c3d4e5" } } }"#;
    followed(
        Kind::Identity,
        statement,
        &[("aws.PrincipalOrgID", "write `aws:PrincipalOrgID`", "aws:PrincipalOrgID")],
    );
}

#[test]
fn names_of_operators() {
    let statement = r#"{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*", "Condition": { "@": { "aws:SecureTransport": "true" } } }"#;
    followed(Kind::Identity, statement, &[("Boolean", "write `Bool`", "Bool")]);
}
