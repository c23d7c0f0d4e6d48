//! Policies with many elements are judged by other means than those with few, and with the same result; only of those that are
//! much longer than AWS accepts less is reported.

use super::expect::{findings, policy, read, said, told};
use super::facts::{JUDGED, Size};
use super::{Options, check};
use crate::finding::Code;
use crate::policy::Kind;

/// A JSON list of these texts.
fn list(texts: impl IntoIterator<Item = String>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|text| format!("\"{text}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

/// Each finding's code and its subject, of a policy of these statements.
fn subjects(statements: &str, kind: Kind) -> Vec<(Code, String)> {
    let findings = check(&read(&policy(statements)), kind, &Options::new());
    let mut found: Vec<(Code, String)> = findings
        .iter()
        .filter(|finding| finding.code() != Code::ResourceCouldBeNarrower)
        .map(|finding| (finding.code(), finding.subject().to_owned()))
        .collect();
    found.sort();
    found
}

/// What is in a list is found there among many others, too.
#[test]
fn a_long_list_is_compared_as_a_short_one() {
    let of = |actions: &[&str], resources: &[&str], others: usize| {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let more_actions = (0..others).map(|number| format!("s3:{}PutObject*", "?".repeat(number + 1)));
        let more_resources = (0..others).map(|number| format!("arn:aws:s3:::other-{number}-*/key"));
        format!(
            r#"{{ "Effect": "Deny", "Action": {}, "Resource": {} }}"#,
            list(owned(actions).into_iter().chain(more_actions)),
            list(owned(resources).into_iter().chain(more_resources)),
        )
    };
    let resources = [
        "arn:aws:s3:::b*u*1*/x",
        "arn:aws:s3:::bucket1/x",
        "arn:aws:s3:::b*u*2*/x",
        "arn:aws:s3:::bu*21*/x",
        "arn:aws:s3:::bu*21*/x",
        "arn:aws:s3:::home/${aws:username}/*",
        "arn:aws:s3:::home/${aws:username}/a",
        "arn:aws:s3:::home/${aws:userid}/a",
        "arn:aws:s3:::h?me/*",
    ];
    let actions = [
        "s3:GetObject*",
        "s3:getobjectacl",
        "s3:*Object",
        "s3:GetObject",
        "s3:g*t*Object",
        "s3:ListBucket",
        "s3:LISTBUCKET",
    ];
    let redundant = |others| {
        let mut found = subjects(&of(&actions, &resources, others), Kind::ServiceControl);
        found.retain(|(code, _)| matches!(code, Code::RedundantAction | Code::RedundantResource));
        found
    };
    let few = redundant(0);
    assert!(few.len() > 3, "{few:?}");
    // Of the other actions the first covers the rest that are longer than it by itself; they are no part of what is compared.
    let many: Vec<_> = redundant(50)
        .into_iter()
        .filter(|(_, subject)| !subject.contains("PutObject"))
        .collect();
    assert_eq!(many, few);
}

#[test]
fn equal_texts_are_found_in_a_long_list() {
    let twice = (0..100)
        .chain(50..60)
        .map(|number| format!("arn:aws:s3:::bucket-{number}/key"));
    let statement = format!(
        r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": {} }}"#,
        list(twice)
    );
    let expected: Vec<String> = (100..110)
        .map(|index| format!("REDUNDANT_RESOURCE /Statement/0/Resource/{index}"))
        .collect();
    assert_eq!(findings(&policy(&statement), Kind::Identity), expected);
}

#[test]
fn a_long_list_is_swallowed_as_a_short_one() {
    for (element, missing) in [
        ("Resource", false),
        ("Resource", true),
        ("NotResource", false),
        ("NotResource", true),
    ] {
        let narrow = (0..60).map(|number| format!("arn:aws:s3:::b*u*{number:02}*/x"));
        let wide = (0..60).filter(|number| !missing || *number != 59);
        let wide = wide.map(|number| format!("arn:aws:s3:::b*{number:02}*"));
        let (allowed, denied) = match element {
            "Resource" => (list(narrow), list(wide)),
            _ => (list(wide), list(narrow)),
        };
        let statements = format!(
            r#"{{ "Sid": "Kept", "Effect": "Allow", "Action": "s3:GetObject", "{element}": {allowed} }},
               {{ "Effect": "Deny", "Action": "s3:*", "{element}": {denied} }}"#
        );
        let is_swallowed =
            subjects(&statements, Kind::Identity).contains(&(Code::AllowSwallowedByDeny, "Kept".to_owned()));
        assert_eq!(is_swallowed, !missing, "{statements}");
    }
}

#[test]
fn each_of_many_statements_is_compared() {
    let statement = |number: usize| {
        format!(r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/{number:03}" }}"#)
    };
    let statements: Vec<String> = (0..100).chain(0..100).map(statement).collect();
    let document = read(&policy(&statements.join(", ")));
    let found = said(&document, Kind::Identity);
    let expected: Vec<String> = (100..200)
        .map(|index| format!("REDUNDANT_STATEMENT /Statement/{index}"))
        .collect();
    assert!(expected.iter().all(|one| found.contains(one)), "{found:?}");
    assert!(
        told(&document, Kind::Identity).contains("the statement is equivalent to statement 100 [REDUNDANT_STATEMENT]")
    );
}

/// Of many resources what a pattern of actions is about is gathered first.
#[test]
fn many_resources_are_asked_as_few_are() {
    let unfit = ["arn:aws:sns:eu-west-1:111122223333:topic", "arn:aws:s3:::bucket"];
    for actions in [
        r#""s3:Get*Acl*""#,
        r#""s3:*Object""#,
        r#"["s3:GetObject", "sqs:*Message"]"#,
        r#""s3:*""#,
    ] {
        let of = |others: usize| {
            let others = (0..others).map(|number| format!("arn:aws:s3:::bucket/{number}"));
            let statement = format!(
                r#"{{ "Effect": "Allow", "Action": {actions}, "Resource": {} }}"#,
                list(unfit.into_iter().map(str::to_owned).chain(others))
            );
            subjects(&statement, Kind::Identity)
        };
        assert_eq!(of(40), of(1), "{actions}");
    }
}

#[test]
fn many_conditions_are_judged_as_few_are() {
    let odd = r#""aws:Unknown": "x", "AWS:unknown": "x", "aws:SourceVPC": "vpc-0a1b2c3d4e5f67890", "aws:sourcevpc": "vpc-0a1b2c3d4e5f67890",
                 "aws:sourceVpc": "vpc-0a1b2c3d4e5f67890", "aws:Referer": "x", "aws:referer": "x", "aws:VpcSourceIp": "10.0.0.1""#;
    let of = |others: usize| {
        let others: Vec<String> = (0..others)
            .map(|number| format!(r#", "aws:PrincipalTag/t{number}": "x""#))
            .collect();
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": {{
                "StringEquals": {{ {odd}{} }}, "StringLike": {{ "aws:unknown": "y", "aws:UserAgent": "x*" }} }} }}"#,
            others.concat()
        );
        subjects(&statement, Kind::Identity)
    };
    assert!(of(0).len() > 5, "{:?}", of(0));
    assert_eq!(of(100), of(0));
}

#[test]
fn each_placeholder_of_a_string_is_found() {
    for (piece, subject) in [
        ("<key>", "<key>"),
        ("{a}{{b}}", "{a}"),
        ("...x", "..."),
        ("${AWS::Region}", "${AWS::Region}"),
        ("<<", "<"),
    ] {
        let statement = format!(
            r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/{}" }}"#,
            piece.repeat(500)
        );
        let found = subjects(&statement, Kind::Identity);
        let of_piece = found
            .iter()
            .filter(|found| **found == (Code::UnfilledPlaceholder, subject.to_owned()));
        assert_eq!(of_piece.count(), 500 * piece.matches(subject).count(), "{piece}");
    }
}

#[test]
fn a_variable_that_is_not_closed_ends_where_the_next_begins() {
    let statement = format!(
        r#"{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/{}${{aws:username}}" }}"#,
        "${aws:username/".repeat(500)
    );
    let mut found = subjects(&statement, Kind::Identity);
    found.retain(|(code, _)| *code != Code::PolicySizeExceedsManagedPolicyQuota);
    assert_eq!(found.len(), 500);
    assert!(
        found
            .iter()
            .all(|(code, subject)| *code == Code::MissingBraceInVariable && subject == "${aws:username/")
    );
}

/// Whatever it contains: the findings about many elements would be hundreds of times as long as the policy.
#[test]
fn of_a_policy_far_beyond_all_quotas_only_the_size_is_said() {
    let many = |of: &str, count: usize| vec![of; count].join(", ");
    for kind in Kind::ALL {
        for (what, statements) in [
            (
                "actions",
                format!(r#"{{ "Action": [{}] }}"#, many(r#""s3:GetN*""#, 20_000)),
            ),
            ("variables", format!(r#"{{ "Resource": "{}" }}"#, "${".repeat(110_000))),
            ("statements", many("{}", 75_000)),
            ("members", format!("{{ {} }}", many(r#""Sid": 0"#, 30_000))),
            ("text", format!(r#"{{ "Sid": "{}" }}"#, "x".repeat(204_800))),
        ] {
            let document = read(&policy(&statements));
            let findings = check(&document, *kind, &Options::new());
            let said: Vec<(bool, Option<&str>)> = findings
                .iter()
                .map(|finding| {
                    (
                        finding.code().name().starts_with("POLICY_SIZE_EXCEEDS_"),
                        finding.notes().last(),
                    )
                })
                .collect();
            let note = "nothing else is checked in a policy of more than 204,800 characters, four times the longest that AWS stores";
            assert_eq!(said, [(true, Some(note))], "{what} in {kind}");
        }
    }
}

#[test]
fn a_policy_of_four_times_the_largest_quota_is_judged_whole() {
    let judged = |characters: usize| {
        let policy = |sid: &str| {
            policy(&format!(
                r#"{{ "Sid": "{sid}", "Effect": "Allow", "Action": "s3:GetObjct", "Resource": "*" }}"#
            ))
        };
        let rest = Size::of(read(&policy("")).root()).characters;
        let document = read(&policy(&"x".repeat(characters - rest)));
        let findings = check(&document, Kind::Identity, &Options::new());
        findings.iter().any(|finding| finding.code() == Code::InvalidAction)
    };
    assert!(judged(JUDGED));
    assert!(!judged(JUDGED + 1));
}

#[test]
fn a_message_shows_the_ends_of_a_very_long_text() {
    let statement = format!(
        r#"{{ "Effect": "Allow", "Action": "s3:{}", "Resource": "*" }}"#,
        "x".repeat(100_000)
    );
    let told = told(&read(&policy(&statement)), Kind::Identity);
    assert!(
        told.contains("unknown action `s3:xxx") && told.contains("xxx ... xxx"),
        "{told}"
    );
    assert!(told.len() < 10_000, "{}", told.len());
}
