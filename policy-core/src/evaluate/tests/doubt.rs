//! Where AWS does not document the result, an `Allow` does not match and a `Deny` does.

use super::super::{Authorizer, Outcome};
use super::{USER, authorizer, policy, request};
use crate::document::Document;

/// The outcome of one statement for a request with one condition key: with `Allow`, and with `Deny` next to an `Allow`
/// of everything.
fn said(rest: &str, resource: &str, key: &str, values: &[&str]) -> [bool; 2] {
    said_of_all(&format!(r#""Action": "*", {rest}"#), resource, key, values)
}

/// The same for a statement with its own `Action`.
fn said_of_all(rest: &str, resource: &str, key: &str, values: &[&str]) -> [bool; 2] {
    let allow = format!(r#"{{ "Effect": "Allow", {rest} }}"#);
    let deny = format!(r#"{{ "Effect": "Deny", {rest} }}"#);
    let all = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned();
    let request = request("sqs:SendMessage", resource)
        .resource_account(crate::names::AccountId::from_static("111122223333"))
        .with_all(key, values.iter().copied());
    let allowed = authorizer(&[policy(&[allow])]).ask(&request).outcome() == Outcome::Allowed;
    let denied = authorizer(&[policy(&[all, deny])]).ask(&request).outcome() == Outcome::ExplicitlyDenied;
    [allowed, denied]
}

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
        // A key without a value does not equal anything.
        (resource("${aws:PrincipalTag/team}q"), &[""], NEITHER),
        (resource("${aws:PrincipalTag/team}*"), &[""], NEITHER),
        (resource("${aws:PrincipalTag/team}q"), &[], NEITHER),
        (resource("${aws:PrincipalTag/team, 'q'}"), &[""], BOTH),
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

/// The outcome of a policy next to one that allows everything, and the explanation of its first statement.
fn of_malformed(text: &str) -> (bool, String) {
    let all = policy(&[r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned()]);
    let authorizer = authorizer(&[text.to_owned(), all]);
    let request = request("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q");
    let explanation = authorizer.explain(&request);
    let decision = explanation.decision();
    let is_denied = decision.outcome() == Outcome::ExplicitlyDenied;
    if is_denied {
        assert_eq!(decision.statement().unwrap().policy(), 0, "{text}");
    }
    let (id, effect, reason) = explanation.statements().next().unwrap();
    let place = id.in_policy().unwrap_or_else(|| "policy".to_owned());
    (is_denied, format!("{effect} in {place}: {reason}"))
}

#[test]
fn of_what_is_no_statement() {
    let grants = "Allow in policy: is malformed and grants nothing: ";
    let denies = "Deny in policy: is malformed and denies everything it may have been meant to deny: ";
    let first = "Allow in statement 1: is malformed and grants nothing: ";
    let deny_first = "Deny in statement 1: is malformed and denies everything it may have been meant to deny: ";
    let wrapped = "the policy is inside `PolicyDocument`, which is not part of it";
    let string = "a statement cannot be a string; write an object, `{ ... }`";
    for (text, is_denied, begin, what) in [
        (
            r#"{ "PolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": "*", "Resource": "*" }] } }"#,
            false,
            grants,
            wrapped,
        ),
        (
            r#"{ "PolicyDocument": { "Statement": [{ "Effect": "Deny", "Action": "s3:*", "Resource": "*" }] } }"#,
            true,
            denies,
            wrapped,
        ),
        (
            r#"{ "PolicyDocument": "{\"Statement\":[{\"Effect\":\"Deny\"}]}" }"#,
            true,
            denies,
            wrapped,
        ),
        (
            r#"{ "PolicyDocument": "%7B%22Effect%22%3A%22Deny%22%7D" }"#,
            true,
            denies,
            wrapped,
        ),
        (
            r#"{ "Version": "2012-10-17" }"#,
            false,
            grants,
            "the policy has no `Statement`",
        ),
        (
            r#"{ "Version": "2012-10-17", "Statement": [] }"#,
            false,
            grants,
            "the policy has no statement",
        ),
        (
            r#"[{ "Effect": "Deny", "Action": "*", "Resource": "*" }]"#,
            true,
            denies,
            "a policy cannot be an array",
        ),
        (
            r#"[{ "Effect": "Allow", "Action": "*", "Resource": "*" }]"#,
            false,
            grants,
            "a policy cannot be an array",
        ),
        (r#""Deny""#, true, denies, "a policy cannot be a string"),
        (
            r#"{ "Version": "2012-10-17", "Statement": "everything" }"#,
            false,
            first,
            string,
        ),
        (
            r#"{ "Version": "2012-10-17", "Statement": "{\"Effect\":\"Deny\"}" }"#,
            true,
            deny_first,
            string,
        ),
        (
            r#"{ "Version": "2012-10-17", "Statement": [[{ "Effect": "Deny" }]] }"#,
            true,
            deny_first,
            "a statement cannot be an array",
        ),
        (
            r#"{ "Version": "2012-10-17", "Statements": [{ "Effect": "Deny" }] }"#,
            true,
            denies,
            "`Statements` is not an element of a policy",
        ),
        (
            r#"{ "Version": "2012-10-17", "statement": [{ "Effect": "deny " }] }"#,
            true,
            denies,
            "`statement` is not an element of a policy",
        ),
        (
            r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Deny", "Action": "*", "Resource": "*" }], "Statement": [] }"#,
            true,
            deny_first,
            "`Statement` appears twice",
        ),
    ] {
        let (answer, explained) = of_malformed(text);
        assert_eq!(answer, is_denied, "{text}");
        assert!(explained.starts_with(&format!("{begin}{what}")), "{text}\n{explained}");
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
        let trust = crate::document::Document::read(&json).unwrap();
        let caller = super::super::Caller::federated("accounts.google.com");
        let role = "arn:aws:iam::111122223333:role/keeper";
        let request = super::super::Request::new(caller, "sts:AssumeRoleWithWebIdentity", role);
        let authorizer = super::super::Authorizer::builder().trust(&trust).build();
        authorizer.ask(&request).outcome()
    };
    let named = r#"{ "Federated": "accounts.google.com" }"#;
    assert_eq!(says("Allow", named), Outcome::Allowed);
    for everyone in [r#""*""#, r#"{ "AWS": "*" }"#] {
        assert_eq!(says("Allow", everyone), Outcome::ImplicitlyDenied, "{everyone}");
        assert_eq!(says("Deny", everyone), Outcome::ExplicitlyDenied, "{everyone}");
    }
}

#[test]
fn of_a_deny_that_is_read_in_part() {
    for (rest, is_denied) in [
        // As written, it matches others.
        (r#""Effect": "Deny", "Action": "s3:*", "Resource": "*""#, false),
        (
            r#""Effect": "Deny", "Action": "s3:*", "Resource": "*", "Sid": "a b", "Not": 1"#,
            false,
        ),
        (
            r#""Effect": "Allow", "Effect": "Deny", "Action": "*", "Resource": "*""#,
            true,
        ),
        (
            r#""Effect": "Deny", "Effect": "Allow", "Action": "*", "Resource": "*""#,
            true,
        ),
        (r#""effect": "Deny", "Action": "*", "Resource": "*""#, true),
        (r#""Effect": ["Deny"], "Action": "*", "Resource": "*""#, true),
        (r#""Efect": " DENY", "Action": "*", "Resource": "*""#, true),
        (
            r#""Effect": { "Fn::If": ["Strict", "Deny", "Allow"] }, "Action": "*", "Resource": "*""#,
            true,
        ),
        // Its name does not change its effect.
        (
            r#""Sid": "Deny", "Effect": "allow", "Action": "*", "Resource": "*""#,
            false,
        ),
        // An element that is read in part may have included this.
        (
            r#""Effect": "Deny", "Action": "sqs:*", "Action": "s3:*", "Resource": "*""#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": ["s3:*", { "Ref": "Actions" }], "Resource": "*""#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": "s3:*", "NotAction": "s3:*", "Resource": "*""#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": "*", "Resource": { "Fn::GetAtt": ["Queue", "Arn"] }"#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::b", "Resource": "arn:aws:s3:::c""#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": "*", "Resource": ["arn:aws:s3:::b", null]"#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": "*", "Resource": "*",
               "Condition": { "StringEquals": { "aws:username": "zed" }, "StringEquals": { "aws:username": "alice" } }"#,
            true,
        ),
        (
            r#""Effect": "Deny", "Action": "*", "Resource": "*",
               "Condition": { "StringEquals": { "aws:username": "zed" } }, "Condition": {}"#,
            true,
        ),
        (r#""Effect": "Deny", "Action": "*", "Resource": []"#, true),
        (r#""Effect": "Deny", "Action": [], "Resource": "*""#, true),
        // The other elements still restrict it.
        (r#""Effect": "Deny", "Action": "s3:*", "Resource": [5]"#, false),
    ] {
        let text = format!(r#"{{ "Version": "2012-10-17", "Statement": [{{ {rest} }}] }}"#);
        let (denied, explained) = of_malformed(&text);
        assert_eq!(denied, is_denied, "{rest}\n{explained}");
    }
}

#[test]
fn of_principals_that_cannot_be_read() {
    for (principal, is_denied) in [
        (r#"{ "AWS": "arn:aws:iam::111122223333:user/bob" }"#, false),
        (&*format!(r#""{USER}""#), true),
        (r#"{ "aws": "arn:aws:iam::111122223333:user/bob" }"#, true),
        (r#"["*"]"#, true),
        ("{}", true),
        (r#"{ "AWS": [] }"#, true),
        (r#"{ "AWS": "" }"#, true),
        (r#"{ "AWS": "11112222333" }"#, true),
        (
            r#"{ "AWS": ["444455556666", "arn:aws:iam::11112222333:user/bob"] }"#,
            true,
        ),
        (r#"{ "AWS": "arn:aws:iam::111122223333:usr/bob" }"#, true),
        (r#"{ "AWS": "arn:aws:iam::111122223333:root/" }"#, true),
        (r#"{ "AWS": "arn:aws:iam::111122223333:user/b?b" }"#, true),
        (r#"{ "AWS": "arn:aws:iam:111122223333:user/bob" }"#, true),
        (r#"{ "Service": "s3.amazonaws" }"#, true),
        (r#"{ "Federated": "arn:aws:iam::111122223333:oidc/example.com" }"#, true),
        (r#"{ "CanonicalUser": "79a5" }"#, true),
        (r#"{ "Service": "s3.amazonaws.com" }"#, false),
        (
            r#"{ "AWS": ["arn:aws:iam::111122223333:user/bob", { "Ref": "Role" }] }"#,
            true,
        ),
    ] {
        let text = format!(
            r#"{{ "Version": "2012-10-17", "Statement": [
                {{ "Effect": "Deny", "Principal": {principal}, "Action": "*", "Resource": "*" }}] }}"#
        );
        let all = policy(&[r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned()]);
        let authorizer = Authorizer::builder()
            .identity(&Document::read(&all).unwrap())
            .resource(&Document::read(&text).unwrap())
            .build();
        let request = request("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q");
        let outcome = authorizer.ask(&request).outcome();
        assert_eq!(outcome == Outcome::ExplicitlyDenied, is_denied, "{principal}");
    }
}

/// Each of these statements has one element that cannot be read, and as written would match others.
#[test]
fn of_what_nobody_can_read() {
    const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:q";
    let sets = |name: &str, value: &str| {
        let rest = |others: &str| format!(r#"{others}, "{name}": {value}"#);
        match name {
            "Action" | "NotAction" => rest(r#""Resource": "*""#),
            "Resource" | "NotResource" => rest(r#""Action": "*""#),
            _ => rest(r#""Action": "*", "Resource": "*""#),
        }
    };
    let conditions = |operator: &str, key: &str, value: &str| {
        (
            "Condition",
            format!(r#"{{ "{operator}": {{ "{key}": "{value}" }} }}"#),
            value.to_owned(),
        )
    };
    let listed = |name, text: &str| {
        [
            (name, format!(r#""{text}""#)),
            (name, format!(r#"["arn:aws:s3:::b", "{text}"]"#)),
        ]
    };
    let mut cases: Vec<(&str, String, String)> = Vec::new();
    for text in [
        "arn:aws:s3",
        "s3:::b/*",
        "",
        "arn",
        "brn:aws:s3:::b",
        "ARN:aws:s3:::b",
        "arn::s3:::b",
        "arn:asw:s3:::b",
        "arn:aws::::b",
        "arn:aws:s3:::${aws:userna me}",
        "arn:aws:s3:::${aws:username",
        "arn:aws:s3:::${}",
        "arn:aws:s3:::${aws:username, none}",
        "arn:aws:s3:::${aws:username, ''none'}",
        "arn:aws:s3:::${aws:username, '}none'}",
        "arn:aws:${aws:PrincipalTag/team}:::b",
        "arn:aws:s3:::b/\\u0000",
        "arn:aws:s3:::b/\\u202e",
    ] {
        for name in ["Resource", "NotResource"] {
            let all = if name == "NotResource" { "*" } else { text };
            for (name, value) in listed(name, text) {
                // A `NotResource` of everything would match nothing.
                let value = value.replace("arn:aws:s3:::b\"", &format!("{all}\""));
                cases.push((name, value, text.to_owned()));
            }
        }
    }
    for text in [
        "s3",
        "s3:",
        ":GetObject",
        "s3:Get:Object",
        "?s3:*",
        "s3 :*",
        "s3:Get\u{e9}",
        "${aws:username}:x",
    ] {
        cases.push(("Action", format!(r#""{text}""#), text.to_owned()));
        cases.push(("Action", format!(r#"["s3:*", "{text}"]"#), text.to_owned()));
        cases.push(("NotAction", format!(r#"["*", "{text}"]"#), text.to_owned()));
    }
    cases.extend([
        conditions("StringEquals", "aws:username", "${aws:userna me}"),
        conditions("StringNotEquals", "aws:username", "${aws:userna me}"),
        conditions("StringLike", "aws:username", "${aws:username"),
        conditions("StringNotLike", "aws:username", "${"),
        conditions("ArnLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:user/${"),
        conditions("StringEquals", "aws:username", "\\u0007"),
    ]);
    for (name, value, part) in cases {
        let rest = sets(name, &value);
        let said = said_of_all(&rest, QUEUE, "aws:username", &["alice"]);
        assert_eq!(said, [false, true], "{rest}");
        for effect in ["Allow", "Deny"] {
            let (_, explained) = of_malformed(&policy(&[format!(r#"{{ "Effect": "{effect}", {rest} }}"#)]));
            let begin = if effect == "Deny" {
                "Deny in statement 1: is malformed and denies everything it may have been meant to deny: "
            } else {
                "Allow in statement 1: is malformed and grants nothing: "
            };
            assert!(explained.starts_with(begin), "{rest}\n{explained}");
            // The malformed variable is shown, the character by its code point.
            let shown = match &*part {
                _ if part.contains('\\') => "U+",
                _ if part.contains("${") => "${",
                part => part,
            };
            assert!(explained.contains(shown), "{rest}\n{explained}");
        }
    }
    // The other elements still restrict it.
    for rest in [
        r#""Action": "s3:*", "Resource": "arn:aws:s3""#,
        r#""Action": "s3", "Resource": "arn:aws:s3:::b""#,
        r#""Action": "s3:*", "Resource": "*", "Condition": { "StringEquals": { "username": "${" } }"#,
    ] {
        let said = said_of_all(rest, QUEUE, "aws:username", &["alice"]);
        assert_eq!(said, [false, false], "{rest}");
    }
}

#[test]
fn of_conditions_that_nobody_can_read() {
    for (operator, key, value) in [
        ("StringEquals", "awsusername", "bob"),
        ("StringEquals", ":username", "bob"),
        ("StringEquals", "aws:", "bob"),
        ("StringEquals", "aws:PrincipalTag/${aws:username}", "bob"),
        ("StringEqual", "aws:username", "bob"),
        ("NumericEquals", "s3:max-keys", "5x"),
        ("BinaryEquals", "example:bytes", "YQ="),
    ] {
        let rest = format!(r#""Resource": "*", "Condition": {{ "{operator}": {{ "{key}": "{value}" }} }}"#);
        let said = said(&rest, "arn:aws:sqs:eu-west-1:111122223333:q", key, &["eA=="]);
        assert_eq!(said, [false, true], "{rest}");
        let (_, explained) = of_malformed(&policy(&[format!(r#"{{ "Effect": "Deny", "Action": "*", {rest} }}"#)]));
        let begin = "Deny in statement 1: is malformed and denies everything it may have been meant to deny: ";
        assert!(
            explained.starts_with(begin) && explained.contains(key) || operator == "StringEqual",
            "{explained}"
        );
    }
}

/// The value of `Version` is not a version, so `${aws:username}` is a variable or literal.
#[test]
fn of_variables_of_an_unknown_version() {
    for (version, is_denied) in [
        (r#""Version": "2012-10-17""#, false),
        (r#""Version": "2008-10-17""#, false),
        (r#""Id": "x", "Version": "2012-10-17""#, false),
        (r#""Version": "2012-10-18""#, true),
        (r#""Vrsion": "2012-10-17""#, true),
        (r#""Version": 2012"#, true),
        (r#""Version": "2012-10-17", "Version": "2008-10-17""#, true),
    ] {
        for rest in [
            r#""Resource": "arn:aws:sqs:*:*:${aws:PrincipalTag/team}""#,
            r#""Resource": "*", "Condition": { "StringEquals": { "aws:username": "${aws:PrincipalTag/team}" } }"#,
        ] {
            let text = format!(r#"{{ {version}, "Statement": [{{ "Effect": "Deny", "Action": "*", {rest} }}] }}"#);
            let (answer, explained) = of_malformed(&text);
            assert_eq!(answer, is_denied, "{text}\n{explained}");
        }
    }
}

/// `Allow`, in any case, cannot have been meant to deny; anything else can.
#[test]
fn of_an_effect_that_is_not_one() {
    for (effect, is_denied) in [
        (r#""Effect": "Denied","#, true),
        (r#""Effect": "DENY","#, true),
        (r#""Effect": "Dny","#, true),
        (r#""Effect": "Forbid","#, true),
        (r#""Effect": "","#, true),
        (r#""Effect": 5,"#, true),
        (r#""Effect": null,"#, true),
        (r#""Effect": ["Allow"],"#, true),
        (r#""Effect": { "Ref": "Effect" },"#, true),
        (r#""Effect": "Dny", "Effect": "Allow","#, true),
        (r#""Effect": "Allow", "Effect": "Dny","#, true),
        (r#""Efect": "Dny","#, true),
        ("", true),
        (r#""Sid": "Allow","#, true),
        (r#""Effect": "allow","#, false),
        (r#""Effect": " Allow","#, false),
        (r#""Efect": "Allow","#, false),
    ] {
        let statement = format!(r#"{{ {effect} "Action": "sqs:*", "Resource": "*" }}"#);
        for text in [format!("[{statement}]"), statement] {
            // In a list of lists only the effect identifies a statement.
            if text.starts_with('[') && !effect.contains("fect") {
                continue;
            }
            let (answer, explained) = of_malformed(&policy(std::slice::from_ref(&text)));
            assert_eq!(answer, is_denied, "{text}\n{explained}");
            let begin = if is_denied { "Deny in " } else { "Allow in " };
            let sid = if effect.contains("Sid") { " `Allow`" } else { "" };
            assert!(
                explained.starts_with(&format!("{begin}statement 1{sid}: is malformed and ")),
                "{explained}"
            );
        }
    }
    let (answer, explained) = of_malformed(&policy(&[
        r#"{ "Effect": "Denied", "Action": "s3:*", "Resource": "*" }"#.to_owned(),
    ]));
    assert_eq!(
        (answer, &*explained),
        (false, "Deny in statement 1: does not match the action")
    );
}

/// AWS would reject all of it; the statements that can be read still apply.
#[test]
fn of_statements_beside_one_that_is_none() {
    let text = policy(&[
        "5".to_owned(),
        r#"{ "Sid": "Read", "Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "*" }"#.to_owned(),
    ]);
    let authorizer = authorizer(&[text]);
    let request = request("sqs:SendMessage", "arn:aws:sqs:eu-west-1:111122223333:q");
    let decision = authorizer.ask(&request);
    assert!(decision.is_allowed());
    assert_eq!(decision.statement().unwrap().index(), 1);
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
