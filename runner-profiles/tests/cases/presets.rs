//! The presets that the shipped cases are about.

use runner_profiles::policy_core::names::{
    AccountId, BucketName, EcrRepositoryName, KmsKeyId, KubernetesNamespace, KubernetesServiceAccount, ObjectPrefix,
    OidcIssuer, Region, SecretId,
};
use runner_profiles::{
    Bucket, EksTrust, Hybrid, HybridScope, Role, RunnerName, Secret, ServiceAccount, SourceConditions, Streaming,
    StreamingScope, ViaServiceSuffix,
};

const REGION: Region = Region::from_static("eu-west-1");
const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const SECRETS_KEY: KmsKeyId = KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab");
const BUCKET_KEY: KmsKeyId = KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321");
const REPOSITORY: EcrRepositoryName = EcrRepositoryName::from_static("matillion/etl-agent");
const PLATFORM_SECRET: SecretId = SecretId::from_static("matillion-oauth-credentials-g7H8i9");
const PIPELINE_SECRETS: [SecretId; 2] = [
    SecretId::from_static("snowflake-password-a1B2c3"),
    SecretId::from_static("source-db-password-d4E5f6"),
];
const STAGING: BucketName = BucketName::from_static("maia-staging-111122223333");
const EXTENSION_LIBRARY: BucketName = BucketName::from_static("maia-extension-library-111122223333");

/// A file of cases, and the roles that it calls `roles.json`.
pub(crate) struct Shipped {
    pub(crate) name: &'static str,
    pub(crate) cases: &'static str,
    pub(crate) roles: Vec<Role>,
}

/// Every file of cases.
pub(crate) fn shipped() -> [Shipped; 4] {
    [
        Shipped {
            name: "hybrid",
            cases: include_str!("../../cases/hybrid.json"),
            roles: hybrid().roles().unwrap().into(),
        },
        Shipped {
            name: "streaming",
            cases: include_str!("../../cases/streaming.json"),
            roles: streaming().roles().unwrap().into(),
        },
        Shipped {
            name: "options",
            cases: include_str!("../../cases/options.json"),
            roles: options(),
        },
        Shipped {
            name: "documented",
            cases: include_str!("../../cases/documented.json"),
            roles: documented(),
        },
    ]
}

/// A Hybrid runner with all that it may have.
fn hybrid() -> Hybrid {
    let staging = Bucket::new(STAGING)
        .with_prefix(ObjectPrefix::from_static("stage"))
        .with_deletion()
        .with_key(BUCKET_KEY);
    Hybrid::new(RunnerName::new("maia-prod").unwrap(), REGION, ACCOUNT, PLATFORM_SECRET)
        .with_pipeline_secrets(PIPELINE_SECRETS)
        .with_pipeline_key(SECRETS_KEY)
        .with_credentials_key(SECRETS_KEY)
        .with_staging_bucket(staging)
        .with_extension_library(EXTENSION_LIBRARY)
        .with_script_runner(SecretId::from_static("matillion-runner-keypair-j0K1l2"))
        .with_logs()
        .with_ecr_repository(REPOSITORY)
}

/// A Streaming runner with all that it may have.
fn streaming() -> Streaming {
    let destination = Bucket::new(BucketName::from_static("maia-streaming-111122223333"))
        .with_prefix(ObjectPrefix::from_static("cdc"))
        .with_key(BUCKET_KEY);
    let agent_secrets = [
        Secret::Id(SecretId::from_static("streaming-agent-key-m3N4o5")),
        Secret::Id(SecretId::from_static("streaming-agent-proxy-p6Q7r8")),
    ];
    let name = RunnerName::new("maia-streaming").unwrap();
    Streaming::new(name, REGION, ACCOUNT, agent_secrets)
        .with_pipeline_secret(SecretId::from_static("snowflake-private-key-s9T0u1"))
        .with_pipeline_secret(SecretId::from_static("snowflake-passphrase-v2W3x4"))
        .with_pipeline_key(SECRETS_KEY)
        .with_credentials_key(SECRETS_KEY)
        .with_destination_bucket(destination)
        .with_logs()
        .with_ecr_repository(REPOSITORY)
}

/// A Hybrid runner with as little as it can have, in a Region.
fn small(region: Region) -> Hybrid {
    Hybrid::new(RunnerName::new("maia-prod").unwrap(), region, ACCOUNT, PLATFORM_SECRET)
}

/// What choices make of the roles that differs from those of [`hybrid`] and [`streaming`].
fn options() -> Vec<Role> {
    let pod = ServiceAccount::new(
        OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
        KubernetesNamespace::from_static("matillion"),
        KubernetesServiceAccount::from_static("matillion-runner-sa"),
    );
    let by_name = small(REGION)
        .with_pipeline_secrets(PIPELINE_SECRETS.map(|id| id.name()))
        .with_staging_bucket(Bucket::new(STAGING).with_strict_prefix(ObjectPrefix::from_static("stage")));
    let whole_bucket = small(REGION).with_staging_bucket(Bucket::new(STAGING));
    let anyone = SourceConditions::None;
    vec![
        by_name.task_role_on_eks(&pod.into()).unwrap(),
        whole_bucket.task_role_on_eks(&EksTrust::PodIdentity).unwrap(),
        small(REGION)
            .with_task_source(anyone)
            .task_role_on_eks(&EksTrust::PodIdentity)
            .unwrap(),
        small(REGION).with_task_source(anyone).task_role().unwrap(),
        small(REGION)
            .with_execution_source(SourceConditions::AccountAndArn)
            .execution_role()
            .unwrap(),
        small(Region::from_static("cn-north-1"))
            .with_credentials_key(SECRETS_KEY)
            .with_kms_via_service(ViaServiceSuffix::Both)
            .execution_role()
            .unwrap(),
    ]
}

/// The roles in the form of their pages, with every choice for the execution roles' resource.
fn documented() -> Vec<Role> {
    let (hybrid, streaming) = (hybrid(), streaming());
    let (of_hybrid, of_streaming) = (hybrid.as_documented(), streaming.as_documented());
    let mut roles = vec![of_hybrid.task_role().unwrap()];
    for scope in [
        HybridScope::Secret,
        HybridScope::EverySecret,
        HybridScope::CmkSecretAndKey,
        HybridScope::CmkEverything,
        HybridScope::CmkSecretOnlyNeverWorks,
        HybridScope::CmkKeysOnlyNeverWorks,
    ] {
        roles.push(of_hybrid.with_execution_scope(scope).execution_role().unwrap());
    }
    roles.push(of_streaming.task_role().unwrap());
    for scope in [StreamingScope::Secrets, StreamingScope::EverySecret] {
        roles.push(of_streaming.with_execution_scope(scope).execution_role().unwrap());
    }
    roles
}
