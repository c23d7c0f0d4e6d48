#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::{Grouped, too_large};
use crate::check::facts::Size;
use crate::document::{Document, Member, Node, Text, Value};
use crate::policy::Kind;

/// A document that has this many characters without white space: `{"Id":"xxx"}`.
fn of_size(characters: usize) -> Document<'static> {
    let id = "x".repeat(characters - r#"{"Id":""}"#.len());
    Document::new(Node::built(Value::Object(vec![Member::built("Id", Node::string(id))])))
}

fn found(document: &Document<'_>, kind: Kind) -> Vec<(&'static str, bool)> {
    let found = too_large(document.root(), &Size::of(document.root()), kind);
    found
        .iter()
        .map(|finding| (finding.code().name(), finding.has_no_effect()))
        .collect()
}

#[test]
fn the_size_is_that_of_the_minified_document() {
    for json in [
        r#"{"a":[1,true,false,null,"x\"\\\n",{},[]],"é":-1.50}"#,
        r#"{ "Version" : "2012-10-17", "Statement" : [ { } , { } ] }"#,
        r#""\u0001""#,
    ] {
        let document = Document::read(json).unwrap();
        assert_eq!(
            Size::of(document.root()).characters,
            document.to_json().chars().count(),
            "{json}"
        );
    }
}

#[test]
fn a_hole_counts_by_its_least_length() {
    let text = Text::with_holes(
        "arn:<partition>:s3:::<bucket>/*",
        [(4..15, "aws", 3), (21..29, "example", 3)],
    );
    let size = Size::of(&Node::built(Value::String(text)));
    assert_eq!(size.characters, r#""arn:aws:s3:::abc/*""#.len());
    assert!(size.is_least);
}

#[test]
fn quotas() {
    for (kind, characters, expected) in [
        (Kind::Identity, 6_144, vec![]),
        (
            Kind::Identity,
            6_145,
            vec![("POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA", true)],
        ),
        (
            Kind::Identity,
            10_241,
            vec![("POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA", true)],
        ),
        (Kind::Trust, 2_048, vec![]),
        (
            Kind::Trust,
            2_049,
            vec![("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", true)],
        ),
        (
            Kind::Trust,
            8_193,
            vec![("POLICY_SIZE_EXCEEDS_ROLE_TRUST_POLICY_QUOTA", true)],
        ),
        (
            Kind::Session,
            2_049,
            vec![("POLICY_SIZE_EXCEEDS_SESSION_POLICY_QUOTA", true)],
        ),
        (Kind::ServiceControl, 10_240, vec![]),
        (
            Kind::ServiceControl,
            10_241,
            vec![("POLICY_SIZE_EXCEEDS_SCP_QUOTA", true)],
        ),
        (
            Kind::ResourceControl,
            5_121,
            vec![("POLICY_SIZE_EXCEEDS_RCP_QUOTA", true)],
        ),
        (Kind::Resource, 20_480, vec![]),
        (
            Kind::Resource,
            20_481,
            vec![("POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA", false)],
        ),
    ] {
        assert_eq!(found(&of_size(characters), kind), expected, "{kind} of {characters}");
    }
}

#[test]
fn the_message_has_both_numbers() {
    let message = |characters| {
        let document = of_size(characters);
        too_large(document.root(), &Size::of(document.root()), Kind::Identity).map(|found| format!("{found:#}"))
    };
    assert_eq!(
        message(10_241).as_deref(),
        Some(
            "the policy has 10,241 characters, but the inline policies of a role can have at most 10,240 \
             [POLICY_SIZE_EXCEEDS_IDENTITY_POLICY_QUOTA]\n\
             = note: white space does not count; AWS rejects a larger one when it is saved\n\
             = help: split it: a managed policy can have 6,144 characters, and the inline policies of a role can have 10,240 in total"
        )
    );
    assert_eq!(
        message(6_145).as_deref(),
        Some(
            "the policy has 6,145 characters, but a managed policy can have at most 6,144 \
             [POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA]\n\
             = note: white space does not count; AWS rejects a larger one when it is saved\n\
             = help: split it, or make it an inline policy of a role, whose inline policies can have 10,240 characters in total\n\
             = help: if it will be an inline policy of a role, allow POLICY_SIZE_EXCEEDS_MANAGED_POLICY_QUOTA for `IdentityPolicy`"
        )
    );
    assert_eq!(Grouped(1_000_007).to_string(), "1,000,007");
    assert_eq!(Grouped(7).to_string(), "7");
}
