//! Providers in holes: of one it is known that it is a provider, and not which.

use crate::check::expect::{policy, read, said, told};
use crate::document::{Document, Text};
use crate::hole::{bracketed, strings};
use crate::names::NameKind;
use crate::policy::Kind;

/// A policy of one statement, with each hole filled by a sample of its type.
fn template(principal: &str, action: &str, condition: &str) -> Document<'static> {
    let condition = match condition {
        "" => String::new(),
        condition => format!(r#", "Condition": {{ {condition} }}"#),
    };
    let json = format!(
        r#"{{ "Effect": "Allow", "Principal": {{ "Federated": {principal} }}, "Action": "{action}"{condition} }}"#
    );
    let mut root = read(&policy(&json)).root().clone();
    strings(&mut root, &mut |_, text| {
        let written = text.written().to_owned();
        let holes = bracketed(&written).into_iter().map(|found| {
            let kind = match written.get(found.range.clone()).unwrap_or_default() {
                "<oidc>" | "<other>" => "OidcProviderArn",
                "<saml>" => "SamlProviderArn",
                "<issuer>" => "OidcIssuer",
                "<region>" => "Region",
                "<partition>" => "Partition",
                _ => "ResourceName",
            };
            let sample = NameKind::from_type_name(kind).map_or(Text::UNKNOWN, NameKind::sample);
            (found.range, sample, 0)
        });
        let holes: Vec<_> = holes.collect();
        *text = Text::with_holes(written, holes);
    });
    Document::new(root)
}

const WEB: &str = "sts:AssumeRoleWithWebIdentity";
const SAML: &str = "sts:AssumeRoleWithSAML";

#[test]
fn what_fills_a_hole_is_not_the_sample_of_its_type() {
    const ANYONE: &str = "MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL /Statement/0/Principal/Federated";
    const FOREIGN: &str = "CONDITION_KEY_OF_ANOTHER_PROVIDER /Statement/0/Condition/StringEquals";
    const GITHUB: &str = "token.actions.githubusercontent.com:sub";
    const EKS: &str = r#""arn:<partition>:iam::111122223333:oidc-provider/oidc.eks.<region>.amazonaws.com/id/<id>""#;
    let sub = |host: &str, subject: &str| format!(r#""StringEquals": {{ "{host}:sub": "{subject}" }}"#);
    let issuer = "\"arn:aws:iam::111122223333:oidc-provider/<issuer>\"";
    let eks = "oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";
    let pod = "system:serviceaccount:prod:app";
    let gitlab = sub("gitlab.com", "project_path:acme/site:ref_type:branch:ref:main");
    let both = format!(
        r#""StringEquals": {{ "{GITHUB}": "repo:acme/site:pull_request", "gitlab.com:sub": "project_path:acme/site:ref_type:branch:ref:main" }}"#
    );
    let rows: Vec<(&str, &str, String, Vec<String>)> = vec![
        // The keys of any one provider are right.
        ("\"<oidc>\"", WEB, sub(eks, pod), vec![]),
        ("\"<oidc>\"", WEB, gitlab.clone(), vec![]),
        ("\"<oidc>\"", WEB, sub("idp.example.com", "app"), vec![]),
        ("\"<oidc>\"", WEB, sub("<issuer>", "app"), vec![]),
        (
            "\"<oidc>\"",
            WEB,
            sub("token.actions.githubusercontent.com", "repo:acme/site:pull_request"),
            vec![],
        ),
        ("[\"<oidc>\", \"<other>\"]", WEB, sub("idp.example.com", "app"), vec![]),
        (issuer, WEB, sub("<issuer>", "repo:acme/site:pull_request"), vec![]),
        (issuer, WEB, gitlab.clone(), vec![]),
        (EKS, WEB, sub("oidc.eks.<region>.amazonaws.com/id/<id>", pod), vec![]),
        (
            "\"<saml>\"",
            SAML,
            r#""StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" }"#.to_owned(),
            vec![],
        ),
        // Without a condition any user can assume the role, of whichever provider.
        ("\"<oidc>\"", WEB, String::new(), vec![ANYONE.to_owned()]),
        (
            "\"<oidc>\"",
            WEB,
            r#""StringEquals": { "aws:RequestedRegion": "eu-west-1" }"#.to_owned(),
            vec![ANYONE.to_owned()],
        ),
        (issuer, WEB, String::new(), vec![ANYONE.to_owned()]),
        // The keys say whose tokens are asked for.
        (
            "\"<oidc>\"",
            WEB,
            r#""StringLike": { "gitlab.com:sub": "project_path:*:ref_type:branch:ref:main" }"#.to_owned(),
            vec!["SHARED_OIDC_PROVIDER_WITHOUT_TENANT /Statement/0/Condition/StringLike/gitlab.com:sub".to_owned()],
        ),
        (
            "\"<oidc>\"",
            WEB,
            sub("gitlab.com", "acme/site"),
            vec!["CLAIM_MATCHES_NO_TOKEN /Statement/0/Condition/StringEquals/gitlab.com:sub".to_owned()],
        ),
        (
            "\"<oidc>\"",
            WEB,
            both.clone(),
            vec![format!("{FOREIGN}/gitlab.com:sub")],
        ),
        // Keys of the other kind of providers, and of another provider than one that is written.
        (
            "\"<oidc>\"",
            WEB,
            r#""StringEquals": { "SAML:aud": "https://signin.aws.amazon.com/saml" }"#.to_owned(),
            vec![format!("{FOREIGN}/SAML:aud")],
        ),
        (
            "\"<saml>\"",
            SAML,
            gitlab.clone(),
            vec![format!("{FOREIGN}/gitlab.com:sub")],
        ),
        (
            "\"arn:aws:iam::111122223333:oidc-provider/idp.example.com\"",
            WEB,
            gitlab.clone(),
            vec![format!("{FOREIGN}/gitlab.com:sub")],
        ),
        (
            "[\"<oidc>\", \"arn:aws:iam::111122223333:oidc-provider/idp.example.com\"]",
            WEB,
            gitlab,
            vec![],
        ),
    ];
    for (principal, action, condition, expected) in rows {
        let document = template(principal, action, &condition);
        let mut found = said(&document, Kind::Trust);
        // Whether the audience is a list is asked of every provider that is not known.
        found.retain(|found| !found.starts_with("CONFIRM_AUDIENCE_CLAIM_TYPE"));
        assert_eq!(found, expected, "{principal} {condition}");
    }
}

#[test]
fn a_hole_is_named_as_it_is_written() {
    let hosts = |principal| {
        let told = told(&template(principal, WEB, ""), Kind::Trust);
        assert!(
            !told.contains("githubusercontent") && !told.contains("oidc.eks"),
            "{told}"
        );
        told
    };
    assert!(hosts("\"<oidc>\"").contains("add a condition on `HOST:sub` and `HOST:aud`"));
    assert!(
        hosts("\"arn:aws:iam::111122223333:oidc-provider/<issuer>\"")
            .contains("add a condition on `<issuer>:sub` and `<issuer>:aud`")
    );
}
