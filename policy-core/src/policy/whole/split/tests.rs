#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::policy::{IdentityPolicy, TrustPolicy};

fn policy(statements: &str) -> IdentityPolicy {
    IdentityPolicy::from_json(format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#)).unwrap()
}

fn texts(policy: &IdentityPolicy, quota: usize) -> Vec<String> {
    let parts = policy.split(quota).unwrap();
    assert!(parts.iter().all(|part| part.characters() <= quota));
    parts.iter().map(|part| part.text().to_owned()).collect()
}

#[test]
fn statements_then_resources_then_actions_are_divided() {
    let one = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}"#;
    let two = one.replace(":::a", ":::b");
    let both = policy(&format!("{one},{two}"));
    assert_eq!(texts(&both, both.characters()), [both.text()]);
    assert_eq!(
        texts(&both, both.characters() - 1),
        [one, &two].map(|one| policy(one).text().to_owned())
    );

    let lists =
        r#"{"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":["arn:aws:s3:::a","arn:aws:s3:::b"]}"#;
    let by_resource = texts(&policy(lists), policy(lists).characters() - 1);
    let of = |resource: &str| lists.replace(r#""arn:aws:s3:::a","arn:aws:s3:::b""#, resource);
    assert_eq!(
        by_resource,
        [r#""arn:aws:s3:::a""#, r#""arn:aws:s3:::b""#].map(|of_one| policy(&of(of_one)).text().to_owned())
    );
    let smallest = policy(&of(r#""arn:aws:s3:::a""#)).characters() - 1;
    assert_eq!(texts(&policy(lists), smallest).len(), 4);
}

#[test]
fn what_cannot_be_divided_is_named() {
    let allow = r#"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::a/*"}"#;
    let deny = r#"{"Effect":"Deny","NotAction":["s3:*","sqs:*","sns:*","iam:*"],"NotResource":"arn:aws:s3:::b"}"#;
    let whole = policy(&format!("{allow},{deny}"));
    let error = whole.split(120).unwrap_err();
    assert_eq!(error.statement(), 1);
    assert_eq!(
        error.to_string(),
        format!(
            "statement 2 makes a policy of {} characters alone, more than 120, and a statement is divided only between its resources and \
             between its actions; shorten its `NotAction` or `NotResource`, or give a larger quota",
            policy(deny).characters()
        )
    );
    let named = policy(&allow.replacen('{', r#"{"Sid":"Read","#, 1))
        .split(10)
        .unwrap_err();
    assert!(
        named.to_string().starts_with("statement 1 `Read` makes a policy of ")
            && named
                .to_string()
                .ends_with("; shorten its `Sid`, or give a larger quota"),
        "{named}"
    );
    let alone = policy(allow).split(10).unwrap_err().to_string();
    assert!(
        alone.contains(" characters alone with one resource and one action, more than 10, and ")
            && alone.ends_with("between its actions; give a larger quota"),
        "{alone}"
    );
    // The longest resource decides.
    let long = "x".repeat(100);
    let two = policy(&allow.replace(
        r#""arn:aws:s3:::a/*""#,
        &format!(r#"["arn:aws:s3:::{long}","arn:aws:s3:::b"]"#),
    ));
    assert!(
        two.split(60)
            .unwrap_err()
            .to_string()
            .contains(" alone with one resource and one action, ")
    );
    let accounts: Vec<String> = (0..60).map(|index| format!(r#""{index:012}""#)).collect();
    let trust = TrustPolicy::from_json(format!(
        r#"{{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Principal":{{"AWS":[{}]}},"Action":"sts:AssumeRole"}}}}"#,
        accounts.join(",")
    ))
    .unwrap();
    let principals = trust.split(600).unwrap_err().to_string();
    assert!(
        principals.contains(" characters alone with one action, more than 600, ")
            && principals.ends_with("; shorten its `Principal`, or give a larger quota"),
        "{principals}"
    );
}
