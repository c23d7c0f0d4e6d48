#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use crate::check::Options;
use crate::check::expect::{dead, policy, read, said_with, table};
use crate::policy::Kind;

macro_rules! statement {
    ($principal:literal, $action:literal, $resource:literal $(, $condition:literal)?) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#, $principal, r#", "Action": ""#, $action, r#"", "Resource": ""#, $resource, "\"",
            $(r#", "Condition": "#, $condition,)?
            " }"
        )
    };
}

macro_rules! read_by_everyone {
    ($($condition:literal)?) => {
        statement!(r#""*""#, "s3:GetObject", "arn:aws:s3:::amzn-s3-demo-bucket/*" $(, $condition)?)
    };
}

macro_rules! written_by_cloudtrail {
    ($($condition:literal)?) => {
        statement!(
            r#"{ "Service": "cloudtrail.amazonaws.com" }"#,
            "s3:PutObject",
            "arn:aws:s3:::amzn-s3-demo-bucket/*"
            $(, $condition)?
        )
    };
}

macro_rules! assumed_by {
    ($principal:literal $(, $condition:literal)?) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": "#, $principal, r#", "Action": "sts:AssumeRole""#,
            $(r#", "Condition": "#, $condition,)?
            " }"
        )
    };
}

// Behind the macros, so that it has them.
mod message;

const PUBLIC: &[&str] = &["PUBLIC_ACCESS /Statement/0/Principal"];

#[test]
fn everyone() {
    table(
        Kind::Resource,
        &[
            (read_by_everyone!(), PUBLIC),
            // Values that name someone.
            (
                read_by_everyone!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            (
                read_by_everyone!(r#"{ "StringEquals": { "aws:SourceVpce": "vpce-11223344556677889" } }"#),
                &[],
            ),
            (
                read_by_everyone!(r#"{ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }"#),
                &[],
            ),
            (
                read_by_everyone!(r#"{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/*" } }"#),
                &[],
            ),
            (
                read_by_everyone!(r#"{ "StringLike": { "aws:userid": "AROAEXAMPLEID0000:*" } }"#),
                &[],
            ),
            (
                read_by_everyone!(
                    r#"{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/*" } }"#
                ),
                &[],
            ),
            (
                read_by_everyone!(r#"{ "StringEquals": { "aws:PrincipalAccount": "${aws:ResourceAccount}" } }"#),
                &[],
            ),
            // Values that name nobody, and keys that anybody has.
            (
                read_by_everyone!(r#"{ "IpAddress": { "aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"] } }"#),
                PUBLIC,
            ),
            (
                read_by_everyone!(r#"{ "StringLike": { "aws:SourceVpc": "vpc-*" } }"#),
                &[
                    "PUBLIC_ACCESS /Statement/0/Principal",
                    "WILDCARD_USAGE_TOO_PERMISSIVE /Statement/0/Condition/StringLike/aws:SourceVpc *",
                ],
            ),
            (
                read_by_everyone!(r#"{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } }"#),
                PUBLIC,
            ),
            (
                read_by_everyone!(r#"{ "StringEquals": { "aws:PrincipalTag/team": "red" } }"#),
                PUBLIC,
            ),
            (
                read_by_everyone!(r#"{ "StringLike": { "aws:Referer": "https://example.com/*" } }"#),
                &[
                    "PUBLIC_ACCESS /Statement/0/Principal",
                    "UNTRUSTWORTHY_CONDITION_KEY /Statement/0/Condition/StringLike/aws:Referer",
                ],
            ),
            (
                read_by_everyone!(r#"{ "Bool": { "aws:SecureTransport": "true" } }"#),
                PUBLIC,
            ),
            (
                read_by_everyone!(r#"{ "StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                PUBLIC,
            ),
            (
                read_by_everyone!(r#"{ "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                PUBLIC,
            ),
            (
                statement!(
                    r#"{ "AWS": "111122223333" }"#,
                    "s3:GetObject",
                    "arn:aws:s3:::amzn-s3-demo-bucket/*"
                ),
                &[],
            ),
            // A bucket's name is its owner's, whatever the account in an ARN.
            (
                statement!(
                    r#"{ "AWS": "*" }"#,
                    "sns:Publish",
                    "arn:aws:sns:eu-west-1:111122223333:uploads",
                    r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:*:*:amzn-s3-demo-bucket" } }"#
                ),
                &[],
            ),
            // As the policy that SNS gives to a new topic.
            (
                statement!(
                    r#"{ "AWS": "*" }"#,
                    "SNS:Receive",
                    "arn:aws:sns:eu-west-1:111122223333:uploads",
                    r#"{ "StringEquals": { "AWS:SourceOwner": "111122223333" } }"#
                ),
                &["DEPRECATED_GLOBAL_CONDITION_KEY /Statement/0/Condition/StringEquals/AWS:SourceOwner"],
            ),
            // As the policies of VPC endpoints.
            (statement!(r#""*""#, "rekognition:DetectFaces", "*"), &[]),
            (statement!(r#""*""#, "*", "*"), &[]),
            // Each by a mount target, in a VPC; and EFS needs no resource.
            (
                r#"{ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "elasticfilesystem:ClientMount",
                     "Condition": { "Bool": { "elasticfilesystem:AccessedViaMountTarget": true } } }"#,
                &[],
            ),
            (
                r#"{ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "elasticfilesystem:ClientMount" }"#,
                &["PUBLIC_ACCESS /Statement/0/Principal/AWS"],
            ),
            // Another rule's.
            (
                r#"{ "Effect": "Allow", "NotPrincipal": { "AWS": "111122223333" }, "Action": "s3:GetObject",
                     "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*" }"#,
                &["ALLOW_WITH_NOT_PRINCIPAL /Statement/0/NotPrincipal"],
            ),
        ],
    );
}

/// API Gateway's own examples allow everyone and then deny all but some.
#[test]
fn everyone_but_those_who_are_denied() {
    const ALLOW: &str =
        r#"{ "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*" }"#;
    for (deny, expected) in [
        (
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
                 "Condition": { "NotIpAddress": { "aws:SourceIp": ["192.0.2.0/24", "198.51.100.0/24"] } } }"#,
            &[] as &[&str],
        ),
        (
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "execute-api:*", "Resource": "*",
                 "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            &[],
        ),
        // Of all actions and resources but some that are not allowed.
        (
            r#"{ "Effect": "Deny", "Principal": "*", "NotAction": "execute-api:ManageConnections",
                 "NotResource": "arn:aws:s3:::amzn-s3-demo-bucket",
                 "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            &[],
        ),
        (
            r#"{ "Effect": "Deny", "Principal": "*", "NotAction": "execute-api:Inv*", "Resource": "*",
                 "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            PUBLIC,
        ),
        // A `?` is one character, and not what a `*` matches.
        (
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invok?", "Resource": "execute-api:/*",
                 "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            &[],
        ),
        (
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/?",
                 "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            PUBLIC,
        ),
        // Of some paths only.
        (
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/prod/*",
                 "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            PUBLIC,
        ),
        // Only those are denied.
        (
            r#"{ "Effect": "Deny", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*",
                 "Condition": { "StringEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            PUBLIC,
        ),
        (
            r#"{ "Effect": "Deny", "Principal": { "AWS": "111122223333" }, "Action": "execute-api:Invoke",
                 "Resource": "execute-api:/*", "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-11223344" } } }"#,
            PUBLIC,
        ),
    ] {
        let document = read(&policy(&format!("{ALLOW}, {deny}")));
        assert_eq!(
            said_with(&Options::new(), &document, Kind::Resource),
            expected,
            "{deny}"
        );
    }
}

#[test]
fn services_that_call_a_resource() {
    const RESTRICT: &[&str] = &["RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL /Statement/0/Principal/Service"];
    table(
        Kind::Resource,
        &[
            (written_by_cloudtrail!(), RESTRICT),
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "s3:x-amz-acl": "bucket-owner-full-control" } }"#),
                RESTRICT,
            ),
            (
                written_by_cloudtrail!(r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:cloudtrail:*:*:trail/audit" } }"#),
                RESTRICT,
            ),
            (
                statement!(
                    r#"{ "Service": "s3.amazonaws.com" }"#,
                    "sns:Publish",
                    "arn:aws:sns:eu-west-1:111122223333:uploads"
                ),
                RESTRICT,
            ),
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "AWS:SourceAccount": "111122223333" } }"#),
                &[],
            ),
            (
                written_by_cloudtrail!(r#"{ "StringEqualsIfExists": { "aws:SourceOrgID": "o-a1b2c3d4e5" } }"#),
                &[],
            ),
            (
                written_by_cloudtrail!(
                    r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:cloudtrail:*:111122223333:trail/*" } }"#
                ),
                &[],
            ),
            (
                statement!(
                    r#"{ "Service": "cloudtrail.amazonaws.com" }"#,
                    "kms:GenerateDataKey*",
                    "*",
                    r#"{ "StringLike": { "kms:EncryptionContext:aws:cloudtrail:arn": "arn:aws:cloudtrail:*:111122223333:trail/*" } }"#
                ),
                // By itself it would lock everyone out of the key.
                &["RESOURCE_POLICY_LOCKS_EVERYONE_OUT "],
            ),
            // EventBridge takes no conditions for topics, and no page asks for them.
            (
                statement!(
                    r#"{ "Service": "events.amazonaws.com" }"#,
                    "sns:Publish",
                    "arn:aws:sns:eu-west-1:111122223333:uploads"
                ),
                &[],
            ),
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "aws:Referer": "111122223333" } }"#),
                &["RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/StringEquals/aws:Referer"],
            ),
            (
                written_by_cloudtrail!(
                    r#"{ "ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/r" } }"#
                ),
                &["RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/ArnEquals/aws:PrincipalArn"],
            ),
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "aws:SourceOwner": "111122223333" } }"#),
                &[
                    "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/StringEquals/aws:SourceOwner",
                    "DEPRECATED_GLOBAL_CONDITION_KEY /Statement/0/Condition/StringEquals/aws:SourceOwner",
                ],
            ),
            (
                written_by_cloudtrail!(
                    r#"{ "StringEquals": { "aws:Referer": "111122223333", "aws:SourceAccount": "111122223333" } }"#
                ),
                &[],
            ),
        ],
    );
    // A `Deny` may say it, too.
    let deny = r#"{ "Effect": "Deny", "Principal": { "Service": "cloudtrail.amazonaws.com" }, "Action": "s3:*",
                    "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*",
                    "Condition": { "StringNotEquals": { "aws:SourceAccount": "111122223333" } } }"#;
    let document = read(&policy(&format!("{}, {deny}", written_by_cloudtrail!())));
    assert!(said_with(&Options::new(), &document, Kind::Resource).is_empty());
}

#[test]
fn keys_that_no_service_brings() {
    const KEY: &[&str] =
        &["UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/StringEquals/aws:PrincipalOrgID"];
    table(
        Kind::Resource,
        &[
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
                KEY,
            ),
            (
                written_by_cloudtrail!(
                    r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5", "aws:SourceAccount": "111122223333" } }"#
                ),
                KEY,
            ),
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "aws:PrincipalTag/team": "red" } }"#),
                &[
                    "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/StringEquals/aws:PrincipalTag~1team",
                ],
            ),
            (
                written_by_cloudtrail!(r#"{ "StringEquals": { "aws:username": "ann" } }"#),
                &["UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL /Statement/0/Condition/StringEquals/aws:username"],
            ),
            (
                written_by_cloudtrail!(
                    r#"{ "StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
                         "StringEquals": { "aws:SourceAccount": "111122223333" } }"#
                ),
                &[],
            ),
            (
                written_by_cloudtrail!(
                    r#"{ "Null": { "aws:PrincipalOrgID": "true" }, "StringEquals": { "aws:SourceAccount": "111122223333" } }"#
                ),
                &[],
            ),
            // For the account it is right.
            (
                statement!(
                    r#"{ "AWS": "111122223333", "Service": "cloudtrail.amazonaws.com" }"#,
                    "s3:PutObject",
                    "arn:aws:s3:::amzn-s3-demo-bucket/*",
                    r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#
                ),
                &[],
            ),
        ],
    );
    table(
        Kind::Trust,
        &[(
            assumed_by!(
                r#"{ "Service": "lambda.amazonaws.com" }"#,
                r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#
            ),
            KEY,
        )],
    );
    // A condition that every request meets allows what it should not; one that none meets allows nothing.
    for (statement, expected) in [
        (
            written_by_cloudtrail!(r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
            1,
        ),
        (
            written_by_cloudtrail!(r#"{ "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#),
            0,
        ),
    ] {
        assert_eq!(dead(statement, Kind::Resource).len(), expected, "{statement}");
    }
}

#[test]
fn services_that_assume_a_role() {
    const WITHOUT: &[&str] = &["SERVICE_PRINCIPAL_WITHOUT_SOURCE /Statement/0/Principal/Service"];
    table(
        Kind::Trust,
        &[
            (assumed_by!(r#"{ "Service": "ecs-tasks.amazonaws.com" }"#), WITHOUT),
            (assumed_by!(r#"{ "Service": "states.amazonaws.com" }"#), WITHOUT),
            (
                assumed_by!(r#"{ "Service": ["ec2.amazonaws.com", "dms.amazonaws.com"] }"#),
                &["SERVICE_PRINCIPAL_WITHOUT_SOURCE /Statement/0/Principal/Service/1"],
            ),
            (
                assumed_by!(
                    r#"{ "Service": "ecs-tasks.amazonaws.com" }"#,
                    r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:ecs:eu-west-1:*:*" } }"#
                ),
                WITHOUT,
            ),
            (
                assumed_by!(
                    r#"{ "Service": "ecs-tasks.amazonaws.com" }"#,
                    r#"{ "StringEquals": { "aws:SourceAccount": "111122223333" } }"#
                ),
                &[],
            ),
            (
                assumed_by!(
                    r#"{ "Service": "ecs-tasks.amazonaws.com" }"#,
                    r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*" } }"#
                ),
                &[],
            ),
            (
                assumed_by!(
                    r#"{ "Service": "cognito-idp.amazonaws.com" }"#,
                    r#"{ "StringEquals": { "sts:ExternalId": "b1946ac9" } }"#
                ),
                &[],
            ),
            // They send no such keys.
            (assumed_by!(r#"{ "Service": "ec2.amazonaws.com" }"#), &[]),
            (assumed_by!(r#"{ "Service": "lambda.amazonaws.com" }"#), &[]),
        ],
    );
}

#[test]
fn other_accounts() {
    const OTHER: &[&str] = &["CROSS_ACCOUNT_ACCESS /Statement/0/Principal/AWS"];
    table(
        Kind::Resource,
        &[
            (
                statement!(
                    r#"{ "AWS": "444455556666" }"#,
                    "sqs:SendMessage",
                    "arn:aws:sqs:eu-west-1:111122223333:q"
                ),
                OTHER,
            ),
            (
                statement!(
                    r#"{ "AWS": "arn:aws:iam::444455556666:role/sender" }"#,
                    "sqs:SendMessage",
                    "arn:aws:sqs:eu-west-1:111122223333:q"
                ),
                OTHER,
            ),
            // One account is one thing to say.
            (
                statement!(
                    r#"{ "AWS": ["111122223333", "arn:aws:iam::444455556666:role/a", "444455556666", "777788889999"] }"#,
                    "sqs:SendMessage",
                    "arn:aws:sqs:eu-west-1:111122223333:q"
                ),
                &[
                    "CROSS_ACCOUNT_ACCESS /Statement/0/Principal/AWS/1",
                    "CROSS_ACCOUNT_ACCESS /Statement/0/Principal/AWS/3",
                ],
            ),
            (
                statement!(
                    r#"{ "AWS": "111122223333" }"#,
                    "sqs:SendMessage",
                    "arn:aws:sqs:eu-west-1:111122223333:q"
                ),
                &[],
            ),
            (
                statement!(
                    r#"{ "AWS": "444455556666" }"#,
                    "sqs:SendMessage",
                    "arn:aws:sqs:eu-west-1:111122223333:q",
                    r#"{ "StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }"#
                ),
                &[],
            ),
            // Nobody knows whose bucket it is.
            (
                statement!(
                    r#"{ "AWS": "444455556666" }"#,
                    "s3:GetObject",
                    "arn:aws:s3:::amzn-s3-demo-bucket/*"
                ),
                &[],
            ),
            (
                r#"{ "Effect": "Deny", "Principal": { "AWS": "444455556666" }, "Action": "sqs:SendMessage",
                     "Resource": "arn:aws:sqs:eu-west-1:111122223333:q" }"#,
                &[],
            ),
        ],
    );
    let own = Options::new().account("111122223333".parse().unwrap());
    let said = |statement: &str, kind| said_with(&own, &read(&policy(statement)), kind);
    let bucket = statement!(
        r#"{ "AWS": "444455556666" }"#,
        "s3:GetObject",
        "arn:aws:s3:::amzn-s3-demo-bucket/*"
    );
    assert_eq!(said(bucket, Kind::Resource), OTHER);
    assert_eq!(said(assumed_by!(r#"{ "AWS": "444455556666" }"#), Kind::Trust), OTHER);
    assert!(said(assumed_by!(r#"{ "AWS": "111122223333" }"#), Kind::Trust).is_empty());
    assert!(
        said(
            assumed_by!(
                r#"{ "AWS": "444455556666" }"#,
                r#"{ "StringEquals": { "sts:ExternalId": "maia-1" } }"#
            ),
            Kind::Trust
        )
        .is_empty()
    );
}

/// Each pair is listed once, and its names exist.
#[test]
fn the_pages_are_of_services_and_their_callers() {
    use crate::check::table::rows;
    use crate::names::{Name, ServicePrincipal};
    let rows: Vec<(&str, &str)> = rows(include_str!("sources.txt"))
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let [principal, called, page] = words.as_slice() else {
                panic!("{line}");
            };
            assert!(ServicePrincipal::parse_name(principal).is_ok(), "{line}");
            assert!(crate::catalogue::service(called).is_some(), "{line}");
            assert!(page.starts_with("https://docs.aws.amazon.com/"), "{line}");
            (*principal, *called)
        })
        .collect();
    assert!(rows.len() > 80 && rows.is_sorted_by(|a, b| a < b), "{rows:?}");
}
