#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::Statement;
use crate::policy::kind::{Identity, Resource};
use crate::policy::{
    Comparison, IdentityPolicy, Policy, PolicyKind, PrincipalKey, ReadError, ResourceControlPolicy, ResourcePolicy,
    TrustPolicy, Version,
};

/// The codes and paths of the mistakes.
fn mistakes<K: PolicyKind>(built: Result<Policy<K>, ReadError>) -> Vec<(&'static str, String)> {
    let error = built.unwrap_err();
    let located = error.findings().iter();
    located
        .map(|located| (located.finding.code().name(), located.path.to_string()))
        .collect()
}

#[test]
fn elements_come_in_one_order_however_they_were_given() {
    let policy = ResourcePolicy::builder()
        .statements([Statement::deny(["s3:GetObject", "s3:PutObject"])
            .condition(Comparison::StringEquals, "aws:SourceAccount", ["111122223333"])
            .resources(["arn:aws:s3:::exports/*"])
            .principals(PrincipalKey::Service, ["logging.s3.amazonaws.com"])
            .principals(PrincipalKey::Aws, ["111122223333"])
            .principals(PrincipalKey::Aws, ["444455556666"])
            .sid("First")])
        .id("exports")
        .build()
        .unwrap();
    assert_eq!(
        policy.to_json(),
        concat!(
            r#"{"Version":"2012-10-17","Id":"exports","Statement":[{"Sid":"First","Effect":"Deny","#,
            r#""Principal":{"Service":"logging.s3.amazonaws.com","AWS":["111122223333","444455556666"]},"#,
            r#""Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::exports/*","#,
            r#""Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}]}"#,
        ),
    );
    assert_eq!(ResourcePolicy::from_json(policy.to_json()).unwrap(), policy);
}

#[test]
fn everyone_stands_alone_or_beside_others() {
    let principal = |statement: Statement<_>| {
        let policy = ResourcePolicy::builder().statement(statement.resources(["*"])).build();
        let json = policy.unwrap().to_json();
        let (_, rest) = json.split_once(r#""Principal":"#).unwrap();
        rest.split_once(r#","Action""#).unwrap().0.to_owned()
    };
    let deny = Statement::deny(["s3:*"]).everyone();
    assert_eq!(principal(deny.clone()), r#""*""#);
    assert_eq!(
        principal(deny.principals(PrincipalKey::Aws, ["111122223333"])),
        r#"{"AWS":["111122223333","*"]}"#
    );
    let rcp = ResourceControlPolicy::builder()
        .statement(Statement::deny(["s3:*"]).everyone().resources(["*"]))
        .build();
    assert!(rcp.is_ok(), "a resource control policy accepts `*` only on its own");
}

#[test]
fn what_is_missing_is_found_by_the_reader() {
    assert_eq!(
        mistakes(IdentityPolicy::builder().build()),
        [("MISSING_STATEMENT", "/Statement".to_owned())]
    );
    assert_eq!(
        mistakes(
            TrustPolicy::builder()
                .statement(Statement::allow(["sts:AssumeRole"]))
                .build()
        ),
        [("MISSING_PRINCIPAL", "/Statement/0".to_owned())]
    );
}

#[test]
fn contradictions_are_refused_and_not_merged() {
    assert_eq!(
        mistakes(
            IdentityPolicy::builder()
                .statement(
                    Statement::allow(["s3:GetObject"])
                        .resources(["*"])
                        .not_resources(["arn:aws:s3:::secret/*"])
                )
                .build()
        ),
        [("UNSUPPORTED_ELEMENT_COMBINATION", "/Statement/0/NotResource".to_owned())]
    );
    assert_eq!(
        mistakes(
            IdentityPolicy::builder()
                .statement(
                    Statement::allow(["s3:ListBucket"])
                        .resources(["arn:aws:s3:::exports"])
                        .condition(Comparison::StringLike, "s3:prefix", ["a/*"])
                        .condition(Comparison::StringLike, "s3:prefix", ["b/*"])
                )
                .build()
        ),
        [(
            "DUPLICATE_ELEMENT",
            "/Statement/0/Condition/StringLike/s3:prefix".to_owned()
        )]
    );
}

#[test]
fn a_key_in_another_case_is_the_same_key() {
    let policy = IdentityPolicy::builder().statement(
        Statement::allow(["s3:ListBucket"])
            .resources(["arn:aws:s3:::exports"])
            .condition(Comparison::StringEquals, "aws:username", ["a"])
            .condition(Comparison::StringEquals, "AWS:USERNAME", ["b"]),
    );
    let path = "/Statement/0/Condition/StringEquals/aws:username".to_owned();
    assert_eq!(mistakes(policy.build()), [("DUPLICATE_ELEMENT", path)]);
}

#[test]
fn what_needs_escapes_gets_them() {
    let policy = IdentityPolicy::builder()
        .statement(
            Statement::allow_except(["iam:*"])
                .sid("a\"b")
                .not_resources(["arn:aws:s3:::a\\b"]),
        )
        .build()
        .unwrap();
    assert_eq!(IdentityPolicy::from_json(policy.to_json()).unwrap(), policy);
    assert!(policy.to_json().contains(r#""NotResource":"arn:aws:s3:::a\\b""#));
}

#[test]
fn a_value_that_is_replaced_keeps_its_shape() {
    let statement =
        || Statement::<crate::policy::kind::Identity>::allow(["s3:GetObject"]).resources(["arn:aws:s3:::a/*"]);
    let replaced = statement().retain_resources(|_| false).resources(["arn:aws:s3:::b/*"]);
    assert_eq!(
        replaced.to_json(),
        r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}"#
    );
    let by_several = statement()
        .retain_resources(|_| false)
        .resources(["arn:aws:s3:::b/*", "arn:aws:s3:::c/*"]);
    assert_eq!(
        by_several.to_json(),
        r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::b/*","arn:aws:s3:::c/*"]}"#
    );
}

#[test]
fn a_statement_is_equal_to_the_one_in_the_policy() {
    let statement = Statement::<Identity>::allow(["s3:GetObject"]).resources(["*"]);
    let policy = IdentityPolicy::builder().statement(statement.clone()).build().unwrap();
    let mut known = std::collections::HashSet::from([statement.clone()]);
    for own in &policy {
        assert_eq!(statement, own);
        assert_eq!(own, statement);
        assert!(!known.insert(Statement::from(own)));
    }
    assert_eq!(IdentityPolicy::try_from(policy.text()).as_ref(), Ok(&policy));
    assert_eq!(IdentityPolicy::try_from(policy.text().to_owned()), Ok(policy));
}

/// A bare `*` is `*` below `AWS`.
#[test]
fn everyone_is_narrowed_like_some() {
    let shared = || Statement::<Resource>::deny(["sqs:*"]).resources(["*"]);
    let bare = shared().everyone();
    let listed = shared().principals(PrincipalKey::Aws, ["*", "111122223333"]);
    for statement in [bare.clone(), listed.clone()] {
        let narrowed = statement
            .without_principal(PrincipalKey::Aws, "*")
            .without_principal(PrincipalKey::Aws, "111122223333")
            .principals(PrincipalKey::Aws, ["444455556666"]);
        let who: Vec<&str> = narrowed
            .view()
            .principals()
            .map(|principal| principal.text.written())
            .collect();
        assert_eq!(who, ["444455556666"], "{narrowed}");
    }
    assert_eq!(bare.clone().without_principal(PrincipalKey::Service, "*"), bare);
    assert_eq!(
        bare.clone()
            .retain_principals(|key, who| key == PrincipalKey::Aws && who == "*"),
        bare
    );
    assert_eq!(
        listed.retain_principals(|_, who| who != "*").to_json(),
        r#"{"Effect":"Deny","Principal":{"AWS":["111122223333"]},"Action":"sqs:*","Resource":"*"}"#
    );
    // No policy can be made with a statement that is left without principals.
    let nobody = bare.without_principal(PrincipalKey::Aws, "*");
    let built = ResourcePolicy::builder().statement(nobody).build();
    assert_eq!(
        mistakes(built).first().map(|(code, _)| *code),
        Some("EMPTY_OBJECT_PRINCIPAL")
    );
}

#[test]
fn a_policy_is_not_read_as_a_statement() {
    let one = r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#;
    for (statements, help) in [
        (one.to_owned(), "keep only the object in its `Statement`"),
        (
            format!("[{one}, {one}]"),
            "read it as a policy, or keep one object of its `Statement`",
        ),
    ] {
        let policy = format!(r#"{{ "Version": "2012-10-17", "Statement": {statements} }}"#);
        let error = Statement::<Identity>::from_json(&policy).unwrap_err();
        let findings = error.findings().iter().map(|found| &found.finding);
        let messages: Vec<&str> = findings.clone().map(crate::finding::Finding::message).collect();
        assert_eq!(messages, ["this is a policy, not a statement"]);
        assert!(
            findings
                .flat_map(crate::finding::Finding::help)
                .any(|said| said == help),
            "{error}"
        );
    }
}

/// A new statement is of the current version, as one that is taken from a policy of it.
#[test]
fn a_new_statement_with_a_variable_raises_the_version() {
    let home = || Statement::<Identity>::allow(["s3:*"]).resources(["arn:aws:s3:::home/${aws:username}/*"]);
    let plain = || Statement::<Identity>::allow(["s3:*"]).resources(["arn:aws:s3:::shared/*"]);
    let of = |version: &str, resource: &str| {
        let text = format!(
            r#"{{ {version} "Statement": [{{ "Effect": "Allow", "Action": "s3:*", "Resource": "{resource}" }}] }}"#
        );
        IdentityPolicy::from_json(text).unwrap()
    };
    for version in ["", r#""Version": "2008-10-17","#] {
        let policy = of(version, "*");
        for edited in [
            policy.clone().push(home()),
            policy.clone().insert(0, home()),
            policy.clone().map(|_| home()),
            policy.clone().into_builder().statement(home()).build(),
        ] {
            assert_eq!(edited.unwrap().version(), Version::V2012);
        }
        let same = [
            policy.clone().push(plain()),
            policy.clone().into_builder().statement(plain()).build(),
        ];
        assert!(same.into_iter().all(|same| same.unwrap().version() == Version::V2008));
        let text = of(version, "arn:aws:s3:::${aws:username}");
        assert!(text.clone().push(home()).is_err() && text.push(plain()).is_ok());
    }
}
