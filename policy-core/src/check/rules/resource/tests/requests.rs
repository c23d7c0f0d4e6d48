//! ARNs in a format that the requests do not have.

use crate::check::expect::{policy, read, said, table, told};
use crate::policy::Kind;

const FOUND: &str = "ARN_MATCHES_NO_REQUEST /Statement/0/Resource";

#[test]
fn arns_that_no_request_has() {
    let product = |action: &str, resources: &str| {
        format!(r#"{{ "Effect": "Allow", "Action": {action}, "Resource": {resources} }}"#)
    };
    for (action, resources, is_found) in [
        (
            r#""events:PutRule""#,
            r#""arn:aws:events:eu-west-1:111122223333:rule/default/nightly""#,
            true,
        ),
        (
            r#""events:PutRule""#,
            r#""arn:aws:events:eu-west-1:111122223333:rule/default/*""#,
            true,
        ),
        (
            r#""events:PutRule""#,
            r#""arn:aws:events:eu-west-1:111122223333:rule/nightly""#,
            false,
        ),
        (
            r#""events:PutRule""#,
            r#""arn:aws:events:eu-west-1:111122223333:rule/orders/nightly""#,
            false,
        ),
        (
            r#""es:ESHttpGet""#,
            r#""arn:aws:es:eu-west-1:111122223333:domain/orders""#,
            true,
        ),
        (
            r#""es:ESHttp*""#,
            r#""arn:aws:es:eu-west-1:111122223333:domain/orders""#,
            true,
        ),
        (
            r#""es:*""#,
            r#""arn:aws:es:eu-west-1:111122223333:domain/orders""#,
            false,
        ),
        (
            r#"["es:ESHttpGet", "es:DescribeDomain"]"#,
            r#""arn:aws:es:eu-west-1:111122223333:domain/orders""#,
            true,
        ),
        (
            r#""es:ESHttpGet""#,
            r#""arn:aws:es:eu-west-1:111122223333:domain/*""#,
            false,
        ),
        (
            r#"["es:ESHttpGet", "es:DescribeDomain"]"#,
            r#"["arn:aws:es:eu-west-1:111122223333:domain/orders", "arn:aws:es:eu-west-1:111122223333:domain/orders/*"]"#,
            false,
        ),
        (r#""iam:GetRole""#, r#""arn:aws:iam::111122223333:role//app""#, true),
        (
            r#""iam:GetRole""#,
            r#""arn:aws:iam::111122223333:role/path/app""#,
            false,
        ),
        (
            r#""route53:GetHostedZone""#,
            r#""arn:aws:route53:::hostedzone//hostedzone/Z0123456789""#,
            true,
        ),
        (
            r#""ssm:SendCommand""#,
            r#""arn:aws:ssm:eu-west-1:111122223333:document/AWS-RunShellScript""#,
            true,
        ),
        (
            r#""ssm:SendCommand""#,
            r#""arn:aws:ssm:eu-west-1:*:document/AWS-RunShellScript""#,
            false,
        ),
        (
            r#""ssm:SendCommand""#,
            r#""arn:aws:ssm:eu-west-1::document/AWS-RunShellScript""#,
            false,
        ),
        (
            r#""ssm:SendCommand""#,
            r#""arn:aws:ssm:eu-west-1:111122223333:document/deploy""#,
            false,
        ),
        (
            r#""ecs:StopTask""#,
            r#""arn:aws:ecs:eu-west-1:111122223333:task/0123456789abcdef""#,
            true,
        ),
        (
            r#""ecs:StopTask""#,
            r#""arn:aws:ecs:eu-west-1:111122223333:task/*""#,
            false,
        ),
    ] {
        let expected: &[&str] = if is_found { &[FOUND] } else { &[] };
        table(Kind::Identity, &[(&product(action, resources), expected)]);
    }
    let told_of = |action: &str, resource: &str| told(&read(&policy(&product(action, resource))), Kind::Identity);
    assert_eq!(
        told_of(
            r#""ssm:SendCommand""#,
            r#""arn:aws:ssm:eu-west-1:111122223333:document/AWS-RunShellScript""#
        ),
        "no request has the ARN `arn:aws:ssm:eu-west-1:111122223333:document/AWS-RunShellScript` [ARN_MATCHES_NO_REQUEST]\n\
         = note: AWS accepts it, but it matches nothing\n\
         = help: write `arn:aws:ssm:eu-west-1::document/AWS-RunShellScript`"
    );
}

#[test]
fn accounts_that_are_left_out() {
    for (action, resource, is_found) in [
        ("ec2:StopInstances", "arn:aws:ec2:eu-west-1::instance/*", true),
        (
            "ec2:DeleteVolume",
            "arn:aws:ec2:eu-west-1::volume/vol-0abc1234def567890",
            true,
        ),
        ("ec2:DeregisterImage", "arn:aws:ec2:eu-west-1::image/*", false),
        ("ec2:DeleteSnapshot", "arn:aws:ec2:*::snapshot/*", false),
        ("ec2:StopInstances", "arn:aws:ec2:eu-west-1::i*", false),
        ("ssm:GetParameter", "arn:aws:ssm:eu-west-1::parameter/app", true),
        (
            "ssm:GetParameter",
            "arn:aws:ssm:eu-west-1::parameter/aws/service/eks/*",
            false,
        ),
        ("ssm:GetParameter", "arn:aws:ssm:eu-west-1::parameter/*", false),
        (
            "ssm:SendCommand",
            "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript",
            false,
        ),
        ("dynamodb:GetItem", "arn:aws:dynamodb:eu-west-1::table/orders", true),
        ("sqs:SendMessage", "arn:aws:sqs:eu-west-1::orders", true),
        (
            "bedrock:InvokeModel",
            "arn:aws:bedrock:eu-west-1::foundation-model/*",
            false,
        ),
        ("s3:GetObject", "arn:aws:s3:::bucket/*", false),
    ] {
        let statement = format!(r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": "{resource}" }}"#);
        let said = said(&read(&policy(&statement)), Kind::Identity);
        let is_said = said.iter().any(|finding| finding.starts_with("MISSING_ARN_ACCOUNT"));
        assert_eq!(is_said, is_found, "{resource}: {said:?}");
    }
}
