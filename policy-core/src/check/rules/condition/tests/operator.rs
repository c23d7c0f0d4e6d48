use crate::check::expect::{messages, table};
use crate::policy::Kind;

#[test]
fn operators() {
    table(
        Kind::Identity,
        &[
            (
                list_bucket!(r#"{ "StringLikes": { "s3:prefix": "a/*", "s3:delimiter": "/" } }"#),
                &["INVALID_CONDITION_OPERATOR /Statement/0/Condition/StringLikes"],
            ),
            (
                list_bucket!(r#"{ "stringlike": { "s3:prefix": "a/*" } }"#),
                &["INVALID_CONDITION_OPERATOR /Statement/0/Condition/stringlike"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "s3:prefix": "a/*", "s3:delimiter": "/" } }"#),
                &[],
            ),
            (
                list_bucket!(r#"{ "NullIfExists": { "s3:prefix": "true" } }"#),
                &["NULL_WITH_IF_EXISTS /Statement/0/Condition/NullIfExists"],
            ),
            (
                list_bucket!(r#"{ "NullIfExists": { "s3:prefix": "yes" } }"#),
                &["NULL_WITH_IF_EXISTS /Statement/0/Condition/NullIfExists"],
            ),
            (
                list_bucket!(r#"{ "aws:SourceIp": { "IpAddress": "203.0.113.0/24" } }"#),
                &["INVALID_CONDITION_OPERATOR /Statement/0/Condition/aws:SourceIp"],
            ),
            (list_bucket!(r#"{ "Null": { "s3:prefix": "true" } }"#), &[]),
            (
                list_bucket!(r#"{ "ForAnyValue:Null": { "aws:PrincipalOrgPaths": "false" } }"#),
                &["NULL_WITH_QUALIFIER /Statement/0/Condition/ForAnyValue:Null"],
            ),
            (
                list_bucket!(r#"{ "StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }"#),
                &["MISSING_QUALIFIER /Statement/0/Condition/StringLike/aws:PrincipalOrgPaths"],
            ),
            (
                list_bucket!(r#"{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }"#),
                &[],
            ),
            (list_bucket!(r#"{ "Null": { "aws:PrincipalOrgPaths": "false" } }"#), &[]),
            (
                list_bucket!(r#"{ "ForAllValues:StringLike": { "s3:prefix": "a/*" } }"#),
                &["FORALLVALUES_WITH_SINGLE_VALUED_KEY /Statement/0/Condition/ForAllValues:StringLike/s3:prefix"],
            ),
        ],
    );
}

#[test]
fn the_operator_that_was_meant_is_named() {
    for (written, meant) in [
        ("StringLikes", "StringLike"),
        ("stringEquals", "StringEquals"),
        ("StringEqualsIfExist", "StringEqualsIfExists"),
        ("ForAllValue:StringEquals", "ForAllValues:StringEquals"),
        ("ForAnyValues:StringLike", "ForAnyValue:StringLike"),
        ("StringEquals:ForAnyValue", "ForAnyValue:StringEquals"),
        ("ForAnyValueStringEquals", "ForAnyValue:StringEquals"),
        ("foranyvalue:stringequalsifexists", "ForAnyValue:StringEqualsIfExists"),
        ("IpAdress", "IpAddress"),
        ("ArnLikes", "ArnLike"),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*", "Condition": {{ "{written}": {{ "aws:PrincipalAccount": "111122223333" }} }} }}"#
        );
        let message = messages(&statement, Kind::Identity);
        assert!(message.ends_with(&format!("= help: write `{meant}`")), "{message}");
    }
}
