use crate::check::expect::{dead, messages, table};
use crate::policy::Kind;

const AT: &str = "/Statement/0/Condition/StringEquals/aws:ResourceTag~1team";

/// A statement on everything with a condition on a resource's tag.
macro_rules! tagged {
    ($effect:literal, $element:literal: $actions:literal, $operator:literal) => {
        concat!(
            r#"{ "Effect": ""#,
            $effect,
            r#"", ""#,
            $element,
            r#"": "#,
            $actions,
            r#", "Resource": "*", "Condition": { ""#,
            $operator,
            r#"": { "aws:ResourceTag/team": "a" } } }"#
        )
    };
}

#[test]
fn actions_that_never_look_at_a_tag() {
    let allow = format!("ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE {AT}");
    let deny = format!("DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE {AT}");
    table(
        Kind::Identity,
        &[
            (
                tagged!("Allow", "Action": r#""ec2:DescribeInstances""#, "StringEquals"),
                &[&*allow],
            ),
            (
                tagged!("Allow", "Action": r#"["ec2:StartInstances", "ec2:DescribeInstances"]"#, "StringEquals"),
                &[&*allow],
            ),
            (
                tagged!("Allow", "Action": r#""ec2:Describe*Attribute*s""#, "StringEquals"),
                &[&*allow],
            ),
            (
                tagged!("Deny", "Action": r#"["logs:DeleteLogGroup", "logs:PutResourcePolicy"]"#, "StringEquals"),
                &[&*deny],
            ),
            (
                tagged!("Deny", "Action": r#""s3:ListAllMyBuckets""#, "StringEquals"),
                &[&*deny],
            ),
            (
                tagged!("Deny", "Action": r#""sqs:ListQueues""#, "StringEquals"),
                &[&*deny],
            ),
            // They look.
            (
                tagged!("Allow", "Action": r#"["ec2:StartInstances", "ec2:StopInstances"]"#, "StringEquals"),
                &[],
            ),
            (
                tagged!("Deny", "Action": r#""logs:DeleteLogGroup""#, "StringEquals"),
                &[],
            ),
            // Some of these look, and some services show the tags of what is being made.
            (tagged!("Allow", "Action": r#""ec2:*""#, "StringEquals"), &[]),
            (
                tagged!("Allow", "Action": r#""resource-groups:CreateGroup""#, "StringEquals"),
                &[],
            ),
            // Not a word on those that a request without tags meets.
            (
                tagged!("Allow", "Action": r#""ec2:DescribeInstances""#, "StringEqualsIfExists"),
                &[],
            ),
            (
                tagged!("Deny", "Action": r#""ec2:DescribeInstances""#, "StringNotEquals"),
                &[],
            ),
        ],
    );
}

#[test]
fn all_but_some_actions_by_a_tag() {
    table(
        Kind::Identity,
        &[
            (
                tagged!("Allow", "NotAction": r#""iam:*""#, "StringEquals"),
                &["ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE /Statement/0/NotAction"],
            ),
            (
                tagged!("Allow", "NotAction": r#"["iam:*", "sts:*"]"#, "StringLike"),
                &["ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE /Statement/0/NotAction"],
            ),
            (
                tagged!("Allow", "NotAction": r#"["ec2:*", "iam:*"]"#, "StringEqualsIgnoreCase"),
                &["ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE /Statement/0/NotAction"],
            ),
            (
                tagged!("Deny", "NotAction": r#""iam:*""#, "StringEquals"),
                &["DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE /Statement/0/NotAction"],
            ),
            (
                tagged!("Deny", "NotAction": r#"["iam:*", "sts:*"]"#, "StringLike"),
                &["DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE /Statement/0/NotAction"],
            ),
            (
                tagged!("Deny", "NotAction": r#""ec2:*""#, "StringEqualsIgnoreCase"),
                &["DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE /Statement/0/NotAction"],
            ),
            (tagged!("Allow", "NotAction": r#""iam:*""#, "StringEqualsIfExists"), &[]),
            (tagged!("Deny", "NotAction": r#""iam:*""#, "StringNotEquals"), &[]),
            (
                tagged!("Deny", "NotAction": r#""iam:*""#, "StringNotEqualsIfExists"),
                &[],
            ),
        ],
    );
}

#[test]
fn what_surely_never_works_is_dead() {
    let code = "ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE";
    let listing = tagged!("Allow", "Action": r#""ec2:DescribeInstances""#, "StringEquals");
    assert_eq!(dead(listing, Kind::Identity), [code]);
    // The reference has no tags on a database, and AWS's own policies count on its cluster's.
    let database = tagged!("Allow", "Action": r#""redshift:GetClusterCredentialsWithIAM""#, "StringEquals");
    assert!(dead(database, Kind::Identity).is_empty());
    // That it acts on no resource in a statement with ARNs is the one thing said of it.
    assert_eq!(
        dead(
            r#"{ "Effect": "Allow", "Action": ["ec2:StartInstances", "ec2:DescribeInstances"],
                 "Resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*",
                 "Condition": { "StringEquals": { "aws:ResourceTag/team": "a" } } }"#,
            Kind::Identity
        ),
        ["ACTION_NEEDS_STAR_RESOURCE"]
    );
}

#[test]
fn messages_say_what_to_move() {
    assert_eq!(
        messages(
            tagged!("Allow", "Action": r#"["ec2:StartInstances", "ec2:DescribeInstances", "ec2:DescribeVpcs"]"#, "StringEquals"),
            Kind::Identity
        ),
        "`aws:ResourceTag/team` is never present in requests for `ec2:DescribeInstances` and `ec2:DescribeVpcs` [ALLOW_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE]\n\
         = note: AWS accepts it, but the condition is never met, and the actions are never allowed, whatever the tags\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: move the actions to a separate statement, restricted by `Resource` where the action supports it"
    );
    assert_eq!(
        messages(
            tagged!("Deny", "Action": r#""s3:ListAllMyBuckets""#, "StringEquals"),
            Kind::Identity
        ),
        "`aws:ResourceTag/team` is never present in requests for `s3:ListAllMyBuckets` [DENY_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE]\n\
         = note: AWS accepts it, but the condition is never met, and the action is never denied, whatever the tags\n\
         = note: checked against AWS's service authorization reference of DATE\n\
         = help: remove the condition, and name the denied resources by ARN in `Resource`"
    );
    assert_eq!(
        messages(
            tagged!("Allow", "NotAction": r#""iam:*""#, "StringEquals"),
            Kind::Identity
        ),
        "`aws:ResourceTag/team` is never present in requests for many of the other actions [ALLOW_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE]\n\
         = note: AWS accepts it, but for those the condition is never met, and they are never allowed, nor are similar new actions\n\
         = help: list in `Action` the actions that depend on the tag"
    );
    assert_eq!(
        messages(
            tagged!("Deny", "NotAction": r#""iam:*""#, "StringEquals"),
            Kind::Identity
        ),
        "`aws:ResourceTag/team` is never present in requests for many of the other actions [DENY_NOTACTION_WITH_UNSUPPORTED_TAG_CONDITION_KEY_FOR_SERVICE]\n\
         = note: AWS accepts it, but for those the condition is never met, and they are never denied, nor are similar new actions\n\
         = help: list in `Action` the actions that depend on the tag"
    );
}
