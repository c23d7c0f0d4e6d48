#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

use policy_core::document::{Document, Node, Value};
use policy_core::names::{AccountId, KmsKeyId, Region, SecretName};
use policy_core::policy::StatementRef;
use policy_core::policy::build::Statement;

use crate::{Bucket, Hybrid, Role, RolePart, RoleSettings, RunnerName, Streaming, Tag};

fn hybrid() -> Hybrid {
    Hybrid::new(
        RunnerName::new("maia-prod").unwrap(),
        Region::from_static("eu-west-1"),
        AccountId::from_static("111122223333"),
        Hybrid::DEFAULT_PLATFORM_SECRET,
    )
    .with_pipeline_secret(SecretName::from_static("snowflake-password"))
    .with_pipeline_key(KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab"))
    .with_staging_bucket(Bucket::new("maia-staging".parse::<crate::S3Bucket>().unwrap()))
}

/// The role as an export has it, with each statement in an inline policy of its own, lists in reverse, scalars as lists, and other
/// cases.
fn respelt(role: &Role) -> String {
    let respelt = |policy: String| {
        policy
            .replace(
                "\"Action\":\"secretsmanager:ListSecrets\"",
                "\"Action\":[\"SecretsManager:listsecrets\"]",
            )
            .replace("\"s3:GetObject\",\"s3:PutObject\"", "\"s3:PutObject\",\"s3:GetObject\"")
            .replace("\"Sid\":\"ListSecretNames\",", "")
            .replace("kms:ViaService", "KMS:viaservice")
            .replace("\"2012-10-17\"", "\"2008-10-17\"")
    };
    let policies: Vec<String> = role
        .policies()
        .iter()
        .flat_map(|inline| inline.policy.statements().map(StatementRef::to_json))
        .enumerate()
        .map(|(index, statement)| {
            let policy = respelt(format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#));
            format!(r#"{{ "PolicyName": "part-{index}", "PolicyDocument": {policy} }}"#)
        })
        .collect();
    format!(
        r#"{{ "RoleDetailList": [{{ "RoleName": "{}", "Path": "/", "AssumeRolePolicyDocument": {}, "RolePolicyList": [{}], "AttachedManagedPolicies": [] }}] }}"#,
        role.name(),
        role.trust().to_json(),
        policies.join(",")
    )
}

#[test]
fn the_same_role_written_otherwise_is_no_drift() {
    for role in hybrid().roles().unwrap() {
        let existing = Role::from_json(&respelt(&role)).unwrap();
        assert_ne!(role, existing);
        let drift = role.drift_from(&existing);
        assert!(drift.is_empty(), "{drift}");
        assert_eq!(drift.to_string(), "");
        assert!(existing.drift_from(&role).is_empty());
    }
}

/// Of patterns that cover each other one counts.
#[test]
fn a_statement_of_patterns_that_cover_each_other_is_a_right() {
    let preset = hybrid().task_role().unwrap();
    for (more, same) in [
        (
            Statement::allow(["iam:*", "iam:**"]).resources(["*"]),
            Statement::allow(["iam:*"]).resources(["*"]),
        ),
        (
            Statement::deny(["s3:*"]).resources(["arn:aws:s3:::a/*", "arn:aws:s3:::a/**"]),
            Statement::deny(["s3:*"]).resources(["arn:aws:s3:::a/*"]),
        ),
    ] {
        let [changed, same] = [more, same].map(|statement| {
            let role = hybrid().task_role().unwrap();
            role.with_statements("more".parse().unwrap(), [statement]).unwrap()
        });
        let (missing, more) = (changed.drift_from(&preset), preset.drift_from(&changed));
        let permissions = |drift: &super::Drift| drift.of(RolePart::Permissions).cloned().unwrap();
        assert_eq!(
            (permissions(&missing).missing.len(), permissions(&missing).more.len()),
            (1, 0)
        );
        assert_eq!(
            (permissions(&more).missing.len(), permissions(&more).more.len()),
            (0, 1)
        );
        assert!(changed.drift_from(&same).is_empty() && same.drift_from(&changed).is_empty());
    }
}

/// With `${` a policy of the other version is another policy.
#[test]
fn where_there_are_variables_the_version_counts() {
    let of = |version: &str| {
        let policy = format!(
            r#"{{ "Version": "{version}", "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/${{aws:username}}" }}] }}"#
        );
        hybrid()
            .task_role()
            .unwrap()
            .with_policy(
                "home".parse().unwrap(),
                policy.parse::<policy_core::policy::IdentityPolicy>().unwrap(),
            )
            .unwrap()
    };
    let drift = of("2012-10-17").drift_from(&of("2008-10-17"));
    assert_eq!(drift.changed().len(), 1, "{drift}");
    let only = &drift.changed()[0];
    assert_eq!(
        (only.part, only.missing.len(), only.more.len()),
        (RolePart::Permissions, 1, 1)
    );
    assert!(of("2008-10-17").drift_from(&of("2008-10-17")).is_empty());
}

/// A policy without `${` that comes first does not take their meaning from the variables of the next.
#[test]
fn the_order_of_versions_does_not_count() {
    let of = |names: [&str; 2]| {
        let [older, home] = [("2008-10-17", "shared"), ("2012-10-17", "${aws:username}")].map(|(version, object)| {
            let policy = format!(
                r#"{{ "Version": "{version}", "Statement": [{{ "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::a/{object}" }}] }}"#
            );
            policy.parse::<policy_core::policy::IdentityPolicy>().unwrap()
        });
        let role = hybrid().task_role().unwrap();
        let role = role.with_policy(names[0].parse().unwrap(), older).unwrap();
        role.with_policy(names[1].parse().unwrap(), home).unwrap()
    };
    assert!(of(["a", "b"]).drift_from(&of(["b", "a"])).is_empty());
    let existing = of(["b", "a"]);
    let text = hybrid().task_role().unwrap().drift_from(&existing).to_string();
    assert!(text.contains("${aws:username}"), "{text}");
}

#[test]
fn each_part_that_differs_is_a_paragraph() {
    let settings = RoleSettings::new()
        .with_tag(Tag::new("team", "data").unwrap())
        .unwrap()
        .with_tag(Tag::new("stage", "prod").unwrap())
        .unwrap();
    let wanted = hybrid().task_role().unwrap().with_settings(settings);
    let wanted = wanted
        .with_managed_policy("arn:aws:iam::111122223333:policy/shared".parse().unwrap())
        .unwrap();
    let existing = format!(
        r#"{{ "Role": {{ "RoleName": "other", "Path": "/data/", "Description": "x", "MaxSessionDuration": 7200,
            "AssumeRolePolicyDocument": {},
            "PermissionsBoundary": {{ "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/edge" }},
            "Tags": [{{ "Key": "team", "Value": "sales" }}, {{ "Key": "stage", "Value": "prod" }}] }} }}"#,
        r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] }"#,
    );
    let existing = Role::from_json(&existing)
        .unwrap()
        .with_json(r#"{ "AttachedPolicies": [{ "PolicyArn": "arn:aws:iam::aws:policy/AdministratorAccess" }] }"#)
        .unwrap()
        .with_statements(
            "more".parse().unwrap(),
            [
                Statement::allow(["s3:ListBucket"])
                    .sid("ListStagingBucket")
                    .resources(["arn:aws:s3:::maia-staging"]),
                Statement::allow(["s3:ListAllMyBuckets"]).resources(["*"]),
            ],
        )
        .unwrap();
    let expected = r#"the name:
- maia-prod-task
+ other
the path:
- /
+ /data/
the trust policy:
- {"Sid":"EcsTasksAssumeTaskRole","Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:ecs:eu-west-1:111122223333:*"},"StringEquals":{"aws:SourceAccount":"111122223333"}}}
+ {"Effect":"Allow","Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}
the permissions:
- {"Sid":"ListSecretNames","Effect":"Allow","Action":"secretsmanager:ListSecrets","Resource":"*"}
- {"Sid":"ReadPipelineSecrets","Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:snowflake-password-??????"}
- {"Sid":"DecryptPipelineSecrets","Effect":"Allow","Action":"kms:Decrypt","Resource":"arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab","Condition":{"StringEquals":{"kms:ViaService":"secretsmanager.eu-west-1.amazonaws.com"}}}
- {"Sid":"UseStagingObjects","Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],"Resource":"arn:aws:s3:::maia-staging/*"}
+ {"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}
the managed policies:
- arn:aws:iam::111122223333:policy/shared
+ arn:aws:iam::aws:policy/AdministratorAccess
the permissions boundary:
+ arn:aws:iam::111122223333:policy/edge
the description:
+ x
the maximum session duration:
- 3600
+ 7200
the tags:
- team=data
+ team=sales
"#;
    assert_eq!(wanted.drift_from(&existing).to_string(), expected);
}

/// A role whose policies are too long to be inline has them as managed policies, which an export has.
#[test]
fn managed_policies_of_the_role_are_compared_if_they_are_known() {
    let secrets = (0..150).map(|number| SecretName::new(format!("source-{number}")).unwrap());
    let wanted = hybrid().with_pipeline_secrets(secrets).task_role().unwrap();
    let names: Vec<&str> = wanted
        .managed_policies()
        .iter()
        .map(|managed| managed.name.as_str())
        .collect();
    assert_eq!(names, ["maia-prod-task-1", "maia-prod-task-2"]);

    let arn = |name: &str| format!("arn:aws:iam::111122223333:policy/{name}");
    let attached: Vec<String> = names
        .iter()
        .map(|name| format!(r#"{{ "PolicyArn": "{}" }}"#, arn(name)))
        .collect();
    let documents: Vec<String> = wanted
        .managed_policies()
        .iter()
        .map(|managed| {
            format!(
                r#"{{ "Arn": "{}", "PolicyVersionList": [{{ "IsDefaultVersion": true, "Document": {} }}] }}"#,
                arn(managed.name.as_str()),
                managed.policy.to_json()
            )
        })
        .collect();
    let export = |documents: &[String]| {
        Role::from_json(&format!(
            r#"{{ "RoleDetailList": [{{ "RoleName": "maia-prod-task", "AssumeRolePolicyDocument": {}, "AttachedManagedPolicies": [{}] }}],
                  "Policies": [{}] }}"#,
            wanted.trust().to_json(),
            attached.join(","),
            documents.join(","),
        ))
        .unwrap()
    };
    let drift = wanted.drift_from(&export(&documents));
    assert!(drift.is_empty(), "{drift}");

    let drift = wanted.drift_from(&export(&documents[..1]));
    let unknown: Vec<&str> = drift.unknown().iter().map(AsRef::as_ref).collect();
    assert_eq!(
        (drift.changed(), unknown),
        (&[][..], vec![arn("maia-prod-task-2").as_str()])
    );
    assert!(!drift.is_empty());
    assert_eq!(
        drift.to_string(),
        "`arn:aws:iam::111122223333:policy/maia-prod-task-2` was not compared, since its document is not known\n"
    );

    // Applied to the role that has them, they are created and not only attached.
    let applied = wanted.applied_to(&export(&documents)).unwrap();
    assert_eq!(
        (applied.managed_policies().len(), applied.attached_policies().len()),
        (2, 0)
    );
    assert!(wanted.drift_from(&applied).is_empty());
}

/// All statements of a role's own policies, each as JSON, and the role with others in their place.
fn statements_of(role: &Role) -> Vec<Node<'static>> {
    let texts = role
        .policies()
        .iter()
        .flat_map(|inline| inline.policy.statements().map(StatementRef::to_json));
    texts
        .map(|text| Document::read(&text).unwrap().root().clone().into_owned())
        .collect()
}

fn with_statements(role: &Role, statements: &[Node<'_>]) -> Role {
    let statements: Vec<String> = statements.iter().map(Node::to_json).collect();
    let policy = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [{}] }}"#,
        statements.join(",")
    );
    let existing = Role::existing(role.name().as_str(), &role.trust().to_json()).unwrap();
    existing.with_existing_policy("by-hand", &policy).unwrap()
}

/// A statement with other values in an element.
fn with_values(statement: &Node<'_>, element: &str, values: &[Node<'static>]) -> Node<'static> {
    let mut statement = statement.clone().into_owned();
    if let Value::Object(members) = &mut statement.value {
        for member in members.iter_mut().filter(|member| member.name.written() == element) {
            member.value = Node {
                value: Value::Array(values.to_owned()),
                ..member.value.clone()
            };
        }
    }
    statement
}

fn values(statement: &Node<'_>, element: &str) -> Vec<Node<'static>> {
    let value = statement.member(element).unwrap();
    value.as_list().iter().map(|value| value.clone().into_owned()).collect()
}

fn presets() -> Vec<Role> {
    let account = || AccountId::from_static("111122223333");
    let streaming = Streaming::new(
        RunnerName::new("maia-stream").unwrap(),
        Region::from_static("eu-west-1"),
        account(),
        [SecretName::from_static("postgres")],
    );
    let mut roles: Vec<Role> = hybrid().roles().unwrap().into_iter().collect();
    roles.extend(hybrid().as_documented().roles().unwrap());
    roles.extend(streaming.roles().unwrap());
    roles
}

#[test]
fn statements_may_be_divided_reordered_and_written_as_lists() {
    let mut divided = 0;
    for role in presets().iter().filter(|role| !role.policies().is_empty()) {
        let statements = statements_of(role);
        let by = |element: &str| {
            let of = |statement: &Node<'static>| {
                let each = values(statement, element).into_iter();
                each.map(|value| with_values(statement, element, &[value]))
                    .collect::<Vec<_>>()
            };
            statements.iter().flat_map(of).collect::<Vec<_>>()
        };
        let backwards = |statement: &Node<'static>| {
            ["Action", "Resource"]
                .iter()
                .fold(statement.clone(), |statement, element| {
                    let reversed: Vec<_> = values(&statement, element).into_iter().rev().collect();
                    with_values(&statement, element, &reversed)
                })
        };
        let reordered = statements.iter().rev().map(backwards).collect();
        let repeated = [&statements[..], &statements[..]].concat();
        for others in [by("Action"), by("Resource"), reordered, repeated] {
            divided += others.len() - statements.len();
            let existing = with_statements(role, &others);
            for drift in [role.drift_from(&existing), existing.drift_from(role)] {
                assert!(drift.of(RolePart::Permissions).is_none(), "{drift}");
            }
            let applied = role.applied_to(&existing).unwrap();
            assert!(applied.drift_from(&existing).of(RolePart::Permissions).is_none());
        }
    }
    assert!(divided >= 12, "{divided}");
}

#[test]
fn an_action_or_a_resource_less_is_drift() {
    for role in presets().iter().filter(|role| !role.policies().is_empty()) {
        let statements = statements_of(role);
        for element in ["Action", "Resource"] {
            for (index, statement) in statements.iter().enumerate() {
                let all = values(statement, element);
                for left_out in 0..all.len() {
                    let mut fewer = all.clone();
                    fewer.remove(left_out);
                    let mut others = statements.clone();
                    if fewer.is_empty() {
                        others.remove(index);
                    } else {
                        others[index] = with_values(statement, element, &fewer);
                    }
                    if others.is_empty() {
                        continue;
                    }
                    let existing = with_statements(role, &others);
                    let drift = role.drift_from(&existing);
                    let permissions = drift.of(RolePart::Permissions).unwrap();
                    assert_eq!((permissions.missing.len(), permissions.more.len()), (1, 0), "{drift}");
                    let reverse = existing.drift_from(role);
                    let permissions = reverse.of(RolePart::Permissions).unwrap();
                    assert_eq!((permissions.missing.len(), permissions.more.len()), (0, 1), "{reverse}");
                }
            }
        }
    }
}

/// A wildcard may cover more tomorrow, and a condition is not looked into.
#[test]
fn what_a_wildcard_beside_it_covers_is_no_drift_and_the_wildcard_is() {
    let role = hybrid().task_role().unwrap();
    let statements = statements_of(&role);
    let wildcard =
        Document::read(r#"{ "Effect": "Allow", "Action": "secretsmanager:List*", "Resource": "*" }"#).unwrap();
    let with_wildcard = [&statements[..], &[wildcard.root().clone().into_owned()]].concat();
    let only_wildcard: Vec<_> = with_wildcard
        .iter()
        .filter(|statement| !statement.to_json().contains("secretsmanager:ListSecrets"))
        .cloned()
        .collect();
    assert_eq!(only_wildcard.len() + 1, with_wildcard.len());
    let [both, one] = [&with_wildcard, &only_wildcard].map(|statements| with_statements(&role, statements));
    assert!(both.drift_from(&one).is_empty() && one.drift_from(&both).is_empty());
    assert!(!role.drift_from(&one).is_empty() && !role.drift_from(&both).is_empty());
}

/// An exception is not divided: each of two statements would apply to what the other leaves out.
#[test]
fn a_divided_exception_is_drift() {
    let of = |statements: &str| {
        let policy = format!(r#"{{ "Version": "2012-10-17", "Statement": [{statements}] }}"#);
        let role = hybrid().task_role().unwrap();
        Role::existing("x", &role.trust().to_json())
            .unwrap()
            .with_existing_policy("p", &policy)
            .unwrap()
    };
    let one = of(r#"{ "Effect": "Deny", "NotAction": ["s3:GetObject", "s3:PutObject"], "Resource": "*" }"#);
    let two = of(
        r#"{ "Effect": "Deny", "NotAction": "s3:GetObject", "Resource": "*" }, { "Effect": "Deny", "NotAction": "s3:PutObject", "Resource": "*" }"#,
    );
    assert!(!one.drift_from(&two).is_empty());
}
