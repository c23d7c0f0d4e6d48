//! Policies and a request that have much to do with each other, in every layer and of every operator, some malformed.

use arbitrary::{Arbitrary, Result, Unstructured};
use policy_core::evaluate::Request;
use policy_core::names::AccountId;
use policy_core::policy::{Comparison, Family};
use serde_json::{Map, Value, json};

use crate::promises::{Place, caller};

/// Policies, and a request that is asked of them.
#[derive(Debug)]
pub struct Asked {
    /// Each with where it is attached.
    pub policies: Vec<(Place, Value)>,
    /// The request.
    pub request: Request,
}

impl<'a> Arbitrary<'a> for Asked {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let request = request(bytes)?;
        let mut policies = Vec::new();
        for _ in 0..bytes.int_in_range(1..=4)? {
            let place = place(bytes)?;
            let mut statements = Vec::new();
            for _ in 0..bytes.int_in_range(1..=3)? {
                statements.push(statement(bytes, place)?);
            }
            let (version, id) = match bytes.int_in_range(0..=19)? {
                0 => ("2008-10-17", None),
                1 => ("2012-10-71", None),
                2 => ("2012-10-17", Some(7)),
                _ => ("2012-10-17", None),
            };
            let mut policy = Map::from_iter([
                ("Version".to_owned(), json!(version)),
                ("Statement".to_owned(), json!(statements)),
            ]);
            policy.extend(id.map(|id| ("Id".to_owned(), json!(id))));
            policies.push((place, Value::Object(policy)));
        }
        Ok(Self { policies, request })
    }
}

fn place(bytes: &mut Unstructured<'_>) -> Result<Place> {
    Ok(match bytes.int_in_range(0..=9)? {
        0..=3 => Place::Identity,
        4 => Place::Session,
        5 => Place::Boundary,
        6 => Place::Resource,
        7 => Place::Trust,
        8 => Place::ServiceControl(bytes.int_in_range(0..=2)?),
        _ => Place::ResourceControl(bytes.int_in_range(0..=2)?),
    })
}

const ACTIONS: [&str; 10] = [
    "*",
    "s3:*",
    "s3:Get*",
    "S3:getobject",
    "s3:?etObjec*t",
    "kms:Decrypt",
    "kms:*",
    "sts:AssumeRole",
    "sts:*",
    "*:*",
];
const RESOURCES: [&str; 18] = [
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/${aws:username}/*",
    "arn:aws:s3:::b/${s3:prefix, 'x'}",
    "arn:*:s3:::b/?",
    "arn:aws:kms:*:111122223333:key/*",
    "arn:aws:kms:eu-west-1:111122223333:key/k",
    "arn:aws:iam::111122223333:role/r",
    "arn:aws:s3:::b/${*}",
    "arn:aws:s3*",
    "b",
    "arn:aws:s3:::${aws:username",
    "arn:aws:s3:::b/a*b*c",
    "arn:${s3:prefix}:s3:::b/x",
    "arn:aws:s3:::b/??",
    "arn:aws:s3:::b/${aws:userna me}",
    "arn:aws:s3",
    "",
];
const ASKED: [&str; 17] = [
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::b/alice/x",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/aabbcc",
    "arn:aws:kms:eu-west-1:111122223333:key/k",
    "arn:aws:kms:eu-west-1:444455556666:key/k",
    "arn:aws:iam::111122223333:role/r",
    "*",
    "arn:aws:s3:::b/é",
    "arn:aws:s3:::b/x:role/aws-service-role/key",
    "arn:aws:s3:::b/${",
    "arn:aws:s3:::b/?",
    "arn:aws:s3:::b/a::b:",
    "arn:aws:s3:::b/\u{202e}",
    "arn:aws:s3:::b/\0",
    "arn:aws:s3:::",
    "",
];
const PRINCIPALS: [&str; 12] = [
    "*",
    "111122223333",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::111122223333:user/alice",
    "arn:aws:iam::111122223333:role/reader",
    "arn:aws:sts::111122223333:assumed-role/reader/session",
    "arn:aws:iam::111122223333:role/*",
    "ecs-tasks.amazonaws.com",
    "arn:aws:iam::111122223333:oidc-provider/example.com",
    "arn:aws:iam::444455556666:user/x:111122223333:root",
    "11112222333",
    "",
];
const KEYS: [&str; 8] = [
    "aws:TagKeys",
    "AWS:tagkeys",
    "s3:prefix",
    "aws:SourceIp",
    "aws:CurrentTime",
    "aws:username",
    "aws:PrincipalArn",
    "aws:nothing",
];
const VALUES: [&str; 39] = [
    "",
    "a",
    "A",
    "alice",
    "*",
    "?",
    "a*",
    "${aws:username}",
    "${aws:nothing}",
    "${aws:nothing, 'a'}",
    "${*}",
    "${$}",
    "${",
    "0",
    "7",
    "7.0",
    "-1e3",
    "1e400",
    ".5",
    "true",
    "FALSE",
    "2026",
    "2026-02-29",
    "2026-01-31T10:20:30Z",
    "1769854830",
    "99999999999999999999",
    "10.0.0.0/8",
    "10.1.2.3",
    "2001:db8::/32",
    "::ffff:10.1.2.3",
    "arn:aws:s3:::b",
    "arn:*:s3:::*",
    "arn:aws:s3",
    "YQ==",
    "é",
    "x:role/aws-service-role/key",
    "${aws:userna me}",
    "\u{202e}",
    "\0",
];

fn statement(bytes: &mut Unstructured<'_>, place: Place) -> Result<Value> {
    let mut statement = Map::new();
    let effect = match bytes.int_in_range(0..=15)? {
        0 => *bytes.choose(&[" deny", "Denied", "Allowed", ""])?,
        1..=5 => "Deny",
        _ => "Allow",
    };
    statement.insert("Effect".to_owned(), json!(effect));
    let not = |bytes: &mut Unstructured<'_>, name: &str| {
        Ok(if bytes.ratio(1, 6)? {
            format!("Not{name}")
        } else {
            name.to_owned()
        })
    };
    statement.insert(not(bytes, "Action")?, values(bytes, &ACTIONS)?);
    if place != Place::Trust || bytes.ratio(1, 20)? {
        statement.insert(not(bytes, "Resource")?, values(bytes, &RESOURCES)?);
    }
    if matches!(place, Place::Trust | Place::Resource | Place::ResourceControl(_)) || bytes.ratio(1, 20)? {
        let key = *bytes.choose(&["AWS", "AWS", "Service", "Federated", "CanonicalUser"])?;
        let principal = if bytes.ratio(1, 4)? {
            json!("*")
        } else {
            json!({ key: values(bytes, &PRINCIPALS)? })
        };
        statement.insert(not(bytes, "Principal")?, principal);
    }
    if bytes.ratio(2, 3)? {
        let mut operators = Map::new();
        for _ in 0..bytes.int_in_range(1..=2)? {
            let mut keys = Map::new();
            for _ in 0..bytes.int_in_range(1..=2)? {
                keys.insert((*bytes.choose(&KEYS)?).to_owned(), values(bytes, &VALUES)?);
            }
            operators.insert(operator(bytes)?, json!(keys));
        }
        statement.insert("Condition".to_owned(), json!(operators));
    }
    Ok(Value::Object(statement))
}

fn operator(bytes: &mut Unstructured<'_>) -> Result<String> {
    let qualifier = *bytes.choose(&["", "", "ForAllValues:", "ForAnyValue:"])?;
    let comparison = *bytes.choose(Comparison::ALL)?;
    let if_exists = if comparison.family() != Family::Null && bytes.ratio(1, 4)? {
        "IfExists"
    } else {
        ""
    };
    Ok(format!("{qualifier}{}{if_exists}", comparison.name()))
}

fn request(bytes: &mut Unstructured<'_>) -> Result<Request> {
    let action = *bytes.choose(&[
        "s3:GetObject",
        "S3:GETOBJECT",
        "kms:Decrypt",
        "sts:AssumeRole",
        "",
        "s3",
    ])?;
    let mut request = Request::unchecked(caller(bytes.arbitrary::<u8>()?.into()), action, bytes.choose(&ASKED)?);
    if bytes.ratio(1, 4)? {
        request = request.resource_account(AccountId::from_static("444455556666"));
    }
    for _ in 0..bytes.int_in_range(0..=3)? {
        let key = *bytes.choose(&KEYS)?;
        let mut sent = Vec::new();
        for _ in 0..bytes.int_in_range(0..=2)? {
            sent.push(text(bytes, &VALUES)?);
        }
        request = request.with_all_unchecked(key, sent);
    }
    Ok(request)
}

/// A text or a list of some; seldom something else.
fn values(bytes: &mut Unstructured<'_>, of: &[&str]) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=19)? {
        0 => Value::Null,
        1 => json!(bytes.int_in_range(-9..=99)?),
        2 => json!(bool::arbitrary(bytes)?),
        3 => json!([]),
        4..=8 => json!([text(bytes, of)?, text(bytes, of)?]),
        _ => json!(text(bytes, of)?),
    })
}

/// One of these, seldom another.
fn text(bytes: &mut Unstructured<'_>, of: &[&str]) -> Result<String> {
    Ok(if bytes.ratio(1, 16)? {
        String::arbitrary(bytes)?
    } else {
        (*bytes.choose(of)?).to_owned()
    })
}
