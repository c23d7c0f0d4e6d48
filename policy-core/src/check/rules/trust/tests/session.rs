//! Audiences, and what a session carries.

use crate::check::expect::{messages, table};
use crate::policy::Kind;

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn audiences() {
    const ONE: &str = "FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE /Statement/0/Condition/ForAnyValue:StringEquals";
    const UNKNOWN: &str = "CONFIRM_AUDIENCE_CLAIM_TYPE /Statement/0/Condition";
    table(
        Kind::Trust,
        &[
            (
                trust!(
                    r#"{ "Federated": "accounts.google.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "ForAnyValue:StringEquals": { "accounts.google.com:aud": "our-client" } }"#
                ),
                &[&format!("{ONE}/accounts.google.com:aud")],
            ),
            (
                trust!(
                    r#"{ "Federated": "cognito-identity.amazonaws.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "ForAnyValue:StringEquals": { "cognito-identity.amazonaws.com:aud": "eu-west-1:12345678-abcd" },
                         "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } }"#
                ),
                &[&format!("{ONE}/cognito-identity.amazonaws.com:aud")],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }"#,
                    r#""sts:AssumeRoleWithSAML""#,
                    r#"{ "ForAnyValue:StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }"#
                ),
                &[&format!("{ONE}/SAML:aud")],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "idp.example.com:aud": "sts.amazonaws.com" } }"#
                ),
                &[&format!("{UNKNOWN}/StringEquals/idp.example.com:aud")],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "ForAnyValue:StringEquals": { "gitlab.com:aud": "https://gitlab.com" } }"#
                ),
                &[
                    "SHARED_OIDC_PROVIDER_WITHOUT_TENANT /Statement/0/Principal/Federated",
                    &format!("{UNKNOWN}/ForAnyValue:StringEquals/gitlab.com:aud"),
                ],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example.com/realms/a" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringLike": { "idp.example.com/realms/a:aud": "aws", "idp.example.com/realms/a:sub": "jane" } }"#
                ),
                &[&format!("{UNKNOWN}/StringLike/idp.example.com~1realms~1a:aud")],
            ),
            // As the pages of GitHub, EKS and Cognito have it.
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                         "token.actions.githubusercontent.com:sub": "repo:ORG/REPO:ref:refs/heads/main" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:aud": "sts.amazonaws.com",
                         "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE:sub": "system:serviceaccount:default:app" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "cognito-identity.amazonaws.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "cognito-identity.amazonaws.com:aud": "eu-west-1:12345678-abcd" },
                         "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }"#,
                    r#""sts:AssumeRoleWithSAML""#,
                    r#"{ "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "idp.example.com:sub": "jane" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn what_a_session_carries() {
    const AT: &str = "MISSING_ACTION_FOR_CONDITION_KEY /Statement/0/Condition";
    table(
        Kind::Trust,
        &[
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "StringLike": { "sts:SourceIdentity": "*@example.com" } }"#
                ),
                &[&format!("{AT}/StringLike/sts:SourceIdentity")],
            ),
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#"["sts:AssumeRole", "sts:SetSourceIdentity"]"#,
                    r#"{ "StringEquals": { "aws:RequestTag/team": "data", "aws:RequestTag/stage": "test" } }"#
                ),
                &[&format!("{AT}/StringEquals/aws:RequestTag~1team")],
            ),
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "Null": { "sts:SourceIdentity": "false" }, "ForAnyValue:StringEquals": { "sts:TransitiveTagKeys": "team" } }"#
                ),
                &[
                    &format!("{AT}/Null/sts:SourceIdentity"),
                    &format!("{AT}/ForAnyValue:StringEquals/sts:TransitiveTagKeys"),
                ],
            ),
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#"["sts:AssumeRole", "sts:SetSourceIdentity"]"#,
                    r#"{ "StringLike": { "sts:SourceIdentity": "*@example.com" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#""sts:*""#,
                    r#"{ "StringEquals": { "aws:RequestTag/team": "data" } }"#
                ),
                &[],
            ),
            // In a separate statement, as AWS's examples have it.
            (
                concat!(
                    trust!(
                        r#"{ "AWS": "111122223333" }"#,
                        r#""sts:AssumeRole""#,
                        r#"{ "StringEquals": { "aws:RequestTag/team": "data" } }"#
                    ),
                    ", ",
                    trust!(r#"{ "AWS": "111122223333" }"#, r#""sts:TagSession""#)
                ),
                &[],
            ),
            // Both are asked for in one call.
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#"["sts:AssumeRole", "sts:TagSession"]"#,
                    r#"{ "StringEquals": { "sts:ExternalId": "a1b2c3" } }"#
                ),
                &[],
            ),
            // Met without the value, too.
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "StringLikeIfExists": { "sts:SourceIdentity": "*@example.com" }, "Null": { "aws:TagKeys": "true" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "StringEquals": { "sts:ExternalId": "a1b2c3", "aws:PrincipalTag/team": "data" } }"#
                ),
                &[],
            ),
        ],
    );
    // Of what other policies allow nothing is known here.
    table(
        Kind::Identity,
        &[(
            r#"{ "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*", "Condition": {
                 "StringEquals": { "sts:SourceIdentity": "jane" } } }"#,
            &[],
        )],
    );
}

#[test]
fn messages_of_audiences_and_sessions() {
    for (statement, expected) in [
        (
            trust!(
                r#"{ "Federated": "accounts.google.com" }"#,
                r#""sts:AssumeRoleWithWebIdentity""#,
                r#"{ "ForAnyValue:StringEquals": { "accounts.google.com:aud": "our-client" } }"#
            ),
            "`ForAnyValue` with `accounts.google.com:aud`, which has one value [FORANYVALUE_WITH_AUDIENCE_CLAIM_TYPE]\n\
             = note: AWS accepts it, but set operators are not meant for single-valued keys\n\
             = help: write `StringEquals`",
        ),
        (
            trust!(
                r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/idp.example.com" }"#,
                r#""sts:AssumeRoleWithWebIdentity""#,
                r#"{ "StringEquals": { "idp.example.com:aud": "sts.amazonaws.com" } }"#
            ),
            "whether `idp.example.com:aud` has one value or several depends on the provider [CONFIRM_AUDIENCE_CLAIM_TYPE]\n\
             = note: AWS accepts either way of comparing it\n\
             = help: look at the `aud` of a token: for a list, write `ForAnyValue:StringEquals`",
        ),
        (
            trust!(
                r#"{ "AWS": "111122223333" }"#,
                r#""sts:AssumeRole""#,
                r#"{ "StringLike": { "sts:SourceIdentity": "*@example.com" } }"#
            ),
            "nobody can set `sts:SourceIdentity`: that requires `sts:SetSourceIdentity` [MISSING_ACTION_FOR_CONDITION_KEY]\n\
             = note: AWS accepts it, but a call with the value lacks the action, and one without it does not meet the condition\n\
             = help: write `sts:SetSourceIdentity` among the statement's actions, or allow it in a separate statement",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Trust), expected);
    }
}
