//! Of what nobody can read, or what can be read in part.

use super::super::{USER, authorizer, policy, request};
use super::{said, said_of_all};
use crate::document::Document;
use crate::evaluate::{Authorizer, Outcome};

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
        "arn:asw:s3",
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
        r#""Action": "s3:*", "Resource": "arn""#,
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

/// AWS does not document what a variable is whose name is not that of a condition key: a text, or one without a value.
#[test]
fn of_variables_whose_names_are_not_keys() {
    for name in [
        "foo",
        "{aws:username",
        "awsusername",
        "aws:user{name",
        "aws:user$name",
        "aws:*",
        "aws\u{e9}x",
        ":",
        "aws:",
        ":username",
        "**",
        "foo, 'other'",
        "{aws:username}",
        "aws:user{name}x",
    ] {
        let of_resource = format!(r#""Resource": "arn:aws:sqs:eu-west-1:111122223333:${{{name}}}""#);
        let of_value =
            format!(r#""Resource": "*", "Condition": {{ "StringEquals": {{ "aws:username": "${{{name}}}" }} }}"#);
        let ignoring_case = of_value.replace("StringEquals", "StringEqualsIgnoreCase");
        for rest in [&of_resource, &of_value, &ignoring_case] {
            for queue in ["q", &format!("${{{name}}}")] {
                let resource = format!("arn:aws:sqs:eu-west-1:111122223333:{queue}");
                let said = said(rest, &resource, "aws:username", &["alice"]);
                assert_eq!(said, [false, true], "{rest} of {queue}");
            }
        }
        let elsewhere = said(
            &of_resource,
            "arn:aws:sqs:eu-west-2:111122223333:q",
            "aws:username",
            &["alice"],
        );
        assert_eq!(elsewhere, [false, false], "{of_resource}");
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
        (r#""Version": "2008-10-17", "version": "2012-10-17""#, true),
        (r#""VERSION": "2012-10-17", "Version": "2008-10-17""#, true),
        (r#""Vrsion": "2012-10-17", "Version": "2008-10-17""#, true),
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
