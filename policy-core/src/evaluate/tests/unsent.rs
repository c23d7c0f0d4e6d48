//! Keys that AWS includes in every request, and a request does not have.

use super::{authorizer, policy, request};
use crate::evaluate::cases::Cases;

/// The remarks on a case with this statement and this context, and the answer.
fn remarks(statement: &str, context: &str) -> (Vec<String>, String) {
    let text = format!(
        r#"{{ "policies": {{ "a": {{ "caller": "arn:aws:iam::111122223333:user/alice", "identity": {{ "Version": "2012-10-17", "Statement": [
            {{ "Effect": "Allow", "Action": "*", "Resource": "*" }}, {statement}] }} }} }},
        "cases": [{{ "action": ["s3:GetObject", "s3:PutObject"], "resource": "arn:aws:s3:::b/k", "context": {context}, "expect": "allowed" }}] }}"#
    );
    let cases = Cases::read(&text, &mut |path| Err(path.to_owned())).unwrap();
    (cases.remarks().map(ToString::to_string).collect(), cases.run().tally())
}

fn deny(condition: &str) -> String {
    format!(r#"{{ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{ {condition} }} }}"#)
}

#[test]
fn are_remarked_where_they_could_decide() {
    const ALLOWED: &str = "2 cases, 0 failed";
    const DENIED: &str = "2 cases, 2 failed";
    for (condition, context, key, tally) in [
        (
            r#""DateGreaterThan": { "aws:CurrentTime": "2020-01-01T00:00:00Z" }"#,
            "{}",
            Some("aws:CurrentTime"),
            ALLOWED,
        ),
        (
            r#""DateGreaterThan": { "aws:CurrentTime": "2020-01-01T00:00:00Z" }"#,
            r#"{ "aws:CurrentTime": "2019-01-01T00:00:00Z" }"#,
            None,
            ALLOWED,
        ),
        (
            r#""StringLike": { "aws:userid": "*" }"#,
            "{}",
            Some("aws:userid"),
            ALLOWED,
        ),
        (
            r#""StringNotEquals": { "aws:RequestedRegion": "eu-west-1" }"#,
            "{}",
            Some("aws:RequestedRegion"),
            DENIED,
        ),
        (
            r#""Bool": { "aws:SecureTransport": ["true", "false"] }"#,
            "{}",
            Some("aws:SecureTransport"),
            ALLOWED,
        ),
        // It need not be sent.
        (
            r#""Bool": { "aws:MultiFactorAuthPresent": "false" }"#,
            "{}",
            None,
            ALLOWED,
        ),
        // It decides nothing, since another condition is not met.
        (
            r#""Bool": { "aws:SecureTransport": "false" }, "StringEquals": { "aws:username": "bob" }"#,
            "{}",
            None,
            ALLOWED,
        ),
        (
            r#""StringEquals": { "aws:ResourceAccount": "111122223333" }"#,
            r#"{ "aws:ResourceAccount": "111122223333" }"#,
            None,
            DENIED,
        ),
        // It follows from the request.
        (r#""Bool": { "aws:ViaAWSService": "true" }"#, "{}", None, ALLOWED),
        (r#""Bool": { "aws:ViaAWSService": "false" }"#, "{}", None, DENIED),
    ] {
        let (remarks, answers) = remarks(&deny(condition), context);
        assert_eq!(answers, tally, "{condition}");
        let expected: Vec<String> = key
            .iter()
            .map(|key| {
                format!(
                    "3:19: the case does not give `{key}`, which AWS includes in every request: with a value the decision could differ; \
                     add it to the `context`"
                )
            })
            .collect();
        assert_eq!(remarks, expected, "{condition}");
    }
}

#[test]
fn one_that_follows_from_the_request_is_there() {
    let text = policy(&[
        r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned(),
        deny(r#""Bool": { "aws:ViaAWSService": "false" }"#),
    ]);
    let authorizer = authorizer(&[text]);
    let own = request("s3:GetObject", "arn:aws:s3:::b/k");
    assert!(authorizer.access(&own).is_denied());
    assert!(
        authorizer
            .ask(&own.called_via("athena.amazonaws.com").unwrap())
            .is_allowed()
    );
}

#[test]
fn the_account_of_a_bucket_is_remarked() {
    let (remarks, answers) = remarks(
        &deny(r#""StringEquals": { "aws:ResourceAccount": "111122223333" }"#),
        "{}",
    );
    assert_eq!(answers, "2 cases, 0 failed");
    assert_eq!(
        remarks,
        [
            "3:19: the case does not give `aws:ResourceAccount`, which AWS includes in the requests for most actions: with a value the \
             decision could differ; add `resource_account` to the case"
        ]
    );
}
