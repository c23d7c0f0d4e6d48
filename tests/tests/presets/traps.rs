//! The traps of the vendor's pages, by their numbers, and what else must not go wrong.

use runner_profiles::policy_core::names::{LogGroupName, PolicyName, Region, SecretArn, SecretName};
use runner_profiles::policy_core::policy::{IdentityPolicy, Kind, NonEmpty, TrustPolicy, read};
use runner_profiles::{
    Bucket, EksTrust, Hybrid, HybridScope, KmsKey, Role, RoleError, RoleKind, RunnerName, Secret, SourceConditions,
    Streaming, ViaServiceSuffix, Warning,
};

use crate::{
    ACCOUNT, DESTINATION_BUCKET, EXTENSION_LIBRARY, KEY_1, KEY_2, KEY_PAIR_SECRET, PLATFORM_SECRET, REGION, REPOSITORY,
    STAGING_BUCKET, STAGING_PREFIX, hybrid, hybrid_in, hybrid_scoped, policy, service_account, streaming,
};

const SECRET_ARN: &str = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth-credentials-g7H8i9";

/// Every role of both presets in least-privilege form, with all that they can have.
fn full_roles() -> Vec<Role> {
    let staging = Bucket::new(STAGING_BUCKET)
        .with_strict_prefix(STAGING_PREFIX)
        .with_deletion()
        .with_key(KEY_2);
    let hybrid = hybrid()
        .with_pipeline_key(KEY_1)
        .with_credentials_key(KEY_1)
        .with_staging_bucket(staging)
        .with_extension_library(EXTENSION_LIBRARY)
        .with_script_runner(KEY_PAIR_SECRET)
        .with_logs()
        .with_log_group(LogGroupName::from_static("/ecs/another"))
        .with_ecr_repository(REPOSITORY);
    let streaming = streaming()
        .with_pipeline_key(KEY_1)
        .with_credentials_key(KEY_1)
        .with_destination_bucket(Bucket::new(DESTINATION_BUCKET).with_key(KEY_2))
        .with_logs()
        .with_ecr_repository(REPOSITORY);
    let mut roles = Vec::from(hybrid.roles().unwrap());
    roles.push(hybrid.task_role_on_eks(&service_account()).unwrap());
    roles.push(hybrid.script_runner_task_role_on_eks(&EksTrust::PodIdentity).unwrap());
    roles.extend(streaming.roles().unwrap());
    roles
}

/// Action, resource and condition keys of each pair of a policy.
fn grants(policy: &IdentityPolicy) -> Vec<(String, String, Vec<String>)> {
    let document = policy.document();
    let (outline, _) = read(document, Kind::Identity);
    let statements = outline.statements.iter();
    statements
        .flat_map(|statement| {
            let keys: Vec<String> = statement
                .conditions
                .iter()
                .map(|condition| condition.key.written().to_owned())
                .collect();
            let (actions, resources) = (statement.action.unwrap(), statement.resource.unwrap());
            let actions: Vec<_> = actions.texts().map(|(_, text)| text.written().to_owned()).collect();
            let resources: Vec<_> = resources.texts().map(|(_, text)| text.written().to_owned()).collect();
            actions
                .into_iter()
                .flat_map(move |action| {
                    let keys = keys.clone();
                    resources
                        .clone()
                        .into_iter()
                        .map(move |resource| (action.clone(), resource, keys.clone()))
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn all_grants() -> Vec<(String, String, Vec<String>)> {
    let roles = full_roles();
    let all: Vec<_> = roles
        .iter()
        .flat_map(Role::policies)
        .flat_map(|inline| grants(&inline.policy))
        .collect();
    assert!(all.len() > 40, "{}", all.len());
    all
}

#[test]
fn least_privilege_has_no_findings_and_no_warnings() {
    for role in full_roles() {
        assert_eq!(role.findings(), [], "{}", role.name());
        assert_eq!(role.warnings(), [], "{}", role.name());
    }
}

#[test]
fn trap_1_one_resource_for_secrets_and_keys() {
    assert_eq!(hybrid_scoped(HybridScope::CmkSecretAndKey).findings(), []);
    for (action, resource, _) in all_grants() {
        let service = action.split(':').next().unwrap();
        let of_service = resource.starts_with(&format!("arn:aws:{service}:"));
        let of_all = ["secretsmanager:ListSecrets", "ecr:GetAuthorizationToken"].contains(&action.as_str());
        assert!(
            if of_all { resource == "*" } else { of_service },
            "{action} on {resource}"
        );
    }
}

#[test]
fn trap_2_what_never_works_is_asked_for_by_name() {
    let hybrid = hybrid().with_credentials_key(KEY_1);
    assert_eq!(hybrid.as_documented().execution_role(), Err(RoleError::ScopeUndecided));
    for (scope, action) in [
        (HybridScope::CmkSecretOnlyNeverWorks, "kms:Decrypt"),
        (HybridScope::CmkKeysOnlyNeverWorks, "secretsmanager:GetSecretValue"),
    ] {
        assert!(scope.to_string().ends_with("never-works"));
        let role = hybrid_scoped(scope);
        assert!(matches!(role.warnings(), [Warning::NeverWorks(_)]));
        let findings = role.findings();
        let [(policy, finding)] = findings.as_slice() else {
            panic!("{findings:?}")
        };
        assert_eq!(
            (*policy, finding.subject(), finding.has_no_effect()),
            ("maia-prod-execution", action, true)
        );
    }
    let without_key = hybrid_in(REGION);
    for scope in [HybridScope::CmkSecretAndKey, HybridScope::CmkKeysOnlyNeverWorks] {
        let page = without_key.as_documented().with_execution_scope(scope);
        assert_eq!(page.execution_role(), Err(RoleError::NoKey { scope }));
    }
}

#[test]
fn trap_3_an_arn_of_a_key_does_not_nest_and_an_alias_is_refused() {
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let by_arn = hybrid().with_credentials_key(arn.parse::<KmsKey>().unwrap());
    let by_id = hybrid().with_credentials_key(KEY_1);
    assert_eq!(by_arn.execution_role(), by_id.execution_role());
    for alias in ["alias/secrets", "arn:aws:kms:eu-west-1:111122223333:alias/secrets"] {
        let message = alias.parse::<KmsKey>().unwrap_err().to_string();
        assert!(message.contains("it is an alias"), "{message}");
    }
}

#[test]
fn trap_4_a_secret_never_stands_without_its_six_characters() {
    let by_name = "matillion-oauth-credentials".parse::<Secret>().unwrap();
    let hybrid = Hybrid::new(RunnerName::new("maia-prod").unwrap(), REGION, ACCOUNT, by_name);
    let role = hybrid.execution_role().unwrap();
    assert_eq!(
        grants(policy(&role)).first().unwrap().1,
        SECRET_ARN.replace("g7H8i9", "??????")
    );
    assert_eq!(SECRET_ARN.parse(), Ok(Secret::Arn(SecretArn::from_static(SECRET_ARN))));

    let bare = SECRET_ARN.trim_end_matches("-g7H8i9").parse::<Secret>().unwrap_err();
    assert!(bare.to_string().contains("`SecretId::by_name`"), "{bare}");
}

#[test]
fn trap_5_a_name_that_ends_like_an_arn_is_warned_about() {
    let name = SecretName::from_static("source-db-access");
    let role = hybrid_in(REGION)
        .with_pipeline_secret(name.clone())
        .task_role()
        .unwrap();
    assert_eq!(role.warnings(), [Warning::NameLikeAnId(name)]);
    let [warning] = role.warnings() else {
        panic!("{:?}", role.warnings())
    };
    assert!(
        warning
            .to_string()
            .contains("if `-access` was appended by Secrets Manager, give the whole ARN")
    );
}

#[test]
fn trap_6_list_secrets_takes_every_resource() {
    let listing: Vec<_> = all_grants()
        .into_iter()
        .filter(|(action, ..)| action == "secretsmanager:ListSecrets")
        .collect();
    assert_eq!(listing.len(), 3);
    assert!(listing.iter().all(|(_, resource, _)| resource == "*"));
}

#[test]
fn trap_7_buckets_and_objects_are_named() {
    for (action, resource, _) in all_grants() {
        if action == "s3:ListBucket" {
            assert!(
                resource.starts_with("arn:aws:s3:::") && !resource.contains('/'),
                "{resource}"
            );
        } else if action.starts_with("s3:") {
            assert!(
                resource.starts_with("arn:aws:s3:::maia-") && resource.ends_with("/*"),
                "{resource}"
            );
        }
    }
    let page = streaming();
    let role = page.as_documented().task_role().unwrap();
    assert!(role.warnings().contains(&Warning::WritesEveryBucket));
}

#[test]
fn trap_8_every_arn_of_the_streaming_page_is_whole() {
    let role = streaming().as_documented().execution_role().unwrap();
    let arns: Vec<_> = grants(policy(&role))
        .into_iter()
        .map(|(_, resource, _)| resource)
        .collect();
    assert!(arns.iter().all(|arn| SecretArn::new(arn.clone()).is_ok()), "{arns:?}");
}

#[test]
fn trap_9_and_10_only_ecs_of_the_account_takes_on_the_roles() {
    for role in full_roles() {
        let trust = role.trust().to_json();
        assert!(!trust.contains("ec2.amazonaws.com"), "{trust}");
        assert!(
            trust.contains(r#""aws:SourceAccount":"111122223333""#) || trust.contains(":sub"),
            "{trust}"
        );
    }
    let role = hybrid().as_documented().task_role().unwrap();
    assert_eq!(role.warnings(), [Warning::TrustsEc2, Warning::NoSourceConditions]);

    let open = hybrid()
        .with_task_source(SourceConditions::None)
        .with_execution_source(SourceConditions::None);
    for role in open.roles().unwrap() {
        assert!(!role.trust().to_json().contains("Condition"));
    }
    let role = open.task_role_on_eks(&EksTrust::PodIdentity).unwrap();
    assert!(!role.trust().to_json().contains("Condition"));

    let strict = hybrid()
        .with_execution_source(SourceConditions::AccountAndArn)
        .execution_role()
        .unwrap();
    assert!(
        strict
            .trust()
            .to_json()
            .contains(r#""aws:SourceArn":"arn:aws:ecs:eu-west-1:111122223333:*""#)
    );
}

#[test]
fn trap_11_the_partition_is_the_regions() {
    let hybrid = hybrid_in(Region::from_static("us-gov-west-1"))
        .with_extension_library(EXTENSION_LIBRARY)
        .with_credentials_key(KEY_1)
        .with_logs()
        .with_ecr_repository(REPOSITORY);
    for role in hybrid.roles().unwrap() {
        let json = role.to_json();
        assert!(json.contains("arn:aws-us-gov:") && !json.contains("arn:aws:"), "{json}");
    }
    let abroad = hybrid
        .with_pipeline_secret(SecretArn::from_static(SECRET_ARN))
        .task_role();
    assert!(matches!(abroad, Err(RoleError::OtherPartition { .. })));
}

#[test]
fn trap_12_keys_are_used_through_one_service_only() {
    for (action, _, conditions) in all_grants() {
        assert_eq!(
            action.starts_with("kms:"),
            conditions.iter().any(|key| key == "kms:ViaService"),
            "{action}"
        );
    }
    let beijing = hybrid_in(Region::from_static("cn-north-1"));
    let keyed = beijing.with_staging_bucket(Bucket::new(STAGING_BUCKET).with_key(KEY_2));
    assert!(matches!(keyed.task_role(), Err(RoleError::ViaServiceUndecided { .. })));
    for (suffix, expected) in [
        (ViaServiceSuffix::AmazonawsCom, r#""s3.cn-north-1.amazonaws.com""#),
        (ViaServiceSuffix::OfPartition, r#""s3.cn-north-1.amazonaws.com.cn""#),
        (
            ViaServiceSuffix::Both,
            r#"["s3.cn-north-1.amazonaws.com","s3.cn-north-1.amazonaws.com.cn"]"#,
        ),
    ] {
        let role = keyed.clone().with_kms_via_service(suffix).task_role().unwrap();
        assert!(
            role.to_json().contains(&format!(r#""kms:ViaService":{expected}"#)),
            "{suffix}"
        );
    }
    let abroad = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let role = hybrid()
        .with_credentials_key(abroad.parse::<KmsKey>().unwrap())
        .execution_role()
        .unwrap();
    assert!(
        role.to_json()
            .contains(r#""kms:ViaService":"secretsmanager.us-east-1.amazonaws.com""#)
    );
}

#[test]
fn trap_13_the_pages_shapes_stay() {
    let hybrid = hybrid_in(REGION).with_pipeline_secret(PLATFORM_SECRET);
    let task = hybrid.as_documented().task_role().unwrap();
    assert!(task.to_json().contains(&format!(r#""Resource":["{SECRET_ARN}"]"#)));
    let execution = hybrid.as_documented().execution_role().unwrap();
    assert!(execution.to_json().contains(&format!(r#""Resource":"{SECRET_ARN}""#)));
    let without = hybrid_in(REGION);
    assert_eq!(without.as_documented().task_role(), Err(RoleError::NoPipelineSecrets));
}

#[test]
fn trap_14_the_documented_execution_role_has_a_trust_policy() {
    assert_eq!(
        hybrid().as_documented().execution_role().unwrap().trust(),
        hybrid().execution_role().unwrap().trust()
    );
}

#[test]
fn trap_15_quotas_are_kept() {
    let secrets =
        |count: usize| (0..count).map(|index| SecretName::new(format!("source-database-{index:03}")).unwrap());
    assert!(
        hybrid_in(REGION)
            .with_pipeline_secrets(secrets(110))
            .task_role()
            .is_ok()
    );
    let role = hybrid_in(REGION)
        .with_pipeline_secrets(secrets(130))
        .task_role()
        .unwrap();
    assert_eq!((role.policies().len(), role.managed_policies().len()), (0, 2));
    assert_eq!(role.findings(), []);
    let refused = hybrid_in(REGION).with_pipeline_secrets(secrets(900)).task_role();
    let Err(RoleError::TooManyManagedPolicies { role, policies }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!((role.as_str(), policies > 10), ("maia-prod-task", true));

    let accounts: Vec<String> = (0..100)
        .map(|index| format!(r#""arn:aws:iam::{index:012}:root""#))
        .collect();
    let trust = format!(
        r#"{{ "Version": "2012-10-17", "Statement": [
            {{ "Effect": "Allow", "Principal": {{ "AWS": [{}] }}, "Action": "sts:AssumeRole" }}] }}"#,
        accounts.join(", "),
    );
    let name = RunnerName::new("maia-prod").unwrap().role_name(RoleKind::Task).clone();
    let refused = Role::new(name, TrustPolicy::from_json(&trust).unwrap());
    let Err(RoleError::TrustTooLong { characters, .. }) = refused else {
        panic!("{refused:?}")
    };
    let expected = trust.chars().filter(|character| !character.is_whitespace()).count();
    assert_eq!(characters, expected);
}

#[test]
fn what_ecs_adds_to_an_arn_is_refused() {
    let error = format!("{SECRET_ARN}:client_id::").parse::<Secret>().unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`:client_id::` belongs to `valueFrom` in an ECS task definition"),
        "{error}"
    );
    assert_eq!(error.suggestion().as_deref(), Some(SECRET_ARN));
    let error = "matillion-oauth-credentials-g7H8i9:client_id::"
        .parse::<Secret>()
        .unwrap_err();
    assert_eq!(
        error.suggestion().as_deref(),
        Some("matillion-oauth-credentials-g7H8i9")
    );
}

#[test]
fn what_the_page_leaves_out_is_said() {
    let role = streaming()
        .with_credentials_key(KEY_1)
        .with_logs()
        .as_documented()
        .execution_role()
        .unwrap();
    let [Warning::NotOnThePage(key), Warning::NotOnThePage(logs)] = role.warnings() else {
        panic!("{:?}", role.warnings());
    };
    assert_eq!((*key, *logs), ("decrypting the agent's credentials", "writing logs"));
}

#[test]
fn a_secret_of_another_account_needs_a_key() {
    let arn = SecretArn::from_static("arn:aws:secretsmanager:eu-west-1:444455556666:secret:snowflake-password-a1B2c3");
    let hybrid = hybrid_in(REGION).with_pipeline_secret(arn.clone());
    assert_eq!(
        hybrid.task_role().unwrap().warnings(),
        [Warning::OtherAccountWithoutKey(arn)]
    );
    assert_eq!(hybrid.with_pipeline_key(KEY_1).task_role().unwrap().warnings(), []);
}

#[test]
fn own_policies_are_added_under_names_of_their_own() {
    let own = IdentityPolicy::from_json(
        r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }] }"#,
    )
    .unwrap();
    let name = PolicyName::from_static("buckets");
    let role = hybrid()
        .task_role()
        .unwrap()
        .with_policy(name.clone(), own.clone())
        .unwrap();
    let names: Vec<_> = role.policies().iter().map(|inline| inline.name.as_str()).collect();
    assert_eq!(names, ["maia-prod-task", "buckets"]);
    let refused = role.with_policy(name.clone(), own);
    assert!(matches!(refused, Err(RoleError::SamePolicyName { policy, .. }) if policy == name));
}

#[test]
fn a_secret_given_twice_stands_once() {
    let twice = hybrid_in(REGION)
        .with_pipeline_secrets([PLATFORM_SECRET, PLATFORM_SECRET])
        .task_role()
        .unwrap();
    let once = hybrid_in(REGION)
        .with_pipeline_secret(PLATFORM_SECRET)
        .task_role()
        .unwrap();
    assert_eq!(twice, once);
    let agent = NonEmpty::from([
        Secret::Id(PLATFORM_SECRET),
        Secret::Arn(SecretArn::from_static(SECRET_ARN)),
    ]);
    let streaming = Streaming::new(RunnerName::new("maia-streaming").unwrap(), REGION, ACCOUNT, agent);
    assert_eq!(
        streaming.execution_role().unwrap().to_json().matches("secret:").count(),
        1
    );
}
