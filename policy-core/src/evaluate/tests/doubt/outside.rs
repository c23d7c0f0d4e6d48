//! Requests that a `Deny` may be about in a reading that is easily forgotten: each was allowed once.

use super::super::{authorizer, policy, request};
use super::{allow_all, denies, said, said_of_all};
use crate::document::Document;
use crate::evaluate::{Authorizer, Caller, Outcome, Request};

const NEITHER: [bool; 2] = [false, false];
const DOUBT: [bool; 2] = [false, true];
const BOTH: [bool; 2] = [true, true];
const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/s1";
const ROLE: &str = "arn:aws:iam::111122223333:role/team/app";

#[test]
fn of_a_session_of_a_role_with_a_path() {
    let read = |caller: Caller| Request::unchecked(caller, "s3:GetObject", "arn:aws:s3:::b/k");
    let by_arn = read(Caller::from_arn(SESSION).unwrap());
    let told = read(Caller::session_of("arn:aws:iam::111122223333:role/app", "s1").unwrap());
    for (rest, expected) in [
        (format!(r#""Principal": {{ "AWS": "{ROLE}" }}"#), true),
        (
            r#""Principal": { "AWS": "arn:aws:iam::111122223333:role/team/other" }"#.to_owned(),
            false,
        ),
        (
            r#""Principal": { "AWS": "arn:aws:iam::444455556666:role/team/app" }"#.to_owned(),
            false,
        ),
        (
            r#""Principal": { "AWS": "arn:aws:iam::111122223333:role/my-app" }"#.to_owned(),
            false,
        ),
    ] {
        let rest = format!(r#"{rest}, "Action": "s3:*", "Resource": "*""#);
        assert_eq!(denies(&rest, &by_arn), expected, "{rest}");
        assert!(!denies(&rest, &told), "{rest}");
    }
    for (condition, expected) in [
        (
            r#""ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/team/*" }"#,
            true,
        ),
        (
            r#""ArnEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/team/app" }"#,
            true,
        ),
        (
            r#""StringEquals": { "AWS:principalarn": "arn:aws:iam::111122223333:role/team/app" }"#,
            true,
        ),
        (r#""StringLike": { "aws:PrincipalArn": "*/team/*" }"#, true),
        (
            r#""StringEqualsIgnoreCase": { "aws:PrincipalArn": "ARN:aws:iam::111122223333:role/team/app" }"#,
            true,
        ),
        (
            r#""ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/team/other*" }"#,
            true,
        ),
        (
            r#""ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/team/*other" }"#,
            false,
        ),
        (
            r#""ArnLike": { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/team/*" }"#,
            false,
        ),
        (r#""ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:user/*" }"#, false),
    ] {
        let rest = format!(r#""Action": "s3:*", "Resource": "*", "Condition": {{ {condition} }}"#);
        assert_eq!(denies(&rest, &by_arn), expected, "{rest}");
        assert!(!denies(&rest, &told), "{rest}");
        let given = by_arn
            .clone()
            .with_unchecked("aws:PrincipalArn", "arn:aws:iam::111122223333:role/app");
        assert!(!denies(&rest, &given), "{rest}");
        // It allows nothing that it did not.
        let allow = policy(&[format!(r#"{{ "Effect": "Allow", {rest} }}"#)]);
        assert!(!authorizer(&[allow]).ask(&by_arn).is_allowed(), "{rest}");
    }
}

#[test]
fn of_keys_that_differ_in_letters_beyond_ascii() {
    let kind = |text: &str| {
        format!(
            r#""Action": "*", "Resource": "*", "Condition": {{ "StringEquals": {{ "aws:RequestTag/{text}": "secret" }} }}"#
        )
    };
    let with = |pairs: &[(&str, &str)]| {
        pairs
            .iter()
            .fold(request("s3:GetObject", "arn:aws:s3:::b/k"), |request, (key, value)| {
                request.with_unchecked(key, *value)
            })
    };
    let (plain, kelvin) = ("aws:RequestTag/kind", "aws:RequestTag/\u{212a}ind");
    for (written, pairs, expected) in [
        ("kind", &[(plain, "secret"), (kelvin, "public")][..], DOUBT),
        ("kind", &[(kelvin, "public"), (plain, "secret")], DOUBT),
        ("KIND", &[(plain, "secret")], BOTH),
        ("kind", &[(plain, "public"), (kelvin, "secret")], DOUBT),
        ("kind", &[(kelvin, "secret")], DOUBT),
        ("\u{212a}ind", &[(plain, "secret")], DOUBT),
        (
            "kind",
            &[(plain, "public"), ("aws:RequestTag/\u{e9}", "secret")],
            NEITHER,
        ),
        ("\u{c9}", &[("aws:RequestTag/\u{e9}", "secret")], DOUBT),
    ] {
        let (rest, request) = (kind(written), with(pairs));
        let allow = policy(&[format!(r#"{{ "Effect": "Allow", {rest} }}"#)]);
        let allowed = authorizer(&[allow]).ask(&request).is_allowed();
        assert_eq!([allowed, denies(&rest, &request)], expected, "{written} {pairs:?}");
    }
    // An inherited tag stays as it is.
    let first = Caller::from_arn("arn:aws:iam::111122223333:role/a")
        .unwrap()
        .with_transitive_tag("kind", "secret");
    let second = first
        .assume("arn:aws:iam::111122223333:role/b", "s1")
        .unwrap()
        .with_tag("\u{212a}ind", "public");
    let rest = kind("kind").replace("RequestTag", "PrincipalTag");
    assert!(denies(
        &rest,
        &Request::unchecked(second, "s3:GetObject", "arn:aws:s3:::b/k")
    ));
}

#[test]
fn of_two_spellings_of_a_key() {
    let rest = |operator: &str, one: &str, other: &str| {
        format!(
            r#""Resource": "*", "Condition": {{ "{operator}": {{ "aws:RequestTag/kind": {one}, "AWS:RequestTag/kind": {other} }} }}"#
        )
    };
    for (rest, values, expected) in [
        (rest("StringEquals", r#""secret""#, r#""top""#), &["secret"][..], DOUBT),
        (rest("StringEquals", r#""top""#, r#""secret""#), &["secret"], DOUBT),
        (rest("StringEquals", r#""top""#, r#""secret""#), &["public"], NEITHER),
        (rest("StringNotEquals", r#""secret""#, r#""top""#), &["secret"], DOUBT),
        (rest("StringNotEquals", r#""secret""#, r#""top""#), &["public"], BOTH),
        (
            rest("ForAllValues:StringEquals", r#""a""#, r#""b""#),
            &["a", "b"],
            DOUBT,
        ),
        (
            rest("StringEquals", r#"["secret", "top"]"#, r#""secret""#),
            &["secret"],
            BOTH,
        ),
    ] {
        let said = said(
            &rest,
            "arn:aws:sqs:eu-west-1:111122223333:q",
            "aws:RequestTag/kind",
            values,
        );
        assert_eq!(said, expected, "{rest} {values:?}");
    }
}

#[test]
fn of_two_spellings_of_a_key_one_of_which_cannot_be_read() {
    let date = "2026-01-01T00:00:00Z";
    for (operator, pairs, asked) in [
        // A value, whichever of the two it belongs to.
        (
            "DateEquals",
            r#""AWS:CURRENTTIME": "2026-01-01T00:00:00-08:0", "aws:CurrentTime": "2027-01-01""#,
            ("aws:CurrentTime", date),
        ),
        (
            "DateEquals",
            r#""AWS:CURRENTTIME": "2027-01-01", "aws:CurrentTime": ["1969-12-31", "2026-01"]"#,
            ("aws:CurrentTime", date),
        ),
        (
            "NumericEquals",
            r#""s3:max-keys": "five", "s3:Max-Keys": "6""#,
            ("s3:max-keys", "5"),
        ),
        (
            "IpAddress",
            r#""aws:sourceip": "203.0.113.0/33", "aws:SourceIp": "10.0.0.0/8""#,
            ("aws:SourceIp", "203.0.113.9"),
        ),
        (
            "StringEquals",
            r#""aws:userid": "${aws:username", "aws:UserId": "b""#,
            ("aws:userid", "a"),
        ),
        // A key: it may be meant for any of the operator's.
        (
            "StringEquals",
            r#""awsuserid": "a", "aws:UserId": "b""#,
            ("aws:userid", "a"),
        ),
        (
            "StringEquals",
            r#""aws :userid": "a", "aws:UserId": "b""#,
            ("aws:userid", "a"),
        ),
        (
            "StringEquals",
            r#""/aws:userid": "a", "aws:UserId": "b""#,
            ("aws:userid", "a"),
        ),
    ] {
        let rest = format!(
            r#""Action": "*", "Resource": "*",
               "Condition": {{ "{operator}": {{ {pairs} }}, "StringLike": {{ "s3:prefix": "x" }} }}"#
        );
        let request = |prefix: &str| {
            request("s3:ListBucket", "arn:aws:s3:::b")
                .with_unchecked(asked.0, asked.1)
                .with_unchecked("s3:prefix", prefix)
        };
        assert!(denies(&rest, &request("x")), "{rest}");
        // The conditions of other operators count.
        assert!(!denies(&rest, &request("y")), "{rest}");
    }
}

#[test]
fn of_members_that_are_no_elements() {
    let request = request("s3:GetObject", "arn:aws:s3:::b/k");
    for (statement, expected) in [
        (
            r#"{ "Effect": "Deny", "Action": "sqs:*", "action": "s3:*", "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "s3:*", "Resource": "arn:aws:s3:::c", "resource": "arn:aws:s3:::b/*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "sqs:*", "NotActions": "sqs:*", "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "sqs:*", "Deny": "s3:*", "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "sqs:*", "Operations": ["s3:*"], "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "sqs:*", "resource": "arn:aws:s3:::b/*", "Resource": "*" }"#,
            false,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "sqs:*", "Resource": "*", "Comment": "of queues" }"#,
            false,
        ),
        (
            r#"{ "Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": { "Bool": { "aws:SecureTransport": "false" } },
                 "condition": {} }"#,
            true,
        ),
        (r#"{ "Deny": { "Action": "s3:*", "Resource": "*" } }"#, true),
        (
            r#"{ "Effect": "Allow", "Deny": true, "Action": "s3:*", "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Allow", "Action": "s3:*", "Resource": "*", "More": { "Deny": "s3:*" } }"#,
            true,
        ),
        (
            r#"{ "Effect": "Allow", "Sid": ["Deny"], "Action": "s3:*", "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Allow", "Sid": "Deny", "Action": "s3:*", "Resource": "*", "More": 1 }"#,
            false,
        ),
        (r#""Deny s3:* on *""#, true),
        (
            r#"{ "Sid": { "Effect": "Deny", "Action": "s3:*", "Resource": "*" }, "Effect": "Allow", "Action": "sqs:*", "Resource": "*" }"#,
            true,
        ),
        (r#""denied""#, true),
        (r#""Allow s3:* on *""#, false),
        (
            r#"{ "Effect": "Deny", "Principal": { "AWS": "arn:aws:iam::111122223333:user/bob" }, "Action": "s3:*", "Resource": "*" }"#,
            true,
        ),
        (
            r#"{ "Effect": "Deny", "NotPrincipal": { "AWS": ["111122223333", "arn:aws:iam::111122223333:user/alice"] },
                 "Action": "s3:*", "Resource": "*" }"#,
            true,
        ),
    ] {
        let outcome = authorizer(&[allow_all(), policy(&[statement.to_owned()])])
            .ask(&request)
            .outcome();
        assert_eq!(outcome == Outcome::ExplicitlyDenied, expected, "{statement}");
    }
    for (text, expected) in [
        (
            r#"{ "Version": "2012-10-17", "Statement": [], "Deny": { "Action": "s3:*" } }"#,
            true,
        ),
        (r#"{ "Version": "2012-10-17", "Deny": ["s3:*"] }"#, true),
        (r#"{ "Deny": {} }"#, true),
        (r#"{ "Version": { "Effect": "Deny" }, "Statement": [] }"#, true),
        (r#"{ "Version": "2012-10-17", "Id": "Deny", "Statement": [] }"#, false),
        (r#"{ "Version": "2012-10-17", "Allow": ["s3:*"] }"#, false),
    ] {
        let outcome = authorizer(&[allow_all(), text.to_owned()]).ask(&request).outcome();
        assert_eq!(outcome == Outcome::ExplicitlyDenied, expected, "{text}");
    }
}

#[test]
fn of_empty_values() {
    let rest = |condition: &str| format!(r#""Resource": "*", "Condition": {{ {condition} }}"#);
    let tag = "aws:RequestTag/t";
    for (condition, values, expected) in [
        (r#""Null": { "aws:RequestTag/t": "false" }"#, &[""][..], DOUBT),
        (r#""Null": { "aws:RequestTag/t": "true" }"#, &[""], DOUBT),
        (r#""Null": { "aws:RequestTag/t": "false" }"#, &[], DOUBT),
        (r#""StringNotEquals": { "aws:RequestTag/t": "" }"#, &[""], DOUBT),
        (r#""StringEquals": { "aws:RequestTag/t": "" }"#, &[""], BOTH),
        (r#""StringLike": { "aws:RequestTag/t": "*" }"#, &[""], BOTH),
        (r#""StringEqualsIfExists": { "aws:RequestTag/t": "x" }"#, &[""], DOUBT),
        (
            r#""StringEquals": { "aws:RequestTag/t": "${aws:RequestTag/t}" }"#,
            &[""],
            DOUBT,
        ),
        (
            r#""StringEquals": { "aws:username": "alice${aws:RequestTag/t}" }"#,
            &[""],
            DOUBT,
        ),
        (
            r#""StringLike": { "aws:username": "${aws:RequestTag/t}*" }"#,
            &[""],
            DOUBT,
        ),
        (
            r#""StringEqualsIgnoreCase": { "aws:username": "ALICE${aws:RequestTag/t}" }"#,
            &[""],
            DOUBT,
        ),
        (
            r#""StringEquals": { "aws:username": "bob${aws:RequestTag/t}" }"#,
            &[""],
            NEITHER,
        ),
        (
            r#""StringNotEquals": { "aws:username": "alice${aws:RequestTag/t}" }"#,
            &[""],
            DOUBT,
        ),
    ] {
        let said = said(&rest(condition), "arn:aws:sqs:eu-west-1:111122223333:q", tag, values);
        assert_eq!(said, expected, "{condition} {values:?}");
    }
}

#[test]
fn of_values_that_can_be_read_in_several_ways() {
    let tag = |operator: &str, wanted: &str| {
        format!(r#""Resource": "*", "Condition": {{ "{operator}": {{ "aws:RequestTag/t": "{wanted}" }} }}"#)
    };
    for (rest, value, expected) in [
        (tag("NumericGreaterThan", "9007199254740992"), "9007199254740993", DOUBT),
        (tag("NumericNotEquals", "9007199254740992"), "9007199254740993", DOUBT),
        (tag("NumericLessThan", "1.00000000000000000001"), "1", DOUBT),
        (tag("IpAddress", "::ffff:203.0.113.0/120"), "203.0.113.9", DOUBT),
        (tag("NotIpAddress", "::ffff:203.0.113.0/120"), "203.0.113.9", DOUBT),
        (tag("IpAddress", "::ffff:203.0.113.0/120"), "203.0.114.9", NEITHER),
        (tag("IpAddress", "::/0"), "203.0.114.9", DOUBT),
        // Two units of UTF-16.
        (tag("StringLike", "??"), "\u{1f600}", DOUBT),
        (tag("StringLike", "a??b"), "a\u{1f600}b", DOUBT),
        (tag("StringLike", "??"), "\u{e9}", DOUBT),
        (tag("StringLike", "???"), "\u{1f600}", NEITHER),
        (tag("StringLike", "*??"), "x\u{1f600}", BOTH),
        (tag("StringEqualsIgnoreCase", "secret"), "\u{17f}ecret", DOUBT),
        (tag("StringEqualsIgnoreCase", "admin"), "ADM\u{130}N", DOUBT),
        (tag("StringEqualsIgnoreCase", "admin"), "ADM\u{131}N", DOUBT),
        (tag("StringEqualsIgnoreCase", "\u{3a3}"), "\u{3c2}", DOUBT),
        (tag("StringEqualsIgnoreCase", "\u{b5}"), "\u{3bc}", DOUBT),
        (tag("StringEqualsIgnoreCase", "stra\u{df}e"), "STRASSE", DOUBT),
        (
            tag("StringNotEqualsIgnoreCase", "\u{c9}T\u{c9}"),
            "\u{e9}t\u{e9}",
            DOUBT,
        ),
        (tag("StringNotEqualsIgnoreCase", "key"), "\u{212a}ey", DOUBT),
        (tag("StringEqualsIgnoreCase", "\u{e9}A"), "\u{e9}a", BOTH),
        (tag("StringEqualsIgnoreCase", "\u{e9}a"), "\u{e9}b", NEITHER),
        (tag("DateGreaterThan", "2030"), "2026-01-01T00:00:00Z", DOUBT),
        (tag("DateEquals", "2026"), "2026", BOTH),
        (tag("DateLessThan", "2030"), "2026-01-01T00:00:00Z", BOTH),
        (tag("DateLessThan", "2030"), "2031-01-01T00:00:00Z", NEITHER),
        (
            tag("DateGreaterThan", "2026-01-01T02:00:00"),
            "2026-01-01T01:00:00Z",
            DOUBT,
        ),
        (
            tag("DateGreaterThan", "2026-01-01T02:00:00Z"),
            "2026-01-01T03:00:00",
            DOUBT,
        ),
        // A wildcard in a default.
        (tag("StringLike", "${aws:RequestTag/none, '*'}"), "k", DOUBT),
        (tag("StringLike", "${aws:RequestTag/none, '*'}"), "*", BOTH),
        (tag("StringEquals", "${aws:RequestTag/none, '*'}"), "k", NEITHER),
        (tag("StringLike", "${aws:username, '*'}"), "k", NEITHER),
    ] {
        let said = said(
            &rest,
            "arn:aws:sqs:eu-west-1:111122223333:q",
            "aws:RequestTag/t",
            &[value],
        );
        assert_eq!(said, expected, "{rest} {value}");
    }
    let rest = r#""Action": "*", "Resource": "arn:aws:sqs:::b/${aws:RequestTag/none, '*'}""#;
    assert_eq!(
        said_of_all(rest, "arn:aws:sqs:::b/k", "aws:RequestTag/t", &["x"]),
        DOUBT
    );
    let rest = r#""Action": "*", "Resource": "*", "Condition": { "StringEquals": { "aws:username ": "bob" } }"#;
    assert_eq!(said_of_all(rest, "arn:aws:sqs:::q", "aws:RequestTag/t", &["x"]), DOUBT);
    let rest = r#""Action": "*", "Resource": "*", "Condition": { "StringEquals": { "aws:RequestTag/my tag": "x" } }"#;
    assert_eq!(
        said_of_all(rest, "arn:aws:sqs:::q", "aws:RequestTag/my tag", &["x"]),
        BOTH
    );
}

#[test]
fn of_principals() {
    const ID: &str = "AIDACKCEVSQ6C2EXAMPLE";
    let rest = format!(r#""Principal": {{ "AWS": "{ID}" }}, "Action": "s3:*", "Resource": "*""#);
    for (id, expected) in [
        (Some(ID), true),
        (Some("AIDACKCEVSQ6C2EXAMPLE:s1"), true),
        (Some("AIDACKCEVSQ6C2EXAMPLES"), false),
        (None, false),
    ] {
        let mut request = request("s3:GetObject", "arn:aws:s3:::b/k");
        if let Some(id) = id {
            request = request.with_unchecked("aws:userid", id);
        }
        assert_eq!(denies(&rest, &request), expected, "{id:?}");
    }
    for (principal, expected) in [
        (r#""*""#, Outcome::ExplicitlyDenied),
        (r#"{ "AWS": "*" }"#, Outcome::ExplicitlyDenied),
        (r#"{ "Federated": "accounts.google.com" }"#, Outcome::Allowed),
        (r#"{ "Federated": "*" }"#, Outcome::Allowed),
    ] {
        let text = policy(&[
            r#"{ "Effect": "Allow", "Principal": { "Federated": "accounts.google.com" }, "Action": "sts:*" }"#
                .to_owned(),
            format!(r#"{{ "Effect": "Deny", "NotPrincipal": {principal}, "Action": "sts:*" }}"#),
        ]);
        let authorizer = Authorizer::builder().trust(&Document::read(&text).unwrap()).build();
        let caller = Caller::federated("accounts.google.com");
        let role = "arn:aws:iam::111122223333:role/keeper";
        let request = Request::unchecked(caller, "sts:AssumeRoleWithWebIdentity", role);
        assert_eq!(authorizer.ask(&request).outcome(), expected, "{principal}");
    }
}
