//! From arguments to roles.

use clap::CommandFactory;
use clap::error::ErrorKind;
use runner_profiles::policy_core::names::{KubernetesServiceAccount, ObjectPrefix};
use runner_profiles::policy_core::policy::NonEmpty;
use runner_profiles::{
    Bucket, EksTrust, Form, Hybrid, KmsKey, Role, RoleError, RoleKind, RoleSettings, Runner, RunnerKind, S3Bucket,
    ServiceAccount, Streaming, kind,
};

use crate::arguments::{self, Arguments, Eks, Preset};

/// The selected roles.
pub fn made(preset: &Preset) -> Result<Vec<Role>, RoleError> {
    let settings = settings(&preset.runner().settings)?;
    let roles = match preset {
        Preset::Hybrid(arguments) => hybrid(arguments),
        Preset::Streaming(arguments) => streaming(arguments),
    }?;
    let roles = roles.into_iter().map(|role| role.with_settings(settings.clone()));
    Ok(roles.collect())
}

fn settings(arguments: &arguments::Settings) -> Result<RoleSettings, RoleError> {
    let mut settings = RoleSettings::new();
    if let Some(path) = &arguments.path {
        settings = settings.with_path(path.clone());
    }
    if let Some(description) = &arguments.description {
        settings = settings.with_description(description.clone());
    }
    for tag in &arguments.tag {
        settings = settings.with_tag(tag.clone())?;
    }
    if let Some(duration) = arguments.max_session_duration {
        settings = settings.with_max_session_duration(duration);
    }
    if let Some(boundary) = &arguments.permissions_boundary {
        settings = settings.with_permissions_boundary(boundary.clone());
    }
    Ok(settings)
}

fn hybrid(arguments: &arguments::Hybrid) -> Result<Vec<Role>, RoleError> {
    let runner = &arguments.runner;
    let mut hybrid = common(
        Hybrid::new(
            runner.name(RunnerKind::Hybrid)?,
            runner.region.clone(),
            runner.account.clone(),
            arguments.platform_secret.clone(),
        ),
        runner,
    );
    if let Some(name) = &arguments.staging_bucket {
        let prefix = arguments.staging_prefix.clone();
        let mut staging = bucket(
            name,
            prefix,
            arguments.staging_strict,
            arguments.staging_kms_key.as_ref(),
        );
        if arguments.staging_delete {
            staging = staging.with_deletion();
        }
        hybrid = hybrid.with_staging_bucket(staging);
    }
    if let Some(bucket) = &arguments.extension_library {
        hybrid = hybrid.with_extension_library(bucket.clone());
    }
    if let Some(secret) = &arguments.script_runner_secret {
        hybrid = hybrid.with_script_runner(secret.clone());
    }
    match (runner.form, Cluster::of(&arguments.eks)) {
        (Form::LeastPrivilege, None) => chosen(
            arguments.role,
            &[RoleKind::Task, RoleKind::Execution, RoleKind::ScriptRunnerTask],
            |role| match role {
                RoleKind::Task => hybrid.task_role(),
                RoleKind::Execution => hybrid.execution_role(),
                RoleKind::ScriptRunnerTask => hybrid.script_runner_task_role(),
                _ => usage("this is not a role of a Hybrid runner"),
            },
        ),
        (Form::LeastPrivilege, Some(cluster)) => {
            let script_runner = cluster.script_runner.as_ref();
            let all = [Some(RoleKind::Task), script_runner.map(|_| RoleKind::ScriptRunnerTask)];
            let all: Vec<RoleKind> = all.into_iter().flatten().collect();
            chosen(arguments.role, &all, |role| match (role, script_runner) {
                (RoleKind::Task, _) => hybrid.task_role_on_eks(&cluster.runner),
                (RoleKind::ScriptRunnerTask, Some(trust)) => hybrid.script_runner_task_role_on_eks(trust),
                (RoleKind::ScriptRunnerTask, None) => {
                    usage("on EKS the script runner's role needs `--eks-script-runner-service-account`")
                }
                _ => usage("on EKS there is no task execution role; leave out `--role execution`"),
            })
        }
        (Form::AsDocumented, None) => {
            let mut page = hybrid.as_documented();
            if let Some(scope) = arguments.execution_scope {
                page = page.with_execution_scope(scope);
            }
            chosen(
                arguments.role,
                &[RoleKind::Task, RoleKind::Execution],
                |role| match role {
                    RoleKind::Task => page.task_role(),
                    RoleKind::Execution => page.execution_role(),
                    _ => Err(RoleError::NotDocumented { role }),
                },
            )
        }
        (Form::AsDocumented, Some(_)) => {
            usage("the page documents ECS only; leave out `--form` or the `--eks-` options")
        }
    }
}

fn streaming(arguments: &arguments::Streaming) -> Result<Vec<Role>, RoleError> {
    let runner = &arguments.runner;
    let Ok(agent_secrets) = NonEmpty::try_from(arguments.agent_secret.clone()) else {
        usage("a Streaming runner needs the secrets of its agent: `--agent-secret NAME`")
    };
    let mut streaming = common(
        Streaming::new(
            runner.name(RunnerKind::Streaming)?,
            runner.region.clone(),
            runner.account.clone(),
            agent_secrets,
        ),
        runner,
    );
    if let Some(name) = &arguments.destination_bucket {
        let prefix = arguments.destination_prefix.clone();
        let key = arguments.destination_kms_key.as_ref();
        streaming = streaming.with_destination_bucket(bucket(name, prefix, arguments.destination_strict, key));
    }
    let all = [RoleKind::Task, RoleKind::Execution];
    let mut page = streaming.as_documented();
    if let Some(scope) = arguments.execution_scope {
        page = page.with_execution_scope(scope);
    }
    chosen(arguments.role, &all, |role| match (runner.form, role) {
        (Form::LeastPrivilege, RoleKind::Task) => streaming.task_role(),
        (Form::LeastPrivilege, RoleKind::Execution) => streaming.execution_role(),
        (Form::AsDocumented, RoleKind::Task) => page.task_role(),
        (Form::AsDocumented, RoleKind::Execution) => page.execution_role(),
        _ => Err(RoleError::NotDocumented { role }),
    })
}

/// The options that both presets share.
fn common<K: kind::Kind>(mut preset: Runner<K>, arguments: &arguments::Runner) -> Runner<K> {
    preset = preset.with_pipeline_secrets(arguments.pipeline_secret.iter().cloned());
    // A key of secrets that nobody reads would only be one more thing that may be decrypted with.
    let shared = arguments
        .kms_key
        .iter()
        .filter(|_| !arguments.pipeline_secret.is_empty());
    for key in shared.chain(&arguments.pipeline_kms_key) {
        preset = preset.with_pipeline_key(key.clone());
    }
    for key in arguments.kms_key.iter().chain(&arguments.credentials_kms_key) {
        preset = preset.with_credentials_key(key.clone());
    }
    if let Some(suffix) = arguments.kms_via_service {
        preset = preset.with_kms_via_service(suffix);
    }
    if arguments.logs {
        preset = preset.with_logs();
    }
    for log_group in &arguments.log_group {
        preset = preset.with_log_group(log_group.clone());
    }
    for repository in &arguments.ecr_repository {
        preset = preset.with_ecr_repository(repository.clone());
    }
    if let Some(conditions) = arguments.task_source {
        preset = preset.with_task_source(conditions);
    }
    if let Some(conditions) = arguments.execution_source {
        preset = preset.with_execution_source(conditions);
    }
    preset
}

fn bucket(bucket: &S3Bucket, prefix: Option<ObjectPrefix>, strict: bool, key: Option<&KmsKey>) -> Bucket {
    let mut bucket = Bucket::new(bucket.clone());
    if let Some(prefix) = prefix {
        bucket = if strict {
            bucket.with_strict_prefix(prefix)
        } else {
            bucket.with_prefix(prefix)
        };
    }
    match key {
        Some(key) => bucket.with_key(key.clone()),
        None => bucket,
    }
}

/// The trust of a runner on EKS, and of its script runner if that has one of its own.
struct Cluster {
    runner: EksTrust,
    script_runner: Option<EksTrust>,
}

impl Cluster {
    fn of(eks: &Eks) -> Option<Self> {
        if eks.pod_identity {
            let trust = match &eks.cluster {
                Some(cluster) => EksTrust::PodIdentityInCluster(cluster.clone()),
                None => EksTrust::PodIdentity,
            };
            return Some(Self {
                runner: trust.clone(),
                script_runner: Some(trust),
            });
        }
        let (issuer, namespace) = (eks.issuer.as_ref()?, eks.namespace.as_ref()?);
        let trust = |account: &KubernetesServiceAccount| {
            ServiceAccount::new(issuer.clone(), namespace.clone(), account.clone()).into()
        };
        Some(Self {
            runner: trust(eks.service_account.as_ref()?),
            script_runner: eks.script_runner_service_account.as_ref().map(trust),
        })
    }
}

/// The selected role, or all.
fn chosen(
    asked_for: Option<RoleKind>,
    all: &[RoleKind],
    make: impl Fn(RoleKind) -> Result<Role, RoleError>,
) -> Result<Vec<Role>, RoleError> {
    match asked_for {
        Some(role) => Ok(vec![make(role)?]),
        None => all.iter().copied().map(make).collect(),
    }
}

/// Options that exclude each other, beyond those that clap can check.
fn usage(message: &str) -> ! {
    Arguments::command().error(ErrorKind::ArgumentConflict, message).exit()
}
