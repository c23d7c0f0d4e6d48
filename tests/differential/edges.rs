//! Policies and requests at the edges of the rules.

use serde_json::{Map, Value, json};

use crate::question::{ACCOUNT, Attached, Keys, Layer, Question, SESSION, USER};
use crate::random::Random;

/// An action, and resources that it can be about.
pub const ASKED: [(&str, &[&str]); 6] = [
    (
        "s3:GetObject",
        &[
            "arn:aws:s3:::exports/a.csv",
            "arn:aws:s3:::exports/Home/alice/b:c",
            "arn:aws:s3:::exports/home/alice",
            "arn:aws:s3:::exports/é",
            "arn:aws:s3:::exports-2/home/alice/",
        ],
    ),
    ("s3:ListBucket", &["arn:aws:s3:::exports", "arn:aws:s3:::exports-2"]),
    (
        "dynamodb:GetItem",
        &[
            "arn:aws:dynamodb:eu-west-1:111122223333:table/Books",
            "arn:aws:dynamodb:us-east-1:111122223333:table/alice",
        ],
    ),
    (
        "sqs:SendMessage",
        &[
            "arn:aws:sqs:eu-west-1:111122223333:orders",
            "arn:aws:sqs:us-east-1:111122223333:alice",
        ],
    ),
    (
        "logs:PutLogEvents",
        &["arn:aws:logs:eu-west-1:111122223333:log-group:/ecs/maia:log-stream:x"],
    ),
    ("ec2:DescribeInstances", &["*"]),
];

const ACTIONS: [&str; 16] = [
    "*",
    "s3:*",
    "S3:getobject",
    "s3:Get*",
    "s3:Get??ject",
    "s3:GetObject",
    "s3:*Object",
    "s3:L*t",
    "s3:GetObject?",
    "dynamodb:*Item",
    "dynamodb:Get*m*",
    "sqs:SendMessage",
    "sqs:s*e",
    "logs:Put*",
    "ec2:Describe*",
    "ec2:?escribeInstances",
];

const RESOURCES: [&str; 32] = [
    "*",
    "arn:aws:s3:::*",
    "arn:aws:s3:::exports/*",
    "arn:aws:s3:::exports*",
    "arn:aws:s3:::exports",
    "arn:aws:s3:::exports/?.csv",
    "arn:aws:s3:::Exports/*",
    "arn:aws:s3:::exports/home/*",
    "arn:aws:s3:::exports/${aws:username}/*",
    "arn:aws:s3:::exports/home/${aws:username}",
    "arn:aws:s3:::exports/home/${AWS:USERNAME}",
    "arn:aws:s3:::exports/home/${aws:username, 'alice'}",
    "arn:aws:s3:::exports/home/${aws:PrincipalTag/team, 'alice'}",
    "arn:aws:s3:::exports/home/${aws:PrincipalTag/team}*",
    "arn:aws:s3:::exports/home/${aws:TagKeys}",
    "arn:aws:s3:::exports/*/alice*",
    "arn:aws:s3:::exports/?",
    "arn:aws:s3:::exports/??",
    "arn:aws:s3:::exports/${*}",
    "arn:aws:s3:*:*:exports/*",
    "arn:*:s3:::exports/*",
    "arn:aws:dynamodb:*:111122223333:table/*",
    "arn:aws:dynamodb:*:*:table/${aws:username}",
    "arn:aws:dynamodb:eu-*:*:table/books",
    "arn:aws:dynamodb:eu-west-?:${aws:PrincipalAccount}:table/Books",
    "arn:aws:dynamodb:${aws:RequestedRegion}:111122223333:table/*",
    "arn:aws:sqs:*:111122223333:*",
    "arn:aws:sqs:*:111122223333:o*s",
    "arn:aws:sqs:*:444455556666:*",
    "arn:aws:logs:*:*:*",
    "arn:aws:logs:*:*:log-group:/ecs/*",
    "arn:aws:logs:*:*:log-group:*:log-stream:?",
];

/// A family of operators, with values of policies and of requests, and the keys that have such values.
struct Family {
    operators: &'static [&'static str],
    keys: &'static [&'static str],
    wanted: &'static [&'static str],
    sent: &'static [&'static str],
}

const TEXTS: [&str; 9] = [
    "alice",
    "Alice",
    "al*",
    "al?ce",
    "",
    "data",
    "*",
    "${aws:username}",
    "team-é",
];

const FAMILIES: [Family; 8] = [
    Family {
        operators: &[
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike",
        ],
        keys: &[
            "aws:PrincipalTag/team",
            "aws:TagKeys",
            "aws:UserAgent",
            "aws:username",
            "s3:prefix",
            "AWS:principaltag/Team",
        ],
        wanted: &[
            "alice",
            "ALICE",
            "al*",
            "al?ce",
            "*",
            "?*",
            "",
            "${aws:username}",
            "${aws:username, 'bob'}",
            "${aws:PrincipalTag/none, 'data'}",
            "${aws:PrincipalTag/none}",
            "${*}",
            "${?}",
            "${$}",
            "TEAM-É",
            "da*a",
        ],
        sent: &TEXTS,
    },
    Family {
        operators: &[
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals",
        ],
        keys: &["aws:MultiFactorAuthAge", "s3:max-keys"],
        wanted: &["50", "50.0", "0", "-1", "100", "5e1", "abc"],
        sent: &["50", "50.0", "0", "-1", "100", "5e1", "abc", "", "49.999"],
    },
    Family {
        operators: &[
            "DateEquals",
            "DateNotEquals",
            "DateLessThan",
            "DateLessThanEquals",
            "DateGreaterThan",
            "DateGreaterThanEquals",
        ],
        keys: &["aws:CurrentTime", "aws:TokenIssueTime", "aws:EpochTime"],
        wanted: &[
            "2026-01-01T00:00:00Z",
            "2026-01-01",
            "1767225600",
            "2026-01-01T01:00:00+01:00",
            "2025-06-30T12:00:00Z",
        ],
        sent: &[
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.000Z",
            "2026-01-01",
            "1767225600",
            "2025-12-31T23:59:59Z",
            "2026-01-01T01:00:00+01:00",
            "soon",
        ],
    },
    Family {
        operators: &["Bool"],
        keys: &["aws:SecureTransport", "aws:MultiFactorAuthPresent", "aws:ViaAWSService"],
        wanted: &["true", "false", "True", "yes"],
        sent: &["true", "false", "TRUE", "False", "yes", ""],
    },
    Family {
        operators: &["IpAddress", "NotIpAddress"],
        keys: &["aws:SourceIp", "aws:VpcSourceIp"],
        wanted: &[
            "203.0.113.0/24",
            "203.0.113.9",
            "203.0.113.9/32",
            "203.0.113.77/24",
            "0.0.0.0/0",
            "2001:db8::/32",
            "::/0",
            "2001:DB8:0:0::9/128",
        ],
        sent: &[
            "203.0.113.9",
            "203.0.114.0",
            "2001:db8::9",
            "2001:0db8:0:0:0:0:0:9",
            "::ffff:203.0.113.9",
            "here",
        ],
    },
    Family {
        operators: &["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"],
        keys: &["aws:SourceArn", "aws:PrincipalArn"],
        wanted: &[
            "arn:aws:sns:*:111122223333:*",
            "arn:aws:sns:eu-west-1:111122223333:t",
            "arn:aws:iam::*:user/*",
            "arn:aws:iam::111122223333:user/alice",
            "arn:aws:iam::111122223333:user/${aws:username}",
            "arn:aws:iam::111122223333:*",
            "arn:*:iam::*:role/?eader",
            "arn:aws:*",
            "*",
            "arn:aws:s3:::b*:x",
            "arn:*:*:*:*:*",
        ],
        sent: &[
            "arn:aws:sns:eu-west-1:111122223333:t",
            "arn:aws:sns:eu-west-1:444455556666:111122223333:t",
            "arn:aws:iam::111122223333:user/alice",
            "arn:aws:iam::111122223333:role/reader",
            "arn:aws:iam::111122223333:user/Alice",
            "arn:aws:s3:::b:x",
            "no-arn",
        ],
    },
    Family {
        operators: &["Null"],
        keys: &["aws:PrincipalTag/team", "aws:TagKeys", "aws:username", "aws:SourceVpce"],
        wanted: &["true", "false"],
        sent: &TEXTS,
    },
    Family {
        operators: &["BinaryEquals"],
        keys: &["aws:PrincipalTag/team"],
        wanted: &["QmluYXJ5", "qMLUyxj5"],
        sent: &["QmluYXJ5", "Binary"],
    },
];

pub fn questions(seed: u64, count: usize) -> Vec<Question> {
    let mut random = Random::new(seed ^ 0xed9e);
    (0..count).map(|_| question(&mut random)).collect()
}

fn question(random: &mut Random) -> Question {
    let (action, resources) = *random.pick(&ASKED);
    let mut context = Keys::new();
    let policy = policy(action, &mut context, random);
    let layer = Layer::Identity;
    Question {
        source: "edges".to_owned(),
        policies: vec![Attached { layer, policy }],
        caller: (*random.pick(&[USER, SESSION])).to_owned(),
        action: action.to_owned(),
        resource: (*random.pick(resources)).to_owned(),
        owner: ACCOUNT.to_owned(),
        context,
    }
}

/// A policy that is perhaps about the action, for whose conditions the request may get values.
pub fn policy(action: &str, context: &mut Keys, random: &mut Random) -> Value {
    let mut statements = Vec::new();
    for _ in 0..=random.below(3) {
        statements.push(Value::Object(statement(action, context, random)));
    }
    let version = if random.one_in(8) { "2008-10-17" } else { "2012-10-17" };
    json!({ "Version": version, "Statement": statements })
}

fn statement(action: &str, context: &mut Keys, random: &mut Random) -> Map<String, Value> {
    let mut statement = Map::new();
    let effect = if random.one_in(3) { "Deny" } else { "Allow" };
    statement.insert("Effect".to_owned(), json!(effect));
    let service = action.split(':').next().unwrap_or_default();
    // Most are about what is asked, so that what comes after it decides.
    let about: Vec<&str> = ACTIONS
        .into_iter()
        .filter(|action| *action == "*" || action.to_lowercase().contains(service))
        .collect();
    let actions = match random.below(4) {
        0 => random.some(&ACTIONS, 3),
        1 => vec!["*"],
        _ => random.some(&about, 2),
    };
    let negated = random.one_in(8);
    statement.insert(
        if negated { "NotAction" } else { "Action" }.to_owned(),
        one_or_many(&actions),
    );
    let about: Vec<&str> = RESOURCES
        .into_iter()
        .filter(|resource| *resource == "*" || resource.contains(service))
        .collect();
    let resources = if random.one_in(6) {
        random.some(&RESOURCES, 3)
    } else {
        random.some(&about, 3)
    };
    let negated = random.one_in(8);
    statement.insert(
        if negated { "NotResource" } else { "Resource" }.to_owned(),
        one_or_many(&resources),
    );
    let mut conditions = Map::new();
    for _ in 0..random.below(3) {
        let (operator, key, values) = condition(context, random);
        let keys = conditions.entry(operator).or_insert_with(|| json!({}));
        keys[key] = values;
    }
    if !conditions.is_empty() {
        statement.insert("Condition".to_owned(), Value::Object(conditions));
    }
    statement
}

/// A condition, for which the request may get values.
pub fn condition(context: &mut Keys, random: &mut Random) -> (String, String, Value) {
    let family = random.pick(&FAMILIES);
    let key = *random.pick(family.keys);
    let mut operator = (*random.pick(family.operators)).to_owned();
    if operator != "Null" {
        if random.one_in(3) {
            operator = format!("{}:{operator}", random.pick(&["ForAnyValue", "ForAllValues"]));
        }
        if random.one_in(4) {
            operator.push_str("IfExists");
        }
    }
    if !random.one_in(4) {
        let is_several = key == "aws:TagKeys" || random.one_in(12);
        let values = if is_several {
            let mut sent = random.some(family.sent, 3);
            if random.one_in(8) {
                sent.clear();
            }
            json!(sent)
        } else {
            json!(random.pick(family.sent))
        };
        context.insert(key.to_owned(), values);
    }
    let wanted = random.some(family.wanted, 3);
    (operator, key.to_owned(), one_or_many(&wanted))
}

pub fn one_or_many(texts: &[&str]) -> Value {
    match texts {
        [one] => json!(one),
        many => json!(many),
    }
}
