//! Values of conditions that are to be ARNs.

use crate::check::expect::{dead, findings, messages, policy};
use crate::policy::Kind;

#[test]
fn what_is_compared_with_arns_has_all_their_fields() {
    const SHORT: &str = "arn:aws:iam:111122223333:role/x";
    let found = |effect: &str, operator: &str, key: &str, value: &str| {
        let statement = format!(
            r#"{{ "Effect": "{effect}", "Action": "ecs:RunTask", "Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{value}" }} }} }}"#
        );
        messages(&statement, Kind::Identity)
    };
    assert_eq!(
        found("Deny", "ArnNotLike", "aws:PrincipalArn", SHORT),
        "the ARN `arn:aws:iam:111122223333:role/x` ends before its resource [TYPE_MISMATCH_ARN]\n\
         = note: AWS accepts it, but no value of `aws:PrincipalArn` matches it: the condition is met by every request\n\
         = help: write `arn:aws:iam::111122223333:role/x`: an empty field keeps its colon"
    );
    assert_eq!(
        found("Allow", "StringEquals", "ecs:cluster", "prod"),
        "`prod` is not an ARN [TYPE_MISMATCH_ARN]\n\
         = note: AWS accepts it, but no value of `ecs:cluster` matches it\n\
         = help: write an ARN, such as `arn:aws:ecs:REGION:ACCOUNT_ID:cluster/CLUSTER_NAME`"
    );
    for (operator, key, value, is_found) in [
        ("ArnLike", "aws:PrincipalArn", SHORT, true),
        ("StringEquals", "aws:PrincipalArn", SHORT, true),
        ("StringNotEquals", "aws:PrincipalArn", "reader", true),
        ("StringLike", "aws:PrincipalArn", "role/*", true),
        ("ArnEquals", "aws:PrincipalTag/arn", SHORT, true),
        // A wildcard can match fields.
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam::*", false),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:iam:*:role/x", false),
        ("StringLike", "aws:PrincipalArn", "*role/x", false),
        // A variable, too.
        ("StringEquals", "ecs:cluster", "${aws:PrincipalTag/cluster}", false),
        // An ID, or an ARN: no type of resource has the name of the key.
        ("StringEquals", "secretsmanager:SecretId", "db", false),
        ("StringEquals", "aws:PrincipalTag/arn", SHORT, false),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{value}" }} }} }}"#
        );
        let found = findings(&policy(&statement), Kind::Identity);
        let is_wrong = found.iter().any(|found| found.starts_with("TYPE_MISMATCH_ARN "));
        assert_eq!(is_wrong, is_found, "{operator} {key} {value}: {found:?}");
    }
}

/// What is found of a source in a statement that allows a service to send its requests.
fn source(service: &str, operator: &str, arn: &str) -> String {
    format!(
        r#"{{ "Effect": "Allow", "Principal": {{ "Service": "{service}.amazonaws.com" }}, "Action": "sqs:SendMessage",
            "Resource": "arn:aws:sqs:eu-west-1:111122223333:jobs", "Condition": {{ "{operator}": {{ "aws:SourceArn": "{arn}" }} }} }}"#
    )
}

#[test]
fn a_source_is_a_resource_of_its_service() {
    const NONE: &str = "ARN_MATCHES_NO_RESOURCE_TYPE";
    for (service, arn, is_found) in [
        ("events", "arn:aws:events:eu-west-1:111122223333:rule/r", false),
        ("events", "arn:aws:events:eu-west-1:111122223333:*", false),
        ("events", "arn:aws:events:eu-west-1:111122223333:rules/r", true),
        ("events", "arn:aws:events:eu-west-1:111122223333:r", true),
        ("sns", "arn:aws:sns:eu-west-1:111122223333:orders", false),
        ("sns", "arn:aws:sns:eu-west-1:111122223333:topic/orders", true),
        ("s3", "arn:aws:s3:::exports", false),
        ("s3", "arn:aws:s3:*:*:*", false),
        ("s3", "arn:aws:s3:*:111122223333:storage-lens/*", false),
        // Objects cause no requests, S3 sends the ARN of their bucket.
        ("s3", "arn:aws:s3:::exports/*", true),
        ("s3", "arn:aws:s3:eu-west-1:111122223333:exports", true),
        ("cloudfront", "arn:aws:cloudfront::111122223333:distribution/E1", false),
        ("cloudfront", "arn:aws:cloudfront::111122223333:distributions/E1", true),
        ("cloudtrail", "arn:aws:cloudtrail:*:111122223333:trail/*", false),
        ("cloudwatch", "arn:aws:cloudwatch:*:111122223333:alarm:*", false),
    ] {
        let found = dead(&source(service, "ArnLike", arn), Kind::Resource);
        assert_eq!(found.contains(&NONE), is_found, "{arn}: {found:?}");
    }
    // Of other services it is not known that they send ARNs of the reference only.
    for (arn, is_found) in [
        ("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a", false),
        ("arn:aws:cognito-idp:eu-west-1:111122223333:user-pool/eu-west-1_a", true),
        (
            "arn:aws:ses:eu-west-1:111122223333:receipt-rule-set/a:receipt-rule/b",
            false,
        ),
        ("arn:aws:iot:eu-west-1:111122223333:", false),
        ("arn:aws:sso:eu-west-1:111122223333:*", false),
        ("arn:aws:redshift:eu-west-1:111122223333:integration:*", false),
    ] {
        let service = arn.split(':').nth(2).unwrap_or_default();
        let statement = source(service, "ArnLike", arn);
        let found = findings(&policy(&statement), Kind::Resource);
        let is_told = found.iter().any(|found| found.starts_with(NONE));
        assert_eq!(is_told, is_found, "{arn}: {found:?}");
        assert_eq!(dead(&statement, Kind::Resource), [""; 0], "{arn}");
    }
    let told = |service, arn| messages(&source(service, "ArnEquals", arn), Kind::Resource);
    assert_eq!(
        told("events", "arn:aws:events:eu-west-1:111122223333:rules/r"),
        "no resource of `events` has an ARN like `arn:aws:events:eu-west-1:111122223333:rules/r` [ARN_MATCHES_NO_RESOURCE_TYPE]\n\
         = note: AWS accepts it, but no value of `aws:SourceArn` matches it\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: write `arn:aws:events:eu-west-1:111122223333:rule/r`"
    );
    assert_eq!(
        told("s3", "arn:aws:s3:::exports/*"),
        "no resource of `s3` has an ARN like `arn:aws:s3:::exports/*` [ARN_MATCHES_NO_RESOURCE_TYPE]\n\
         = note: AWS accepts it, but no value of `aws:SourceArn` matches it\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: write `arn:aws:s3:::exports`"
    );
}
