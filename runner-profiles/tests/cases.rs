//! What the presets' roles may do and may not, asked of the policies that they make.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use runner_profiles::policy_core::evaluate::cases::Cases;
use runner_profiles::policy_core::names::{
    AccountId, BucketName, EcrRepositoryName, KmsKeyId, ObjectPrefix, Region, SecretId,
};
use runner_profiles::{Bucket, Hybrid, Role, RunnerName, Secret, Streaming};

const REGION: Region = Region::from_static("eu-west-1");
const ACCOUNT: AccountId = AccountId::from_static("111122223333");
const SECRETS_KEY: KmsKeyId = KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab");
const BUCKET_KEY: KmsKeyId = KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321");
const REPOSITORY: EcrRepositoryName = EcrRepositoryName::from_static("matillion/etl-agent");

const HYBRID: &str = include_str!("../cases/hybrid.json");
const STREAMING: &str = include_str!("../cases/streaming.json");

/// A Hybrid runner with all that it may have.
fn hybrid() -> Hybrid {
    let staging = Bucket::new(BucketName::from_static("maia-staging-111122223333"))
        .with_prefix(ObjectPrefix::from_static("stage"))
        .with_deletion()
        .with_key(BUCKET_KEY);
    let platform_secret = SecretId::from_static("matillion-oauth-credentials-g7H8i9");
    Hybrid::new(RunnerName::new("maia-prod").unwrap(), REGION, ACCOUNT, platform_secret)
        .with_pipeline_secret(SecretId::from_static("snowflake-password-a1B2c3"))
        .with_pipeline_secret(SecretId::from_static("source-db-password-d4E5f6"))
        .with_pipeline_key(SECRETS_KEY)
        .with_credentials_key(SECRETS_KEY)
        .with_staging_bucket(staging)
        .with_extension_library(BucketName::from_static("maia-extension-library-111122223333"))
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

/// The cases, about these roles.
fn cases(text: &str, roles: &[Role]) -> Cases {
    Cases::read(text, &mut |file| match file {
        "roles.json" => Ok(Role::all_to_json_pretty(roles)),
        _ => Err("the cases are about the roles".to_owned()),
    })
    .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_hybrid_runner_may_do_what_it_needs_and_no_more() {
    let cases = cases(HYBRID, &hybrid().roles().unwrap());
    let report = cases.run();
    assert!(report.is_success(), "{report:#}");
    assert_eq!(cases.remarks().next(), None);
}

#[test]
fn a_streaming_runner_may_do_what_it_needs_and_no_more() {
    let cases = cases(STREAMING, &streaming().roles().unwrap());
    let report = cases.run();
    assert!(report.is_success(), "{report:#}");
    assert_eq!(cases.remarks().next(), None);
}

/// What a runner lacks, the cases miss: none of the statements is without a case that it decides.
#[test]
fn every_statement_of_the_roles_decides_a_case() {
    let (hybrid, streaming) = (hybrid().roles().unwrap(), streaming().roles().unwrap());
    for (text, roles) in [(HYBRID, hybrid.as_slice()), (STREAMING, streaming.as_slice())] {
        let cases = cases(text, roles);
        let report = cases.run();
        let decided: Vec<(String, usize)> = report
            .answers()
            .filter_map(|answer| {
                let statement = answer.decision().statement()?;
                Some((answer.origin(statement)?.to_string(), statement.index()))
            })
            .collect();
        for answer in report.answers() {
            for (statement, ..) in answer.explain().statements() {
                let origin = answer.origin(statement).unwrap().to_string();
                assert!(
                    decided.contains(&(origin.clone(), statement.index())),
                    "no case is decided by {statement} ({origin})"
                );
            }
        }
    }
}
