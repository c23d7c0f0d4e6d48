//! ARNs with fewer than six fields.

use crate::check::expect::{policy, product, read, said, told};
use crate::policy::Kind;

/// What is told of a resource in a policy of a kind, in which it is the only mistake.
fn told_of(kind: Kind, action: &str, resource: &str) -> String {
    let principal = if kind == Kind::Resource {
        r#""Principal": { "AWS": "111122223333" }, "#
    } else {
        ""
    };
    let statement = format!(r#"{{ "Effect": "Allow", {principal}"Action": {action:?}, "Resource": {resource:?} }}"#);
    told(&read(&policy(&statement)), kind)
}

const FIELDS: &str = "an ARN is `arn:partition:service:region:account:resource`; an empty field keeps its colon";

#[test]
fn an_identity_based_policy_has_them_completed() {
    for (action, resource, field, full) in [
        ("sqs:*", "arn:aws:sqs", "region", "arn:aws:sqs:*:*:*"),
        ("sqs:*", "arn:aws:sqs:eu-west-1", "account", "arn:aws:sqs:eu-west-1:*:*"),
        ("sqs:*", "arn:aws:sqs:*", "account", "arn:aws:sqs:*:*:*"),
        (
            "sqs:*",
            "arn:aws:sqs:*:111122223333",
            "resource",
            "arn:aws:sqs:*:111122223333:*",
        ),
        (
            "iam:*",
            "arn:aws:iam::111122223333",
            "resource",
            "arn:aws:iam::111122223333:*",
        ),
        ("*", "arn:aws", "service", "arn:aws:*:*:*:*"),
    ] {
        assert_eq!(
            told_of(Kind::Identity, action, resource),
            format!(
                "the ARN `{resource}` ends before its {field} [MISSING_ARN_FIELD]\n\
                 = note: AWS accepts it, but reads `*` for each missing field: `{full}`\n\
                 = help: {FIELDS}\n\
                 = help: if this is intended, write `{full}`"
            )
        );
    }
}

#[test]
fn what_matches_nothing_when_it_is_completed_has_no_effect() {
    for (action, resource, field, full, help) in [
        (
            "s3:*",
            "arn:aws:s3:b",
            "account",
            "arn:aws:s3:b:*:*",
            "write `arn:aws:s3:::b`: an empty field keeps its colon",
        ),
        (
            "s3:*",
            "arn:aws:s3::b/*",
            "resource",
            "arn:aws:s3::b/*:*",
            "write `arn:aws:s3:::b/*`: an empty field keeps its colon",
        ),
        ("sqs:*", "arn:aws:sqs:q", "account", "arn:aws:sqs:q:*:*", FIELDS),
        (
            "sqs:*",
            "arn:aws:sqs:eu-west-1:q",
            "resource",
            "arn:aws:sqs:eu-west-1:q:*",
            FIELDS,
        ),
        (
            "lambda:*",
            "arn:aws:lambda::111122223333",
            "resource",
            "arn:aws:lambda::111122223333:*",
            FIELDS,
        ),
        ("sqs:*", "arn:asw:sqs", "region", "arn:asw:sqs:*:*:*", FIELDS),
        ("sqs:*", "arn:aws:sqss", "region", "arn:aws:sqss:*:*:*", FIELDS),
    ] {
        assert_eq!(
            told_of(Kind::Identity, action, resource),
            format!(
                "the ARN `{resource}` ends before its {field} [MISSING_ARN_FIELD]\n\
                 = note: AWS accepts it, but reads `*` for each missing field, and `{full}` matches nothing\n\
                 = help: {help}"
            )
        );
    }
}

#[test]
fn what_no_page_says_is_not_told() {
    let only = "AWS documents what it matches only for identity-based policies";
    for (kind, resource, note) in [
        (Kind::Identity, "arn:aws:sqs:", "AWS does not document what it matches"),
        (Kind::Identity, "arn:aws:sqs::", "AWS does not document what it matches"),
        (Kind::Session, "arn:aws:sqs", "AWS rejects the policy"),
        (Kind::Resource, "arn:aws:sqs", only),
        (Kind::ServiceControl, "arn:aws:sqs", only),
    ] {
        let told = told_of(kind, "sqs:SendMessage", resource);
        let (message, rest) = told.split_once('\n').unwrap_or_default();
        assert!(message.ends_with(" [MISSING_ARN_FIELD]"), "{told}");
        assert_eq!(rest, format!("= note: {note}\n= help: {FIELDS}"), "{kind:?} {resource}");
    }
    let variable = product("Allow", r#""sqs:*""#, r#""arn:aws:sqs:${aws:username}""#);
    assert_eq!(
        said(&variable, Kind::Identity),
        ["MISSING_ARN_FIELD /Statement/Resource"]
    );
}
