use crate::check::expect::{dead, findings, messages, policy, table};
use crate::policy::Kind;

macro_rules! trust {
    ($principal:literal, $action:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#,
            $principal,
            r#", "Action": "#,
            $action,
            " }"
        )
    };
    ($principal:literal, $action:literal, $condition:literal) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#,
            $principal,
            r#", "Action": "#,
            $action,
            r#", "Condition": "#,
            $condition,
            " }"
        )
    };
}

#[test]
fn principals_and_actions_fit() {
    table(
        Kind::Trust,
        &[
            (
                trust!(r#"{ "Service": "lambda.amazonaws.com" }"#, r#""sts:AssumeRole""#),
                &[],
            ),
            (
                trust!(
                    r#"{ "AWS": "111122223333" }"#,
                    r#"["sts:assumerole", "sts:TagSession", "sts:SetSourceIdentity"]"#
                ),
                &[],
            ),
            (trust!(r#"{ "AWS": "111122223333" }"#, r#""sts:Assume*""#), &[]),
            (
                trust!(r#""*""#, r#""sts:AssumeRole""#),
                &["ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL /Statement/0/Principal"],
            ),
            (
                trust!(r#"{ "AWS": "*" }"#, r#""sts:AssumeRole""#),
                &["ROLE_TRUST_POLICY_FOR_EVERYONE /Statement/0/Principal/AWS"],
            ),
            (
                trust!(
                    r#"{ "AWS": "*" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#
                ),
                &[],
            ),
            // Whoever knows the external id, which is no secret, could assume it.
            (
                trust!(
                    r#"{ "AWS": "*" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "StringEquals": { "sts:ExternalId": "maia-1" } }"#
                ),
                &["ROLE_TRUST_POLICY_FOR_EVERYONE /Statement/0/Principal/AWS"],
            ),
            (
                trust!(
                    r#"{ "AWS": "*" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } }"#
                ),
                &["ROLE_TRUST_POLICY_FOR_EVERYONE /Statement/0/Principal/AWS"],
            ),
            (
                trust!(
                    r#"{ "AWS": "*" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EX" }"#,
                    r#""sts:AssumeRole""#,
                    r#"{ "StringEquals": { "oidc.eks.eu-west-1.amazonaws.com/id/EX:sub": "system:serviceaccount:a:b" } }"#
                ),
                &["MISMATCHED_ACTION_FOR_PRINCIPAL /Statement/0/Action"],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EX" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "oidc.eks.eu-west-1.amazonaws.com/id/EX:sub": "system:serviceaccount:a:b" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:saml-provider/adfs" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#
                ),
                &["MISMATCHED_ACTION_FOR_PRINCIPAL /Statement/0/Action"],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:saml-provider/adfs" }"#,
                    r#""sts:AssumeRoleWithSAML""#,
                    r#"{ "StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" } }"#
                ),
                &[],
            ),
            // Each of the two has its own action.
            (
                trust!(
                    r#"{ "AWS": "111122223333", "Federated": "arn:aws:iam::111122223333:saml-provider/adfs" }"#,
                    r#"["sts:AssumeRole", "sts:AssumeRoleWithSAML"]"#
                ),
                &[],
            ),
            // One slip, one message.
            (
                trust!(
                    r#"{ "AWS": "arn:aws:iam::111122223333:saml-provider/adfs" }"#,
                    r#""sts:AssumeRoleWithSAML""#
                ),
                &["INVALID_PRINCIPAL_FORMAT /Statement/0/Principal/AWS"],
            ),
        ],
    );
    assert_eq!(
        dead(
            trust!(
                r#"{ "Federated": "arn:aws:iam::111122223333:saml-provider/adfs" }"#,
                r#""sts:AssumeRole""#
            ),
            Kind::Trust
        ),
        ["MISMATCHED_ACTION_FOR_PRINCIPAL"]
    );
}

#[test]
fn everyone_but_those_who_are_denied() {
    let allow = trust!(r#"{ "AWS": "*" }"#, r#""sts:AssumeRole""#);
    let deny = r#"{ "Effect": "Deny", "Principal": { "AWS": "*" }, "Action": "sts:AssumeRole",
                    "Condition": { "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } }"#;
    let both = policy(&format!("{allow}, {deny}"));
    assert!(findings(&both, Kind::Trust).is_empty());
}

#[test]
fn actions() {
    table(
        Kind::Trust,
        &[
            (
                trust!(
                    r#"{ "Service": "lambda.amazonaws.com" }"#,
                    r#"["sts:AssumeRole", "s3:GetObject", "sts:GetCallerIdentity"]"#
                ),
                &[
                    "UNSUPPORTED_ACTION_IN_POLICY /Statement/0/Action/1",
                    "UNSUPPORTED_ACTION_IN_POLICY /Statement/0/Action/2",
                ],
            ),
            (
                trust!(
                    r#"{ "Service": "rolesanywhere.amazonaws.com" }"#,
                    r#"["sts:AssumeRole", "sts:TagSession"]"#
                ),
                &["MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY /Statement/0/Action"],
            ),
            (
                trust!(
                    r#"{ "Service": "rolesanywhere.amazonaws.com" }"#,
                    r#"["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn providers() {
    table(
        Kind::Trust,
        &[
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/https://token.actions.githubusercontent.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#
                ),
                &["INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY /Statement/0/Principal/Federated"],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::1111:saml-provider/adfs" }"#,
                    r#""sts:AssumeRoleWithSAML""#
                ),
                &["INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY /Statement/0/Principal/Federated 1111"],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }"#
                ),
                &["MISSING_GITHUB_REPO_CONDITION_KEY /Statement/0/Principal/Federated"],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringLike": { "token.actions.githubusercontent.com:sub": "repo:org/repo:*" } }"#
                ),
                &[],
            ),
            (
                trust!(
                    r#"{ "Federated": "accounts.google.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#
                ),
                &["MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL /Statement/0/Principal/Federated"],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringLike": { "token.actions.githubusercontent.com:sub": ["repo:org/*:ref:refs/heads/main", "repo:org/r:*"] } }"#
                ),
                &[
                    "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED /Statement/0/Condition/StringLike/token.actions.githubusercontent.com:sub/0",
                ],
            ),
            (
                trust!(
                    r#"{ "Federated": "accounts.google.com" }"#,
                    r#""sts:AssumeRoleWithWebIdentity""#,
                    r#"{ "StringEquals": { "accounts.google.com:aud": "66677788899900pro0" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            trust!(r#""*""#, r#""sts:AssumeRole""#),
            "a role trust policy cannot have `\"Principal\": \"*\"` [ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL]\n\
             = note: everyone could assume the role, from every account of AWS\n\
             = help: name who may assume it, such as `{ \"Service\": \"ecs-tasks.amazonaws.com\" }` or \
             `{ \"AWS\": \"111122223333\" }`",
        ),
        (
            trust!(
                r#"{ "Federated": "accounts.google.com" }"#,
                r#""sts:AssumeRole""#,
                r#"{ "StringEquals": { "accounts.google.com:aud": "66677788899900pro0" } }"#
            ),
            "a web identity provider does not assume a role with `sts:AssumeRole` [MISMATCHED_ACTION_FOR_PRINCIPAL]\n\
             = note: AWS accepts it, and nobody can assume the role so\n\
             = help: write `sts:AssumeRoleWithWebIdentity`",
        ),
        (
            trust!(r#"{ "Service": "lambda.amazonaws.com" }"#, r#""s3:GetObject""#),
            "a role trust policy has no action `s3:GetObject` [UNSUPPORTED_ACTION_IN_POLICY]\n\
             = note: it says who may assume the role; AWS rejects all but STS's actions for that\n\
             = help: write `sts:AssumeRole`; what the role may do stands in an `IdentityPolicy`",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Trust), expected);
    }
}
