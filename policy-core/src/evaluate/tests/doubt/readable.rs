//! Of what the policy says well: values, resources, variables, callers and actions.

use super::super::{authorizer, policy, request};
use super::said;
use crate::document::Document;
use crate::evaluate::{Authorizer, Caller, Outcome, Request};

#[test]
fn of_values() {
    const NEITHER: [bool; 2] = [false, false];
    const DOUBT: [bool; 2] = [false, true];
    const BOTH: [bool; 2] = [true, true];
    for (operator, key, wanted, values, expected) in [
        // A value that the operator cannot read is not a different value either.
        ("NumericNotEquals", "s3:max-keys", "5", &["abc"][..], DOUBT),
        ("NumericNotEquals", "s3:max-keys", "abc", &["5"], DOUBT),
        ("NumericNotEquals", "s3:max-keys", "5", &["6"], BOTH),
        ("NumericEquals", "s3:max-keys", "5", &["abc"], DOUBT),
        ("NumericEquals", "s3:max-keys", "5e1", &["50"], DOUBT),
        ("NumericLessThan", "s3:max-keys", "100", &["5e1"], DOUBT),
        ("NumericLessThan", "s3:max-keys", "100", &["49.9"], BOTH),
        ("DateNotEquals", "aws:CurrentTime", "2026-01-01", &["soon"], DOUBT),
        ("NotIpAddress", "aws:SourceIp", "203.0.113.9", &["here"], DOUBT),
        ("NotIpAddress", "aws:SourceIp", "203.0.113.9", &["2001:db8::9"], BOTH),
        ("IpAddress", "aws:SourceIp", "0.0.0.0/0", &["203.0.113.9"], BOTH),
        (
            "NotIpAddress",
            "aws:SourceIp",
            "203.0.113.0/24",
            &["::ffff:203.0.113.9"],
            DOUBT,
        ),
        ("IpAddress", "aws:SourceIp", "::/0", &["::ffff:203.0.113.9"], DOUBT),
        ("ArnNotLike", "aws:SourceArn", "arn:aws:s3:::b", &["no-arn"], DOUBT),
        ("ArnLike", "aws:SourceArn", "arn:*:*:*:*:*", &["arn:aws:s3:::b"], BOTH),
        ("ArnLike", "aws:SourceArn", "*", &["arn:aws:s3:::b"], DOUBT),
        ("ArnEquals", "aws:SourceArn", "arn:aws:s3*", &["arn:aws:s3:::b"], DOUBT),
        ("ArnNotLike", "aws:SourceArn", "arn:aws:*", &["arn:aws:s3:::b"], DOUBT),
        (
            "ArnNotLike",
            "aws:SourceArn",
            "arn:aws:*",
            &["arn:aws-cn:s3:::b"],
            DOUBT,
        ),
        (
            "ArnEquals",
            "aws:SourceArn",
            "arn:aws:s3::b",
            &["arn:aws:s3:::b"],
            DOUBT,
        ),
        (
            "ArnNotLike",
            "aws:SourceArn",
            "arn:aws:*:*:*:*",
            &["arn:aws-cn:s3:::b"],
            BOTH,
        ),
        // Whether `?` is a character or a byte.
        ("StringLike", "aws:username", "?", &["\u{e9}"], DOUBT),
        ("StringLike", "aws:username", "??", &["\u{e9}"], DOUBT),
        ("StringNotLike", "aws:username", "?", &["\u{e9}"], DOUBT),
        ("StringNotLike", "aws:username", "??", &["\u{e9}"], DOUBT),
        ("StringNotLike", "aws:username", "???", &["\u{e9}"], BOTH),
        ("StringLike", "aws:username", "*?", &["\u{e9}"], BOTH),
        ("ForAnyValue:StringLike", "aws:TagKeys", "?", &["\u{e9}", "ab"], DOUBT),
        (
            "ForAllValues:StringNotLike",
            "aws:TagKeys",
            "?",
            &["\u{e9}", "ab"],
            DOUBT,
        ),
        (
            "ArnLike",
            "aws:SourceArn",
            "arn:aws:s3:::?",
            &["arn:aws:s3:::\u{e9}"],
            DOUBT,
        ),
        (
            "ArnNotLike",
            "aws:SourceArn",
            "arn:aws:s3:::??",
            &["arn:aws:s3:::\u{e9}"],
            DOUBT,
        ),
        // A key with no value or several needs a qualifier.
        ("StringNotEquals", "aws:TagKeys", "a", &[], DOUBT),
        ("StringEquals", "aws:TagKeys", "a", &["a"], BOTH),
        ("StringNotEquals", "aws:TagKeys", "a", &["b"], DOUBT),
        ("StringEquals", "aws:TagKeys", "a", &["a", "b"], DOUBT),
        ("StringNotEquals", "aws:TagKeys", "a", &["a", "b"], DOUBT),
        ("StringNotEquals", "aws:TagKeys", "a", &["b", "c"], DOUBT),
        ("ForAnyValue:StringEquals", "aws:TagKeys", "a", &["a", "b"], BOTH),
        ("ForAllValues:StringEquals", "aws:TagKeys", "a", &["a", "b"], NEITHER),
        ("ForAllValues:StringEquals", "aws:TagKeys", "a", &[], BOTH),
    ] {
        let rest = format!(r#""Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{wanted}" }} }}"#);
        let said = said(&rest, "arn:aws:sqs:eu-west-1:111122223333:q", key, values);
        assert_eq!(said, expected, "{operator} {wanted} of {values:?}");
    }
}

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>, "Empty array condition"
#[test]
fn of_no_values() {
    for (operator, sent, expected) in [
        ("Null", &["a"][..], [false, true]),
        ("StringEquals", &["a"], [false, true]),
        ("StringNotEquals", &["a"], [false, true]),
        ("StringEqualsIfExists", &["a"], [false, false]),
        ("ForAnyValue:StringEquals", &["a"], [false, false]),
        ("ForAllValues:StringEquals", &["a"], [false, false]),
        ("ForAllValues:StringEquals", &[], [true, true]),
    ] {
        let rest = format!(r#""Resource": "*", "Condition": {{ "{operator}": {{ "aws:TagKeys": [] }} }}"#);
        let said = said(&rest, "arn:aws:sqs:eu-west-1:111122223333:q", "aws:TagKeys", sent);
        assert_eq!(said, expected, "{operator} of {sent:?}");
    }
}

#[test]
fn of_resources() {
    let inner = "arn:aws:sqs:eu-west-1:444455556666:111122223333:q";
    let plain = "arn:aws:sqs:eu-west-1:111122223333:q";
    for (rest, resource, expected) in [
        // Whether `*` matches past a colon.
        (r#""Resource": "arn:aws:sqs:*:111122223333:q""#, inner, [false, true]),
        (r#""NotResource": "arn:aws:sqs:*:111122223333:q""#, inner, [false, true]),
        (r#""Resource": "arn:aws:sqs:*:111122223333:q""#, plain, [true, true]),
        // Whether a resource that cannot be known differs.
        (
            r#""NotResource": "arn:aws:sqs:*:*:${aws:PrincipalTag/none}""#,
            plain,
            [false, true],
        ),
        (
            r#""Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/none}""#,
            plain,
            [false, false],
        ),
        (r#""NotResource": "arn:aws:sqs:*:*:other""#, plain, [true, true]),
        // Whether `?` is a character or a byte.
        (
            r#""Resource": "arn:aws:sqs:*:*:?""#,
            "arn:aws:sqs:::\u{e9}",
            [false, true],
        ),
        (
            r#""Resource": "arn:aws:sqs:*:*:??""#,
            "arn:aws:sqs:::\u{e9}",
            [false, true],
        ),
        (
            r#""Resource": "arn:aws:sqs:::q/??""#,
            "arn:aws:sqs:::q/\u{e9}",
            [false, true],
        ),
        (
            r#""NotResource": "arn:aws:sqs:::?""#,
            "arn:aws:sqs:::\u{e9}",
            [false, true],
        ),
        (
            r#""NotResource": "arn:aws:sqs:*:*:??""#,
            "arn:aws:sqs:::\u{e9}",
            [false, true],
        ),
        (
            r#""Resource": "arn:aws:sqs:::?*""#,
            "arn:aws:sqs:::\u{e9}",
            [true, true],
        ),
        (
            r#""Resource": "arn:aws:sqs:::???""#,
            "arn:aws:sqs:::\u{e9}",
            [false, false],
        ),
        (
            r#""NotResource": "arn:aws:sqs:::???""#,
            "arn:aws:sqs:::\u{e9}",
            [true, true],
        ),
    ] {
        let said = said(rest, resource, "aws:PrincipalTag/team", &["x"]);
        assert_eq!(said, expected, "{rest} of {resource}");
    }
}

#[test]
fn of_variables() {
    const NEITHER: [bool; 2] = [false, false];
    const DOUBT: [bool; 2] = [false, true];
    const BOTH: [bool; 2] = [true, true];
    let resource = |name: &str| format!(r#""Resource": "arn:aws:sqs:*:*:{name}""#);
    let condition = |operator: &str| {
        format!(
            r#""Resource": "*", "Condition": {{ "{operator}": {{ "aws:username": "${{aws:PrincipalTag/team}}" }} }}"#
        )
    };
    for (rest, values, expected) in [
        // A key with several values cannot be a variable.
        (resource("${aws:PrincipalTag/team}"), &["q", "r"][..], DOUBT),
        (condition("StringEquals"), &["alice", "bob"], DOUBT),
        (condition("StringEqualsIgnoreCase"), &["alice", "bob"], DOUBT),
        (condition("StringNotEquals"), &["bob", "carol"], DOUBT),
        // A key without a value does not equal anything. Whether it has one, if that is empty, is not documented.
        (resource("${aws:PrincipalTag/team}q"), &[""], DOUBT),
        (resource("${aws:PrincipalTag/team}*"), &[""], DOUBT),
        (resource("${aws:PrincipalTag/team}r"), &[""], NEITHER),
        (resource("${aws:PrincipalTag/team}q"), &[], NEITHER),
        (resource("${aws:PrincipalTag/team, 'q'}"), &[""], DOUBT),
        (resource("${aws:PrincipalTag/team, 'q'}*"), &[""], BOTH),
        (condition("StringLike"), &[""], NEITHER),
        (condition("StringNotEquals"), &[""], BOTH),
    ] {
        let said = said(
            &rest,
            "arn:aws:sqs:eu-west-1:111122223333:q",
            "aws:PrincipalTag/team",
            values,
        );
        assert_eq!(said, expected, "{rest} of {values:?}");
    }
}

#[test]
fn of_callers_for_whom_a_provider_vouches() {
    let says = |effect: &str, principal: &str| {
        let statement = |effect: &str, principal: &str| {
            format!(
                r#"{{ "Effect": "{effect}", "Principal": {principal}, "Action": "sts:AssumeRoleWithWebIdentity" }}"#
            )
        };
        let all = statement("Allow", r#"{ "Federated": "accounts.google.com" }"#);
        let own = statement(effect, principal);
        let json = policy(&if effect == "Deny" { vec![all, own] } else { vec![own] });
        let trust = Document::read(&json).unwrap();
        let caller = Caller::federated("accounts.google.com");
        let role = "arn:aws:iam::111122223333:role/keeper";
        let request = Request::unchecked(caller, "sts:AssumeRoleWithWebIdentity", role);
        let authorizer = Authorizer::builder().trust(&trust).build();
        authorizer.ask(&request).outcome()
    };
    let named = r#"{ "Federated": "accounts.google.com" }"#;
    assert_eq!(says("Allow", named), Outcome::Allowed);
    for everyone in [r#""*""#, r#"{ "AWS": "*" }"#] {
        assert_eq!(says("Allow", everyone), Outcome::ImplicitlyDenied, "{everyone}");
        assert_eq!(says("Deny", everyone), Outcome::ExplicitlyDenied, "{everyone}");
    }
}

/// No action of AWS has such a character, and a request can be for any action.
#[test]
fn of_actions() {
    for (rest, expected) in [
        (r#""Action": "sqs:?", "Resource": "*""#, [false, true]),
        (r#""Action": "sqs:??", "Resource": "*""#, [false, true]),
        (r#""NotAction": "sqs:?", "Resource": "*""#, [false, true]),
        (r#""Action": "sqs:???", "Resource": "*""#, [false, false]),
        (r#""Action": "sqs:?*", "Resource": "*""#, [true, true]),
    ] {
        let all = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned();
        let [allow, deny] = ["Allow", "Deny"].map(|effect| format!(r#"{{ "Effect": "{effect}", {rest} }}"#));
        let request = request("sqs:\u{e9}", "*");
        let allowed = authorizer(&[policy(&[allow])]).ask(&request).outcome() == Outcome::Allowed;
        let denied = authorizer(&[policy(&[all, deny])]).ask(&request).outcome() == Outcome::ExplicitlyDenied;
        assert_eq!([allowed, denied], expected, "{rest}");
    }
}
