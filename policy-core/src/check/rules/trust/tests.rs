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
            // Any principal that knows the external ID, which is not a secret, can assume the role.
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
             = note: AWS rejects the policy\n\
             = help: name the principals that can assume the role, such as `{ \"Service\": \"ecs-tasks.amazonaws.com\" }` or \
             `{ \"AWS\": \"111122223333\" }`",
        ),
        (
            trust!(
                r#"{ "Federated": "accounts.google.com" }"#,
                r#""sts:AssumeRole""#,
                r#"{ "StringEquals": { "accounts.google.com:aud": "66677788899900pro0" } }"#
            ),
            "a web identity provider cannot assume a role with `sts:AssumeRole` [MISMATCHED_ACTION_FOR_PRINCIPAL]\n\
             = note: AWS accepts it, but the principal cannot assume the role this way\n\
             = help: write `sts:AssumeRoleWithWebIdentity`",
        ),
        (
            trust!(r#"{ "Service": "lambda.amazonaws.com" }"#, r#""s3:GetObject""#),
            "a role trust policy cannot have the action `s3:GetObject` [UNSUPPORTED_ACTION_IN_POLICY]\n\
             = note: AWS rejects the policy; only the actions of STS that assume a role are allowed\n\
             = help: write `sts:AssumeRole`; the role's permissions belong in an identity policy",
        ),
        (
            trust!(
                r#"{ "Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }"#,
                r#""sts:AssumeRoleWithWebIdentity""#,
                r#"{ "StringLike": { "token.actions.githubusercontent.com:sub": "repo:example/*" } }"#
            ),
            "`repo:example/*` matches more than one repository [SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED]\n\
             = note: the workflows of every repository that matches can assume the role, including repositories that are created later\n\
             = help: write `repo:ORG/REPO:ref:refs/heads/BRANCH`, or \
             `repo:ORG@ORG-ID/REPO@REPO-ID:ref:refs/heads/BRANCH` for a repository whose subject has IDs",
        ),
        (
            &federated(
                "token.actions.githubusercontent.com",
                r#"{ "StringLike": { "token.actions.githubusercontent.com:sub": "repo:*/site:*" } }"#,
            ),
            "`repo:*/site:*` also matches the tokens of other customers [MISSING_GITHUB_REPO_CONDITION_KEY]\n\
             = note: `token.actions.githubusercontent.com` issues a token to every GitHub repository: any of them whose token matches can assume the role\n\
             = help: write the values of your own tokens, such as `repo:ORG/REPO:ref:refs/heads/BRANCH`, or \
             `repo:ORG@ORG-ID/REPO@REPO-ID:ref:refs/heads/BRANCH` for a repository whose subject has IDs",
        ),
        (
            &federated(
                "gitlab.com",
                r#"{ "StringEquals": { "gitlab.com:ref_protected": "true" } }"#,
            ),
            "any GitLab project can assume the role: no condition requires one of yours [SHARED_OIDC_PROVIDER_WITHOUT_TENANT]\n\
             = note: `gitlab.com` issues a token to every GitLab project\n\
             = note: IAM rejects the policy when a role is created or its trust policy is updated; roles with such a trust policy stay as they are\n\
             = help: add a condition on `gitlab.com:sub`, such as `project_path:GROUP/PROJECT:ref_type:branch:ref:BRANCH`\n\
             = help: if the role exists already and keeps this trust policy, allow SHARED_OIDC_PROVIDER_WITHOUT_TENANT for \
             `arn:aws:iam::111122223333:oidc-provider/gitlab.com`",
        ),
        (
            &federated(
                "oidc.eks.eu-west-1.amazonaws.com/id/AAAA",
                r#"{ "StringEquals": { "oidc.eks.eu-west-1.amazonaws.com/id/AAAA:aud": "system:serviceaccount:web:site" } }"#,
            ),
            "`system:serviceaccount:web:site` is a subject, not an audience [CLAIM_MATCHES_NO_TOKEN]\n\
             = note: AWS accepts it, but no token has that audience: the condition is never met\n\
             = help: write it under `oidc.eks.eu-west-1.amazonaws.com/id/AAAA:sub`; the audience is usually \
             `sts.amazonaws.com`",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Trust), expected);
    }
}

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
            // In a statement of its own, as AWS's examples have it.
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
             = help: write `sts:SetSourceIdentity` among the statement's actions, or allow it in a statement of its own",
        ),
    ] {
        assert_eq!(messages(statement, Kind::Trust), expected);
    }
}

/// A statement that lets a provider's tokens in on a condition.
fn federated(issuer: &str, condition: &str) -> String {
    format!(
        r#"{{ "Effect": "Allow", "Principal": {{ "Federated": "arn:aws:iam::111122223333:oidc-provider/{issuer}" }},
            "Action": "sts:AssumeRoleWithWebIdentity", "Condition": {condition} }}"#
    )
}

#[test]
fn a_condition_must_say_which_customer_of_a_shared_issuer() {
    const GITHUB: &str = "token.actions.githubusercontent.com";
    const AUDIENCE: &str = r#""StringEquals": { "ISSUER:aud": "sts.amazonaws.com" }"#;
    let missing = "MISSING_GITHUB_REPO_CONDITION_KEY /Statement/0/Principal/Federated";
    let shared = "SHARED_OIDC_PROVIDER_WITHOUT_TENANT /Statement/0/Principal/Federated";
    let value = |code: &str, operator: &str, rest: &str| format!("{code} /Statement/0/Condition/{operator}/{rest}");
    let github_value = |operator| {
        value(
            "MISSING_GITHUB_REPO_CONDITION_KEY",
            operator,
            "token.actions.githubusercontent.com:sub",
        )
    };
    let rows: Vec<(&str, &str, Vec<String>)> = vec![
        (
            GITHUB,
            r#""StringLike": { "ISSUER:sub": "*" }"#,
            vec![github_value("StringLike")],
        ),
        (
            GITHUB,
            r#""StringLike": { "ISSUER:sub": "repo:*" }"#,
            vec![github_value("StringLike")],
        ),
        (
            GITHUB,
            r#""StringLike": { "ISSUER:sub": "repo:*/*:ref:refs/heads/main" }"#,
            vec![github_value("StringLike")],
        ),
        (
            GITHUB,
            r#""ForAnyValue:StringLike": { "ISSUER:sub": "repo:*/x:*" }"#,
            vec![github_value("ForAnyValue:StringLike")],
        ),
        (
            GITHUB,
            r#""StringLikeIfExists": { "ISSUER:sub": "repo:acme*/x:*" }"#,
            vec![github_value("StringLikeIfExists")],
        ),
        (GITHUB, r#""Null": { "ISSUER:sub": "false" }"#, vec![missing.to_owned()]),
        (
            GITHUB,
            r#""StringNotEquals": { "ISSUER:sub": "repo:a/b:pull_request" }"#,
            vec![missing.to_owned()],
        ),
        (
            GITHUB,
            r#""StringNotLike": { "ISSUER:sub": "repo:acme/*" }"#,
            vec![missing.to_owned()],
        ),
        (
            GITHUB,
            r#""StringEquals": { "ISSUER:ref": "refs/heads/main" }"#,
            vec![missing.to_owned()],
        ),
        (
            GITHUB,
            r#""StringEquals": { "ISSUER:repository_owner_id": "1234", "ISSUER:ref": "refs/heads/main" }"#,
            vec![],
        ),
        (
            GITHUB,
            r#""StringLike": { "ISSUER:sub": "*", "ISSUER:repository": "acme/site" }"#,
            vec![value(
                "EQUIVALENT_TO_NULL_FALSE",
                "StringLike",
                "token.actions.githubusercontent.com:sub",
            )],
        ),
        (
            GITHUB,
            r#""StringLike": { "ISSUER:sub": ["repo:acme/site:*", "repo:acme@*/site@*:ref:refs/heads/main"] }"#,
            vec![],
        ),
        ("app.terraform.io", AUDIENCE, vec![shared.to_owned()]),
        (
            "gitlab.com",
            r#""StringLike": { "ISSUER:sub": "project_path:acme/*:ref_type:branch:ref:main" }"#,
            vec![],
        ),
        (
            "gitlab.com",
            r#""StringLike": { "ISSUER:sub": "project_path:*:ref_type:branch:ref:main" }"#,
            vec![value(
                "SHARED_OIDC_PROVIDER_WITHOUT_TENANT",
                "StringLike",
                "gitlab.com:sub",
            )],
        ),
        (
            "gitlab.com",
            r#""StringEquals": { "ISSUER:ref_protected": "true" }"#,
            vec![shared.to_owned()],
        ),
        (
            "agent.buildkite.com",
            r#""StringEquals": { "ISSUER:organization_slug": "acme" }"#,
            vec![],
        ),
        (
            "oidc.vercel.com",
            r#""StringEquals": { "ISSUER:aud": "https://vercel.com/acme" }"#,
            vec![],
        ),
        (
            "oidc.vercel.com",
            r#""StringLike": { "ISSUER:sub": "owner:*:project:site:environment:production" }"#,
            vec![value(
                "SHARED_OIDC_PROVIDER_WITHOUT_TENANT",
                "StringLike",
                "oidc.vercel.com:sub",
            )],
        ),
        (
            "oidc.vercel.com/acme",
            r#""StringLike": { "ISSUER:sub": "owner:*:project:site:environment:production" }"#,
            vec![],
        ),
        (
            "api.pulumi.com/oidc",
            r#""StringEquals": { "ISSUER:aud": "aws:acme" }"#,
            vec![],
        ),
        (
            "scalr.io",
            r#""StringLike": { "ISSUER:sub": "account:acme:environment:*:workspace:*" }"#,
            vec![],
        ),
        ("proidc.upbound.io", AUDIENCE, vec![shared.to_owned()]),
    ];
    for (issuer, condition, expected) in rows {
        let condition = format!("{{ {} }}", condition.replace("ISSUER", issuer));
        let found: Vec<String> = findings(&policy(&federated(issuer, &condition)), Kind::Trust)
            .into_iter()
            .filter(|finding| !finding.starts_with("CONFIRM_AUDIENCE_CLAIM_TYPE"))
            .map(|finding| finding.replace("~1", "/"))
            .collect();
        assert_eq!(found, expected, "{issuer} {condition}");
    }
}

#[test]
fn values_that_no_token_has() {
    const GITHUB: &str = "token.actions.githubusercontent.com";
    const EKS: &str = "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F";
    for (issuer, claim, operator, value, expected) in [
        (GITHUB, "sub", "StringLike", "acme/site:*", true),
        (GITHUB, "sub", "StringEquals", "repo:acme/site", true),
        (GITHUB, "sub", "StringEquals", "repo:acme/site:refs/heads/main", true),
        (
            GITHUB,
            "sub",
            "StringEquals",
            "repo:acme/site:ref:refs/heads/main",
            false,
        ),
        (
            GITHUB,
            "sub",
            "StringEquals",
            "repo:acme@1/site@2:environment:production",
            false,
        ),
        (GITHUB, "sub", "StringNotEquals", "repo:acme/site", false),
        (EKS, "aud", "StringEquals", "system:serviceaccount:ns:sa", true),
        (EKS, "sub", "StringEquals", "sts.amazonaws.com", true),
        (EKS, "sub", "StringLike", "system:serviceaccount:*:sa", false),
        ("idp.example.com", "sub", "StringEquals", "anything", false),
    ] {
        let condition = format!(
            r#"{{ "{operator}": {{ "{issuer}:{claim}": "{value}" }}, "StringEqualsIgnoreCase": {{ "{issuer}:{other}": "{known}" }} }}"#,
            other = if issuer == GITHUB { "repository" } else { "sub" },
            known = if issuer == EKS {
                "system:serviceaccount:ns:sa"
            } else {
                "acme/site"
            },
        );
        let found = findings(&policy(&federated(issuer, &condition)), Kind::Trust);
        let is_found = found
            .iter()
            .any(|finding| finding.starts_with("CLAIM_MATCHES_NO_TOKEN"));
        assert_eq!(is_found, expected, "{issuer} {value}: {found:?}");
    }
}

#[test]
fn keys_of_another_provider() {
    const KEY: &str = "CONDITION_KEY_OF_ANOTHER_PROVIDER /Statement/0/Condition/StringEquals/";
    table(
        Kind::Trust,
        &[
            (
                &federated(
                    "token.actions.githubusercontent.com/acme",
                    r#"{ "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:acme/site:pull_request" } }"#,
                ),
                &[&format!("{KEY}token.actions.githubusercontent.com:sub")],
            ),
            (
                &federated(
                    "oidc.eks.eu-west-1.amazonaws.com/id/AAAA",
                    r#"{ "StringEquals": { "oidc.eks.eu-west-1.amazonaws.com/id/BBBB:sub": "system:serviceaccount:a:b" } }"#,
                ),
                &[&format!("{KEY}oidc.eks.eu-west-1.amazonaws.com~1id~1BBBB:sub")],
            ),
            (
                &federated(
                    "idp.example.com",
                    r#"{ "StringEquals": { "saml:sub": "jane", "idp.example.com:sub": "jane" } }"#,
                ),
                &[&format!("{KEY}saml:sub")],
            ),
            (
                trust!(
                    r#"{ "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }"#,
                    r#""sts:AssumeRoleWithSAML""#,
                    r#"{ "StringEquals": { "idp.example.com:sub": "jane" } }"#
                ),
                &[&format!("{KEY}idp.example.com:sub")],
            ),
            // Two providers, each with its own key: a request that has one never has the other, which is another mistake.
            (
                trust!(
                    r#"{ "Federated": ["arn:aws:iam::111122223333:saml-provider/corp", "accounts.google.com"] }"#,
                    r#"["sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"]"#,
                    r#"{ "StringEquals": { "accounts.google.com:aud": "66677788899900pro0" } }"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn issuers_that_do_not_exist() {
    const FOUND: &str = "OIDC_PROVIDER_DOES_NOT_EXIST /Statement/0/Principal/Federated";
    for (issuer, expected) in [
        ("oidc.eu-west-1.eks.amazonaws.com/id/AAAA", true),
        ("oidc.eks.eu-west-1.amazonaws.com/id/AAAA", false),
        ("token.action.githubusercontent.com", true),
        ("tokens.actions.githubusercontent.com", true),
        ("token.actions.example.ghe.com", false),
        ("gitlab.co", false),
        ("idp.example.com", false),
    ] {
        let condition = format!(r#"{{ "StringEquals": {{ "{issuer}:sub": "jane" }} }}"#);
        let found = findings(&policy(&federated(issuer, &condition)), Kind::Trust);
        assert_eq!(found.contains(&FOUND.to_owned()), expected, "{issuer}: {found:?}");
    }
}

#[test]
fn services_that_tag_the_session() {
    const FOUND: &str = "MISSING_TAG_SESSION_FOR_SERVICE /Statement/0/Action";
    table(
        Kind::Trust,
        &[
            (
                trust!(r#"{ "Service": "pods.eks.amazonaws.com" }"#, r#""sts:AssumeRole""#),
                &[FOUND],
            ),
            (
                trust!(
                    r#"{ "Service": ["ec2.amazonaws.com", "capabilities.eks.amazonaws.com"] }"#,
                    r#"["sts:AssumeRole"]"#
                ),
                &[FOUND],
            ),
            (
                trust!(
                    r#"{ "Service": "pods.eks.amazonaws.com" }"#,
                    r#"["sts:AssumeRole", "sts:TagSession"]"#
                ),
                &[],
            ),
            (trust!(r#"{ "Service": "pods.eks.amazonaws.com" }"#, r#""sts:*""#), &[]),
            (
                trust!(r#"{ "Service": "eks.amazonaws.com" }"#, r#""sts:AssumeRole""#),
                &[],
            ),
            (
                concat!(
                    trust!(r#"{ "Service": "pods.eks.amazonaws.com" }"#, r#""sts:AssumeRole""#),
                    ", ",
                    trust!(r#"{ "Service": "pods.eks.amazonaws.com" }"#, r#""sts:TagSession""#)
                ),
                &[],
            ),
        ],
    );
}
