use crate::check::expect::{dead, table};
use crate::policy::Kind;

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
