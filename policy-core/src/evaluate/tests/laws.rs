//! What holds of any policies and requests.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::super::Outcome;
use super::plain;
use super::{authorizer, policy, request};

const ACTIONS: &[&str] = &[
    "*",
    "s3:*",
    "S3:Get*",
    "s3:GetObject",
    "s3:?etObject",
    "s3:Put*",
    "sqs:*",
    "sqs:SendMessage",
];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::b/a*c*e",
    "arn:aws:s3:::b/?",
    "arn:aws:s3:::${aws:username}/*",
    "arn:aws:s3:::b/${aws:PrincipalTag/team, 'x'}",
    "arn:aws:s3:::b/${aws:PrincipalTag/team}",
    "arn:aws:s3:::b/${*}",
];
const ASKED: &[&str] = &[
    "arn:aws:s3:::b/x",
    "arn:aws:s3:::b/abcde",
    "arn:aws:s3:::b/*",
    "arn:aws:s3:::alice/x",
    "arn:aws:s3:::c/x",
];
const OPERATORS: &[&str] = &[
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
];
const VALUES: &[&str] = &["a", "A", "a*", "?", "", "${aws:username}", "alice"];
const SENT: &[&str] = &["a", "A", "ab", "", "alice", "*"];

pub(super) fn statement(effect: &'static str) -> impl Strategy<Value = String> {
    let list = |of: &'static [&'static str]| proptest::collection::vec(select(of), 1..3);
    let condition = (
        select(&["", "ForAnyValue:", "ForAllValues:"][..]),
        select(OPERATORS),
        select(&["", "IfExists"][..]),
        list(VALUES),
    );
    let condition = proptest::option::of(condition);
    let actions = (prop::bool::weighted(0.2), list(ACTIONS));
    let resources = (prop::bool::weighted(0.2), list(RESOURCES));
    (actions, resources, condition).prop_map(move |((not_action, actions), (not_resource, resources), condition)| {
        let not = |not| if not { "Not" } else { "" };
        let condition = condition.map_or(String::new(), |(qualifier, operator, if_exists, values)| {
            let qualified = format!("{qualifier}{operator}{if_exists}");
            format!(r#", "Condition": {{ "{qualified}": {{ "aws:TagKeys": {values:?} }} }}"#)
        });
        format!(
            r#"{{ "Effect": "{effect}", "{}Action": {actions:?}, "{}Resource": {resources:?}{condition} }}"#,
            not(not_action),
            not(not_resource),
        )
    })
}

fn statements() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(prop_oneof![2 => statement("Allow"), 1 => statement("Deny")], 1..6)
}

pub(super) fn asked() -> impl Strategy<Value = super::Request> {
    let sent = proptest::option::of(proptest::collection::vec(select(SENT), 0..3));
    let team = proptest::option::of(select(SENT));
    let action = select(&["s3:GetObject", "s3:getobject", "s3:PutObject", "sqs:SendMessage"][..]);
    (action, select(ASKED), sent, team).prop_map(|(action, resource, sent, team)| {
        let mut request = request(action, resource);
        if let Some(sent) = sent {
            request = request.with_all("aws:TagKeys", sent);
        }
        if let Some(team) = team {
            request = request.with("aws:PrincipalTag/team", team);
        }
        request
    })
}

proptest! {
    #[test]
    fn a_deny_more_widens_nothing(statements in statements(), deny in statement("Deny"), request in asked()) {
        let more: Vec<String> = statements.iter().cloned().chain([deny]).collect();
        if authorizer(&[policy(&more)]).ask(&request).is_allowed() {
            prop_assert!(authorizer(&[policy(&statements)]).ask(&request).is_allowed());
        }
    }

    #[test]
    fn an_allow_more_narrows_nothing(statements in statements(), allow in statement("Allow"), request in asked()) {
        let more: Vec<String> = statements.iter().cloned().chain([allow]).collect();
        if authorizer(&[policy(&statements)]).ask(&request).is_allowed() {
            prop_assert!(authorizer(&[policy(&more)]).ask(&request).is_allowed());
        }
    }

    #[test]
    fn neither_order_nor_the_policy_of_a_statement_matters(
        (statements, shuffled) in statements().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        at in any::<Index>(),
        request in asked(),
    ) {
        let (some, others) = shuffled.split_at(at.index(shuffled.len()));
        let policies = [policy(some), policy(others)];
        let whole = authorizer(&[policy(&statements)]);
        prop_assert_eq!(authorizer(&policies).ask(&request).outcome(), whole.ask(&request).outcome());
    }

    #[test]
    fn the_plain_reading_says_the_same(statements in statements(), request in asked()) {
        let policy = policy(&statements);
        let expected = plain::outcome(&policy, &request);
        let authorizer = authorizer(std::slice::from_ref(&policy));
        let said: Outcome = authorizer.ask(&request).outcome();
        prop_assert_eq!(said, expected, "{}\n{}", policy, authorizer.explain(&request));
    }
}
