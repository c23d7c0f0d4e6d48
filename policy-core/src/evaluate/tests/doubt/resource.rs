//! Of resources: those that AWS completes, and those for which it documents no match, each of which is judged by itself.

use super::super::super::{Authorizer, Outcome};
use super::super::{policy, request};
use super::said;
use crate::document::Document;

const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:q";
const NEITHER: [bool; 2] = [false, false];
const DOUBT: [bool; 2] = [false, true];
const BOTH: [bool; 2] = [true, true];

/// Whether an `Allow` with it allows, and a `Deny` denies, where it is the `Resource` and where it is the `NotResource`.
fn of_both(value: &str) -> [[bool; 2]; 2] {
    ["Resource", "NotResource"]
        .map(|name| said(&format!(r#""{name}": {value}"#), QUEUE, "aws:PrincipalTag/team", &["x"]))
}

#[test]
fn that_aws_completes() {
    for (resource, is_named) in [
        ("arn:aws:sqs", true),
        ("arn:aws", true),
        ("arn:*", true),
        ("arn:aws:s*", true),
        ("arn:aws:sqs:*", true),
        ("arn:aws:sqs:eu-west-1", true),
        ("arn:aws:sqs:eu-west-1:111122223333", true),
        ("arn:aws:sqs:eu-west-?:1111222233*", true),
        ("arn:*:sqs:*:111122223333", true),
        ("arn:aws-cn:sqs", false),
        ("arn:aws:s3", false),
        ("arn:aws:sq", false),
        ("arn:aws:sqsx", false),
        ("arn:aws:sqs:us-east-1", false),
        ("arn:aws:sqs:q", false),
        ("arn:aws:sqs:eu-west-1:444455556666", false),
        ("arn:aws:sqs:eu-west-1:q", false),
    ] {
        let (of_it, of_others) = if is_named { (BOTH, NEITHER) } else { (NEITHER, BOTH) };
        assert_eq!(of_both(&format!("{resource:?}")), [of_it, of_others], "{resource}");
    }
    // A `*` may match past a colon before AWS adds what is missing.
    for resource in ["arn:aws:sqs:*:q", "arn:*:q", "arn:aws:s*:111122223333:q"] {
        assert_eq!(of_both(&format!("{resource:?}")), [DOUBT, DOUBT], "{resource}");
    }
}

#[test]
fn for_which_no_page_says_what_matches() {
    for unread in [
        "arn:aws:sqs:",
        "arn:aws:sqs:eu-west-1:",
        "arn:",
        "arn:aws:${aws:PrincipalTag/team}:::q",
        "arn:aws:sqs:${aws:PrincipalTag/team}:111122223333:q",
        "arn:aws:sqs:${aws:PrincipalTag/team}",
        "arn:aws:s3:${aws:PrincipalTag/none}:111122223333:q",
        "**",
    ] {
        for others in ["", r#""arn:aws:sqs:*:*:other", "#] {
            assert_eq!(
                of_both(&format!("[{others}{unread:?}]")),
                [DOUBT, DOUBT],
                "{others}{unread}"
            );
        }
        // Others count all the same: it excludes nothing from a `Deny`.
        for own in [QUEUE, "*", "arn:aws:sqs"] {
            for list in [format!("[{own:?}, {unread:?}]"), format!("[{unread:?}, {own:?}]")] {
                assert_eq!(of_both(&list), [BOTH, NEITHER], "{list}");
            }
        }
    }
}

/// An authorizer of a policy that allows all, and of another in some layer.
type Layer = fn(&Document<'_>, &Document<'_>) -> Authorizer;

/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards>
#[test]
fn that_only_identity_based_policies_may_cut_short() {
    let all = r#"{ "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*" }"#;
    let own = policy(&[all.replace(r#""Principal": "*", "#, "")]);
    let short = |effect: &str| {
        format!(
            r#"{{ "Effect": "{effect}", "Principal": "*", "Action": "*", "Resource": ["{QUEUE}", "arn:aws:sqs"] }}"#
        )
    };
    let of_caller = |text: &str| text.replace(r#""Principal": "*", "#, "");
    let read = |text: &str| Document::read(text).unwrap().into_owned();
    let own = read(&own);
    let session: Layer = |own, document| Authorizer::builder().identity(own).session(document).build();
    let boundary: Layer = |own, document| Authorizer::builder().identity(own).boundary(document).build();
    let service: Layer = |own, document| Authorizer::builder().identity(own).service_control(0, document).build();
    // Of a statement with a queue and a short ARN, and of one with only that.
    for (layer, of_two, of_one) in [(session, false, false), (boundary, true, true), (service, true, false)] {
        let asked = |statements: &[String]| {
            let document = read(&policy(statements));
            layer(&own, &document).ask(&request("sqs:SendMessage", QUEUE)).outcome()
        };
        let two = of_caller(&short("Allow"));
        assert_eq!(asked(std::slice::from_ref(&two)) == Outcome::Allowed, of_two);
        let one = two.replace(&format!("{QUEUE:?}, "), "");
        assert_eq!(asked(&[one]) == Outcome::Allowed, of_one);
        let deny = of_caller(&short("Deny"));
        let of_others = deny
            .replace(QUEUE, "arn:aws:s3:::b")
            .replace("arn:aws:sqs", "arn:aws:s3");
        let denied = asked(&[of_caller(all), of_others]);
        assert_eq!(denied == Outcome::ExplicitlyDenied, !of_one);
    }
    let document = read(&policy(&[short("Allow").replace(QUEUE, "arn:aws:s3:::b")]));
    let of_queue = Authorizer::builder().resource(&document).build();
    assert_eq!(
        of_queue.ask(&request("sqs:SendMessage", QUEUE)).outcome(),
        Outcome::ImplicitlyDenied
    );
}

/// The explanation of one statement for the queue.
fn explained(effect: &str, rest: &str) -> String {
    let document = policy(&[format!(r#"{{ "Effect": "{effect}", "Action": "*", {rest} }}"#)]);
    let authorizer = super::super::authorizer(&[document]);
    let request = request("sqs:SendMessage", QUEUE).with_unchecked("aws:PrincipalTag/team", "x");
    let explanation = authorizer.explain(&request);
    let (.., reason) = explanation.statements().next().unwrap();
    reason.to_string()
}

#[test]
fn and_what_is_in_doubt_is_explained() {
    let variable = "AWS does not document what `arn:aws:${aws:PrincipalTag/team}:::q` matches; \
                    write variables only after the fifth colon";
    let colon = "AWS does not document what `arn:aws:sqs:` matches; write all six fields of an ARN, with the colons of empty fields";
    let past = |written: &str, write: &str| {
        format!(
            "`{written}` matches the resource only if a wildcard matches past a colon, which AWS does not define; write {write}"
        )
    };
    for (name, value, allow, deny) in [
        ("Resource", r#""arn:aws:s3:::b""#, None, None),
        (
            "Resource",
            r#"["arn:aws:s3:::b", "arn:aws:sqs:"]"#,
            Some(colon.to_owned()),
            Some(colon.to_owned()),
        ),
        (
            "Resource",
            r#""arn:aws:${aws:PrincipalTag/team}:::q""#,
            Some(variable.to_owned()),
            Some(variable.to_owned()),
        ),
        (
            "Resource",
            r#""**""#,
            Some("AWS does not document what `**` matches; write `*`".to_owned()),
            Some("AWS does not document what `**` matches; write `*`".to_owned()),
        ),
        (
            "NotResource",
            r#""arn:aws:sqs:""#,
            Some(colon.to_owned()),
            Some(colon.to_owned()),
        ),
        // Another of an `Allow` counts.
        (
            "Resource",
            r#"["arn:aws:sqs:", "arn:aws:sqs:*:*:q"]"#,
            Some("applies".to_owned()),
            Some(colon.to_owned()),
        ),
        // What to write is the pattern in which each wildcard is in one field.
        (
            "Resource",
            r#""arn:aws:sqs:*:q""#,
            Some(past("arn:aws:sqs:*:q", "`arn:aws:sqs:*:*:q`")),
            Some("applies".to_owned()),
        ),
        (
            "Resource",
            r#""arn:aws:sqs*:*q""#,
            Some(past("arn:aws:sqs*:*q", "`arn:aws:sqs*:*:*:*q`")),
            Some("applies".to_owned()),
        ),
        (
            "Resource",
            r#""arn:aws:sqs:eu-west-1?111122223333:q""#,
            Some(past("arn:aws:sqs:eu-west-1?111122223333:q", "a `*` for each field")),
            Some("applies".to_owned()),
        ),
    ] {
        let rest = format!(r#""{name}": {value}"#);
        let of = |found: Option<String>, begin: &str| match found {
            None => "does not match the resource".to_owned(),
            Some(applies) if applies == "applies" => applies,
            Some(doubt) => format!("{begin}{doubt}"),
        };
        assert_eq!(explained("Allow", &rest), of(allow, "does not apply: "), "{rest}");
        let denies = "is malformed and denies everything it may have been meant to deny: ";
        assert_eq!(explained("Deny", &rest), of(deny, denies), "{rest}");
    }
}
