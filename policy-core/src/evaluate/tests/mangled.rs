//! A broken `Deny` never allows: with a few bytes changed, inserted or removed it still denies what it denied, unless
//! the result is another policy that AWS accepts and that allows it.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::{Authorizer, Caller, Outcome, Request};
use super::plain::{self, form};
use super::{USER, generator, policy};
use crate::document::Document;
use crate::finding::Severity;
use crate::names::AccountId;
use crate::policy::{Kind, read};

const SESSION: &str = "arn:aws:sts::111122223333:assumed-role/reader/session";

/// A policy that denies, before it is mangled: the text around the `Deny`, where that begins and ends, and the request.
#[derive(Clone, Debug)]
struct Denial {
    kind: Kind,
    text: String,
    deny: std::ops::Range<usize>,
    request: Request,
}

/// The principal whose name an attacker chooses.
const NAMES: &[&str] = &[
    "x",
    "alice/x",
    "x:role/aws-service-role/key",
    "é",
    "aé?",
    "${aws:username}",
    "*",
    "$",
    "a:b::c",
    "",
    "\u{202e}x",
    "\0",
    "中",
];

fn requests() -> impl Strategy<Value = Request> {
    (select(NAMES), any::<bool>(), any::<bool>()).prop_map(|(name, is_session, has_team)| {
        let caller = Caller::from_arn(if is_session { SESSION } else { USER }).unwrap();
        let request = Request::unchecked(caller, "s3:GetObject", &format!("arn:aws:s3:::b/{name}"))
            .resource_account(AccountId::from_static("111122223333"))
            .with_unchecked("aws:username", "alice")
            .with_unchecked("aws:SourceIp", "203.0.113.9")
            .with_unchecked("aws:SecureTransport", false)
            .with_unchecked("s3:max-keys", 50)
            .with_unchecked("aws:CurrentTime", "2026-01-01T00:00:00Z")
            .with_unchecked("aws:SourceArn", format!("arn:aws:s3:::b/{name}"))
            .with_unchecked("s3:prefix", name)
            .with_unchecked("example:bytes", "YWI=")
            .with_all_unchecked("aws:TagKeys", ["a", "é"]);
        if has_team {
            request.with_unchecked("aws:PrincipalTag/team", "x")
        } else {
            request
        }
    })
}

/// Elements of statements, most of which match the request.
const ACTIONS: &[&str] = &[
    r#""*""#,
    r#""s3:*""#,
    r#""s3:GetObject""#,
    r#"["sqs:*", "S3:Get*"]"#,
    r#""s3:?etObject""#,
];
const NOT_ACTIONS: &[&str] = &[r#""sqs:*""#, r#"["s3:Put*", "sqs:SendMessage"]"#];
const RESOURCES: &[&str] = &[
    r#""*""#,
    r#""arn:aws:s3:::b/*""#,
    r#""arn:aws:s3:::b/x""#,
    r#""arn:aws:s3:::b/?""#,
    r#""arn:aws:s3:::b/??""#,
    r#""arn:aws:s3:::b/x*""#,
    r#""arn:aws:s3:::b/${aws:username}/*""#,
    r#""arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}""#,
    r#""arn:aws:s3:::b/${*}""#,
    r#""arn:aws:s3:::b/${$}""#,
    r#""arn:aws:s3:::b/a:b*""#,
    r#""arn:*:s3:*:*:b/*""#,
    r#"["arn:aws:s3:::c", "arn:aws:s3:::b/*"]"#,
];
const NOT_RESOURCES: &[&str] = &[
    r#""arn:aws:s3:::c/*""#,
    r#"["arn:aws:sqs:*:*:q", "arn:aws:s3:::b/${aws:PrincipalTag/team}"]"#,
];
const PRINCIPALS: &[&str] = &[
    r#""*""#,
    r#"{ "AWS": "*" }"#,
    r#"{ "AWS": "111122223333" }"#,
    r#"{ "AWS": "arn:aws:iam::111122223333:root" }"#,
    r#"{ "AWS": ["444455556666", "arn:aws:iam::111122223333:user/alice"] }"#,
    r#"{ "AWS": "arn:aws:iam::111122223333:role/reader" }"#,
    r#"{ "Service": "s3.amazonaws.com", "AWS": "arn:aws:sts::111122223333:assumed-role/reader/session" }"#,
];
const NOT_PRINCIPALS: &[&str] = &[
    r#"{ "AWS": "444455556666" }"#,
    r#"{ "Service": "ecs-tasks.amazonaws.com" }"#,
];
const CONDITIONS: &[&str] = &[
    r#"{ "StringEquals": { "aws:username": "alice" } }"#,
    r#"{ "StringNotEquals": { "aws:username": ["bob", "${aws:PrincipalTag/team}"] } }"#,
    r#"{ "StringLike": { "s3:prefix": ["?", "x*", "${aws:username}/*"] } }"#,
    r#"{ "StringNotLike": { "s3:prefix": "home/*" } }"#,
    r#"{ "StringEqualsIgnoreCase": { "aws:username": "ALICE" } }"#,
    r#"{ "IpAddress": { "aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"] } }"#,
    r#"{ "NotIpAddress": { "aws:SourceIp": "10.0.0.0/8" } }"#,
    r#"{ "Bool": { "aws:SecureTransport": "false" } }"#,
    r#"{ "NumericGreaterThan": { "s3:max-keys": 10 } }"#,
    r#"{ "DateLessThan": { "aws:CurrentTime": "2027-01-01T00:00:00Z" } }"#,
    r#"{ "ArnLike": { "aws:SourceArn": "arn:aws:s3:::b/*" } }"#,
    r#"{ "ArnNotEquals": { "aws:SourceArn": "arn:aws:sqs:*:*:q" } }"#,
    r#"{ "BinaryEquals": { "example:bytes": "YWI=" } }"#,
    r#"{ "Null": { "aws:MultiFactorAuthAge": "true" } }"#,
    r#"{ "ForAnyValue:StringLike": { "aws:TagKeys": ["?"] }, "StringEqualsIfExists": { "aws:userid": "x" } }"#,
    r#"{ "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "é", "b"] } }"#,
];

/// A `Deny` for a kind of policy, as JSON.
fn deny(kind: Kind) -> impl Strategy<Value = String> {
    let element = |name: &'static str, of: &'static [&'static str], not: &'static [&'static str]| {
        let not_name = format!("Not{name}");
        prop_oneof![
            5 => select(of).prop_map(move |value| format!(r#", "{name}": {value}"#)),
            1 => select(not).prop_map(move |value| format!(r#", "{not_name}": {value}"#)),
        ]
    };
    let principal = match kind {
        Kind::Resource => element("Principal", PRINCIPALS, NOT_PRINCIPALS).boxed(),
        Kind::ResourceControl => Just(r#", "Principal": "*""#.to_owned()).boxed(),
        _ => Just(String::new()).boxed(),
    };
    let condition = prop_oneof![
        Just(String::new()),
        select(CONDITIONS).prop_map(|condition| format!(r#", "Condition": {condition}"#)),
    ];
    let sid = select(&["", r#""Sid": "No", "#][..]);
    (
        sid,
        element("Action", ACTIONS, NOT_ACTIONS),
        principal,
        element("Resource", RESOURCES, NOT_RESOURCES),
        condition,
    )
        .prop_map(|(sid, action, principal, resource, condition)| {
            format!(r#"{{ {sid}"Effect": "Deny"{action}{principal}{resource}{condition} }}"#)
        })
}

fn denials() -> impl Strategy<Value = Denial> {
    const KINDS: &[Kind] = &[
        Kind::Identity,
        Kind::Identity,
        Kind::Session,
        Kind::Resource,
        Kind::ServiceControl,
        Kind::ResourceControl,
    ];
    let tight = (select(KINDS), requests()).prop_flat_map(|(kind, request)| (Just(kind), deny(kind), Just(request)));
    let any =
        (generator::statement("Deny"), generator::asked()).prop_map(|(deny, request)| (Kind::Identity, deny, request));
    let version = select(
        &[
            r#""Version": "2012-10-17", "#,
            r#""Version": "2012-10-17", "#,
            r#""Version": "2008-10-17", "#,
            "",
        ][..],
    );
    (prop_oneof![4 => tight.boxed(), 1 => any.boxed()], version, 0..3_usize).prop_map(
        |((kind, deny, request), version, at)| {
            let principal = if matches!(kind, Kind::Resource | Kind::ResourceControl) {
                r#""Principal": "*", "#
            } else {
                ""
            };
            let allow = format!(r#"{{ "Effect": "Allow", {principal}"Action": "*", "Resource": "*" }}"#);
            let (before, after) = match at {
                0 => (String::new(), String::new()),
                1 => (format!("{allow}, "), String::new()),
                _ => (String::new(), format!(", {allow}")),
            };
            let start = format!(r#"{{ {version}"Statement": [{before}"#);
            let text = format!("{start}{deny}{after}] }}");
            Denial {
                kind,
                deny: start.len()..start.len() + deny.len(),
                text,
                request,
            }
        },
    )
}

/// One byte changed, inserted or removed.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Change(u8),
    Insert(u8),
    Remove,
}

/// Edits with their positions; most often next to the previous one, so that words of several bytes occur.
fn edits() -> impl Strategy<Value = Vec<(Index, bool, Edit)>> {
    let byte = || {
        prop_oneof![
            3 => select(&b"\"{}[],:\\*?$/ '"[..]),
            3 => select(&b"abdeAsx013-."[..]),
            1 => any::<u8>(),
            1 => select(&[0xc3, 0xa9, 0xe2, 0x80, 0xae, 0][..]),
        ]
    };
    let edit = prop_oneof![
        byte().prop_map(Edit::Change),
        byte().prop_map(Edit::Insert),
        Just(Edit::Remove)
    ];
    vec((any::<Index>(), any::<bool>(), edit), 1..=3)
}

impl Denial {
    /// The `Deny` and the byte before and after it, a comma or a bracket, by position.
    fn places(&self, edits: &[(Index, bool, Edit)]) -> Vec<(usize, Edit)> {
        let mut last = None;
        let place = |(at, is_beside, edit): &(Index, bool, Edit)| {
            let beside = last
                .filter(|_| *is_beside)
                .map(|last: usize| (last + 1).min(self.deny.end));
            let place = beside.unwrap_or(self.deny.start - 1 + at.index(self.deny.len() + 2));
            last = Some(place);
            (place, *edit)
        };
        edits.iter().map(place).collect()
    }

    /// The policy with those edits applied.
    fn mangled(&self, edits: &[(usize, Edit)]) -> Option<String> {
        let mut bytes = self.text.as_bytes().to_vec();
        // From the end, so that positions stay valid.
        let mut sorted = edits.to_vec();
        sorted.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
        for (place, edit) in sorted {
            match edit {
                Edit::Change(byte) => *bytes.get_mut(place)? = byte,
                Edit::Insert(byte) => bytes.insert(place, byte),
                Edit::Remove => {
                    bytes.remove(place);
                }
            }
        }
        String::from_utf8(bytes).ok()
    }

    /// The outcome with only this policy denying; `None` if the text is not JSON and so not a policy.
    fn asked(&self, text: &str) -> Option<(Outcome, String)> {
        let document = Document::read(text).ok()?;
        let own = r#"{ "Effect": "Allow", "Action": "*", "Resource": "*" }"#.to_owned();
        let everyones = own.replacen('{', r#"{ "Principal": "*","#, 1);
        let (own, everyones) = (policy(&[own]), policy(&[everyones]));
        let own = Document::read(&own).unwrap();
        let everyones = Document::read(&everyones).unwrap();
        let builder = Authorizer::builder().identity(&own);
        let authorizer = match self.kind {
            Kind::Session => builder.session(&own).session(&document),
            Kind::Resource => builder.resource(&document),
            Kind::ServiceControl => builder.service_control(0, &own).service_control(0, &document),
            Kind::ResourceControl => builder.resource_control(0, &everyones).resource_control(0, &document),
            _ => builder.identity(&document),
        }
        .build();
        let explanation = authorizer.explain(&self.request);
        Some((explanation.decision().outcome(), explanation.to_string()))
    }

    /// Whether AWS would accept a policy, independent of the evaluator: the reader reports no grammar error, and each
    /// text has the documented syntax, read from the JSON again.
    fn is_valid(&self, text: &str) -> bool {
        let Ok(document) = Document::read(text) else {
            return false;
        };
        let (_, findings) = read(&document, self.kind);
        let reads = !findings.iter().any(|finding| finding.severity() == Severity::Error);
        reads && form::is_well_formed(text, self.kind)
    }

    /// Whether some of the edits alone make a policy that AWS would accept and that does not deny: the errors of the
    /// others do not change the parts that can be read. An identity-based policy is also evaluated by the plain
    /// reading.
    fn is_said(&self, edits: &[(usize, Edit)]) -> bool {
        let subsets = 1..1_usize << edits.len();
        subsets.rev().any(|subset| {
            let chosen = edits.iter().enumerate().filter(|(index, _)| subset >> index & 1 == 1);
            let chosen: Vec<_> = chosen.map(|(_, edit)| *edit).collect();
            self.mangled(&chosen).is_some_and(|text| {
                let said = self.asked(&text);
                let denies =
                    || self.kind == Kind::Identity && plain::outcome(&text, &self.request) == Outcome::ExplicitlyDenied;
                said.is_some_and(|(outcome, _)| outcome == Outcome::Allowed) && self.is_valid(&text) && !denies()
            })
        })
    }
}

proptest! {
    // One byte in some hundred matters: as many cases as the widest of the other laws.
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases * 16))]

    #[test]
    fn a_mangled_deny_lets_nobody_in(denial in denials(), mangled in vec(edits(), 4)) {
        let (before, _) = denial.asked(&denial.text).unwrap();
        let is_denial = before == Outcome::ExplicitlyDenied && denial.is_valid(&denial.text);
        for edits in mangled.into_iter().filter(|_| is_denial) {
            let edits = denial.places(&edits);
            let Some(text) = denial.mangled(&edits) else { continue };
            let Some((after, explained)) = denial.asked(&text) else { continue };
            prop_assert!(
                after != Outcome::Allowed || denial.is_said(&edits),
                "{}\n{}\n{}\n{:?}", denial.text, text, explained, denial.request.context()
            );
        }
    }
}
