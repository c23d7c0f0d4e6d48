//! Policies and requests that are closely related, most of them edge cases.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use super::{Request, request};
use crate::names::AccountId;

const ACTIONS: &[&str] = &[
    "*",
    "s3:*",
    "S3:Get*",
    "s3:GetObject",
    "s3:?etObject",
    "s3:Put*",
    "sqs:*",
    "sqs:SendMessage",
    "s*:GetObject",
    "s3:getobject?",
    // Each of these covers the others.
    "s3:Get**",
    "s3:Get*?",
    "S3:get?*",
];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/a*c*e",
    "arn:aws:s3:::b/?",
    // Each of these covers the one before it, or the one after.
    "arn:aws:s3:::b/**",
    "arn:aws:s3:::b/*?",
    "arn:aws:s3:::b/?*",
    "arn:aws:sqs:**:111122223333:q",
    "arn:*:s3:::b/x",
    "arn:aws:s3*:b/x",
    "arn:aws:s3:::${aws:username}/*",
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}",
    "arn:aws:s3:::b/${AWS:principaltag/TEAM}",
    "arn:aws:s3:::b/${aws:TagKeys, 'x'}",
    "arn:aws:s3:::b/${*}",
    "arn:aws:s3:::b/${$}",
    "arn:aws:s3:::${aws:username",
    "arn:aws:${aws:username}:::b/x",
    "arn:aws:sqs:*:111122223333:q",
    "arn:aws:sqs:eu-*:111122223333:q*",
    "b/x",
    "arn:aws:s3:::b/??",
    "arn:aws:s3:::b/${",
    "arn:aws:s3:::b/${aws:userna me}",
    "arn:aws:s3:::b/x:role/aws-service-role/*",
    "arn:aws:s3",
    "arn:aws:s3:",
    "arn:aws:s3::",
    "arn:aws:s3:::",
    "arn:aws:sqs:eu-west-1",
    "arn:aws:sqs:eu-west-1:111122223333",
    "arn:aws:sqs:*:q",
    "arn:*:s3",
    "arn:aws",
    "arn:asw:s3",
    "arn:aws:s3:${aws:username}",
    "arn:aws:sqs:${aws:PrincipalTag/team}:111122223333:q",
    "**",
    "brn:aws:s3:::b/*",
    "",
];
const ASKED: &[&str] = &[
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::b/abcde",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/$",
    "arn:aws:s3:::alice/x",
    "arn:aws:s3:::c/x",
    "arn:aws:sqs:eu-west-1:111122223333:q",
    "arn:aws:sqs:eu-west-1:444455556666:111122223333:q",
    "*",
    "arn:aws:s3:::b/é",
    "arn:aws:s3:::b/中",
    "arn:aws:s3:::b/x:role/aws-service-role/key",
    "arn:aws:s3:::b/${aws:username}",
    "arn:aws:s3:::b/${",
    "arn:aws:s3:::b/?",
    "arn:aws:s3:::b/a::b:",
    "arn:aws:s3:::b/",
    "arn:aws:s3:::b/\u{202e}x",
    "arn:aws:s3:::b/\0",
    "",
];

/// Values of one type, with the key that has them in requests.
#[derive(Debug)]
struct Family {
    key: &'static str,
    operators: &'static [&'static str],
    values: &'static [&'static str],
}

const FAMILIES: &[Family] = &[
    Family {
        key: "aws:TagKeys",
        operators: &[
            "StringEquals",
            "StringNotEquals",
            "StringLike",
            "StringNotLike",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
        ],
        values: &[
            "a",
            "A",
            "ab",
            "",
            "a*",
            "?",
            "*",
            "${aws:username}",
            "alice",
            "${*}",
            "${aws:userid, 'a'}",
            "${aws:userid}",
            "É",
            "é",
            "??",
            "${",
            "${aws:userna me}",
            "\u{202e}",
            "\0",
        ],
    },
    Family {
        key: "s3:max-keys",
        operators: &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        values: &[
            "0", "-0", "5", "5.0", "50", "5e1", "-1", "+5", ".5", "05", "abc", "", "inf", "0x5", "1e400", "1e", "5 ",
        ],
    },
    Family {
        key: "aws:CurrentTime",
        operators: &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        values: &[
            "2026",
            "2026-01",
            "2026-01-01",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:00Z",
            "2026-01-01T01:00:00+01:00",
            "2025-12-31T16:00:00.000-08:00",
            "2026-01-01T00:00:00.5Z",
            "1767225600",
            "2024-02-29",
            "2026-02-29",
            "1969-12-31",
            "1969-12-31T23:59:60Z",
            "1970-01-01",
            "0",
            "01",
            "1700",
            "0001-01-01",
            "9999-12-31",
            "2026-01-01T00:00:00",
            "2026-01T00:00Z",
            "99999999999999999999",
            "soon",
            "",
            "2026-1-1",
            "2026-01-01T24:00Z",
            "2026-01-01T00:00:00+0100",
        ],
    },
    Family {
        key: "aws:SecureTransport",
        operators: &["Bool"],
        values: &["true", "false", "TRUE", "False", "yes", "", "1"],
    },
    Family {
        key: "example:bytes",
        operators: &["BinaryEquals"],
        values: &["YQ==", "YR==", "YWI=", "YWJ=", "yq==", ""],
    },
    Family {
        key: "aws:SourceIp",
        operators: &["IpAddress", "NotIpAddress"],
        values: &[
            "203.0.113.9",
            "203.0.113.0/24",
            "203.0.113.9/24",
            "0.0.0.0/0",
            "203.0.113.9/32",
            "203.0.113.8/31",
            "2001:db8::/32",
            "2001:db8::9",
            "2001:DB8:0::9",
            "::/0",
            "::ffff:203.0.113.9",
            "203.0.113.0/33",
            "203.0.113.9/",
            "203.0.113.9/+8",
            "here",
            "",
            "203.0.113.*",
            "203.0.113.009",
        ],
    },
    Family {
        key: "aws:SourceArn",
        operators: &["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
        values: &[
            "arn:aws:s3:::b",
            "arn:aws:s3:::*",
            "arn:*:s3:::b",
            "arn:aws:s3:::b/*",
            "arn:aws:s3:::b/x:y",
            "arn:aws:sqs:*:111122223333:q",
            "arn:aws:sqs:eu-west-1:111122223333:q",
            "arn:aws:sqs:eu-west-1:4:111122223333:q",
            "arn:aws:s3:::${aws:username}",
            "arn:aws:s3:::alice",
            "arn:aws:s3:::${aws:userid}",
            "arn:aws:s3",
            "",
            "*",
            "no-arn",
        ],
    },
    Family {
        key: "aws:TokenIssueTime",
        operators: &["Null"],
        values: &["true", "false", "True", "", "2026"],
    },
];

/// A statement of an identity-based policy, as JSON.
pub(super) fn statement(effect: &'static str) -> impl Strategy<Value = String> {
    let conditions = prop_oneof![1 => Just(Vec::new()), 3 => vec(condition(), 1..2), 1 => vec(condition(), 2..4)];
    let actions = (
        select(&["Action", "Action", "Action", "Action", "NotAction"][..]),
        one_or_more(ACTIONS),
    );
    let resources = (
        select(&["Resource", "Resource", "Resource", "NotResource"][..]),
        one_or_more(RESOURCES),
    );
    (actions, resources, conditions).prop_map(move |((action, actions), (resource, resources), conditions)| {
        let mut statement = json!({ "Effect": effect, action: actions, resource: resources });
        let mut operators: Map<String, Value> = Map::new();
        for (operator, key, values) in conditions.into_iter().flatten() {
            let keys = operators.entry(operator).or_insert_with(|| json!({}));
            keys.as_object_mut().unwrap().insert(key, values);
        }
        if !operators.is_empty() {
            let members = statement.as_object_mut().unwrap();
            members.insert("Condition".to_owned(), Value::Object(operators));
        }
        statement.to_string()
    })
}

/// An operator, a key and values: rarely those of another operator, and rarely an operator or values that AWS does not
/// have. Now and then the same key comes twice: in another case, or under the other name of an operator for ARNs.
fn condition() -> impl Strategy<Value = Vec<(String, String, Value)>> {
    let qualifier = select(&["", "", "ForAnyValue:", "ForAllValues:"][..]);
    let if_exists = select(&["", "", "IfExists"][..]);
    let odd = prop_oneof![
        15 => Just(None),
        1 => select(vec![json!([]), json!([]), json!(7), json!(true), Value::Null, json!(["a", Value::Null])]).prop_map(Some)
    ];
    let again = select(
        &[
            Again::No,
            Again::No,
            Again::No,
            Again::InOtherCase,
            Again::UnderOtherName,
            Again::Both,
        ][..],
    );
    (
        family(),
        family(),
        any::<bool>(),
        0..30,
        qualifier,
        if_exists,
        odd,
        again,
    )
        .prop_flat_map(
            |(family, other, is_shouted, chance, qualifier, if_exists, odd, again)| {
                let (key, values) = match chance {
                    0..3 => (other.key, family.values),
                    3 => (family.key, other.values),
                    _ => (family.key, family.values),
                };
                let key = if is_shouted { key.to_uppercase() } else { key.to_owned() };
                // `Null` applies to any key.
                let key = if family.operators == ["Null"] {
                    other.key.to_owned()
                } else {
                    key
                };
                let unknown = select(
                    &[
                        "StringMatches",
                        "stringequals",
                        "NumericIs",
                        "NullIfExists",
                        "BoolNotEquals",
                    ][..],
                );
                let known = select(family.operators);
                let operator = if chance == 4 { unknown.boxed() } else { known.boxed() };
                let several = (one_or_more(values), one_or_more(values), one_or_more(values));
                (operator, several).prop_map(move |(operator, (values, in_other_case, under_other_name))| {
                    let values = odd.clone().unwrap_or(values);
                    let name = |operator: &str| format!("{qualifier}{operator}{if_exists}");
                    let mut conditions = vec![(name(operator), key.clone(), values)];
                    if matches!(again, Again::InOtherCase | Again::Both) {
                        let (lower, upper) = (key.to_lowercase(), key.to_uppercase());
                        let other = if lower == key { upper } else { lower };
                        conditions.push((name(operator), other, in_other_case));
                    }
                    if matches!(again, Again::UnderOtherName | Again::Both) {
                        let other = operator
                            .replace("ArnEquals", "ArnLike")
                            .replace("ArnNotEquals", "ArnNotLike");
                        conditions.push((name(&other), key.to_lowercase(), under_other_name));
                    }
                    conditions
                })
            },
        )
}

/// A `Condition` in which one key comes several times, in several cases and under several operators, and a request that may have it.
pub(super) fn of_one_key() -> impl Strategy<Value = (String, Request)> {
    let qualifier = select(&["", "", "ForAnyValue:", "ForAllValues:"][..]);
    let with_operators = |family: &'static Family| {
        let line = (select(family.operators), 0..3, one_or_more(family.values));
        let sent = prop_oneof![1 => Just(Vec::new()), 6 => vec(select(family.values), 1..3)];
        (Just(family), vec(line, 2..4), sent)
    };
    // Those for ARNs have two names each.
    let arns = FAMILIES.iter().find(|family| family.key == "aws:SourceArn").unwrap();
    let family = prop_oneof![1 => family(), 2 => Just(arns)];
    (qualifier, family.prop_flat_map(with_operators)).prop_map(|(qualifier, (family, lines, sent))| {
        let mut operators: Map<String, Value> = Map::new();
        for (operator, case, values) in lines {
            let key = match case {
                0 => family.key.to_owned(),
                1 => family.key.to_lowercase(),
                _ => family.key.to_uppercase(),
            };
            let keys = operators
                .entry(format!("{qualifier}{operator}"))
                .or_insert_with(|| json!({}));
            keys.as_object_mut().unwrap().insert(key, values);
        }
        let asked = request("s3:GetObject", "arn:aws:s3:::b/x");
        let asked = if sent.is_empty() {
            asked
        } else {
            asked.with_all_unchecked(family.key, sent)
        };
        (Value::Object(operators).to_string(), asked)
    })
}

/// Whether a condition has its key twice.
#[derive(Clone, Copy, Debug)]
enum Again {
    No,
    InOtherCase,
    UnderOtherName,
    Both,
}

fn family() -> impl Strategy<Value = &'static Family> {
    select((0..FAMILIES.len()).collect::<Vec<_>>()).prop_map(|index| FAMILIES.get(index).unwrap())
}

/// A single value, or a list.
fn one_or_more(of: &'static [&'static str]) -> impl Strategy<Value = Value> {
    prop_oneof![
        select(of).prop_map(|one| json!(one)),
        vec(select(of), 1..4).prop_map(|several| json!(several))
    ]
}

/// A policy of statements that allow and deny, with either version or none.
pub(super) fn statements() -> impl Strategy<Value = Vec<String>> {
    vec(prop_oneof![2 => statement("Allow"), 1 => statement("Deny")], 1..6)
}

/// A request, with any of the keys that conditions use.
pub(super) fn asked() -> impl Strategy<Value = Request> {
    let action = select(
        &[
            "s3:GetObject",
            "s3:getobject",
            "s3:PutObject",
            "sqs:SendMessage",
            "S3:GETOBJECT",
        ][..],
    );
    let sent: Vec<_> = FAMILIES
        .iter()
        .map(|family| {
            let values = prop_oneof![
                3 => vec(select(family.values), 1..2),
                1 => vec(select(family.values), 2..4),
                1 => Just(Vec::new())
            ];
            proptest::option::of(values)
        })
        .collect();
    let team = proptest::option::of(select(&["x", "*", ""][..]));
    (action, select(ASKED), sent, team).prop_map(|(action, resource, sent, team)| {
        let mut request = request(action, resource).resource_account(AccountId::from_static("111122223333"));
        for (family, values) in FAMILIES.iter().zip(sent) {
            if let Some(values) = values {
                request = request.with_all_unchecked(family.key, values);
            }
        }
        if let Some(team) = team {
            request = request.with_unchecked("aws:PrincipalTag/team", team);
        }
        request
    })
}
