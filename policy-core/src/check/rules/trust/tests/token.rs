//! What tokens of identity providers have, and whom a condition on them allows.

use super::federated;
use crate::check::expect::{findings, policy, table};
use crate::policy::Kind;

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

#[test]
fn a_claim_that_iam_has_no_key_for_restricts_no_token() {
    const EKS: &str = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
    let key = |operator: &str, key: &str| {
        let condition = format!(r#"{{ "{operator}": {{ "{EKS}:{key}": "a" }} }}"#);
        findings(&policy(&federated(EKS, &condition)), Kind::Trust)
    };
    let unknown = |operator: &str, key: &str| {
        format!(
            "INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/{operator}/{}:{key}",
            EKS.replace('/', "~1")
        )
    };
    // Nobody has the key, so that nobody can assume the role.
    assert_eq!(key("StringEquals", "subject"), [unknown("StringEquals", "subject")]);
    // Everybody lacks it.
    assert_eq!(
        key("StringNotEquals", "groups"),
        [
            "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL /Statement/0/Principal/Federated".to_owned(),
            unknown("StringNotEquals", "groups")
        ]
    );
    assert_eq!(key("StringEquals", "email"), [""; 0]);
    // The key of another provider, which AWS does not have either, is one mistake.
    let condition = r#"{ "StringEquals": { "gitlab.com:audience": "a" } }"#;
    assert_eq!(
        findings(&policy(&federated(EKS, condition)), Kind::Trust),
        ["INVALID_SERVICE_CONDITION_KEY /Statement/0/Condition/StringEquals/gitlab.com:audience"]
    );
}
