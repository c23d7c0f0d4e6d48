//! Every preset in both forms, in every partition.

use runner_profiles::policy_core::names::{
    BucketName, EcrRepositoryName, KmsKeyId, KubernetesNamespace, KubernetesServiceAccount, LogGroupName, ObjectPrefix,
    OidcIssuer, Partition, SecretId, SecretName,
};
use runner_profiles::render::Home;
use runner_profiles::{
    Bucket, EksTrust, Hybrid, HybridScope, Role, RoleSettings, RunnerName, Secret, ServiceAccount, Streaming,
    StreamingScope, ViaServiceSuffix,
};

use crate::{at, moves, round_trips};

const KEY: KmsKeyId = KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab");
const OTHER_KEY: KmsKeyId = KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321");
const SECRET: SecretId = SecretId::from_static("snowflake-password-a1B2c3");
const PLATFORM_SECRET: SecretId = SecretId::from_static("matillion-oauth-credentials-g7H8i9");
const REPOSITORY: EcrRepositoryName = EcrRepositoryName::from_static("matillion/etl-agent");
const LIBRARY: BucketName = BucketName::from_static("maia-extension-library-111122223333");

fn hybrid(here: &Home) -> Hybrid {
    let name = RunnerName::new("maia-prod").unwrap();
    let staging = Bucket::new(BucketName::from_static("maia-staging-111122223333"))
        .with_strict_prefix(ObjectPrefix::from_static("stage"))
        .with_deletion()
        .with_key(OTHER_KEY);
    Hybrid::new(name, here.region().clone(), here.account_id().clone(), PLATFORM_SECRET)
        .with_pipeline_secret(SECRET)
        .with_pipeline_key(KEY)
        .with_credentials_key(KEY)
        .with_staging_bucket(staging)
        .with_extension_library(LIBRARY)
        .with_script_runner(SecretId::from_static("matillion-runner-keypair-j0K1l2"))
        .with_logs()
        .with_log_group(LogGroupName::from_static("/ecs/another"))
        .with_ecr_repository(REPOSITORY)
        .with_kms_via_service(ViaServiceSuffix::Both)
}

fn streaming(here: &Home) -> Streaming {
    let name = RunnerName::new("maia-streaming").unwrap();
    let agent_secret = SecretId::from_static("streaming-agent-key-m3N4o5");
    let destination = Bucket::new(BucketName::from_static("maia-streaming-111122223333")).with_key(OTHER_KEY);
    Streaming::new(
        name,
        here.region().clone(),
        here.account_id().clone(),
        [Secret::Id(agent_secret)],
    )
    .with_pipeline_secret(SECRET)
    .with_pipeline_key(KEY)
    .with_credentials_key(KEY)
    .with_destination_bucket(destination)
    .with_logs()
    .with_ecr_repository(REPOSITORY)
    .with_kms_via_service(ViaServiceSuffix::Both)
}

/// All roles in least-privilege form, with all that they can have, and one with so many secrets.
fn least_privilege(here: &Home, secrets: usize) -> Vec<Role> {
    let service_account = ServiceAccount::new(
        OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
        KubernetesNamespace::from_static("matillion"),
        KubernetesServiceAccount::from_static("matillion-runner-sa"),
    );
    let mut roles = Vec::from(hybrid(here).roles().unwrap());
    roles.extend(streaming(here).roles().unwrap());
    // A name of their own, as the same roles on ECS are there too.
    let on_eks = Hybrid::new(
        RunnerName::new("maia-eks").unwrap(),
        here.region().clone(),
        here.account_id().clone(),
        PLATFORM_SECRET,
    );
    let secrets = (0..secrets).map(|number| SecretName::new(format!("source-{number}")).unwrap());
    let on_eks = on_eks.with_pipeline_secrets(secrets).with_extension_library(LIBRARY);
    roles.push(on_eks.task_role_on_eks(&service_account.into()).unwrap());
    roles.push(on_eks.script_runner_task_role_on_eks(&EksTrust::PodIdentity).unwrap());
    let settings = || RoleSettings::new().with_path("/runners/".parse().unwrap());
    roles.into_iter().map(|role| role.with_settings(settings())).collect()
}

/// All roles in the form of the vendor's pages, a set for each scope that the pages have.
fn documented(here: &Home) -> Vec<Vec<Role>> {
    let (hybrid, streaming) = (hybrid(here), streaming(here));
    let mut sets = vec![vec![
        hybrid.as_documented().task_role().unwrap(),
        streaming.as_documented().task_role().unwrap(),
    ]];
    for scope in [
        HybridScope::EverySecret,
        HybridScope::CmkEverything,
        HybridScope::CmkSecretOnlyNeverWorks,
        HybridScope::CmkKeysOnlyNeverWorks,
        HybridScope::CmkSecretAndKey,
    ] {
        let documented = hybrid.as_documented().with_execution_scope(scope);
        sets.push(vec![documented.execution_role().unwrap()]);
    }
    let every_secret = streaming
        .as_documented()
        .with_execution_scope(StreamingScope::EverySecret);
    sets.push(vec![every_secret.execution_role().unwrap()]);
    sets
}

/// Every region that is known.
fn everywhere() -> impl Iterator<Item = Home> {
    let regions = Partition::all().flat_map(|partition| partition.regions().collect::<Vec<_>>());
    regions.map(|region| at(region, "111122223333"))
}

#[test]
fn least_privilege_is_read_back_everywhere() {
    let mut partitions = std::collections::BTreeSet::new();
    for here in everywhere() {
        partitions.insert(here.region().partition().to_string());
        let roles = least_privilege(&here, 150);
        assert!(roles.iter().any(|role| !role.managed_policies().is_empty()));
        round_trips(&roles, &here);
    }
    let known: std::collections::BTreeSet<String> = Partition::all().map(|partition| partition.to_string()).collect();
    assert!(known.len() >= 7 && partitions.is_superset(&["aws", "aws-cn", "aws-us-gov"].map(String::from).into()));
    println!(
        "{} of {} partitions have regions: {partitions:?}",
        partitions.len(),
        known.len()
    );
}

#[test]
fn what_is_documented_is_read_back_everywhere() {
    for here in everywhere() {
        for roles in documented(&here) {
            round_trips(&roles, &here);
        }
    }
}

/// Within a partition: what an endpoint is called in another is not said in a portable file. And without managed policies, which
/// are divided by the lengths that they have where the roles were made.
#[test]
fn a_portable_file_is_right_in_every_region_and_account() {
    let mut moved = 0;
    for there in everywhere() {
        let there = at(there.region().clone(), "444455556666");
        let home = there.region().partition().regions().next().unwrap();
        let home = at(home, "111122223333");
        moves(&least_privilege(&home, 20), &home, &least_privilege(&there, 20), &there);
        moved += 1;
    }
    assert!(moved > 30, "{moved}");
}
