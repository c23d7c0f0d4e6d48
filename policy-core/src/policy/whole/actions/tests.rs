#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::catalogue::{Service, actions_matching, services};
use crate::policy::build::Statement;
use crate::policy::{IdentityPolicy, Wildcards};

fn policy(actions: &[&str]) -> IdentityPolicy {
    let actions: Vec<String> = actions.iter().map(|action| (*action).to_owned()).collect();
    let statement = Statement::allow(crate::policy::NonEmpty::try_from(actions).unwrap()).resources(["*"]);
    IdentityPolicy::builder().statement(statement).build().unwrap()
}

fn actions(policy: &IdentityPolicy) -> Vec<String> {
    policy
        .statements()
        .flat_map(|statement| statement.actions().values())
        .map(str::to_owned)
        .collect()
}

#[test]
fn wildcards_are_written_out_once_and_the_rest_stays() {
    let expanded = policy(&[
        "S3:getobject",
        "sqs:Tag*",
        "s3:Nothing*",
        "s*:GetObject",
        "SQS:tagqueue",
    ])
    .expand_actions();
    assert_eq!(
        actions(&expanded),
        ["S3:getobject", "sqs:TagQueue", "s3:Nothing*", "s*:GetObject"]
    );
    let not = IdentityPolicy::builder()
        .statement(Statement::deny_except(["s3:*"]).resources(["*"]))
        .build()
        .unwrap();
    assert_eq!(not.expand_actions().text(), not.text());
    assert_eq!(
        actions(&policy(&["*"]).expand_actions()).len(),
        services().flat_map(Service::actions).count()
    );
}

#[test]
fn a_wildcard_matches_nothing_but_what_was_given() {
    for patterns in [
        &["s3:Get*", "sqs:*"][..],
        &["*"],
        &["iam:*Role*"],
        &["ec2:Describe*", "ec2:CreateTags", "kms:Decrypt"],
    ] {
        let expanded = policy(patterns).expand_actions();
        let given = actions(&expanded);
        let shrunk = expanded.shrink_actions(Wildcards::AtTheEnd);
        assert!(actions(&shrunk).len() < given.len(), "{patterns:?}");
        let mut again = actions(&shrunk.expand_actions());
        let mut given = given.clone();
        again.sort();
        given.sort();
        assert_eq!(again, given, "{patterns:?}");
        assert_eq!(shrunk.expand_actions().shrink_actions(Wildcards::AtTheEnd), shrunk);
        assert_eq!(expanded.shrink_actions(Wildcards::Listed(&[])), expanded);
    }
    // The last of them missing, there is no wildcard for all.
    let mut most: Vec<String> = actions_matching("sqs:*").map(|action| action.qualified()).collect();
    most.pop();
    let most: Vec<&str> = most.iter().map(String::as_str).collect();
    let shrunk = actions(&policy(&most).shrink_actions(Wildcards::AtTheEnd));
    assert!(
        !shrunk.contains(&"sqs:*".to_owned()) && shrunk.len() < most.len(),
        "{shrunk:?}"
    );
    assert_eq!(
        policy(&most).shrink_actions(Wildcards::Listed(&["sqs:*", "sqs:Nothing*"])),
        policy(&most)
    );
}

#[test]
fn patterns_of_the_policy_stay_and_take_in_what_they_cover() {
    let shrunk = policy(&[
        "s3:GetObject",
        "sqs:SendMessage",
        "S3:get*",
        "s3:*",
        "s3:Nothing*",
        "x*",
    ])
    .shrink_actions(Wildcards::Listed(&[]));
    assert_eq!(actions(&shrunk), ["s3:*", "sqs:SendMessage", "x*"]);
}

#[test]
fn of_patterns_that_cover_each_other_the_shortest_stays() {
    for (given, expected) in [
        (&["s3:Get*?", "s3:Get?*"][..], "s3:Get*?"),
        (&["s3:Get**", "s3:Get*", "s3:GetObject"], "s3:Get*"),
        (&["S3:get?*", "s3:GetObject", "s3:Get*?*"], "S3:get?*"),
    ] {
        assert_eq!(
            actions(&policy(given).shrink_actions(Wildcards::Listed(&[]))),
            [expected]
        );
    }
    // A wildcard that may be written covers them.
    let either = policy(&["s3:Get*?", "s3:Get?*"]);
    assert_eq!(actions(&either.shrink_actions(Wildcards::AtTheEnd)), ["s3:Get*"]);
    assert_eq!(
        actions(&either.shrink_actions(Wildcards::Listed(&["s3:Get*"]))),
        ["s3:Get*"]
    );
}

/// An action is not a wildcard, in whichever case.
#[test]
fn an_action_that_is_listed_as_a_wildcard_changes_nothing() {
    let policy = policy(&["s3:GetObject", "sqs:sendMessage"]);
    assert_eq!(
        policy.shrink_actions(Wildcards::Listed(&["S3:getobject", "sqs:SendMessage"])),
        policy
    );
}

#[test]
fn what_has_not_the_form_of_an_action_stays() {
    let malformed = [
        " sqs:SendMessage",
        "sqs:send message",
        "sqsSendMessage",
        "s*:Send*",
        "sqs:sqs:Send*",
        "sqs :*",
        ":*",
        "sqs:",
    ];
    let written: Vec<&str> = malformed.iter().copied().chain(["sqs:*"]).collect();
    let policy = policy(&written);
    for wildcards in [
        Wildcards::AtTheEnd,
        Wildcards::Listed(&["*", "s*:Send*", "sqs :*", "sqs:*"]),
        Wildcards::Listed(&[]),
    ] {
        assert_eq!(policy.shrink_actions(wildcards), policy);
        let again = policy.expand_actions().shrink_actions(wildcards);
        assert!(actions(&again).starts_with(&malformed.map(str::to_owned)), "{again}");
    }
    let sqs = self::policy(&["sqs:*"]).expand_actions();
    assert_eq!(sqs.shrink_actions(Wildcards::Listed(&["sqs*:*", "sqs :*"])), sqs);
}
