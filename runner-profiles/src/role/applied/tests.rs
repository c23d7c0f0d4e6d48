#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use policy_core::names::{AccountId, PolicyName, Region};
use policy_core::policy::IdentityPolicy;
use policy_core::policy::StatementRef;
use policy_core::policy::build::Statement;

use crate::{
    Bucket, Hybrid, Role, RoleDescription, RoleError, RolePart, RoleSettings, RunnerName, S3Bucket, SessionDuration,
    Tag,
};

fn preset() -> Role {
    let name = RunnerName::new("maia-prod").unwrap();
    let region = Region::from_static("eu-west-1");
    let staging: S3Bucket = "maia-staging".parse().unwrap();
    Hybrid::new(
        name,
        region,
        AccountId::from_static("111122223333"),
        Hybrid::DEFAULT_PLATFORM_SECRET,
    )
    .with_staging_bucket(Bucket::new(staging))
    .task_role()
    .unwrap()
}

/// A role made by hand: an old form of the preset, a user's statement in its policy, and a policy of theirs.
fn existing() -> Role {
    let trust = r#"{ "Version": "2012-10-17", "Statement": [
        { "Sid": "EcsTasksAssumeTaskRole", "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" },
        { "Sid": "Debug", "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/admin" }, "Action": "sts:AssumeRole" }] }"#;
    let own = r#"{ "Version": "2008-10-17", "Statement": [
        { "Sid": "UseStagingObjects", "Effect": "Allow", "Action": "s3:*", "Resource": "*" },
        { "Effect": "Allow", "Action": ["secretsmanager:ListSecrets"], "Resource": ["*"] },
        { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }] }"#;
    let settings = RoleSettings::new()
        .with_path("/data/".parse().unwrap())
        .with_description(RoleDescription::new("by hand").unwrap())
        .with_max_session_duration(SessionDuration::from_hours(2).unwrap())
        .with_permissions_boundary("arn:aws:iam::111122223333:policy/edge".parse().unwrap())
        .with_tag(Tag::new("Team", "old").unwrap())
        .unwrap()
        .with_tag(Tag::new("cost", "7").unwrap())
        .unwrap();
    Role::existing("matillion", trust)
        .unwrap()
        .with_existing_policy("MAIA-prod-task", own)
        .unwrap()
        .with_existing_policy(
            "sqs",
            r#"{ "Statement": { "Effect": "Deny", "Action": "sqs:*", "Resource": "*" } }"#,
        )
        .unwrap()
        .with_managed_policy("arn:aws:iam::aws:policy/SecurityAudit".parse().unwrap())
        .unwrap()
        .with_settings(settings)
}

#[test]
fn the_preset_replaces_what_is_its_own_and_all_else_stays() {
    let settings = RoleSettings::new()
        .with_path("/runners/".parse().unwrap())
        .with_description(RoleDescription::new("by program").unwrap())
        .with_tag(Tag::new("team", "data").unwrap())
        .unwrap();
    let preset = preset().with_settings(settings);
    let role = preset.applied_to(&existing()).unwrap();

    assert_eq!(role.name().as_str(), "matillion");
    let names: Vec<&str> = role.policies().iter().map(|inline| inline.name.as_str()).collect();
    assert_eq!(names, ["MAIA-prod-task", "sqs"]);
    let statements: Vec<String> = role.policies()[0]
        .policy
        .statements()
        .map(StatementRef::to_json)
        .collect();
    let own = preset.policies()[0].policy.statements().map(StatementRef::to_json);
    let expected: Vec<String> = own
        .chain([r#"{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}"#.to_owned()])
        .collect();
    assert_eq!(statements, expected);
    let sids: Vec<_> = role.trust().statements().filter_map(StatementRef::sid).collect();
    assert_eq!(sids, ["EcsTasksAssumeTaskRole", "Debug"]);
    assert!(role.trust().to_json().contains("aws:SourceAccount"), "{}", role.trust());
    assert_eq!(role.attached_policies(), existing().attached_policies());

    let settings = role.settings();
    let tags: Vec<String> = settings.tags().iter().map(Tag::to_string).collect();
    assert_eq!(tags, ["team=data", "cost=7"]);
    assert_eq!(
        (
            settings.path().unwrap().as_str(),
            settings.description().unwrap().as_str()
        ),
        ("/data/", "by program")
    );
    assert_eq!(settings.max_session_duration().unwrap().seconds(), 7_200);
    assert!(settings.permissions_boundary().is_some());

    // What is left is what the user has beyond the preset.
    let drift = preset.drift_from(&role);
    assert!(
        drift.changed().iter().all(|changed| match changed.part {
            RolePart::Name | RolePart::Path | RolePart::MaxSessionDuration => true,
            _ => changed.missing.is_empty() && !changed.more.is_empty(),
        }),
        "{drift}"
    );
    // Applied again, nothing changes.
    assert!(preset.applied_to(&role).unwrap().drift_from(&role).is_empty());
    assert_eq!(preset.applied_to(&role).unwrap().to_json(), role.to_json());
}

#[test]
fn statements_extend_the_policy_of_the_preset_or_are_a_new_one() {
    let statement = || {
        Statement::allow(["s3:ListAllMyBuckets"])
            .sid("Buckets")
            .resources(["*"])
    };
    let role = preset()
        .with_statements("maia-prod-task".parse().unwrap(), [statement()])
        .unwrap();
    assert_eq!(
        (role.policies().len(), role.policies()[0].policy.statements().len()),
        (1, 4)
    );
    let role = role.with_statements("mine".parse().unwrap(), [statement()]).unwrap();
    assert_eq!(
        (role.policies().len(), role.policies()[1].policy.statements().len()),
        (2, 1)
    );
    assert_eq!(role.clone().with_statements("none".parse().unwrap(), []).unwrap(), role);

    let broken = role
        .with_statements("mine".parse().unwrap(), [Statement::allow(["s3:ListAllMyBuckets"])])
        .unwrap_err();
    assert!(matches!(broken, RoleError::Statements { .. }), "{broken:?}");
    assert_eq!(
        broken.to_string(),
        "the statements for the policy `mine`: /Statement/0: the statement has no `Resource` [MISSING_RESOURCE]"
    );
}

#[test]
fn a_sid_that_is_taken_gets_a_number() {
    let statement = |sid: &str, action: &str| Statement::allow([action]).sid(sid).resources(["*"]);
    let task = "maia-prod-task".parse::<PolicyName>().unwrap();
    let taken = preset().policies()[0]
        .policy
        .statements()
        .next()
        .unwrap()
        .sid()
        .unwrap()
        .to_owned();
    let more = [statement(&taken, "sqs:ListQueues"), statement(&taken, "sns:ListTopics")];
    for name in [task, "mine".parse().unwrap()] {
        let role = preset().with_statements(name.clone(), more.clone()).unwrap();
        let inline = role.policies().iter().find(|inline| inline.name == name).unwrap();
        let sids: Vec<&str> = inline.policy.statements().filter_map(StatementRef::sid).collect();
        let unique: std::collections::HashSet<&str> = sids.iter().copied().collect();
        assert_eq!(unique.len(), sids.len(), "{sids:?}");
        let twos = sids.iter().filter(|sid| sid.starts_with(&*taken)).count();
        assert_eq!(twos, if name.as_str() == "mine" { 2 } else { 3 }, "{sids:?}");
        assert!(
            role.findings()
                .iter()
                .all(|(_, finding)| finding.code().name() != "UNIQUE_SIDS_REQUIRED")
        );
        // Once more changes nothing.
        assert_eq!(role.clone().with_statements(name, more.clone()).unwrap(), role);
    }
}

#[test]
fn statements_with_variables_do_not_join_a_policy_of_the_older_version() {
    let older: IdentityPolicy = r#"{ "Version": "2008-10-17", "Statement": [
        { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/${x}" }] }"#
        .parse()
        .unwrap();
    let role = preset().with_policy("home".parse().unwrap(), older).unwrap();
    let own = Statement::allow(["s3:GetObject"]).resources(["arn:aws:s3:::home/${aws:username}/*"]);
    let error = role.with_statements("home".parse().unwrap(), [own]).unwrap_err();
    assert!(matches!(error, RoleError::OtherVersion { .. }), "{error:?}");
}

#[test]
fn policies_with_variables_of_other_versions_are_not_joined() {
    let of = |version: &str, sid: &str| -> IdentityPolicy {
        let resource = "arn:aws:s3:::home/${aws:username}/*";
        format!(r#"{{ "Version": "{version}", "Statement": {{ "Sid": "{sid}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "{resource}" }} }}"#)
            .parse()
            .unwrap()
    };
    let role = |version: &str, sid: &str| preset().with_policy("home".parse().unwrap(), of(version, sid)).unwrap();
    let error = role("2012-10-17", "A")
        .applied_to(&role("2008-10-17", "B"))
        .unwrap_err();
    let told = error.to_string();
    assert!(
        told.starts_with("home: both policies have `${`, which starts a policy variable only in version 2012-10-17"),
        "{told}"
    );
    // The statement of the same `Sid` is replaced, and nothing is joined.
    assert!(role("2012-10-17", "A").applied_to(&role("2008-10-17", "A")).is_ok());
}

#[test]
fn a_deny_of_the_same_sid_stays() {
    let denying = |effect: &str| -> IdentityPolicy {
        format!(
            r#"{{ "Version": "2012-10-17", "Statement": {{ "Sid": "A", "Effect": "{effect}", "Action": "s3:*", "Resource": "*" }} }}"#
        )
        .parse()
        .unwrap()
    };
    let role = |effect: &str| preset().with_policy("home".parse().unwrap(), denying(effect)).unwrap();
    let effects = |existing: &str| -> Vec<String> {
        let applied = role("Allow").applied_to(&role(existing)).unwrap();
        let home = applied
            .policies()
            .iter()
            .find(|inline| inline.name.as_str() == "home")
            .unwrap();
        home.policy
            .statements()
            .map(|statement| statement.effect().to_string())
            .collect()
    };
    assert_eq!(effects("Deny"), ["Allow", "Deny"]);
    assert_eq!(effects("Allow"), ["Allow"]);
}
