//! Values, principals and layers of which a text says less, or more, than it seems to: each of these requests was allowed once.

use super::super::{authorizer, policy, request};
use super::{allow_all, said, said_of_all};
use crate::document::Document;
use crate::evaluate::{Authorizer, Builder, Caller, Outcome, Request};

const NEITHER: [bool; 2] = [false, false];
const DOUBT: [bool; 2] = [false, true];
const BOTH: [bool; 2] = [true, true];
const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:q";

fn of_tag(operator: &str, wanted: &str, given: &str) -> [bool; 2] {
    let condition = format!(r#""Condition": {{ "{operator}": {{ "aws:RequestTag/t": "{wanted}" }} }}"#);
    said(
        &format!(r#""Resource": "*", {condition}"#),
        QUEUE,
        "aws:RequestTag/t",
        &[given],
    )
}

#[test]
fn of_numbers_with_more_digits_than_a_floating_point_number() {
    const LONG: &str = "9007199254740993";
    const NEXT: &str = "9007199254740992";
    for (operator, wanted, given, expected) in [
        ("NumericEquals", LONG, NEXT, DOUBT),
        ("NumericNotEquals", LONG, NEXT, DOUBT),
        ("NumericGreaterThan", NEXT, LONG, DOUBT),
        ("NumericLessThan", NEXT, LONG, NEITHER),
        ("NumericGreaterThanEquals", NEXT, LONG, BOTH),
        ("NumericEquals", "0.1", "0.10000000000000000001", DOUBT),
        ("NumericEquals", LONG, "9007199254740990", NEITHER),
        ("NumericEquals", LONG, LONG, BOTH),
        ("NumericEquals", "-9007199254740993", "-9007199254740992", DOUBT),
        ("NumericEquals", "999999999999999", "999999999999998", NEITHER),
    ] {
        assert_eq!(of_tag(operator, wanted, given), expected, "{operator} {wanted} {given}");
    }
    let long = "9".repeat(400);
    assert_eq!(of_tag("NumericEquals", &long, &"9".repeat(500)), DOUBT);
    assert_eq!(of_tag("NumericEquals", &long, "9"), NEITHER);
}

#[test]
fn of_numbers_of_json_as_texts() {
    for (number, given, expected) in [
        ("1.0", "1", DOUBT),
        ("1.0", "1.0", DOUBT),
        ("1e0", "1", DOUBT),
        ("1E+2", "100", DOUBT),
        ("-0", "0", DOUBT),
        ("12345678901234567890", "12345678901234567890", DOUBT),
        ("111122223333", "111122223333", BOTH),
        ("1.5", "1.5", BOTH),
        ("0", "0", BOTH),
        ("10", "1", NEITHER),
    ] {
        for operator in ["StringEquals", "StringLike", "StringEqualsIgnoreCase"] {
            let condition = format!(r#""Condition": {{ "{operator}": {{ "aws:RequestTag/t": {number} }} }}"#);
            let rest = format!(r#""Resource": "*", {condition}"#);
            assert_eq!(
                said(&rest, QUEUE, "aws:RequestTag/t", &[given]),
                expected,
                "{operator} {number}"
            );
        }
    }
}

#[test]
fn of_fractions_of_a_second() {
    for (operator, wanted, given, expected) in [
        ("DateLessThan", "00:00:00.0000000001Z", "00:00:00Z", DOUBT),
        ("DateLessThan", "00:00:00.45Z", "00:00:00.44Z", BOTH),
        ("DateEquals", "00:00:00Z", "00:00:00.123Z", DOUBT),
        ("DateEquals", "00:00:00Z", "00:00:00.0004Z", DOUBT),
        ("DateLessThanEquals", "00:00:00Z", "00:00:00.5Z", DOUBT),
        ("DateNotEquals", "00:00:00.5Z", "00:00:00.5Z", DOUBT),
        ("DateEquals", "00:00:00.000Z", "00:00:00Z", BOTH),
        ("DateLessThan", "00:00:01Z", "00:00:00.999Z", BOTH),
        ("DateGreaterThan", "00:00:01Z", "00:00:00.999Z", NEITHER),
    ] {
        let [wanted, given] = [wanted, given].map(|time| format!("2026-01-01T{time}"));
        assert_eq!(
            of_tag(operator, &wanted, &given),
            expected,
            "{operator} {wanted} {given}"
        );
    }
}

#[test]
fn of_a_variable_with_several_values() {
    let said = |rest: &str| said_of_all(rest, QUEUE, "aws:TagKeys", &["a", "b"]);
    for (resource, expected) in [
        ("arn:aws:sqs:eu-west-1:111122223333:${aws:TagKeys}", [DOUBT, DOUBT]),
        ("arn:aws:sns:eu-west-1:111122223333:${aws:TagKeys}", [NEITHER, DOUBT]),
    ] {
        let of = ["Resource", "NotResource"].map(|name| said(&format!(r#""Action": "*", "{name}": "{resource}""#)));
        assert_eq!(of, expected, "{resource}");
    }
}

/// If the value of a variable is not known, it may equal any text in any case.
#[test]
fn of_a_variable_without_a_value_in_any_case() {
    let deny = policy(&[r#"{ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
        "StringEqualsIgnoreCase": { "aws:PrincipalTag/team": "${aws:PrincipalTag/x, 'a'}-x" } } }"#
        .to_owned()]);
    for deny in [deny.clone(), deny.replace(", 'a'", "")] {
        let authorizer = authorizer(&[allow_all(), deny]);
        for (team, expected) in [("A-X", false), ("ẞ-x", false), ("a-y", true)] {
            let access =
                authorizer.access(&request("sqs:SendMessage", QUEUE).with_unchecked("aws:PrincipalTag/team", team));
            assert_eq!(access.is_allowed(), expected, "{team}: {access}");
            assert!(!access.is_denied(), "{team}: {access}");
        }
    }
}

#[test]
fn of_bytes_with_bits_that_are_of_none() {
    for (wanted, given, expected) in [
        ("aGVsbG8=", "aGVsbG8=", BOTH),
        ("aGVsbG8=", "aGVsbG9=", DOUBT),
        ("aGVsbG9=", "aGVsbG8=", DOUBT),
        ("aGVsbG9=", "aGVsbG9=", DOUBT),
        ("YQ==", "YR==", DOUBT),
        ("YQ==", "Yg==", NEITHER),
        ("aGVsbG8=", "aGVsbG4=", NEITHER),
        ("", "", BOTH),
    ] {
        assert_eq!(of_tag("BinaryEquals", wanted, given), expected, "{wanted} {given}");
    }
}

#[test]
fn of_addresses_in_ranges_of_mapped_ones() {
    for (range, address, expected) in [
        ("::ffff:0:0/96", "10.0.0.1", DOUBT),
        ("::/0", "10.0.0.1", DOUBT),
        ("::/80", "10.0.0.1", DOUBT),
        ("::ffff:0:0/90", "10.0.0.1", DOUBT),
        ("::ffff:10.0.0.1", "10.0.0.1", DOUBT),
        ("::ffff:10.0.0.2", "10.0.0.1", NEITHER),
        ("2001:db8::/32", "10.0.0.1", NEITHER),
        ("0.0.0.0/0", "2001:db8::1", NEITHER),
        ("::/0", "2001:db8::1", BOTH),
    ] {
        assert_eq!(of_tag("IpAddress", range, address), expected, "{range} {address}");
    }
}

#[test]
fn of_defaults_without_a_space_before_them() {
    for (variable, expected) in [
        ("${aws:nosuch, 'k'}", [BOTH, NEITHER]),
        ("${aws:nosuch,'k'}", [DOUBT, DOUBT]),
        ("${aws:nosuch,'j'}", [NEITHER, BOTH]),
    ] {
        let of = ["Resource", "NotResource"].map(|name| {
            let rest = format!(r#""{name}": "arn:aws:s3:::b/{variable}""#);
            said_of_all(
                &format!(r#""Action": "*", {rest}"#),
                "arn:aws:s3:::b/k",
                "aws:RequestTag/t",
                &["x"],
            )
        });
        assert_eq!(of, expected, "{variable}");
    }
    assert_eq!(of_tag("StringEquals", "${aws:nosuch,'k'}", "k"), DOUBT);
    assert_eq!(of_tag("StringNotEquals", "${aws:nosuch,'k'}", "k"), DOUBT);
    assert_eq!(of_tag("StringEqualsIgnoreCase", "${aws:username,'k'}", "ALICE"), DOUBT);
    assert_eq!(of_tag("StringEquals", "${aws:nosuch,'k'}", "j"), NEITHER);
}

#[test]
fn of_the_variable_of_a_role_whose_path_is_not_known() {
    const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/app/s1";
    const ROLE: &str = "arn:aws:iam::111122223333:role/app";
    const WHOLE: &str = "${aws:PrincipalArn}";
    let said = |caller: &str, operator: &str, wanted: &str, owner: &str| {
        let condition = format!(r#""Condition": {{ "{operator}": {{ "aws:RequestTag/owner": "{wanted}" }} }}"#);
        let rest = format!(r#""Action": "*", "Resource": "*", {condition}"#);
        let [allow, deny] = ["Allow", "Deny"].map(|effect| format!(r#"{{ "Effect": "{effect}", {rest} }}"#));
        let all = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned();
        let request = Request::unchecked(Caller::from_arn(caller).unwrap(), "sqs:CreateQueue", QUEUE)
            .with_unchecked("aws:RequestTag/owner", owner);
        [
            authorizer(&[policy(&[allow])]).ask(&request).is_allowed(),
            authorizer(&[policy(&[all, deny])]).ask(&request).is_denied(),
        ]
    };
    for (operator, wanted, owner, expected) in [
        ("StringEquals", WHOLE, ROLE, DOUBT),
        ("StringNotEquals", WHOLE, ROLE, DOUBT),
        ("StringEquals", WHOLE, "arn:aws:iam::111122223333:role/team/app", DOUBT),
        (
            "StringNotEquals",
            WHOLE,
            "arn:aws:iam::111122223333:role/team/app",
            DOUBT,
        ),
        (
            "StringEqualsIgnoreCase",
            WHOLE,
            "ARN:aws:iam::111122223333:role/Team/APP",
            DOUBT,
        ),
        (
            "StringLike",
            "*/${aws:PrincipalArn}",
            "of/arn:aws:iam::111122223333:role/a/b/app",
            DOUBT,
        ),
        ("ArnEquals", WHOLE, "arn:aws:iam::111122223333:role/team/app", DOUBT),
        (
            "StringEquals",
            WHOLE,
            "arn:aws:iam::111122223333:role/team/application",
            NEITHER,
        ),
        ("StringEquals", WHOLE, "arn:aws:iam::111122223333:role/my-app", NEITHER),
        (
            "StringNotEquals",
            WHOLE,
            "arn:aws:iam::444455556666:role/team/app",
            BOTH,
        ),
    ] {
        assert_eq!(
            said(SESSION, operator, wanted, owner),
            expected,
            "{operator} {wanted} {owner}"
        );
    }
    // The ARN of a role, and that of a user, are whole.
    assert_eq!(said(ROLE, "StringEquals", WHOLE, ROLE), BOTH);
    assert_eq!(
        said(ROLE, "StringEquals", WHOLE, "arn:aws:iam::111122223333:role/team/app"),
        NEITHER
    );
}

#[test]
fn of_an_operator_that_may_replace_another() {
    let denies = |condition: &str| {
        let deny = format!(r#"{{ "Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {{ {condition} }} }}"#);
        let asked = request("sqs:SendMessage", QUEUE);
        authorizer(&[allow_all(), policy(&[deny])]).ask(&asked).is_denied()
    };
    let of_bob = r#""aws:username": "bob""#;
    let of_alice = r#""aws:username": "alice""#;
    for other in ["stringequals", "STRINGEQUALS", "String Equals", "StringEquals "] {
        assert!(
            denies(&format!(
                r#""StringEquals": {{ {of_bob} }}, "{other}": {{ {of_alice} }}"#
            )),
            "{other}"
        );
        assert!(
            denies(&format!(
                r#""{other}": {{ {of_alice} }}, "StringEquals": {{ {of_bob} }}"#
            )),
            "{other}"
        );
    }
    // Twice the same.
    assert!(denies(&format!(
        r#""StringEquals": {{ {of_bob} }}, "StringEquals": {{ {of_alice} }}"#
    )));
    // Another operator must be met, too.
    assert!(!denies(&format!(
        r#""StringEquals": {{ {of_bob} }}, "stringlike": {{ {of_alice} }}"#
    )));
    assert!(!denies(&format!(r#""StringEquals": {{ {of_bob} }}"#)));
}

#[test]
fn of_very_many_spellings_and_parts() {
    // Both are put together once, however many there are.
    let spelt = |number: usize| {
        let letters = "principalaccountid".char_indices();
        let one = letters.map(|(at, letter)| {
            if number >> at & 1 == 1 {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        });
        format!(r#""aws:{}": "v{number}""#, one.collect::<String>())
    };
    let keys: Vec<String> = (0..2000).map(spelt).collect();
    let rest = format!(
        r#""Resource": "*", "Condition": {{ "StringEquals": {{ {} }} }}"#,
        keys.join(", ")
    );
    assert_eq!(said(&rest, QUEUE, "aws:PrincipalAccountId", &["v1999"]), DOUBT);
    assert_eq!(said(&rest, QUEUE, "aws:PrincipalAccountId", &["v2000"]), NEITHER);
    let stars = "*".repeat(2000);
    let wanted = "${*}".repeat(2000);
    assert_eq!(of_tag("StringEquals", &wanted, &stars), BOTH);
    assert_eq!(of_tag("StringEquals", &format!("a{wanted}"), &stars), NEITHER);
    assert_eq!(
        of_tag("StringLike", &format!("{wanted}?**"), &format!("{stars}b")),
        BOTH
    );
}

#[test]
fn of_principals_in_another_partition() {
    let outcome = |statement: &str| {
        let all = r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }"#.to_owned();
        let document = policy(&[all, statement.to_owned()]);
        let document = Document::read(&document).unwrap();
        let root = Caller::from_arn("arn:aws:iam::111122223333:root").unwrap();
        let authorizer = Authorizer::builder().resource(&document).build();
        authorizer
            .ask(&Request::unchecked(root, "sqs:SendMessage", QUEUE))
            .outcome()
    };
    for (listed, is_exempt, is_denied) in [
        ("arn:aws:iam::111122223333:root", true, true),
        ("111122223333", true, true),
        ("arn:aws-cn:iam::111122223333:root", false, true),
        ("arn:aws:iam::444455556666:root", false, false),
    ] {
        let deny = |element: &str| {
            let statement = format!(
                r#"{{ "Effect": "Deny", "{element}": {{ "AWS": "{listed}" }}, "Action": "*", "Resource": "*" }}"#
            );
            outcome(&statement) == Outcome::ExplicitlyDenied
        };
        assert_eq!(
            [deny("NotPrincipal"), deny("Principal")],
            [!is_exempt, is_denied],
            "{listed}"
        );
    }
    // An `Allow` is for its own partition.
    let anyone = Caller::from_arn("arn:aws:iam::111122223333:user/alice").unwrap();
    for (partition, expected) in [("aws", true), ("aws-cn", false)] {
        let allow = policy(&[format!(
            r#"{{ "Effect": "Allow", "Principal": {{ "AWS": "arn:{partition}:iam::111122223333:root" }}, "Action": "sts:AssumeRole" }}"#
        )]);
        let own = allow_all();
        let [own, allow] = [&own, &allow].map(|text| Document::read(text).unwrap());
        let authorizer = Authorizer::builder().identity(&own).trust(&allow).build();
        let request = Request::unchecked(anyone.clone(), "sts:AssumeRole", "arn:aws:iam::111122223333:role/r");
        assert_eq!(authorizer.ask(&request).is_allowed(), expected, "{partition}");
    }
}

#[test]
fn of_the_account_of_a_resource() {
    let deny = policy(&[r#"{ "Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": { "StringEquals": { "aws:ResourceAccount": "111122223333" } } }"#
        .to_owned()]);
    let authorizer = authorizer(&[allow_all(), deny]);
    let denied = |action: &str, resource: &str| {
        authorizer.ask(&request(action, resource)).outcome() == Outcome::ExplicitlyDenied
    };
    assert!(denied("sqs:SendMessage", QUEUE));
    assert!(!denied("sqs:SendMessage", "arn:aws:sqs:eu-west-1:444455556666:q"));
    // No account is in it, or not that of a customer; nor does AWS include the key in requests for some actions.
    assert!(!denied("s3:GetObject", "arn:aws:s3:::b/k"));
    assert!(!denied("iam:GetPolicy", "arn:aws:iam::aws:policy/ReadOnlyAccess"));
    assert!(!denied(
        "ec2:CreateVolume",
        "arn:aws:ec2:eu-west-1:111122223333:volume/*"
    ));
    let other = request("sqs:SendMessage", QUEUE)
        .with("aws:resourceAccount", "444455556666")
        .unwrap_err();
    assert_eq!(
        other.to_string(),
        "`aws:resourceAccount` follows from the resource `arn:aws:sqs:eu-west-1:111122223333:q` and is `111122223333`, not \
         `444455556666`; leave the condition key out, or write another resource"
    );
    let same = request("sqs:SendMessage", QUEUE).with("aws:ResourceAccount", "111122223333");
    assert!(authorizer.ask(&same.unwrap()).is_denied());
}

/// An authorizer of a policy that allows all, with another in some layer.
type Layer = fn(Builder, &Document<'_>) -> Builder;

#[test]
fn of_actions_that_need_no_permission() {
    let layers: [(&str, Layer, bool, bool); 6] = [
        // Whether a `Deny` of it counts, and the lack of an `Allow`.
        ("identity", |builder, own| builder.identity(own), false, false),
        ("boundary", |builder, own| builder.boundary(own), true, false),
        ("session", |builder, own| builder.session(own), true, false),
        ("endpoint", |builder, own| builder.endpoint(own), true, true),
        (
            "service control",
            |builder, own| builder.service_control(0, own),
            true,
            true,
        ),
        (
            "resource control",
            |builder, own| builder.resource_control(0, own),
            true,
            false,
        ),
    ];
    for action in ["sts:GetCallerIdentity", "sts:GetSessionToken"] {
        for (name, with, denies, must_allow) in layers {
            let principal = if ["endpoint", "resource control"].contains(&name) {
                r#""Principal": "*", "#
            } else {
                ""
            };
            let statement = |effect: &str, action: &str| {
                format!(r#"{{ "Effect": "{effect}", {principal}"Action": "{action}", "Resource": "*" }}"#)
            };
            let outcome = |statements: &[String]| {
                let document = policy(statements);
                let document = Document::read(&document).unwrap();
                let asked = request(action, "*");
                with(Authorizer::builder(), &document).build().ask(&asked).outcome()
            };
            let denied = outcome(&[statement("Allow", "*"), statement("Deny", "sts:*")]);
            assert_eq!(denied == Outcome::ExplicitlyDenied, denies, "{action} {name}");
            assert_eq!(denied == Outcome::Allowed, !denies, "{action} {name}");
            let lacking = outcome(&[statement("Allow", "s3:*")]);
            assert_eq!(lacking == Outcome::ImplicitlyDenied, must_allow, "{action} {name}");
            assert_eq!(outcome(&[statement("Allow", "*")]), Outcome::Allowed, "{action} {name}");
        }
    }
}

#[test]
fn of_a_service_linked_role_that_another_caller_assumes() {
    const LINKED: &str = "arn:aws:iam::111122223333:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS";
    let deny = policy(&[r#"{ "Effect": "Deny", "Principal": "*", "Action": "sts:*", "Resource": "*" }"#.to_owned()]);
    let trust = policy(&[r#"{ "Effect": "Allow", "Principal": { "Service": "ecs.amazonaws.com",
        "AWS": "arn:aws:iam::111122223333:user/alice" }, "Action": "sts:AssumeRole" }"#
        .to_owned()]);
    let [deny, trust] = [&deny, &trust].map(|text| Document::read(text).unwrap());
    let authorizer = Authorizer::builder().trust(&trust).resource_control(0, &deny).build();
    let outcome = |caller: Caller| {
        authorizer
            .ask(&Request::unchecked(caller, "sts:AssumeRole", LINKED))
            .outcome()
    };
    assert_eq!(outcome(Caller::service("ecs.amazonaws.com")), Outcome::Allowed);
    let alice = Caller::from_arn("arn:aws:iam::111122223333:user/alice").unwrap();
    assert_eq!(outcome(alice), Outcome::ExplicitlyDenied);
}
