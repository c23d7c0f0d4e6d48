//! Texts that templates, JSON and functions would read in their own way.

use proptest::prelude::*;
use proptest::sample::select;
use runner_profiles::policy_core::document::{Document, Member, Node, Value};
use runner_profiles::policy_core::names::{PolicyArn, PolicyName, Region, RoleName};
use runner_profiles::policy_core::policy::{IdentityPolicy, TrustPolicy};
use runner_profiles::{Role, RoleDescription, RoleSettings, SessionDuration, Tag};

use crate::{at, round_trips};

const PIECES: [&str; 40] = [
    "$",
    "%",
    "{",
    "}",
    "!",
    "~",
    "${",
    "%{",
    "$${",
    "$$$${",
    "%%{",
    "%%%{",
    "${!x}",
    "${!!x}",
    "${aws:userid}",
    "${aws:username, 'a b'}",
    "${$}",
    "${*}",
    "${}",
    "${AWS::Region}",
    "${var.region}",
    "%{if true}x%{endif}",
    "\"",
    "\\",
    "\\\"",
    "\\u0024",
    "\n",
    "\t",
    "\u{7f}",
    "ÿ",
    "é",
    "a",
    " ",
    ":",
    "/",
    "*",
    "aws",
    "eu-west-1",
    "111122223333",
    "arn:aws:s3:eu-west-1:111122223333:",
];

/// As `PIECES`, and what is outside Latin-1: characters that Unicode composes, and one that UTF-16 has in two.
fn text() -> impl Strategy<Value = String> {
    let pieces = select(&PIECES[..]).prop_map(str::to_owned);
    let piece = prop_oneof![8 => pieces, 1 => select(&["e\u{301}", "\u{212a}", "Ā", "😀", "\u{202e}"][..]).prop_map(str::to_owned)];
    let start = select(
        &[
            "",
            "",
            "arn:aws:s3:::",
            "arn:aws:iam::111122223333:role/",
            "arn:aws:ecs:eu-west-1:111122223333:",
            "s3.eu-west-1.",
        ][..],
    );
    (start, proptest::collection::vec(piece, 0..6)).prop_map(|(start, pieces)| start.to_owned() + &pieces.concat())
}

/// Strings where any may stand: Sids, resources, condition keys and their values; and values that are no strings.
fn identity() -> impl Strategy<Value = IdentityPolicy> {
    let value = prop_oneof![
        6 => text().prop_map(Node::string),
        1 => any::<bool>().prop_map(|value| Node::built(Value::Bool(value))),
        1 => select(&["1", "1.0", "-2e3"][..]).prop_map(|number| Node::built(Value::Number(number.into()))),
    ];
    let key = prop_oneof![
        Just("kms:ViaService".to_owned()),
        text().prop_filter("a key", |key| !key.is_empty())
    ];
    let statement = (
        proptest::collection::vec(text(), 1..4),
        key,
        proptest::collection::vec(value, 1..4),
    );
    statement.prop_filter_map("a policy", |(resources, key, values)| {
        let object = |members: Vec<(&str, Node<'static>)>| {
            let members = members.into_iter();
            let members = members.map(|(name, value)| Member::built(name.to_owned(), value));
            Node::built(Value::Object(members.collect()))
        };
        let list = |elements: Vec<Node<'static>>| Node::built(Value::Array(elements));
        let resources = list(resources.into_iter().map(Node::string).collect());
        let condition = object(vec![("StringLike", object(vec![(&key, list(values))]))]);
        let statement = object(vec![
            ("Effect", Node::string("Allow")),
            ("Action", Node::string("s3:GetObject")),
            ("Resource", resources),
            ("Condition", condition),
        ]);
        let policy = object(vec![("Version", Node::string("2012-10-17")), ("Statement", statement)]);
        IdentityPolicy::from_document(&Document::new(policy)).ok()
    })
}

fn trust() -> impl Strategy<Value = TrustPolicy> {
    text().prop_map(|text| {
        let text = Node::string(text).to_json();
        TrustPolicy::from_json(format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{
                "Effect": "Allow", "Principal": {{ "AWS": "arn:aws:iam::111122223333:root" }}, "Action": "sts:AssumeRole",
                "Condition": {{ "StringEquals": {{ "sts:ExternalId": {text}, "aws:SourceAccount": "111122223333" }} }}
            }} }}"#
        ))
        .unwrap()
    })
}

fn settings() -> impl Strategy<Value = RoleSettings> {
    (
        text(),
        proptest::option::of("/[!-~]{0,12}[!-~&&[^/]]/"),
        "[a-zäK +/=@:.-]{0,9}",
    )
        .prop_map(|(text, path, tag)| {
            let description: String = text.chars().filter(|&character| character != '\u{7f}').collect();
            let mut settings = RoleSettings::new()
                .with_max_session_duration(SessionDuration::from_hours(4).unwrap())
                .with_permissions_boundary(PolicyArn::from_static("arn:aws:iam::111122223333:policy/eu-west-1"));
            if let Ok(description) = RoleDescription::new(description) {
                settings = settings.with_description(description);
            }
            if let Some(path) = path.and_then(|path| path.parse().ok()) {
                settings = settings.with_path(path);
            }
            for (key, value) in [("//", tag.as_str()), ("k", "eu-west-1"), (&format!("x{tag}"), "")] {
                settings = settings.with_tag(Tag::new(key, value).unwrap()).unwrap();
            }
            settings
        })
}

proptest! {
    #[test]
    fn whatever_a_role_says_is_read_back(
        settings in settings(),
        trust in trust(),
        policies in proptest::collection::vec(identity(), 0..3),
        names in proptest::sample::subsequence(vec![".", "..", "+=,.@-_", "a.b", "a_b", "1", "-a", "--"], 3),
    ) {
        let roles: Vec<Role> = names
            .iter()
            .map(|name| {
                let role = Role::new(RoleName::new(*name).unwrap(), trust.clone()).unwrap();
                let role = role.with_settings(settings.clone());
                let role = policies.iter().enumerate().fold(role, |role, (index, policy)| {
                    let name = format!("{}{index}", ["a.", "a_", "eu-west-"][index % 3]);
                    role.with_policy(PolicyName::new(name).unwrap(), policy.clone()).unwrap()
                });
                let attached = PolicyArn::from_static("arn:aws:iam::aws:policy/service-role/eu-west-1");
                role.with_managed_policy(attached).unwrap()
            })
            .collect();
        round_trips(&roles, &at(Region::from_static("eu-west-1"), "111122223333"));
    }
}
