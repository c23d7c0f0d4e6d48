//! The presets against the documents that are expected of them, and the traps of the vendor's pages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod by_arn;
mod golden;
mod traps;

use runner_profiles::policy_core::names::{
    AccountId, BucketName, EcrRepositoryName, KmsKeyId, KubernetesNamespace, KubernetesServiceAccount, ObjectPrefix,
    OidcIssuer, Region, SecretId,
};
use runner_profiles::policy_core::policy::IdentityPolicy;
use runner_profiles::{EksTrust, Hybrid, HybridScope, Role, RunnerName, Secret, ServiceAccount, Streaming};

const REGION: Region = Region::from_static("eu-west-1");
const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const PIPELINE_SECRETS: [SecretId; 2] = [
    SecretId::from_static("snowflake-password-a1B2c3"),
    SecretId::from_static("source-db-password-d4E5f6"),
];
const PLATFORM_SECRET: SecretId = SecretId::from_static("matillion-oauth-credentials-g7H8i9");
const KEY_PAIR_SECRET: SecretId = SecretId::from_static("matillion-runner-keypair-j0K1l2");
const STREAM_SECRETS: [SecretId; 2] = [
    SecretId::from_static("snowflake-private-key-s9T0u1"),
    SecretId::from_static("snowflake-passphrase-v2W3x4"),
];
const AGENT_SECRETS: [Secret; 2] = [
    Secret::Id(SecretId::from_static("streaming-agent-key-m3N4o5")),
    Secret::Id(SecretId::from_static("streaming-agent-proxy-p6Q7r8")),
];
const KEY_1: KmsKeyId = KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab");
const KEY_2: KmsKeyId = KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321");
const STAGING_BUCKET: BucketName = BucketName::from_static("maia-staging-111122223333");
const STAGING_PREFIX: ObjectPrefix = ObjectPrefix::from_static("stage");
const DESTINATION_BUCKET: BucketName = BucketName::from_static("maia-streaming-111122223333");
const DESTINATION_PREFIX: ObjectPrefix = ObjectPrefix::from_static("cdc");
const EXTENSION_LIBRARY: BucketName = BucketName::from_static("maia-extension-library-111122223333");
const REPOSITORY: EcrRepositoryName = EcrRepositoryName::from_static("matillion/etl-agent");

fn hybrid_in(region: Region) -> Hybrid {
    Hybrid::new(RunnerName::new("maia-prod").unwrap(), region, ACCOUNT, PLATFORM_SECRET)
}

/// What every document of the Hybrid runner has in common.
fn hybrid() -> Hybrid {
    hybrid_in(REGION).with_pipeline_secrets(PIPELINE_SECRETS)
}

fn streaming() -> Streaming {
    Streaming::new(
        RunnerName::new("maia-streaming").unwrap(),
        REGION,
        ACCOUNT,
        AGENT_SECRETS,
    )
    .with_pipeline_secrets(STREAM_SECRETS)
}

fn hybrid_scoped(scope: HybridScope) -> Role {
    hybrid()
        .with_credentials_key(KEY_1)
        .as_documented()
        .with_execution_scope(scope)
        .execution_role()
        .unwrap()
}

fn service_account() -> EksTrust {
    ServiceAccount::new(
        OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
        KubernetesNamespace::from_static("matillion"),
        KubernetesServiceAccount::from_static("matillion-runner-sa"),
    )
    .into()
}

/// The only policy of a role.
fn policy(role: &Role) -> &IdentityPolicy {
    let [only] = role.policies() else {
        panic!("{} has {} policies", role.name(), role.policies().len());
    };
    &only.policy
}
