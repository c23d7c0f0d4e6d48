//! The ARN that was meant, where no resource has the one that is written.

use crate::check::expect::{product, products, said, told};
use crate::document::{Document, Text, Value};
use crate::policy::Kind;

#[test]
fn log_streams_are_behind_the_name_of_their_group() {
    let group = r#""arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia""#;
    let whole = r#""arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia:*""#;
    let streams = r#""arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia:log-stream:*""#;
    products(&[
        (
            r#""logs:PutLogEvents""#,
            group,
            &["LOG_GROUP_ARN_WITHOUT_STREAMS /Statement/Resource log-group:/ecs/maia"],
        ),
        (
            r#"["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]"#,
            group,
            &["LOG_GROUP_ARN_WITHOUT_STREAMS /Statement/Resource log-group:/ecs/maia"],
        ),
        (
            r#"["logs:PutLogEvents", "logs:GetLogEvents"]"#,
            &format!("[{group}, {}]", group.replace("maia", "other")),
            &[
                "LOG_GROUP_ARN_WITHOUT_STREAMS /Statement/Resource/0 log-group:/ecs/maia",
                "LOG_GROUP_ARN_WITHOUT_STREAMS /Statement/Resource/1 log-group:/ecs/other",
            ],
        ),
        (r#"["logs:CreateLogGroup", "logs:PutLogEvents"]"#, whole, &[]),
        (
            r#"["logs:CreateLogGroup", "logs:PutLogEvents"]"#,
            &format!("[{group}, {streams}]"),
            &[],
        ),
        (r#"["logs:TagResource", "logs:ListTagsForResource"]"#, group, &[]),
        (r#""logs:PutLogEvents""#, r#""arn:aws:logs:*:*:log-group:/ecs/*""#, &[]),
        (r#""logs:Put*""#, group, &[]),
    ]);
    assert_eq!(
        told(&product("Allow", r#""logs:PutLogEvents""#, group), Kind::Identity),
        "`logs:PutLogEvents` applies to log streams, but the ARN of the log group lacks the `:*` that matches them [LOG_GROUP_ARN_WITHOUT_STREAMS]\n\
         = note: AWS accepts the policy, but the statement never allows `logs:PutLogEvents`: no stream's ARN ends with the name of its group\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: write `arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia:*`: CloudWatch Logs requires this ARN for \
         all actions except those on tags"
    );
}

#[test]
fn a_name_is_kept() {
    for (action, resource, help) in [
        ("lambda:InvokeFunction", "load", "function:load"),
        (
            "kms:Decrypt",
            "1234abcd-12ab-34cd-56ef-1234567890ab",
            "key/1234abcd-12ab-34cd-56ef-1234567890ab",
        ),
        ("dynamodb:GetItem", "orders", "table/orders"),
        ("ssm:GetParameter", "/orders/db", "parameter/orders/db"),
        // What is behind the name can be anything.
        ("ecs:RunTask", "web", "task-definition/web:*"),
        (
            "logs:PutLogEvents",
            "/aws/lambda/web",
            "log-group:/aws/lambda/web:log-stream:*",
        ),
        // A part of what is before it is written.
        (
            "elasticloadbalancing:DeleteListener",
            "listener/web",
            "listener/app/web/*/*` or `arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/gwy/web/*/*` or \
             `arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/net/web/*/*",
        ),
        (
            "elasticfilesystem:ClientMount",
            "fs-0a1b2c3d",
            "file-system/fs-0a1b2c3d",
        ),
        // The word of the type is written, with another sign.
        ("dynamodb:GetItem", "table:orders", "table/orders"),
        ("rds:StartDBInstance", "db/main", "db:main"),
        ("ecs:DescribeServices", "service:prod/web", "service/prod/web"),
        // Of an action that is not known, too.
        ("secretsmanager:GettSecretValue", "db-a1B2c3", "secret:db-a1B2c3"),
        // No name of a function.
        ("lambda:InvokeFunction", "load/x", "function:FUNCTION_NAME"),
    ] {
        has_help(action, resource, help);
    }
}

#[test]
fn a_name_is_not_followed_by_more() {
    for (action, resource, help) in [
        ("sqs:SendMessage", "queue/q", "q"),
        ("sqs:SendMessage", "QUEUE:q", "q"),
        ("sns:Publish", "topic/t", "t"),
        ("sns:Publish", "topic/*", "*"),
        ("sns:Publish", "t:*", "t"),
        ("codecommit:GitPull", "repository/x", "x"),
        ("firehose:PutRecord", "deliverystream/s/x", "deliverystream/s"),
        // Shorter it would match every project.
        ("codebuild:StartBuild", "project/*/x", "project/PROJECT_NAME"),
    ] {
        has_help(action, resource, help);
    }
}

/// For an ARN of the action's service that no resource has, with this resource, the same with another is proposed.
fn has_help(action: &str, resource: &str, help: &str) {
    let arn = |resource| {
        let (service, _) = action.split_once(':').unwrap_or_default();
        format!("arn:aws:{service}:eu-west-1:111122223333:{resource}")
    };
    let document = product("Allow", &format!("{action:?}"), &format!("{:?}", arn(resource)));
    let message = told(&document, Kind::Identity);
    assert!(message.contains("[ARN_MATCHES_NO_RESOURCE_TYPE]"), "{message}");
    assert!(
        message.ends_with(&format!("= help: write `{}`", arn(help))),
        "{message}"
    );
}

/// Also where the actions can do without what is misspelt.
#[test]
fn a_misspelt_word_behind_a_name_is_written_right() {
    let table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";
    let document = product("Allow", r#""dynamodb:Query""#, &format!(r#""{table}/indx/*""#));
    let message = told(&document, Kind::Identity);
    assert!(
        message.ends_with(&format!("= help: write `{table}/index/*`")),
        "{message}"
    );
}

#[test]
fn types_that_are_misspelt() {
    products(&[
        (
            "\"iam:GetRole\"",
            "\"arn:aws:iam::111122223333:rolle/app\"",
            &["INVALID_ARN_RESOURCE /Statement/Resource rolle/app"],
        ),
        (
            "\"logs:PutLogEvents\"",
            "\"arn:aws:logs:eu-west-1:111122223333:loggroup:app:*\"",
            &["INVALID_ARN_RESOURCE /Statement/Resource loggroup:app:*"],
        ),
        (
            "\"lambda:InvokeFunction\"",
            "\"arn:aws:lambda:eu-west-1:111122223333:\"",
            &["INVALID_ARN_RESOURCE /Statement/Resource :"],
        ),
        ("\"iam:GetRole\"", "\"arn:aws:iam::111122223333:role/app\"", &[]),
        (
            "\"logs:PutLogEvents\"",
            "\"arn:aws:logs:eu-west-1:111122223333:log-group:app:*\"",
            &[],
        ),
        (
            "\"lambda:InvokeFunction\"",
            "\"arn:aws:lambda:eu-west-1:111122223333:func*\"",
            &[],
        ),
        // Nothing that is spelt nearly so.
        (
            "\"iam:GetRole\"",
            "\"arn:aws:iam::111122223333:secret/app\"",
            &["ARN_MATCHES_NO_RESOURCE_TYPE /Statement/Resource secret/app"],
        ),
        // The first `*` may match a colon.
        (
            "\"logs:PutLogEvents\"",
            "\"arn:aws:logs:*:*:loggroup:app:*\"",
            &["ARN_MATCHES_NO_RESOURCE_TYPE /Statement/Resource loggroup:app:*"],
        ),
    ]);
    let document = product("Allow", "\"iam:GetRole\"", "\"arn:aws:iam::111122223333:rolle/app\"");
    assert_eq!(
        told(&document, Kind::Identity),
        "`iam` has no resource type `rolle` [INVALID_ARN_RESOURCE]\n\
         = note: AWS accepts it, but it matches nothing\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: write `arn:aws:iam::111122223333:role/app`"
    );
}

/// An identity policy that allows an action on this text, in which the first piece is a hole filled with a sample.
fn with_hole(action: &str, before: &str, hole: &str, sample: &str, behind: &str) -> Document<'static> {
    let mut root = product("Allow", &format!("\"{action}\""), "\"*\"").root().clone();
    let range = before.len()..before.len() + hole.len();
    let text = Text::with_holes(format!("{before}{hole}{behind}"), [(range, sample, sample.len())]);
    let statement = root.members_mut().into_iter().flatten().last();
    let members = statement.and_then(|statement| statement.value.members_mut());
    for resource in members
        .into_iter()
        .flatten()
        .filter(|member| member.name.written() == "Resource")
    {
        resource.value.value = Value::String(text.clone());
    }
    Document::new(root)
}

/// A bucket that is a hole has a name as buckets are given today.
#[test]
fn capital_letters_behind_a_bucket() {
    let arn = ("", "<bucket>", "arn:aws:s3:::amzn-example");
    let name = ("arn:aws:s3:::", "${Bucket}", "amzn-example");
    for (before, hole, sample) in [arn, name] {
        for (action, behind, is_found) in [
            ("s3:PutObject", "AWSLogs/111122223333/*", true),
            ("s3:PutObject", "AWSLogs*", true),
            ("s3:ListBucket", "AWSLogs", true),
            ("s3:PutObject", "/AWSLogs/111122223333/*", false),
            ("s3:PutObject", "*AWSLogs/*", false),
            ("s3:PutObject", "-logs/*", false),
            ("s3:PutObject", "/*", false),
        ] {
            let found = said(&with_hole(action, before, hole, sample, behind), Kind::Identity);
            let is_wrong = found
                .iter()
                .any(|found| found.starts_with("ARN_MATCHES_NO_RESOURCE_TYPE"));
            assert_eq!(is_wrong, is_found, "{before}{hole}{behind}: {found:?}");
        }
        let unknown = with_hole("s3:PutObject", before, hole, Text::UNKNOWN, "AWSLogs/*");
        assert!(!told(&unknown, Kind::Identity).contains("ARN_MATCHES_NO_RESOURCE_TYPE"));
    }
    // A bucket of before 2018.
    assert_eq!(
        told(
            &product("Allow", r#""s3:PutObject""#, r#""arn:aws:s3:::MyBucket/*""#),
            Kind::Identity
        ),
        ""
    );
    assert_eq!(
        told(
            &with_hole("s3:PutObject", arn.0, arn.1, arn.2, "AWSLogs/*"),
            Kind::Identity
        ),
        "`AWSLogs` directly behind `<bucket>` is more of the name of the bucket, and no bucket has such a name \
         [ARN_MATCHES_NO_RESOURCE_TYPE]\n\
         = note: AWS accepts it, but it matches nothing: the name of a bucket has no capital letters\n\
         = help: write `<bucket>/AWSLogs/*` for objects whose keys begin with `AWSLogs`"
    );
}

/// As the errors of the names suggest it.
#[test]
fn the_arn_that_was_meant_is_written_out() {
    for (action, resource, help) in [
        (
            "s3:GetObject",
            "arn:aws:s3:cn-north-1::exports/*",
            "write `arn:aws-cn:s3:::exports/*`",
        ),
        (
            "s3:GetObject",
            "arn:aws:s3:cn-north-1:111122223333:exports/*",
            "write `arn:aws-cn:s3:::exports/*`",
        ),
        (
            "iam:GetRole",
            "arn:aws:iam:us-gov-west-1:111122223333:role/x",
            "write `arn:aws-us-gov:iam::111122223333:role/x`",
        ),
        (
            "iam:GetRole",
            "arn:aws:iam:eu-west-1:111122223333:role/x",
            "write `arn:aws:iam::111122223333:role/x`",
        ),
        (
            "sqs:SendMessage",
            "arn:aws:sqs:cn-north-1:111122223333:orders",
            "write `arn:aws-cn:sqs:cn-north-1:111122223333:orders`",
        ),
        (
            "sqs:SendMessage",
            "arn:aws-cn:sqs:eu-west-1:*:*",
            "write `arn:aws:sqs:eu-west-1:*:*`",
        ),
        (
            "sqs:SendMessage",
            "https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders",
            "this is the URL of a queue: write its ARN, `arn:aws-cn:sqs:cn-north-1:111122223333:orders`",
        ),
    ] {
        let document = product("Allow", &format!("\"{action}\""), &format!("\"{resource}\""));
        let text = told(&document, Kind::Identity);
        assert_eq!(text.lines().last(), Some(&*format!("= help: {help}")), "{text}");
    }
    // Beside holes.
    for (before, hole, sample, behind, help) in [
        (
            "https://sqs.",
            "${AWS::Region}",
            "eu-west-1",
            ".amazonaws.com/111122223333/orders",
            "this is the URL of a queue: write its ARN, `arn:${AWS::Partition}:sqs:${AWS::Region}:111122223333:orders`",
        ),
        (
            "https://sqs.eu-west-1.amazonaws.com/",
            "<account-id>",
            "111122223333",
            "/orders",
            "this is the URL of a queue: write its ARN, `arn:aws:sqs:eu-west-1:<account-id>:orders`",
        ),
        (
            "arn:aws:sqs:cn-north-1:",
            "<account-id>",
            "111122223333",
            ":orders",
            "write `arn:aws-cn:sqs:cn-north-1:<account-id>:orders`",
        ),
    ] {
        let text = told(
            &with_hole("sqs:SendMessage", before, hole, sample, behind),
            Kind::Identity,
        );
        assert_eq!(text.lines().last(), Some(&*format!("= help: {help}")), "{text}");
    }
}
