use crate::check::expect::{dead, table};
use crate::policy::Kind;

/// The reference does not list the key for the action, and AWS's page for transactions has the two together.
#[test]
fn a_condition_check_is_part_of_a_transaction() {
    table(
        Kind::Identity,
        &[(
            allow!(
                r#""dynamodb:ConditionCheckItem", "dynamodb:PutItem""#,
                r#"{ "ForAnyValue:StringEquals": { "dynamodb:EnclosingOperation": "TransactWriteItems" } }"#
            ),
            &[],
        )],
    );
}

#[test]
fn keys_that_an_action_never_carries() {
    table(
        Kind::Identity,
        &[
            (
                allow!(r#""s3:GetObject""#, r#"{ "StringLike": { "s3:prefix": "a/*" } }"#),
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                allow!(
                    r#""s3:GetObject", "s3:ListBucket""#,
                    r#"{ "StringLike": { "s3:prefix": "a/*" } }"#
                ),
                &["ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                allow!(
                    r#""s3:GetObject", "s3:ListBucket""#,
                    r#"{ "StringLikeIfExists": { "s3:prefix": "a/*" } }"#
                ),
                &[],
            ),
            (
                allow!(r#""s3:Get*""#, r#"{ "StringLike": { "s3:prefix": "a/*" } }"#),
                &[],
            ),
            // An instance can be launched with tags; who stops it gives it none.
            (
                allow!(
                    r#""ec2:StopInstances""#,
                    r#"{ "StringEquals": { "aws:RequestTag/team": "x" } }"#
                ),
                &["ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:RequestTag~1team"],
            ),
            (
                allow!(
                    r#""ec2:TerminateInstances""#,
                    r#"{ "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } }"#
                ),
                &["ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/ForAnyValue:StringEquals/aws:TagKeys"],
            ),
            (
                allow!(
                    r#""ec2:CreateVolume", "ec2:CreateTags", "ec2:DeleteTags", "ec2:PurchaseHostReservation""#,
                    r#"{ "ForAnyValue:StringEquals": { "aws:TagKeys": "team" } }"#
                ),
                &[],
            ),
            // One message, although two operators name the key.
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringLike": { "s3:prefix": "a/*" }, "Null": { "s3:prefix": "false" } }"#
                ),
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringLike/s3:prefix"],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }"#
                ),
                &["UNSUPPORTED_ACTION_FOR_CONDITION_KEY /Statement/0/Condition/StringEquals/kms:ViaService"],
            ),
            (
                allow!(
                    r#""kms:Decrypt""#,
                    r#"{ "StringEquals": { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "aws:RequestTag/team": "a" } }"#
                ),
                &["ACTION_NEVER_CARRIES_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:RequestTag~1team"],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "s3:ExistingObjectTag/team": "a" } }"#
                ),
                &[],
            ),
            (
                allow!(
                    r#""s3:GetObject""#,
                    r#"{ "StringEquals": { "aws:PrincipalTag/team": "a" } }"#
                ),
                &[],
            ),
            // AWS lists this key with no action at all, and so says nothing about any.
            (
                allow!(
                    r#""iottwinmaker:GetEntity""#,
                    r#"{ "ForAnyValue:StringEquals": { "iottwinmaker:linkedServices": "a" } }"#
                ),
                &[],
            ),
        ],
    );
    assert_eq!(
        dead(
            allow!(r#""s3:GetObject""#, r#"{ "StringLike": { "s3:prefix": "a/*" } }"#),
            Kind::Identity
        ),
        ["UNSUPPORTED_ACTION_FOR_CONDITION_KEY"]
    );
    // Met by every request: too much, but not nothing.
    assert!(
        dead(
            allow!(r#""s3:GetObject""#, r#"{ "StringNotLike": { "s3:prefix": "a/*" } }"#),
            Kind::Identity
        )
        .is_empty()
    );
}

#[test]
fn a_request_on_several_resources_needs_the_key_on_each() {
    let launch = |condition: &str| {
        format!(r#"{{ "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*", "Condition": {condition} }}"#)
    };
    let rest = r#"{ "Effect": "Allow", "Action": "ec2:RunInstances", "Resource": ["arn:aws:ec2:*::image/*", "arn:aws:ec2:*:*:subnet/*"] }"#;
    for (statements, expected) in [
        (launch(r#"{ "StringEquals": { "aws:RequestTag/team": "x" } }"#), true),
        (launch(r#"{ "Null": { "aws:RequestTag/team": "false" } }"#), true),
        (launch(r#"{ "StringEquals": { "ec2:InstanceType": "t3.micro" } }"#), true),
        (launch(r#"{ "StringEqualsIfExists": { "ec2:InstanceType": "t3.micro" } }"#), false),
        (launch(r#"{ "StringEquals": { "ec2:Region": "eu-west-1" } }"#), false),
        (launch(r#"{ "StringEquals": { "aws:RequestedRegion": "eu-west-1" } }"#), false),
        (format!("{}, {rest}", launch(r#"{ "StringEquals": { "aws:RequestTag/team": "x" } }"#)), false),
        (
            r#"{ "Effect": "Allow", "Action": "ec2:CreateVolume", "Resource": "*", "Condition": { "StringEquals": { "aws:RequestTag/team": "x" } } }"#.to_owned(),
            false,
        ),
    ] {
        let found = crate::check::expect::findings(&crate::check::expect::policy(&statements), Kind::Identity);
        let is_found = found.iter().any(|finding| finding.starts_with("CONDITION_KEY_OF_SOME_RESOURCES"));
        assert_eq!(is_found, expected, "{statements}: {found:?}");
    }
}
