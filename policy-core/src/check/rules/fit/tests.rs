#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod help;

use crate::check::expect::{product, products, read, said, told};
use crate::policy::Kind;

#[test]
fn one_fitting_resource_is_enough_for_an_action_and_one_fitting_action_for_a_resource() {
    products(&[
        (
            r#"["s3:GetObject", "s3:ListBucket"]"#,
            r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#,
            &[],
        ),
        (r#"["s3:GetObject", "s3:ListBucket"]"#, r#""arn:aws:s3:::*""#, &[]),
        (r#"["s3:GetObject", "s3:ListBucket"]"#, r#""*""#, &[]),
        (
            r#"["secretsmanager:GetSecretValue", "kms:Decrypt"]"#,
            r#"["arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3", "arn:aws:kms:eu-west-1:111122223333:key/k"]"#,
            &[],
        ),
        (r#"["secretsmanager:ListSecrets", "s3:GetObject"]"#, r#"["*"]"#, &[]),
        (r#""*""#, r#""arn:aws:s3:::b""#, &[]),
        (r#""s3:Get*""#, r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#, &[]),
        (r#""s3:GetObj*""#, r#""arn:aws:s3:::b/*""#, &[]),
        (r#""s3:Get*""#, r#""arn:aws:s3:::b""#, &[]),
        (r#""kms:*""#, r#""arn:aws:kms:eu-west-1:111122223333:alias/a""#, &[]),
        (r#""logs:Create*""#, r#""arn:aws:logs:*:*:log-group:/ecs/*""#, &[]),
        // AWS lists it with other types only, and `glue:TagResource` with this.
        (r#""glue:GetTags""#, r#""arn:aws:glue:*:*:schema/*""#, &[]),
        // Other services act on its resources, too.
        (
            r#""ec2:RunInstances""#,
            r#"["arn:aws:ec2:*:*:instance/*", "arn:aws:ec2:*::image/*"]"#,
            // Both fit; that they are not all is a suggestion.
            &["MISSING_RESOURCE_TYPE /Statement/Action"],
        ),
    ]);
}

#[test]
fn of_the_actions_that_a_pattern_stands_for_one_has_to_fit() {
    products(&[
        (
            r#""s3:GetObject*""#,
            r#""arn:aws:s3:::b""#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
        (
            r#""s3:ListBucket*""#,
            r#"["arn:aws:s3:::b", "arn:aws:s3:::b/*"]"#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource/1"],
        ),
        (
            r#""kms:GenerateDataKey*""#,
            r#""arn:aws:kms:eu-west-1:111122223333:alias/a""#,
            &["KEY_ALIAS_AS_RESOURCE /Statement/Resource alias/a"],
        ),
        (
            r#""s3:GetObjectTagging""#,
            r#""arn:aws:s3:::b""#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
    ]);
}

#[test]
fn a_name_that_has_no_separator_ends_at_one() {
    let arn = |service: &str, resource: &str| format!(r#""arn:aws:{service}:eu-west-1:111122223333:{resource}""#);
    let wrong: &[&str] = &["RESOURCE_FITS_NO_ACTION /Statement/Resource"];
    for (action, resource, expected) in [
        ("dynamodb:GetItem", "table/orders/index/*", wrong),
        ("dynamodb:GetItem", "table/*/index/*", wrong),
        ("dynamodb:GetItem", "table/orders/*", wrong),
        ("dynamodb:DeleteTable", "table/orders/stream/2026", wrong),
        ("dynamodb:GetItem", "table/orders*", &[]),
        ("dynamodb:GetItem", "table/*", &[]),
        ("dynamodb:Query", "table/orders/index/*", &[]),
        ("dynamodb:*", "table/orders/index/*", &[]),
        ("kinesis:PutRecord", "stream/s/consumer/c:1", wrong),
        ("kinesis:SubscribeToShard", "stream/s/consumer/c:1", &[]),
        ("lambda:UpdateFunctionConfiguration", "function:f:prod", wrong),
        ("lambda:UpdateFunctionConfiguration", "function:f:*", wrong),
        ("lambda:UpdateFunctionConfiguration", "function:f*", &[]),
        // Its operation has a `Qualifier`, and of the other no operation is known.
        ("lambda:InvokeFunction", "function:f:prod", &[]),
        ("lambda:InvokeFunctionUrl", "function:f:*", &[]),
        // The streams of a group, and what is asked of a domain.
        ("logs:CreateLogGroup", "log-group:/aws/x:*", &[]),
        ("es:ESHttpGet", "domain/d/*", &[]),
        // Behind their names is an ID.
        ("events:InvokeApiDestination", "api-destination/hook/*", &[]),
        ("events:UpdateConnection", "connection/hook/*", &[]),
    ] {
        let (service, _) = action.split_once(':').unwrap_or_default();
        products(&[(&format!("{action:?}"), &arn(service, resource), expected)]);
    }
}

#[test]
fn an_empty_list_is_one_mistake() {
    products(&[
        (r#""s3:GetObject""#, "[]", &["EMPTY_ARRAY_RESOURCE /Statement/Resource"]),
        (
            r#""secretsmanager:ListSecrets""#,
            "[]",
            &["EMPTY_ARRAY_RESOURCE /Statement/Resource"],
        ),
    ]);
}

#[test]
fn an_action_on_no_resource_needs_the_star() {
    let secret = r#""arn:aws:secretsmanager:eu-west-1:111122223333:secret:a-b1C2d3""#;
    products(&[
        (
            r#""secretsmanager:ListSecrets""#,
            secret,
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/Action"],
        ),
        (
            r#"["secretsmanager:GetSecretValue", "secretsmanager:ListSecrets"]"#,
            secret,
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/Action/1"],
        ),
    ]);
    assert_eq!(
        told(
            &product("Allow", "\"secretsmanager:ListSecrets\"", secret),
            Kind::Identity
        ),
        "`secretsmanager:ListSecrets` does not support resource-level permissions; it needs `\"Resource\": \"*\"` [ACTION_NEEDS_STAR_RESOURCE]\n\
         = note: AWS accepts the policy, but the statement never allows `secretsmanager:ListSecrets`: only `*` matches such a request\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: write `\"Resource\": \"*\"`"
    );
}

#[test]
fn the_pattern_of_a_whole_service_may_stand_for_the_star() {
    for (action, resource, dead) in [
        ("s3:ListAllMyBuckets", "arn:aws:s3:::b", true),
        ("sqs:ListQueues", "arn:aws:sqs:eu-west-1:111122223333:*", false),
        (
            "logs:DescribeLogGroups",
            "arn:aws:logs:eu-west-1:*:log-group:/ecs/*",
            true,
        ),
        // What an action makes is perhaps what it is about.
        ("glue:CreateCrawler", "arn:aws:glue:eu-west-1:*:crawler/a*", false),
        ("glue:CreateCrawler", "arn:aws:glue:eu-west-1:*:job/a*", true),
        ("glue:ListCrawlers", "arn:aws:glue:eu-west-1:*:crawler/a*", true),
    ] {
        let document = product("Allow", &format!("\"{action}\""), &format!("\"{resource}\""));
        let findings = crate::check::check(&document, Kind::Identity, &crate::check::Options::new());
        let found: Vec<_> = findings
            .iter()
            .map(|finding| (finding.code().name(), finding.has_no_effect()))
            // That a crawler needs a role is another matter.
            .filter(|(code, _)| *code != "MISSING_DEPENDENT_ACTION")
            .collect();
        assert_eq!(found, [("ACTION_NEEDS_STAR_RESOURCE", dead)], "{action} on {resource}");
    }
}

#[test]
fn what_aws_says_elsewhere_of_an_actions_resources_counts() {
    let tasks = r#"["states:SendTaskSuccess", "states:SendTaskFailure", "states:SendTaskHeartbeat"]"#;
    products(&[
        // The S3 user guide has it so, and a refusal of CloudWatch Logs names it.
        (r#""s3:ListAllMyBuckets""#, r#""arn:aws:s3:::*""#, &[]),
        (
            r#""logs:DescribeLogGroups""#,
            r#""arn:aws:logs:eu-west-1:111122223333:log-group:*""#,
            &[],
        ),
        (
            r#""logs:DescribeLogGroups""#,
            r#""arn:aws:logs:eu-west-1:111122223333:log-group::log-stream:""#,
            &[],
        ),
        (tasks, r#""arn:aws:states:*:*:activity:prefix*""#, &[]),
        (
            tasks,
            r#""arn:aws:states:eu-west-1:111122223333:stateMachine:orders""#,
            &[],
        ),
        (
            r#""states:SendTask*""#,
            r#""arn:aws:states:eu-west-1:111122223333:stateMachine:orders""#,
            &[],
        ),
        (
            r#""states:SendTaskSuccess""#,
            r#""arn:aws:states:eu-west-1:111122223333:execution:orders:one""#,
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/Action"],
        ),
        (
            r#""iot:OpenTunnel""#,
            r#"["arn:aws:iot:eu-west-1:111122223333:tunnel/*", "arn:aws:iot:eu-west-1:111122223333:thing/device"]"#,
            &[],
        ),
        (
            r#""iot:OpenTunnel""#,
            r#""arn:aws:iot:eu-west-1:111122223333:cert/*""#,
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/Action"],
        ),
        (
            r#""elasticloadbalancing:SetWebAcl""#,
            r#""arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*""#,
            &[],
        ),
        (
            r#""elasticloadbalancing:SetWebAcl""#,
            r#""arn:aws:elasticloadbalancing:*:*:targetgroup/*""#,
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/Action"],
        ),
        (
            r#"["elasticfilesystem:CreateFileSystem", "elasticfilesystem:CreateMountTarget"]"#,
            r#""arn:aws:elasticfilesystem:us-west-2:111122223333:file-system/*""#,
            &[],
        ),
        (
            r#"["oam:CreateLink", "oam:UpdateLink"]"#,
            r#""arn:aws:oam:*:*:link/*""#,
            &[],
        ),
        (
            r#"["oam:CreateLink", "oam:UpdateLink"]"#,
            r#""arn:aws:oam:*:*:sink/*""#,
            &[],
        ),
    ]);
}

#[test]
fn an_access_point_of_several_regions_is_an_access_point() {
    let point = "arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap";
    products(&[
        (r#""s3:ListBucket""#, &format!("\"{point}\""), &[]),
        (
            r#"["s3:GetObject", "s3:PutObject"]"#,
            &format!("\"{point}/object/*\""),
            &[],
        ),
        (
            r#"["s3:GetObject", "s3:ListBucket"]"#,
            &format!("[\"{point}\", \"{point}/object/*\"]"),
            &[],
        ),
        (
            r#""s3:GetObject""#,
            &format!("\"{point}\""),
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
        (
            r#""s3:CreateBucket""#,
            &format!("\"{point}\""),
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
    ]);
}

#[test]
fn an_mlflow_app_is_a_tracking_server() {
    let action = r#""sagemaker-mlflow:CreateExperiment""#;
    products(&[
        (action, r#""arn:aws:sagemaker:*:*:mlflow-app/*""#, &[]),
        (action, r#""arn:aws:sagemaker:*:*:mlflow-tracking-server/*""#, &[]),
        (
            action,
            r#""arn:aws:sagemaker:*:*:endpoint/*""#,
            &["RESOURCE_FITS_NO_ACTION /Statement/Resource"],
        ),
        (r#""eks:DeleteCluster""#, r#""arn:aws:eks:*:*:cluster/a*""#, &[]),
    ]);
}

#[test]
fn a_service_whose_actions_are_all_without_resources_is_not_judged() {
    let subscription = "arn:aws:pricingplanmanager::111122223333:subscription";
    products(&[
        (
            r#""pricingplanmanager:CancelSubscription""#,
            &format!("\"{subscription}/*\""),
            &[],
        ),
        (
            r#""pricingplanmanager:CancelSubscription""#,
            r#""arn:aws:s3:::b""#,
            &["ACTION_NEEDS_STAR_RESOURCE /Statement/Action"],
        ),
    ]);
}

#[test]
fn the_resource_of_a_role_trust_policy_is_one_mistake() {
    let document = read(
        r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*",
             "Principal": { "Service": "lambda.amazonaws.com" } } }"#,
    );
    assert_eq!(
        crate::check::check(&document, Kind::Trust, &crate::check::Options::new())
            .iter()
            .map(|finding| finding.code().name())
            .collect::<Vec<_>>(),
        ["ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE"]
    );
}

#[test]
fn a_deny_that_never_fires_is_told_so() {
    let document = product("Deny", "\"s3:GetObject\"", "\"arn:aws:s3:::b\"");
    assert_eq!(
        told(&document, Kind::ServiceControl).lines().nth(1),
        Some(
            "= note: AWS accepts the policy, but the statement never denies `s3:GetObject`: no request combines the two"
        )
    );
}

#[test]
fn what_is_left_out_is_not_matched() {
    for elements in [
        r#""NotAction": "s3:GetObject", "Resource": "arn:aws:s3:::b""#,
        r#""Action": "s3:GetObject", "NotResource": "arn:aws:s3:::b""#,
    ] {
        let document = read(&format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Effect": "Deny", {elements} }} }}"#
        ));
        assert_eq!(said(&document, Kind::Identity), [""; 0], "{elements}");
    }
}
