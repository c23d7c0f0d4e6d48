//! Who may assume the role, and by which action.

use super::federated;
use crate::check::expect::{dead, findings, messages, policy, table};
use crate::policy::Kind;

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

/// The certificate's names are tags of the session that IAM Roles Anywhere asks for.
/// <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>
#[test]
fn names_of_a_certificate() {
    for (service, found_codes) in [
        ("rolesanywhere.amazonaws.com", &[][..]),
        (
            "lambda.amazonaws.com",
            &[
                "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/StringEquals/aws:PrincipalTag~1x509Issuer~1CN",
            ][..],
        ),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "Service": "{service}" }},
            "Action": ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"],
            "Condition": {{ "StringEquals": {{ "aws:PrincipalTag/x509Issuer/CN": "Bob", "aws:SourceAccount": "111122223333" }} }} }}"#
        );
        assert_eq!(findings(&policy(&statement), Kind::Trust), found_codes, "{service}");
    }
}

/// Statements with conditions of their own allow together what IAM Roles Anywhere needs.
#[test]
fn actions_of_several_statements() {
    let service = r#"{ "Service": "rolesanywhere.amazonaws.com" }"#;
    let statement = |actions: &str| {
        format!(
            r#"{{ "Effect": "Allow", "Principal": {service}, "Action": {actions},
            "Condition": {{ "StringEquals": {{ "aws:SourceAccount": "111122223333" }} }} }}"#
        )
    };
    let both = |one: &str, other: &str| {
        let found = findings(
            &policy(&format!("{}, {}", statement(one), statement(other))),
            Kind::Trust,
        );
        let is_asked = |said: &String| said.starts_with("MISSING_ACTION_FOR_ROLES_ANYWHERE");
        found.into_iter().filter(is_asked).collect::<Vec<_>>()
    };
    assert_eq!(
        both(r#"["sts:TagSession", "sts:SetSourceIdentity"]"#, r#""sts:AssumeRole""#),
        [""; 0]
    );
    assert_eq!(
        both(r#""sts:TagSession""#, r#""sts:AssumeRole""#),
        ["MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY /Statement/0/Action"]
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
                "token.actions.githubusercontent.com",
                r#"{ "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:ledger/site" } }"#,
            ),
            "no token of the usual form has `repo:ledger/site` as `token.actions.githubusercontent.com:sub` [CLAIM_MATCHES_NO_TOKEN]\n\
             = note: AWS accepts it, but the value matches only where the form of subjects was customized to be no more than this\n\
             = help: write `repo:ORG/REPO:ref:refs/heads/BRANCH`, or \
             `repo:ORG@ORG-ID/REPO@REPO-ID:ref:refs/heads/BRANCH` for a repository whose subject has IDs\n\
             = help: if the subjects of these tokens are customized so, allow CLAIM_MATCHES_NO_TOKEN for `repo:ledger/site`",
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
fn a_star_for_a_provider_is_every_provider() {
    let trust = |effect: &str, condition: &str| {
        format!(
            r#"{{ "Effect": "{effect}", "Principal": {{ "Federated": "*" }}, "Action": "sts:AssumeRoleWithWebIdentity"{condition} }}"#
        )
    };
    let every = "ROLE_TRUST_POLICY_FOR_EVERYONE /Statement/0/Principal/Federated";
    let of_one = r#", "Condition": { "StringEquals": { "token.actions.githubusercontent.com:sub": "repo:ledger/site:pull_request" } }"#;
    table(
        Kind::Trust,
        &[
            (&trust("Allow", ""), &[every]),
            // A claim does not name the issuer.
            (&trust("Allow", of_one), &[every]),
            (&trust("Deny", ""), &[]),
            (
                &trust("Allow", "").replace("\"*\"", "\"arn:aws:iam::111122223333:oidc-provider/*\""),
                &["UNSUPPORTED_WILDCARD_IN_PRINCIPAL /Statement/0/Principal/Federated *"],
            ),
        ],
    );
    assert_eq!(
        messages(&trust("Allow", ""), Kind::Trust),
        "users of any identity provider can assume the role: the federated principal is `*` [ROLE_TRUST_POLICY_FOR_EVERYONE]\n\
         = note: AWS accepts it, and it matches every provider that issues a token\n\
         = help: name each identity provider, such as `arn:aws:iam::ACCOUNT_ID:oidc-provider/token.actions.githubusercontent.com`"
    );
}
