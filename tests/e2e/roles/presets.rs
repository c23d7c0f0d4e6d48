//! Every preset, in both forms.

use runner_profiles::policy_core::names::{
    BucketName, EcrRepositoryName, KmsKeyId, KubernetesNamespace, KubernetesServiceAccount, LogGroupName, ObjectPrefix,
    OidcIssuer, SecretName,
};
use runner_profiles::render::Home;
use runner_profiles::{
    Bucket, EksTrust, Hybrid, HybridScope, Role, RoleError, RunnerName, Secret, ServiceAccount, SourceConditions,
    Streaming, StreamingScope, ViaServiceSuffix,
};

use crate::set::Set;

const PIPELINE_SECRETS: [SecretName; 2] = [
    SecretName::from_static("snowflake-password"),
    SecretName::from_static("team/source-db"),
];
const AGENT_SECRETS: [SecretName; 2] = [
    SecretName::from_static("streaming-agent-key"),
    SecretName::from_static("streaming-agent-proxy"),
];
const KEY_PAIR_SECRET: SecretName = SecretName::from_static("matillion-runner-keypair");
const KEY: KmsKeyId = KmsKeyId::from_static("1234abcd-12ab-34cd-56ef-1234567890ab");
const BUCKET_KEY: KmsKeyId = KmsKeyId::from_static("0987dcba-09fe-87dc-65ba-ab0987654321");
const STAGING_BUCKET: BucketName = BucketName::from_static("maia-staging");
const DESTINATION_BUCKET: BucketName = BucketName::from_static("maia-streaming");
const EXTENSION_LIBRARY: BucketName = BucketName::from_static("maia-extension-library");
const REPOSITORY: EcrRepositoryName = EcrRepositoryName::from_static("matillion/etl-agent");
const LOG_GROUP: LogGroupName = LogGroupName::from_static("/runners/audit");

pub fn sets(home: &Home) -> Result<Vec<Set>, RoleError> {
    let mut sets = hybrid_sets(home)?;
    sets.extend(hybrid_on_eks(home)?);
    sets.extend(hybrid_as_documented(home)?);
    sets.extend(streaming_sets(home)?);
    Ok(sets)
}

fn hybrid(home: &Home, name: &str) -> Result<Hybrid, RoleError> {
    Ok(Hybrid::new(
        RunnerName::new(name)?,
        home.region().clone(),
        home.account_id().clone(),
        Hybrid::DEFAULT_PLATFORM_SECRET,
    )
    .with_kms_via_service(ViaServiceSuffix::Both))
}

/// With all that a Hybrid runner may have but for its bucket.
fn full_hybrid(home: &Home, name: &str) -> Result<Hybrid, RoleError> {
    Ok(hybrid(home, name)?
        .with_pipeline_secrets(PIPELINE_SECRETS)
        .with_pipeline_key(KEY)
        .with_credentials_key(KEY)
        .with_extension_library(EXTENSION_LIBRARY)
        .with_script_runner(KEY_PAIR_SECRET)
        .with_logs()
        .with_log_group(LOG_GROUP)
        .with_ecr_repository(REPOSITORY))
}

fn hybrid_sets(home: &Home) -> Result<Vec<Set>, RoleError> {
    let prefix = ObjectPrefix::from_static("stage");
    let staging = Bucket::new(STAGING_BUCKET).with_deletion();
    let plain = hybrid(home, "hybrid")?
        .with_task_source(SourceConditions::None)
        .with_execution_source(SourceConditions::AccountAndArn);
    let whole = full_hybrid(home, "hybrid-bucket")?.with_staging_bucket(staging.clone());
    let within = full_hybrid(home, "hybrid-prefix")?.with_staging_bucket(staging.clone().with_prefix(prefix.clone()));
    let strict = full_hybrid(home, "hybrid-strict")?
        .with_staging_bucket(staging.with_strict_prefix(prefix).with_key(BUCKET_KEY));
    [plain, whole, within, strict]
        .iter()
        .map(|hybrid| Ok(Set::new(hybrid.name().as_str(), hybrid.roles()?)))
        .collect()
}

fn hybrid_on_eks(home: &Home) -> Result<Vec<Set>, RoleError> {
    let account = |name| {
        EksTrust::from(ServiceAccount::new(
            OidcIssuer::from_static("oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE"),
            KubernetesNamespace::from_static("matillion"),
            name,
        ))
    };
    let runner = account(KubernetesServiceAccount::from_static("matillion-runner-sa"));
    let script_runner = account(KubernetesServiceAccount::from_static("script-runner-sa"));
    let by_account = full_hybrid(home, "hybrid-eks")?;
    let by_pod = full_hybrid(home, "hybrid-eks-pod")?;
    Ok(vec![
        Set::new(
            "hybrid-eks",
            [
                by_account.task_role_on_eks(&runner)?,
                by_account.script_runner_task_role_on_eks(&script_runner)?,
            ],
        ),
        Set::new(
            "hybrid-eks-pod",
            [
                by_pod.task_role_on_eks(&EksTrust::PodIdentity)?,
                by_pod.script_runner_task_role_on_eks(&EksTrust::PodIdentity)?,
            ],
        ),
    ])
}

fn hybrid_as_documented(home: &Home) -> Result<Vec<Set>, RoleError> {
    const SCOPES: [HybridScope; 6] = [
        HybridScope::Secret,
        HybridScope::EverySecret,
        HybridScope::CmkSecretAndKey,
        HybridScope::CmkEverything,
        HybridScope::CmkSecretOnlyNeverWorks,
        HybridScope::CmkKeysOnlyNeverWorks,
    ];
    let documented = |scope: HybridScope| -> Result<Set, RoleError> {
        let name = format!("hybrid-page-{scope}");
        let hybrid = full_hybrid(home, &name)?;
        let page = hybrid.as_documented().with_execution_scope(scope);
        Ok(Set::new(name, page.roles()?))
    };
    SCOPES.into_iter().map(documented).collect()
}

fn streaming_sets(home: &Home) -> Result<Vec<Set>, RoleError> {
    let streaming = |name: &str| -> Result<Streaming, RoleError> {
        Ok(Streaming::new(
            RunnerName::new(name)?,
            home.region().clone(),
            home.account_id().clone(),
            AGENT_SECRETS.map(Secret::from),
        )
        .with_kms_via_service(ViaServiceSuffix::Both))
    };
    let prefix = ObjectPrefix::from_static("cdc");
    let full = streaming("streaming-prefix")?
        .with_pipeline_secrets(PIPELINE_SECRETS)
        .with_pipeline_key(KEY)
        .with_credentials_key(KEY)
        .with_destination_bucket(Bucket::new(DESTINATION_BUCKET).with_prefix(prefix).with_key(BUCKET_KEY))
        .with_logs()
        .with_ecr_repository(REPOSITORY);
    let mut sets = Vec::new();
    for streaming in [streaming("streaming")?, full] {
        sets.push(Set::new(streaming.name().as_str(), streaming.roles()?));
    }
    for scope in [StreamingScope::Secrets, StreamingScope::EverySecret] {
        let name = format!("streaming-page-{scope}");
        let roles: [Role; 2] = streaming(&name)?.as_documented().with_execution_scope(scope).roles()?;
        sets.push(Set::new(name, roles));
    }
    Ok(sets)
}
