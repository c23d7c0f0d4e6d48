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
             = help: write the ARN of the resource that the policy is attached to, `arn:${Partition}:s3:::${BucketName}`, or of its contents",
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

#[test]
fn what_services_accept_in_the_policies_of_their_resources() {
    macro_rules! of {
        ($principal:literal, $actions:expr, $resource:literal) => {
            format!(
                r#"{{ "Effect": "Allow", "Principal": {}, "Action": {}, "Resource": "{}" }}"#,
                $principal, $actions, $resource
            )
        };
    }
    const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:q";
    let queue = |actions: &str| {
        format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": {actions}, "Resource": "{QUEUE}" }}"#
        )
    };
    let seven = r#"["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
        "sqs:ChangeMessageVisibility", "sqs:PurgeQueue"]"#;
    let eight = seven.replace(']', r#", "sqs:ListDeadLetterSourceQueues"]"#);
    let many = vec![queue(r#""sqs:SendMessage""#); 21].join(", ");
    let topic = |action: &str| {
        of!(
            r#"{ "AWS": "111122223333" }"#,
            format!("\"{action}\""),
            "arn:aws:sns:eu-west-1:111122223333:t"
        )
    };
    let key = |principal: &str, actions: &str| {
        format!(r#"{{ "Effect": "Allow", "Principal": {principal}, "Action": {actions}, "Resource": "*" }}"#)
    };
    let (root, service) = (
        r#"{ "AWS": "111122223333" }"#,
        r#"{ "Service": "logs.eu-west-1.amazonaws.com" }"#,
    );
    let locked = "RESOURCE_POLICY_LOCKS_EVERYONE_OUT ";
    let rows: Vec<(String, Vec<&str>)> = vec![
        (queue(seven), vec![]),
        (queue(r#""sqs:*""#), vec![]),
        (
            queue(&eight),
            vec!["RESOURCE_POLICY_EXCEEDS_SERVICE_QUOTA /Statement/0/Action"],
        ),
        (many, vec!["RESOURCE_POLICY_EXCEEDS_SERVICE_QUOTA "]),
        (topic("sns:Publish"), vec![]),
        (topic("SNS:Receive"), vec![]),
        (topic("sns:Get*"), vec![]),
        (
            topic("sns:CreateTopic"),
            vec!["ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action"],
        ),
        (topic("sns:*"), vec!["ACTION_OUT_OF_SERVICE_SCOPE /Statement/0/Action"]),
        (key(root, r#""kms:*""#), vec![]),
        (key(root, r#""kms:Put*""#), vec![]),
        (key(root, r#"["kms:Encrypt", "kms:Decrypt"]"#), vec![locked]),
        (key(service, r#""kms:*""#), vec![locked]),
        (
            format!("{}, {}", key(root, r#""kms:*""#), key(service, r#""kms:Encrypt*""#)),
            vec![],
        ),
    ];
    for (statements, expected) in rows {
        let said = said_with(&Options::new(), &read(&policy(&statements)), Kind::Resource);
        let about: Vec<&str> = said
            .iter()
            .map(String::as_str)
            .filter(|finding| {
                expected.contains(finding)
                    || finding.starts_with("RESOURCE_POLICY")
                    || finding.starts_with("ACTION_OUT")
            })
            .collect();
        assert_eq!(about, expected, "{statements}: {said:?}");
    }
}

#[test]
fn a_sid_of_a_secret_has_no_spaces_and_one_of_a_bucket_may() {
    for (service, resource, expected) in [
        ("secretsmanager:GetSecretValue", "*", 1),
        ("s3:GetObject", "arn:aws:s3:::b/*", 0),
    ] {
        let statement = format!(
            r#"{{ "Sid": "Allow the app", "Effect": "Allow", "Principal": {{ "AWS": "111122223333" }}, "Action": "{service}", "Resource": "{resource}" }}"#
        );
        let said = said_with(&Options::new(), &read(&policy(&statement)), Kind::Resource);
        let found = said
            .iter()
            .filter(|finding| finding.starts_with("UNSUPPORTED_SID"))
            .count();
        assert_eq!(found, expected, "{said:?}");
    }
}

#[test]
fn a_bucket_policy_is_about_one_bucket() {
    const FOUND: &str = "RESOURCE_POLICY_OF_SEVERAL_RESOURCES /Statement/0/Resource/1";
    table(
        AttachedTo::S3Bucket,
        &[
            (
                share!(r#""s3:GetObject""#, r#"["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"]"#),
                &[FOUND],
            ),
            (
                share!(
                    r#"["s3:GetObject", "s3:ListBucket"]"#,
                    r#"["arn:aws:s3:::a/*", "arn:aws:s3:::a"]"#
                ),
                &[],
            ),
        ],
    );
}

#[test]
fn an_endpoint_policy_needs_an_allow() {
    let deny = r#"{ "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*", "Condition": { "StringNotEquals": { "aws:SourceVpc": "vpc-0abc1234def567890" } } }"#;
    let allow = r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }"#;
    let both = format!("{allow}, {deny}");
    table(
        AttachedTo::VpcEndpoint,
        &[(deny, &["ENDPOINT_POLICY_ALLOWS_NOTHING "]), (&both, &[])],
    );
}
