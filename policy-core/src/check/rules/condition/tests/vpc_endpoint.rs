use crate::check::expect::{messages, table};
use crate::policy::Kind;

const CODE: &str = "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES /Statement/0/Condition";

macro_rules! statement {
    ($effect:literal, $element:literal: $actions:literal, $condition:literal) => {
        concat!(
            r#"{ "Effect": ""#,
            $effect,
            r#"", ""#,
            $element,
            r#"": "#,
            $actions,
            r#", "Resource": "*", "Condition": "#,
            $condition,
            " }"
        )
    };
}

#[test]
fn services_that_do_not_fill_the_key_in() {
    let at = |rest: &str| format!("{CODE}{rest}");
    table(
        Kind::ServiceControl,
        &[
            (
                statement!("Deny", "Action": r#"["s3:*", "sns:*"]"#, r#"{ "StringNotEqualsIfExists": { "aws:VpceOrgID": "o-a1b2c3d4e5" } }"#),
                &[&*at("/StringNotEqualsIfExists/aws:VpceOrgID")],
            ),
            (
                statement!("Deny", "Action": r#""*""#, r#"{ "StringNotEquals": { "aws:VpceAccount": "111122223333" } }"#),
                &[&*at("/StringNotEquals/aws:VpceAccount")],
            ),
            (
                statement!("Deny", "NotAction": r#""s3:*""#, r#"{ "StringNotEqualsIfExists": { "aws:vpceorgid": "o-a1b2c3d4e5" } }"#),
                &[&*at("/StringNotEqualsIfExists/aws:vpceorgid")],
            ),
            (
                statement!("Allow", "Action": r#""sts:AssumeRole""#, r#"{ "ForAnyValue:StringLike": { "aws:VpceOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } }"#),
                &[&*at("/ForAnyValue:StringLike/aws:VpceOrgPaths")],
            ),
            (
                statement!("Deny", "Action": r#"["iam:GetRole", "iam:PassRole"]"#, r#"{ "StringNotEquals": { "aws:VpceOrgID": "o-a1b2c3d4e5" } }"#),
                &[&*at("/StringNotEquals/aws:VpceOrgID")],
            ),
            // They fill it in.
            (
                statement!("Deny", "Action": r#"["s3:*", "kms:Decrypt"]"#, r#"{ "StringNotEqualsIfExists": { "aws:VpceOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            // That a request may lack it was thought of.
            (
                statement!("Deny", "Action": r#""sns:*""#, r#"{ "StringNotEquals": { "aws:VpceOrgID": "o-a1b2c3d4e5" }, "Null": { "aws:VpceOrgID": "false" } }"#),
                &[],
            ),
            (
                statement!("Allow", "Action": r#""sns:*""#, r#"{ "StringEqualsIfExists": { "aws:VpceOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            // Every service fills this one in.
            (
                statement!("Deny", "Action": r#""sns:*""#, r#"{ "StringNotEquals": { "aws:SourceVpc": "vpc-1a2b3c4d" } }"#),
                &[],
            ),
        ],
    );
}

#[test]
fn the_message_says_what_becomes_of_them() {
    let help = "= help: name with `Action` the actions of services that fill it in, such as `kms:*` and `s3:*`; for others compare \
                `aws:SourceVpc`";
    assert_eq!(
        messages(
            statement!("Deny", "Action": r#"["s3:*", "sns:*", "logs:PutLogEvents"]"#, r#"{ "StringNotEqualsIfExists": { "aws:VpceOrgID": "o-a1b2c3d4e5" } }"#),
            Kind::ServiceControl
        ),
        format!(
            "`aws:VpceOrgID` is never present in requests for `sns:*` and `logs:PutLogEvents` [USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES]\n\
             = note: AWS accepts it, but the condition is always met for them, and they are denied from everywhere\n{help}"
        )
    );
    assert_eq!(
        messages(
            statement!("Allow", "Action": r#""*""#, r#"{ "StringEquals": { "aws:VpceOrgID": "o-a1b2c3d4e5" } }"#),
            Kind::ServiceControl
        ),
        format!(
            "most services never set `aws:VpceOrgID`, and the statement includes them [USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES]\n\
             = note: AWS accepts it, but the condition is never met for them, and they are never allowed\n{help}"
        )
    );
}
