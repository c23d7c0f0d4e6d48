//! The exact text of explanations.

use super::super::{Authorizer, Caller, Reason, Request};
use super::{USER, policy};
use crate::document::Document;
use crate::names::AccountId;
use crate::policy::{Comparison, Operator};

const BUCKET: &str = "arn:aws:s3:::exports/a.csv";

fn document(statements: &str) -> Document<'static> {
    Document::read(&policy(&[statements.to_owned()])).unwrap().into_owned()
}

fn caller(arn: &str) -> Caller {
    Caller::from_arn(arn).unwrap()
}

#[test]
fn layer_by_layer_and_statement_by_statement() {
    let identity = document(
        r#"{ "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" },
           { "Effect": "Allow", "Action": "ec2:*", "Resource": "*" },
           { "Sid": "Own", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::home/${aws:username}/*" }"#,
    );
    let team = document(
        r#"{ "Sid": "Team", "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*" }"#,
    );
    let boundary = document(r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }"#);
    let resource = document(
        r#"{ "Sid": "Account", "Effect": "Allow", "Principal": { "AWS": "111122223333" },
             "Action": "s3:*", "Resource": "arn:aws:s3:::exports/*" },
           { "Sid": "Bob", "Effect": "Deny", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" },
             "Action": "s3:*", "Resource": "arn:aws:s3:::exports/*" }"#,
    );
    let control = document(r#"{ "Sid": "NoS3", "Effect": "Deny", "Action": "s3:*", "Resource": "*" }"#);
    let authorizer = Authorizer::builder()
        .identity(&identity)
        .identity(&team)
        .boundary(&boundary)
        .resource(&resource)
        .service_control(0, &control)
        .management_account(AccountId::from_static("111122223333"))
        .build();
    let request = Request::unchecked(caller(USER), "s3:GetObject", BUCKET);
    assert_eq!(
        authorizer.explain(&request).to_string(),
        "\
`s3:GetObject` on `arn:aws:s3:::exports/a.csv` by arn:aws:iam::111122223333:user/alice is allowed by statement 1 `Read` of \
policy 1 of the identity-based policies
  Deny in statement 1 `NoS3` of policy 1 of the service control policies at level 0: does not apply: these policies \
do not affect the management account
  Allow in statement 1 `Account` of policy 1 of the resource-based policy: applies to the account: the caller's own \
policies decide
  Deny in statement 2 `Bob` of policy 1 of the resource-based policy: does not match the principal
  Allow in statement 1 `Read` of policy 1 of the identity-based policies: applies
  Allow in statement 2 of policy 1 of the identity-based policies: does not match the action
  Allow in statement 3 `Own` of policy 1 of the identity-based policies: does not match the resource
  Allow in statement 1 `Team` of policy 2 of the identity-based policies: does not apply: its resources depend on \
`aws:principaltag/team`, which is missing from the request context
  Allow in statement 1 of policy 1 of the permissions boundary: applies"
    );
}

#[test]
fn every_condition_that_is_not_met() {
    for (condition, expected) in [
        (
            r#"{ "StringEquals": { "aws:RequestedRegion": "eu-west-1" } }"#,
            "`StringEquals` requires `aws:RequestedRegion` to be `eu-west-1`, but the request has `us-east-1`",
        ),
        (
            r#"{ "StringNotLike": { "aws:requestedregion": ["eu-*", "us-*"] } }"#,
            "`StringNotLike` requires `aws:requestedregion` not to be like `eu-*` nor `us-*`, but the request has `us-east-1`",
        ),
        (
            r#"{ "NumericLessThan": { "s3:max-keys": 10 }, "Bool": { "aws:SecureTransport": true } }"#,
            "`NumericLessThan` requires `s3:max-keys` to be less than `10`, but the request has `50`; \
             `Bool` requires `aws:SecureTransport` to be `true`, but the request has `false`",
        ),
        (
            r#"{ "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "stage", "a", "b", "c", "d", "e"] } }"#,
            "`ForAllValues:StringEquals` requires every value of `aws:TagKeys` to be `team`, `stage`, `a`, `b`, `c` or 2 more, \
             but the request has `team` and `owner`",
        ),
        (
            r#"{ "ForAnyValue:StringEquals": { "aws:TagKeys": "cost" } }"#,
            "`ForAnyValue:StringEquals` requires a value of `aws:TagKeys` to be `cost`, but the request has `team` and `owner`",
        ),
        (
            r#"{ "Null": { "aws:TagKeys": "true" } }"#,
            "`Null` requires `aws:TagKeys` to be absent, but the request has `team` and `owner`",
        ),
        (
            r#"{ "Null": { "aws:MultiFactorAuthAge": "false" } }"#,
            "`Null` requires `aws:MultiFactorAuthAge` to be present, but the key is missing from the request context",
        ),
        (
            r#"{ "NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" } }"#,
            "`NotIpAddress` requires `aws:SourceIp` not to be in `203.0.113.0/24`, but the request has `203.0.113.9`",
        ),
        (
            r#"{ "DateLessThan": { "aws:CurrentTime": "2026-01-01T00:00:00Z" } }"#,
            "`DateLessThan` requires `aws:CurrentTime` to be before `2026-01-01T00:00:00Z`, but the key is missing from the request context",
        ),
        (
            r#"{ "StringEquals": { "aws:RequestedRegion": "${aws:PrincipalTag/region}" } }"#,
            "`StringEquals` requires `aws:RequestedRegion` to be `${aws:PrincipalTag/region}`, but the request has `us-east-1`, \
             and no `aws:principaltag/region` for the variable",
        ),
        (
            r#"{ "StringEquals": { "aws:RequestedRegion": [] } }"#,
            "`StringEquals` requires `aws:RequestedRegion` to be one of an empty list, but the request has `us-east-1`",
        ),
    ] {
        let identity = document(&format!(
            r#"{{ "Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {condition} }}"#
        ));
        let authorizer = Authorizer::builder().identity(&identity).build();
        let request = Request::unchecked(caller(USER), "s3:ListBucket", "arn:aws:s3:::exports")
            .with_unchecked("aws:RequestedRegion", "us-east-1")
            .with_unchecked("s3:max-keys", 50)
            .with_unchecked("aws:SecureTransport", false)
            .with_unchecked("aws:SourceIp", "203.0.113.9")
            .with_all_unchecked("aws:TagKeys", ["team", "owner"]);
        let explanation = authorizer.explain(&request);
        let (_, _, reason) = explanation.statements().next().unwrap();
        assert_eq!(reason.to_string(), format!("does not apply: {expected}"));
    }
}

#[test]
fn what_is_not_met_is_data_too() {
    let identity = document(
        r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*",
             "Condition": { "StringEquals": { "aws:RequestedRegion": ["eu-west-1", "eu-west-2"] } } }"#,
    );
    let authorizer = Authorizer::builder().identity(&identity).build();
    let request =
        Request::unchecked(caller(USER), "s3:GetObject", BUCKET).with_unchecked("aws:RequestedRegion", "us-east-1");
    let explanation = authorizer.explain(&request);
    let (_, _, reason) = explanation.statements().next().unwrap();
    let Reason::ConditionNotMet(conditions) = reason else {
        panic!("{reason:?}");
    };
    let [condition] = conditions.as_slice() else {
        panic!("{conditions:?}");
    };
    assert_eq!(condition.operator(), Operator::from(Comparison::StringEquals));
    assert_eq!(condition.key(), "aws:RequestedRegion");
    assert!(condition.wanted().eq(["eu-west-1", "eu-west-2"]));
    assert_eq!(condition.given(), Some(&["us-east-1".to_owned()][..]));
    assert_eq!(condition.variable(), None);
    assert_eq!(explanation.undecided().count(), 0);
}

#[test]
fn layers_that_are_not_asked() {
    let all = document(r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#);
    let none = document(r#"{ "Sid": "None", "Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*" }"#);
    let linked = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    for (caller, action, expected) in [
        (caller(USER), "s3:GetObject", None),
        (
            caller(USER),
            "ec2:RunInstances",
            Some("resource control policies do not apply to the action"),
        ),
        (caller(USER), "new-service:Get", None),
        (
            caller(linked),
            "s3:GetObject",
            Some("these policies do not affect service-linked roles"),
        ),
    ] {
        let authorizer = Authorizer::builder().identity(&all).resource_control(0, &none).build();
        let request = Request::unchecked(caller, action, "*");
        let explanation = authorizer.explain(&request);
        assert_eq!(explanation.decision().is_allowed(), expected.is_some(), "{action}");
        let (_, _, reason) = explanation.statements().next().unwrap();
        let expected = expected.map_or_else(|| "applies".to_owned(), |why| format!("does not apply: {why}"));
        assert_eq!(reason.to_string(), expected);
    }
    let authorizer = Authorizer::builder().identity(&all).build();
    let request = Request::unchecked(Caller::service("ecs-tasks.amazonaws.com"), "s3:GetObject", BUCKET);
    assert_eq!(
        authorizer.explain(&request).to_string(),
        "\
`s3:GetObject` on `arn:aws:s3:::exports/a.csv` by ecs-tasks.amazonaws.com is implicitly denied: no statement in the resource-based policy \
allows it
  Allow in statement 1 of policy 1 of the identity-based policies: does not apply: the caller has no identity-based policies"
    );
}

#[test]
fn a_decision_about_a_key_is_a_sentence() {
    const KEY: &str = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let all = document(r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#);
    let authorizer = Authorizer::builder().identity(&all).build();
    for (arn, why) in [
        (
            USER,
            ", which is not given: statement 1 of policy 1 of the identity-based policies allows it, but",
        ),
        ("arn:aws:iam::111122223333:root", ""),
    ] {
        let explanation = authorizer
            .explain(&Request::unchecked(caller(arn), "kms:Decrypt", KEY))
            .to_string();
        let start = format!("`kms:Decrypt` on `{KEY}` by {arn} depends on the key policy{why}");
        assert!(explanation.starts_with(&start), "{explanation}");
    }
}
