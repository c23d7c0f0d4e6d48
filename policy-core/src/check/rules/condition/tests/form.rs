//! Values that no request has, and conditions that leave requests out.

use crate::check::expect::{dead, table};
use crate::policy::Kind;

const NEVER: &str = "VALUE_MATCHES_NO_REQUEST /Statement/0/Condition/";

fn condition(effect: &str, condition: &str) -> String {
    format!(r#"{{ "Effect": "{effect}", "Action": "s3:ListBucket", "Resource": "*", "Condition": {{ {condition} }} }}"#)
}

#[test]
fn values_in_a_form_that_the_key_never_has() {
    for (operator, key, value, is_found) in [
        ("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5", false),
        ("StringEquals", "aws:PrincipalOrgID", "111122223333", true),
        ("StringEquals", "aws:ResourceOrgID", "r-ab12", true),
        ("StringEquals", "aws:ResourceOrgID", "${aws:PrincipalOrgID}", false),
        ("StringNotEquals", "aws:PrincipalOrgID", "o-XYZ", true),
        (
            "ForAnyValue:StringLike",
            "aws:PrincipalOrgPaths",
            "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*",
            false,
        ),
        (
            "ForAnyValue:StringEquals",
            "aws:PrincipalOrgPaths",
            "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/",
            false,
        ),
        (
            "ForAnyValue:StringEquals",
            "aws:PrincipalOrgPaths",
            "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111",
            true,
        ),
        (
            "ForAnyValue:StringLike",
            "aws:ResourceOrgPaths",
            "ou-ab12-11111111/*",
            true,
        ),
        (
            "ArnLike",
            "aws:PrincipalArn",
            "arn:aws:iam::111122223333:role/app*",
            false,
        ),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:*", false),
        (
            "ArnLike",
            "aws:PrincipalArn",
            "arn:aws:sts::111122223333:federated-user/ana",
            false,
        ),
        (
            "ArnLike",
            "aws:PrincipalArn",
            "arn:aws:sts::111122223333:assumed-role/app/*",
            true,
        ),
        (
            "StringEquals",
            "aws:PrincipalArn",
            "arn:aws:sts::111122223333:assumed-role/app/s",
            true,
        ),
        (
            "ArnNotLike",
            "aws:PrincipalArn",
            "arn:aws:sts::111122223333:assumed-role/app/*",
            true,
        ),
        (
            "ArnEquals",
            "aws:PrincipalArn",
            "arn:aws:iam::111122223333:instance-profile/app",
            true,
        ),
        (
            "ArnEquals",
            "aws:PrincipalArn",
            "arn:aws:lambda:eu-west-1:111122223333:function:f",
            true,
        ),
    ] {
        let found = format!("{NEVER}{operator}/{key}");
        let statement = condition("Allow", &format!(r#""{operator}": {{ "{key}": "{value}" }}"#));
        let expected: &[&str] = if is_found { &[&found] } else { &[] };
        table(Kind::Session, &[(&statement, expected)]);
    }
    let of = |action: &str, operator: &str, key: &str, value: &str| {
        format!(
            r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{value}" }} }} }}"#
        )
    };
    for (action, operator, key, value, is_found) in [
        (
            "kms:Decrypt",
            "ForAnyValue:StringEquals",
            "kms:ResourceAliases",
            "alias/app",
            false,
        ),
        (
            "kms:Decrypt",
            "ForAnyValue:StringLike",
            "kms:ResourceAliases",
            "*app*",
            false,
        ),
        (
            "kms:Decrypt",
            "ForAnyValue:StringEquals",
            "kms:ResourceAliases",
            "app",
            true,
        ),
        ("kms:Decrypt", "StringLike", "kms:RequestAlias", "app*", true),
        (
            "kms:Decrypt",
            "StringEquals",
            "kms:RequestAlias",
            "arn:aws:kms:eu-west-1:111122223333:alias/app",
            true,
        ),
        (
            "ec2:CreateTags",
            "StringEquals",
            "ec2:CreateAction",
            "RunInstances",
            false,
        ),
        (
            "ec2:CreateTags",
            "StringEquals",
            "ec2:CreateAction",
            "ec2:RunInstances",
            true,
        ),
    ] {
        let found = format!("{NEVER}{operator}/{key}");
        let expected: &[&str] = if is_found { &[&found] } else { &[] };
        table(Kind::Session, &[(&of(action, operator, key, value), expected)]);
    }
}

#[test]
fn a_value_that_no_request_has_is_dead_below_any_operator() {
    let written = |operator: &str| {
        condition(
            "Deny",
            &format!(r#""{operator}": {{ "aws:PrincipalOrgID": "r-ab12" }}"#),
        )
    };
    for operator in ["StringEquals", "StringNotEquals"] {
        assert_eq!(
            dead(&written(operator), Kind::ServiceControl),
            ["VALUE_MATCHES_NO_REQUEST"]
        );
    }
}

#[test]
fn conditions_on_multi_factor_authentication() {
    const BOOL: &str = r#""Bool": { "aws:MultiFactorAuthPresent": "false" }"#;
    const NULL: &str = r#""Null": { "aws:MultiFactorAuthPresent": "true" }"#;
    const AGE: &str = r#""NumericGreaterThan": { "aws:MultiFactorAuthAge": "3600" }"#;
    let present = |operator: &str| format!("MFA_CONDITION_INCOMPLETE /Statement/0/Condition/{operator}");
    let both = format!("{}, {}", condition("Deny", BOOL), condition("Deny", NULL));
    let age_and_null = format!(
        "{}, {}",
        condition("Deny", AGE),
        condition("Deny", r#""Null": { "aws:MultiFactorAuthAge": "true" }"#)
    );
    for (statements, expected) in [
        (condition("Deny", BOOL), vec![present("Bool")]),
        (condition("Deny", NULL), vec![present("Null")]),
        (condition("Deny", AGE), vec![present("NumericGreaterThan")]),
        (
            condition("Deny", r#""BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }"#),
            vec![],
        ),
        (
            condition(
                "Deny",
                r#""NumericGreaterThanIfExists": { "aws:MultiFactorAuthAge": "3600" }"#,
            ),
            vec![],
        ),
        (
            condition("Deny", r#""Null": { "aws:MultiFactorAuthAge": "true" }"#),
            vec![],
        ),
        (
            condition("Deny", r#""Bool": { "aws:MultiFactorAuthPresent": "true" }"#),
            vec![],
        ),
        (both, vec![]),
        (age_and_null, vec![]),
        (
            condition("Allow", r#""Bool": { "aws:MultiFactorAuthPresent": "true" }"#),
            vec![],
        ),
        // What the console writes on purpose.
        (
            condition("Allow", r#""BoolIfExists": { "aws:MultiFactorAuthPresent": "true" }"#),
            vec![],
        ),
        (
            condition("Allow", r#""Null": { "aws:MultiFactorAuthPresent": "false" }"#),
            vec![present("Null")],
        ),
        (
            condition(
                "Allow",
                r#""Null": { "aws:MultiFactorAuthPresent": "false" }, "Bool": { "aws:MultiFactorAuthPresent": "true" }"#,
            ),
            vec![],
        ),
    ] {
        let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
        table(Kind::Identity, &[(&statements, expected.as_slice())]);
    }
}

#[test]
fn keys_of_services_in_the_policy_of_a_user_or_role() {
    let written = condition("Allow", r#""ArnLike": { "aws:SourceArn": "arn:aws:s3:::uploads" }"#);
    let found = "SOURCE_KEY_IN_IDENTITY_POLICY /Statement/0/Condition/ArnLike/aws:SourceArn";
    table(Kind::Identity, &[(&written, &[found])]);
    table(Kind::ServiceControl, &[(&written, &[])]);
    let denied = condition(
        "Deny",
        r#""StringNotEqualsIfExists": { "aws:SourceAccount": "111122223333" }"#,
    );
    assert_eq!(dead(&denied, Kind::Identity), [""; 0]);
    assert_eq!(dead(&written, Kind::Identity), ["SOURCE_KEY_IN_IDENTITY_POLICY"]);
}
