//! Requests for `*`: what they are about the reference does not say, and refusals do.

use super::super::{authorizer, policy, request};
use super::{allow_all, denies};
use crate::document::Document;
use crate::evaluate::{Authorizer, Caller, Outcome, Request};
use crate::names::{AccountId, Partition};

/// Whether a `Deny` of the resource denies a request that is otherwise allowed. An `Allow` of it never allows it, and an `Allow` of all
/// but it excludes what the `Deny` denies.
#[track_caller]
fn may_be_about(request: &Request, resource: &str) -> bool {
    let rest = format!(r#""Action": "*", "Resource": "{resource}""#);
    let denied = denies(&rest, request);
    let allow = |element: &str| {
        let statement = format!(r#"{{ "Effect": "Allow", "Action": "*", "{element}": "{resource}" }}"#);
        authorizer(&[policy(&[statement])]).ask(request).is_allowed()
    };
    if request.caller().account().is_some() {
        assert_eq!(
            [allow("Resource"), allow("NotResource")],
            [resource == "*", !denied],
            "{resource}"
        );
    }
    denied
}

#[test]
fn are_denied_by_what_refusals_may_name() {
    for (action, resource, expected) in [
        ("s3:ListAllMyBuckets", "arn:aws:s3:::*", true),
        ("s3:listallmybuckets", "arn:aws:s3:*:*:*", true),
        ("s3:ListAllMyBuckets", "arn:*:s3:::*", true),
        ("s3:ListAllMyBuckets", "arn:aws-cn:s3:::*", false),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::exports", false),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::exports/*", false),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::e*", false),
        ("ec2:DescribeInstances", "arn:aws:ec2:*:*:*", true),
        ("ec2:DescribeInstances", "arn:aws:ec2:*:111122223333:*", true),
        ("ec2:DescribeInstances", "arn:aws:ec2:us-east-1:111122223333:*", true),
        ("ec2:DescribeInstances", "arn:aws:ec2:us-east-?:*:*", true),
        ("ec2:DescribeInstances", "arn:aws:EC2:us-east-1:111122223333:*", true),
        ("ec2:DescribeInstances", "arn:aws:*:*:*:*", true),
        ("ec2:DescribeInstances", "arn:aws:ec2:*:444455556666:*", false),
        ("ec2:DescribeInstances", "arn:aws:ec2:us-east-1:444455556666:*", false),
        ("ec2:DescribeInstances", "arn:aws:ec2:*:*:instance/*", false),
        ("ec2:DescribeInstances", "arn:aws:ec2:us-east-1:111122223333:i*", false),
        ("ec2:DescribeInstances", "arn:aws:s3:::*", false),
        ("logs:DescribeLogGroups", "arn:aws:logs:*:*:log-group:*", true),
        (
            "logs:DescribeLogGroups",
            "arn:aws:logs:us-east-1:111122223333:log-group:*",
            true,
        ),
        (
            "logs:DescribeLogGroups",
            "arn:aws:logs:us-east-1:111122223333:log-group:*:log-stream:*",
            true,
        ),
        ("logs:DescribeLogGroups", "arn:aws:logs:us-east-1:111122223333:*", true),
        (
            "logs:DescribeLogGroups",
            "arn:aws:logs:us-east-1:111122223333:log-group:/app*",
            false,
        ),
        (
            "logs:DescribeLogGroups",
            "arn:aws:logs:us-east-1:444455556666:log-group:*",
            false,
        ),
        ("iam:ListUsers", "arn:aws:iam::111122223333:*", true),
        ("iam:ListUsers", "arn:aws:iam::*:*", true),
        ("iam:ListUsers", "arn:aws:iam::111122223333:user/*", true),
        ("iam:ListUsers", "arn:aws:iam::111122223333:user/alice", false),
        ("iam:ListUsers", "arn:aws:iam::111122223333:role/*", false),
        ("iam:ListPolicies", "arn:aws:iam::111122223333:policy/*", true),
        ("iam:GetAccountSummary", "arn:aws:iam::111122223333:*", true),
        ("iam:GetAccountSummary", "arn:aws:iam::111122223333:user/*", false),
        (
            "dynamodb:ListTables",
            "arn:aws:dynamodb:eu-west-1:111122223333:table/*",
            true,
        ),
        ("sqs:ListQueues", "arn:aws:sqs:eu-west-1:111122223333:", true),
        ("sqs:ListQueues", "arn:aws:sqs:eu-west-1:111122223333:*", true),
        ("sqs:ListQueues", "arn:aws:sqs:eu-west-1:111122223333:jobs", false),
        (
            "states:ListStateMachines",
            "arn:aws:states:eu-west-1:111122223333:stateMachine:*",
            true,
        ),
        // A `*` may match past a colon.
        ("logs:DescribeLogGroups", "arn:aws:logs:us*:log-group:*:*", true),
        ("sqs:ListQueues", "arn:aws:sqs:eu-west-1:1111*:*", true),
        ("sqs:ListQueues", "arn:aws:sqs:eu-west-1:4444*:*", false),
        (
            "newservice:ListThings",
            "arn:aws:newservice:eu-west-1:111122223333:*",
            true,
        ),
        (
            "newservice:ListThings",
            "arn:aws:newservice:eu-west-1:111122223333:thing/*",
            false,
        ),
    ] {
        assert_eq!(
            may_be_about(&request(action, "*"), resource),
            expected,
            "{action} {resource}"
        );
    }
}

#[test]
fn are_not_about_what_they_contradict() {
    let of_region = |region: &str| request("ec2:DescribeInstances", "*").with_unchecked("aws:RequestedRegion", region);
    for (region, resource, expected) in [
        ("us-east-1", "arn:aws:ec2:us-east-1:111122223333:*", true),
        ("us-east-1", "arn:aws:ec2:us-*:*:*", true),
        ("us-east-1", "arn:aws:ec2:*:*:*", true),
        ("us-east-1", "arn:aws:ec2::111122223333:*", true),
        ("us-east-1", "arn:aws:ec2:eu-west-1:111122223333:*", false),
        ("us-east-1", "arn:aws:ec2:eu-*:*:*", false),
    ] {
        assert_eq!(
            may_be_about(&of_region(region), resource),
            expected,
            "{region} {resource}"
        );
    }
    let of_other = request("ec2:DescribeInstances", "*").resource_account(AccountId::from_static("444455556666"));
    assert!(may_be_about(&of_other, "arn:aws:ec2:us-east-1:444455556666:*"));
}

#[test]
fn of_callers_without_an_account_are_about_any() {
    let denies = |caller: Caller, resource: &str| {
        let request = Request::unchecked(caller, "s3:ListAllMyBuckets", "*");
        let text = policy(&[format!(
            r#"{{ "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "{resource}" }}"#
        )]);
        let document = Document::read(&text).unwrap();
        let authorizer = Authorizer::builder().resource(&document).build();
        authorizer.ask(&request).outcome() == Outcome::ExplicitlyDenied
    };
    for partition in Partition::all() {
        assert!(
            denies(Caller::anonymous(), &format!("arn:{partition}:s3:::*")),
            "{partition}"
        );
        let of_account = format!("arn:{partition}:s3:eu-west-1:111122223333:*");
        assert!(denies(Caller::service("ec2.amazonaws.com"), &of_account), "{partition}");
        assert!(
            !denies(Caller::anonymous(), &format!("arn:{partition}:s3:::exports")),
            "{partition}"
        );
    }
}

#[test]
fn of_many_statements_are_decided_in_linear_time() {
    // Each of the patterns is held against a few ARNs, whose number does not depend on the policy.
    let statement = |number: usize| {
        format!(r#"{{ "Effect": "Deny", "Action": "iam:*", "Resource": "arn:aws:iam::111122223333:user/u{number}" }}"#)
    };
    let mut statements: Vec<String> = (0..300).map(statement).collect();
    statements.push(r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned());
    let asked = request("iam:ListUsers", "*");
    assert!(authorizer(&[policy(&statements)]).ask(&asked).is_allowed());
    assert!(authorizer(&[allow_all()]).ask(&asked).is_allowed());
}

#[test]
fn are_denied_beside_a_variable_that_has_no_value() {
    let request = request("s3:ListAllMyBuckets", "*");
    for (resources, expected) in [
        (r#"["arn:aws:s3:::*", "arn:aws:s3:::${aws:PrincipalTag/team}"]"#, true),
        (r#"["arn:aws:s3:::${aws:PrincipalTag/team}/*", "arn:aws:s3"]"#, true),
        (r#"["arn:aws:s3:::${/aws:username}", "arn:aws:s3:::*"]"#, true),
        (
            r#"["arn:aws:s3:::exports", "arn:aws:s3:::${aws:PrincipalTag/team}"]"#,
            false,
        ),
    ] {
        let rest = format!(r#""Action": "*", "Resource": {resources}"#);
        let deny = policy(&[format!(r#"{{ "Effect": "Deny", {rest} }}"#)]);
        let outcome = authorizer(&[allow_all(), deny]).ask(&request).outcome();
        assert_eq!(outcome == Outcome::ExplicitlyDenied, expected, "{resources}");
        let allow = policy(&[format!(r#"{{ "Effect": "Allow", {rest} }}"#)]);
        assert!(!authorizer(&[allow]).ask(&request).is_allowed(), "{resources}");
    }
}
