use crate::check::expect::{examples, policy, read, said_with, told_with};
use crate::check::{Options, check};
use crate::finding::Code;
use crate::names::AccountId;
use crate::policy::{AttachedTo, Kind};

macro_rules! share {
    ($actions:literal, $resources:literal $(, $condition:literal)?) => {
        concat!(
            r#"{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "#, $actions, r#", "Resource": "#, $resources,
            $(r#", "Condition": "#, $condition,)?
            " }"
        )
    };
}

mod service;

fn table(resource: AttachedTo, rows: &[(&str, &[&str])]) {
    let options = Options::new().attached_to(resource);
    for (statement, expected) in rows {
        let said = said_with(&options, &read(&policy(statement)), Kind::Resource);
        assert_eq!(said, *expected, "{resource}: {statement}");
    }
}

const ACTION: &[&str] = &["UNSUPPORTED_ACTION_IN_POLICY /Statement/0/Action"];
const RESOURCE: &[&str] = &["UNSUPPORTED_RESOURCE_ARN_IN_POLICY /Statement/0/Resource"];

#[test]
fn buckets() {
    table(
        AttachedTo::S3Bucket,
        &[
            (
                share!(
                    r#"["s3:GetObject", "s3:ListBucket"]"#,
                    r#"["arn:aws:s3:::amzn-s3-demo-bucket", "arn:aws:s3:::amzn-s3-demo-bucket/*"]"#
                ),
                &[],
            ),
            (share!(r#""s3:*""#, r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#), &[]),
            (
                share!(r#""s3:PutBucketPolicy""#, r#""arn:aws:s3:::amzn-s3-demo-bucket""#),
                &[],
            ),
            (
                share!(r#""s3:Replicate*""#, r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#),
                &[],
            ),
            (
                share!(r#""kms:Decrypt""#, r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#),
                ACTION,
            ),
            (share!(r#""kms:*""#, r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#), ACTION),
            (
                share!(r#""s3:ListAllMyBuckets""#, r#""arn:aws:s3:::amzn-s3-demo-bucket""#),
                ACTION,
            ),
            (
                share!(
                    r#"["s3:GetObject", "s3:CreateJob"]"#,
                    r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#
                ),
                &["UNSUPPORTED_ACTION_IN_POLICY /Statement/0/Action/1"],
            ),
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab""#
                ),
                RESOURCE,
            ),
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3:eu-west-1:111122223333:accesspoint/logs/object/*""#
                ),
                RESOURCE,
            ),
        ],
    );
}

#[test]
fn access_points() {
    table(
        AttachedTo::S3AccessPoint,
        &[
            (
                share!(
                    r#"["s3:GetObject", "s3:ListBucket"]"#,
                    r#"["arn:aws:s3:eu-west-1:111122223333:accesspoint/logs", "arn:aws:s3:eu-west-1:111122223333:accesspoint/logs/object/*"]"#
                ),
                &[],
            ),
            (
                share!(r#""s3:GetObject""#, r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#),
                RESOURCE,
            ),
            (
                share!(
                    r#""s3:PutBucketPolicy""#,
                    r#""arn:aws:s3:eu-west-1:111122223333:accesspoint/logs""#
                ),
                ACTION,
            ),
        ],
    );
    table(
        AttachedTo::S3MultiRegionAccessPoint,
        &[
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap/object/*""#
                ),
                &[],
            ),
            (
                share!(
                    r#""sqs:SendMessage""#,
                    r#""arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap""#
                ),
                ACTION,
            ),
        ],
    );
    table(
        AttachedTo::S3ObjectLambdaAccessPoint,
        &[
            (
                share!(
                    r#""s3-object-lambda:GetObject""#,
                    r#""arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/resized""#
                ),
                &[],
            ),
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3-object-lambda:eu-west-1:111122223333:accesspoint/resized""#
                ),
                ACTION,
            ),
            (
                share!(
                    r#""s3-object-lambda:GetObject""#,
                    r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#
                ),
                RESOURCE,
            ),
        ],
    );
}

#[test]
fn tables() {
    table(
        AttachedTo::DynamoDbTable,
        &[
            (
                share!(
                    r#"["dynamodb:GetItem", "dynamodb:Query"]"#,
                    r#"["arn:aws:dynamodb:eu-west-1:111122223333:table/orders", "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*"]"#
                ),
                &[],
            ),
            (
                share!(
                    r#""dynamodb:ListTables""#,
                    r#""arn:aws:dynamodb:eu-west-1:111122223333:table/orders""#
                ),
                ACTION,
            ),
            (
                share!(r#""dynamodb:GetItem""#, r#""arn:aws:s3:::amzn-s3-demo-bucket""#),
                RESOURCE,
            ),
        ],
    );
}

#[test]
fn keys_about_the_resource() {
    const KEY: &[&str] = &["IRRELEVANT_CONDITION_KEY_IN_POLICY /Statement/0/Condition/StringEquals/s3:ResourceAccount"];
    table(
        AttachedTo::S3Bucket,
        &[
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#,
                    r#"{ "StringEquals": { "s3:ResourceAccount": "111122223333" } }"#
                ),
                KEY,
            ),
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#,
                    r#"{ "StringEquals": { "aws:ResourceOrgID": "o-a1b2c3d4e5" } }"#
                ),
                &["IRRELEVANT_CONDITION_KEY_IN_POLICY /Statement/0/Condition/StringEquals/aws:ResourceOrgID"],
            ),
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#,
                    r#"{ "StringEquals": { "aws:PrincipalAccount": "111122223333" } }"#
                ),
                &[],
            ),
            (
                share!(
                    r#""s3:GetObject""#,
                    r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#,
                    r#"{ "StringEquals": { "s3:DataAccessPointAccount": "111122223333" } }"#
                ),
                &[],
            ),
        ],
    );
    table(
        AttachedTo::S3AccessPoint,
        &[(
            share!(
                r#""s3:GetObject""#,
                r#""arn:aws:s3:eu-west-1:111122223333:accesspoint/logs/object/*""#,
                r#"{ "StringEquals": { "s3:ResourceAccount": "111122223333" } }"#
            ),
            KEY,
        )],
    );
    table(
        AttachedTo::DynamoDbTable,
        &[(
            share!(
                r#""dynamodb:GetItem""#,
                r#""arn:aws:dynamodb:eu-west-1:111122223333:table/orders""#,
                r#"{ "StringEquals": { "aws:ResourceAccount": "111122223333" } }"#
            ),
            &["IRRELEVANT_CONDITION_KEY_IN_POLICY /Statement/0/Condition/StringEquals/aws:ResourceAccount"],
        )],
    );
    // Nothing is known of what it is attached to: a VPC endpoint's policy needs the key.
    let statement = share!(
        r#""s3:GetObject""#,
        r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#,
        r#"{ "StringEquals": { "aws:ResourceAccount": "111122223333" } }"#
    );
    assert!(said_with(&Options::new(), &read(&policy(statement)), Kind::Resource).is_empty());
}

#[test]
fn endpoints() {
    const NOTHING: &[&str] = &[];
    table(
        AttachedTo::VpcEndpoint,
        &[
            // What AWS attaches to an endpoint by itself.
            (
                r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }"#,
                NOTHING,
            ),
            (
                r#"{ "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "sqs:SendMessage"], "Resource": "*" }"#,
                NOTHING,
            ),
            (
                r#"{ "Effect": "Allow", "Principal": { "AWS": "*" }, "Action": "s3:GetObject",
                    "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*",
                    "Condition": { "StringEquals": { "aws:ResourceOrgID": "o-a1b2c3d4e5" } } }"#,
                NOTHING,
            ),
            (
                r#"{ "Effect": "Allow", "NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/maia" },
                    "Action": "sqs:SendMessage", "Resource": "arn:aws:sqs:eu-west-1:444455556666:q" }"#,
                NOTHING,
            ),
            (
                r#"{ "Effect": "Allow", "Principal": { "AWS": "444455556666", "Service": "cloudtrail.amazonaws.com" },
                    "Action": "s3:PutObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket/*" }"#,
                NOTHING,
            ),
            // What is wrong in any policy is wrong here.
            (
                r#"{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObjct", "Resource": "*" }"#,
                &["INVALID_ACTION /Statement/0/Action GetObjct"],
            ),
            (
                r#"{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" }"#,
                &["MISSING_PRINCIPAL /Statement/0"],
            ),
            (
                r#"{ "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::amzn-s3-demo-bucket" }"#,
                &["RESOURCE_FITS_NO_ACTION /Statement/0/Resource"],
            ),
        ],
    );
}

/// Only a resource policy is attached to a resource: [`Options::attached_to`] changes nothing for the other kinds.
#[test]
fn policies_of_other_kinds_are_checked_as_before() {
    let options = Options::new().account(AccountId::from_static("444455556666"));
    let mut found = 0;
    for (example, document) in examples().filter(|(example, _)| example.kind != Kind::Resource) {
        let before = check(&document, example.kind, &options);
        found += before.of_code(Code::CrossAccountAccess).count();
        for resource in AttachedTo::ALL {
            let after = check(&document, example.kind, &options.clone().attached_to(*resource));
            assert_eq!(after, before, "{resource}: {}", example.wrong);
        }
    }
    assert!(found > 0);
}

#[test]
fn messages_say_what_to_write() {
    for (statement, expected) in [
        (
            share!(r#""kms:Decrypt""#, r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#),
            "an `AWS::S3::Bucket` policy cannot have the action `kms:Decrypt` [UNSUPPORTED_ACTION_IN_POLICY]\n\
             = note: AWS rejects the policy, which applies only to the resource that it is attached to and its contents\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: remove the action; permissions for other resources belong in an identity policy, or in the policy of that resource",
        ),
        (
            share!(r#""s3:GetObject""#, r#""arn:aws:sqs:eu-west-1:111122223333:q""#),
            "`arn:aws:sqs:eu-west-1:111122223333:q` cannot be a resource of an `AWS::S3::Bucket` policy [UNSUPPORTED_RESOURCE_ARN_IN_POLICY]\n\
             = note: AWS rejects the policy, which applies only to the resource that it is attached to and its contents\n\
             = note: checked against AWS's service authorization reference of DATE\n\
             = help: write the ARN of the resource that the policy is attached to, `arn:aws:s3:::BUCKET_NAME`, or of its contents",
        ),
        (
            share!(
                r#""s3:GetObject""#,
                r#""arn:aws:s3:::amzn-s3-demo-bucket/*""#,
                r#"{ "StringEquals": { "s3:ResourceAccount": "111122223333" } }"#
            ),
            "`s3:ResourceAccount` has no effect in an `AWS::S3::Bucket` policy [IRRELEVANT_CONDITION_KEY_IN_POLICY]\n\
             = note: the policy applies to one resource, whose owner is the same in every request: the condition is always met, or never\n\
             = help: write a condition on the principal, such as `aws:PrincipalAccount`; in an identity policy the key restricts whose resources can be used",
        ),
    ] {
        let options = Options::new().attached_to(AttachedTo::S3Bucket);
        assert_eq!(told_with(&options, &read(&policy(statement)), Kind::Resource), expected);
    }
}
