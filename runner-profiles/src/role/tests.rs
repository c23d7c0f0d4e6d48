#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use policy_core::names::{PolicyArn, PolicyName, RoleName};
use policy_core::policy::build::Statement;
use policy_core::policy::{Comparison, IdentityPolicy, NonEmpty, TrustPolicy};

use super::{Role, RoleDescription, RoleSettings, SessionDuration, Tag, TagError};
use crate::RoleError;

fn role() -> Role {
    let trust = r#"{ "Version": "2012-10-17", "Statement": [
        { "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] }"#;
    Role::new(RoleName::from_static("loader"), TrustPolicy::from_json(trust).unwrap()).unwrap()
}

fn name(name: &'static str) -> PolicyName {
    PolicyName::from_static(name)
}

fn some(texts: impl Iterator<Item = String>) -> NonEmpty<String> {
    texts.collect::<Vec<String>>().try_into().unwrap()
}

/// A statement for each of the counts, with so many objects.
fn reading(bucket: &str, counts: &[usize]) -> IdentityPolicy {
    let statements = counts.iter().map(|&count| {
        let objects = (0..count).map(|index| format!("arn:aws:s3:::{bucket}/{count:04}/{index:04}"));
        Statement::allow(["s3:GetObject", "s3:GetObjectVersion"])
            .sid(format!("Read{count}"))
            .resources(some(objects))
            .condition(Comparison::Bool, "aws:SecureTransport", ["true"])
    });
    IdentityPolicy::builder().statements(statements).build().unwrap()
}

/// The sizes of the inline policies and those of the managed ones.
fn sizes(role: &Role) -> (Vec<usize>, Vec<usize>) {
    (
        role.policies()
            .iter()
            .map(|inline| inline.policy.characters())
            .collect(),
        role.managed_policies()
            .iter()
            .map(|managed| managed.policy.characters())
            .collect(),
    )
}

/// Each statement's `Resource` by its `Sid`, over all policies of the role.
fn resources(role: &Role) -> Vec<(String, String)> {
    let inline = role.policies().iter().map(|inline| &inline.policy);
    let managed = role.managed_policies().iter().map(|managed| &managed.policy);
    let mut all = Vec::new();
    for policy in inline.chain(managed) {
        for statement in policy.document().root().member("Statement").unwrap().as_list() {
            let sid = statement.member("Sid").unwrap().to_json();
            assert!(statement.member("Condition").is_some(), "{}", policy.to_json());
            let resources = statement.member("Resource").unwrap().as_list();
            all.extend(resources.iter().map(|resource| (sid.clone(), resource.to_json())));
        }
    }
    all.sort();
    all
}

#[test]
fn within_the_quota_all_is_inline() {
    let role = role().with_policy(name("a"), reading("a", &[130])).unwrap();
    let role = role.with_policy(name("b"), reading("b", &[100])).unwrap();
    let (inline, managed) = sizes(&role);
    assert!(inline.iter().sum::<usize>() <= 10_240, "{inline:?}");
    assert_eq!((inline.len(), managed.len()), (2, 0));
}

#[test]
fn beyond_it_the_longest_becomes_a_managed_policy_whole() {
    let role = role().with_policy(name("a"), reading("a", &[130])).unwrap();
    let role = role.with_policy(name("b"), reading("b", &[190])).unwrap();
    let role = role.with_policy(name("c"), reading("c", &[100])).unwrap();
    let inline: Vec<&str> = role.policies().iter().map(|inline| inline.name.as_str()).collect();
    let managed: Vec<&str> = role
        .managed_policies()
        .iter()
        .map(|managed| managed.name.as_str())
        .collect();
    assert_eq!((inline, managed), (vec!["a", "c"], vec!["loader-b"]));
    assert_eq!(role.managed_policies()[0].policy, reading("b", &[190]));
}

#[test]
fn what_is_longer_than_a_managed_policy_is_divided_and_nothing_is_lost() {
    let counts = [10, 3, 700, 1, 150, 40];
    let role = role().with_policy(name("a"), reading("a", &counts)).unwrap();
    let (inline, managed) = sizes(&role);
    assert!(inline.is_empty(), "{inline:?}");
    assert!(managed.iter().all(|&size| size <= 6_144), "{managed:?}");
    assert_eq!(managed.len(), 5, "as few as will do: {managed:?}");
    let names: Vec<&str> = role
        .managed_policies()
        .iter()
        .map(|managed| managed.name.as_str())
        .collect();
    assert_eq!((names[0], names[4]), ("loader-a-1", "loader-a-5"));

    let wanted = counts.iter().flat_map(|count| {
        (0..*count).map(move |index| {
            (
                format!("\"Read{count}\""),
                format!("\"arn:aws:s3:::a/{count:04}/{index:04}\""),
            )
        })
    });
    let mut wanted: Vec<(String, String)> = wanted.collect();
    wanted.sort();
    assert_eq!(resources(&role), wanted);
}

#[test]
fn many_actions_are_divided_as_many_resources_are() {
    let actions = some((0..700).map(|index| format!("s3:GetObject{index:05}")));
    let policy = IdentityPolicy::builder().statement(Statement::allow(actions).resources(["*"]));
    let role = role().with_policy(name("a"), policy.build().unwrap()).unwrap();
    assert_eq!(role.managed_policies().len(), 3);
}

#[test]
fn what_cannot_be_divided_is_refused() {
    let long = some((0..700).map(|index| format!("value-number-{index:04}")));
    let policy =
        IdentityPolicy::builder().statement(Statement::allow(["s3:ListAllMyBuckets"]).resources(["*"]).condition(
            Comparison::StringEquals,
            "aws:PrincipalTag/team",
            long,
        ));
    let refused = role().with_policy(name("a"), policy.build().unwrap());
    assert!(matches!(refused, Err(RoleError::PoliciesTooLong { .. })), "{refused:?}");
}

#[test]
fn no_more_managed_policies_than_a_role_may_have() {
    let refused = role().with_policy(name("a"), reading("a", &[3_000]));
    assert!(
        matches!(refused, Err(RoleError::TooManyManagedPolicies { .. })),
        "{refused:?}"
    );

    let mut role = role();
    for index in 0..10 {
        let arn = PolicyArn::new(format!("arn:aws:iam::aws:policy/p{index}")).unwrap();
        role = role
            .with_managed_policy(arn.clone())
            .unwrap()
            .with_managed_policy(arn)
            .unwrap();
    }
    let eleventh = PolicyArn::from_static("arn:aws:iam::aws:policy/p10");
    let error = role.clone().with_managed_policy(eleventh).unwrap_err();
    assert_eq!(
        error,
        RoleError::TooManyManagedPolicies {
            role: RoleName::from_static("loader"),
            policies: 11
        },
    );
    let error = role.with_policy(name("a"), reading("a", &[500])).unwrap_err();
    assert!(matches!(error, RoleError::TooManyManagedPolicies { .. }), "{error}");
}

#[test]
fn what_is_not_set_is_not_in_the_json_and_what_is_set_is() {
    let plain = role().to_json();
    assert!(
        plain.starts_with(r#"{"RoleName":"loader","AssumeRolePolicyDocument":{"#),
        "{plain}"
    );
    assert!(plain.ends_with(r#","Policies":[]}"#), "{plain}");

    let settings = RoleSettings::new()
        .with_path("/runners/".parse().unwrap())
        .with_description(RoleDescription::new("Loads").unwrap())
        .with_tag(Tag::new("team", "").unwrap())
        .unwrap()
        .with_max_session_duration(SessionDuration::from_hours(2).unwrap())
        .with_permissions_boundary("arn:aws:iam::111122223333:policy/b".parse().unwrap());
    let role = role()
        .with_settings(settings)
        .with_managed_policy("arn:aws:iam::aws:policy/p".parse().unwrap())
        .unwrap();
    let json = role.to_json();
    assert!(
        json.starts_with(r#"{"RoleName":"loader","Path":"/runners/","Description":"Loads","AssumeRole"#),
        "{json}"
    );
    let rest = concat!(
        r#","Policies":[],"ManagedPolicyArns":["arn:aws:iam::aws:policy/p"],"MaxSessionDuration":7200,"#,
        r#""PermissionsBoundary":"arn:aws:iam::111122223333:policy/b","Tags":[{"Key":"team","Value":""}]}"#,
    );
    assert!(json.ends_with(rest), "{json}");
    assert_eq!(Role::from_json(&json).unwrap().to_json(), json);
}

#[test]
fn a_role_is_read_back_from_the_json_that_it_is_written_as() {
    let inline = role().with_policy(name("a"), reading("a", &[3])).unwrap();
    let managed = inline
        .clone()
        .with_policy(name("b"), reading("b", &[700, 150]))
        .unwrap()
        .with_policy(name("c"), reading("c", &[100]))
        .unwrap();
    assert!(!managed.policies().is_empty() && managed.managed_policies().len() > 1);
    for written in [&inline, &managed] {
        for json in [written.to_json(), written.to_json_pretty()] {
            let read = Role::from_json(&json).unwrap();
            assert_eq!(read.to_json(), written.to_json());
            assert!(written.drift_from(&read).is_empty(), "{}", written.drift_from(&read));
        }
    }
    let both = Role::all_from_json(&Role::all_to_json_pretty(&[inline, managed])).unwrap();
    assert_eq!(both.len(), 2);
    let twice = r#""Policies":[{"PolicyName":"a","PolicyDocument":{"Version":"2012-10-17","Statement":[]}}]"#;
    let twice = both[0]
        .to_json()
        .replace(r#""Policies":"#, &format!("{twice},\"RolePolicyList\":"));
    assert!(Role::from_json(&twice).is_err());
}

#[test]
fn tags_are_what_iam_takes() {
    for (text, why) in [
        ("=x", TagError::Empty),
        ("team", TagError::NoValue),
        ("AWS:team=x", TagError::Reserved),
        ("te*m=x", TagError::Character('*')),
        ("te\u{200b}m=x", TagError::Character('\u{200b}')),
    ] {
        let key = text.split('=').next().unwrap().to_owned();
        assert_eq!(text.parse::<Tag>(), Err(RoleError::TagKey { key, why }), "{text}");
    }
    assert!(matches!(
        "team=a;b".parse::<Tag>(),
        Err(RoleError::TagValue {
            why: TagError::Character(';'),
            ..
        })
    ));
    assert!(Tag::new("k".repeat(128), "v".repeat(256)).is_ok());
    assert!(matches!(
        Tag::new("k".repeat(129), ""),
        Err(RoleError::TagKey {
            why: TagError::TooLong(129),
            ..
        })
    ));
    assert!(matches!(
        Tag::new("k", "v".repeat(257)),
        Err(RoleError::TagValue {
            why: TagError::TooLong(257),
            ..
        })
    ));
    assert_eq!("équipe=données=1".parse::<Tag>().unwrap().value(), "données=1");

    let team = || Tag::new("team", "data").unwrap();
    let error = RoleSettings::new()
        .with_tag(team())
        .unwrap()
        .with_tag(Tag::new("Team", "data").unwrap())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the tags `team` and `Team` are the same to IAM, which ignores the case of keys; remove one"
    );
    let mut settings = RoleSettings::new();
    for index in 0..50 {
        settings = settings.with_tag(Tag::new(format!("k{index}"), "").unwrap()).unwrap();
    }
    assert_eq!(settings.with_tag(team()), Err(RoleError::TooManyTags));
}

#[test]
fn descriptions_and_sessions_have_their_bounds() {
    assert!(RoleDescription::new("é".repeat(1_000)).is_ok());
    assert_eq!(
        RoleDescription::new("x".repeat(1_001)),
        Err(RoleError::DescriptionTooLong { characters: 1_001 })
    );
    assert_eq!(
        RoleDescription::new("a\u{7f}"),
        Err(RoleError::DescriptionCharacter { character: '\u{7f}' })
    );
    for (seconds, taken) in [(3_599, false), (3_600, true), (43_200, true), (43_201, false)] {
        assert_eq!(SessionDuration::from_seconds(seconds).is_ok(), taken, "{seconds}");
    }
}
