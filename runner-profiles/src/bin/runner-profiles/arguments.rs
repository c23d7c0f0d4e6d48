//! The arguments of the command line.

use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};
use runner_profiles::policy_core::names::{
    AccountId, EksClusterArn, KubernetesNamespace, KubernetesServiceAccount, ObjectPrefix, PolicyArn, Region, RolePath,
};
use runner_profiles::policy_core::spelling::UnknownNameError;
use runner_profiles::{
    EcrRepository, Form, Format, HybridScope, KmsKey, LogGroup, OidcProvider, RoleDescription, RoleKind, RunnerKind,
    RunnerName, S3Bucket, Secret, SessionDuration, SourceConditions, StreamingScope, Tag, ViaServiceSuffix,
};
use strum::VariantNames;

/// Prints the IAM roles of Matillion's Maia runners, or writes them to files, as JSON or for a deployment tool
///
/// Exits with 0, with 1 if a role is rejected or a file cannot be written, and with 2 if the arguments are wrong.
#[derive(Parser)]
#[command(name = "runner-profiles", version)]
pub struct Arguments {
    #[command(subcommand)]
    pub preset: Preset,
}

#[derive(Subcommand)]
pub enum Preset {
    /// A Hybrid runner: task role, task execution role, and the script runner's task role
    Hybrid(Box<Hybrid>),
    /// A Streaming runner: task role and task execution role
    Streaming(Box<Streaming>),
}

impl Preset {
    /// The options of both runners.
    pub const fn runner(&self) -> &Runner {
        match self {
            Self::Hybrid(arguments) => &arguments.runner,
            Self::Streaming(arguments) => &arguments.runner,
        }
    }

    /// Whether only one role was selected.
    pub const fn only_one(&self) -> bool {
        match self {
            Self::Hybrid(arguments) => arguments.role.is_some(),
            Self::Streaming(arguments) => arguments.role.is_some(),
        }
    }
}

/// The options of both runners.
#[derive(Args)]
pub struct Runner {
    /// The name that the names of roles and log groups start with [default: maia-hybrid or maia-streaming]
    #[arg(long)]
    name: Option<RunnerName>,
    /// The Region
    #[arg(long)]
    pub region: Region,
    /// The account ID
    #[arg(long, value_name = "ACCOUNT_ID")]
    pub account: AccountId,
    /// A secret that pipelines read, by name or by ARN; may be repeated
    #[arg(long, value_name = "SECRET")]
    pub pipeline_secret: Vec<Secret>,
    /// A customer managed key that all these secrets are encrypted under, by ID or by ARN
    #[arg(long, value_name = "KEY")]
    pub kms_key: Vec<KmsKey>,
    /// The same, of pipelines' secrets only
    #[arg(long, value_name = "KEY")]
    pub pipeline_kms_key: Vec<KmsKey>,
    /// The same, of the runner's own credentials only
    #[arg(long, value_name = "KEY")]
    pub credentials_kms_key: Vec<KmsKey>,
    /// The name of a service in `kms:ViaService`: required where the suffix may not be amazonaws.com, as in China
    #[arg(long, value_name = "SUFFIX", value_parser = choice::<ViaServiceSuffix>())]
    pub kms_via_service: Option<ViaServiceSuffix>,
    /// Write logs to the log groups named after the runner
    #[arg(long)]
    pub logs: bool,
    /// Write logs to this log group, by name or by ARN; may be repeated
    #[arg(long)]
    pub log_group: Vec<LogGroup>,
    /// Pull images from this private repository, by name or by ARN; may be repeated
    #[arg(long, value_name = "REPOSITORY")]
    pub ecr_repository: Vec<EcrRepository>,
    /// The conditions in the trust policies of task roles [default: account-and-arn]
    #[arg(long, value_name = "CONDITIONS", value_parser = choice::<SourceConditions>())]
    pub task_source: Option<SourceConditions>,
    /// The conditions in the trust policy of the task execution role [default: account]
    #[arg(long, value_name = "CONDITIONS", value_parser = choice::<SourceConditions>())]
    pub execution_source: Option<SourceConditions>,
    /// The permissions that are needed and nothing else, or the policies of Matillion's page
    #[arg(long, default_value_t, value_parser = choice::<Form>())]
    pub form: Form,
    #[command(flatten)]
    pub settings: Settings,
    #[command(flatten)]
    pub delivery: Delivery,
}

/// The settings of every role.
#[derive(Args)]
#[command(next_help_heading = "Every role")]
pub struct Settings {
    /// The path of the roles
    #[arg(long)]
    pub path: Option<RolePath>,
    /// The description of the roles
    #[arg(long, value_name = "TEXT")]
    pub description: Option<RoleDescription>,
    /// A tag; may be repeated
    #[arg(long, value_name = "KEY=VALUE")]
    pub tag: Vec<Tag>,
    /// The maximum session duration in seconds, from 3600 to 43200
    #[arg(long, value_name = "SECONDS", value_parser = session_duration)]
    pub max_session_duration: Option<SessionDuration>,
    /// The managed policy that is the permissions boundary of the roles
    #[arg(long, value_name = "ARN")]
    pub permissions_boundary: Option<PolicyArn>,
}

/// The output.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub struct Delivery {
    /// JSON, or the deployment tool
    #[arg(long, default_value_t, value_parser = choice::<Format>())]
    pub format: Format,
    /// For Terraform and CloudFormation: refer to the partition, region and account that it is deployed in
    #[arg(long)]
    pub portable: bool,
    /// Write files to this folder, which is created if needed: all of them or none; otherwise print
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace existing files, a link itself and not its target; files of roles that are gone are listed and kept
    #[arg(long, requires = "out")]
    pub force: bool,
}

impl Runner {
    /// Its name, or the default name of its kind.
    pub fn name(&self, kind: RunnerKind) -> Result<RunnerName, runner_profiles::RoleError> {
        match &self.name {
            Some(name) => Ok(name.clone()),
            None => Ok(RunnerName::new(format!("maia-{kind}"))?),
        }
    }
}

#[derive(Args)]
pub struct Hybrid {
    #[command(flatten)]
    pub runner: Runner,
    /// The secret of the credentials for Matillion's platform, by name or by ARN
    #[arg(long, value_name = "SECRET")]
    pub platform_secret: Secret,
    /// The bucket in which pipelines stage files, by name or by ARN
    #[arg(long, value_name = "BUCKET")]
    pub staging_bucket: Option<S3Bucket>,
    /// Use only objects of the staging bucket whose keys start with this and `/`
    #[arg(long, value_name = "PREFIX", requires = "staging_bucket")]
    pub staging_prefix: Option<ObjectPrefix>,
    /// List only these, too: `HeadBucket` fails then
    #[arg(long, requires = "staging_prefix")]
    pub staging_strict: bool,
    /// Delete objects of the staging bucket, too
    #[arg(long, requires = "staging_bucket")]
    pub staging_delete: bool,
    /// The customer managed key of the staging bucket, by ID or by ARN
    #[arg(long, value_name = "KEY", requires = "staging_bucket")]
    pub staging_kms_key: Option<KmsKey>,
    /// The bucket of the extension library, by name or by ARN
    #[arg(long, value_name = "BUCKET")]
    pub extension_library: Option<S3Bucket>,
    /// The secret of the key pair that the runner shares with a script runner, by name or by ARN
    #[arg(long, value_name = "SECRET")]
    pub script_runner_secret: Option<Secret>,
    #[command(flatten)]
    pub eks: Eks,
    /// The resource in the documented task execution role
    #[arg(long, value_name = "SCOPE", value_parser = choice::<HybridScope>())]
    pub execution_scope: Option<HybridScope>,
    /// Print one role only
    #[arg(long, value_parser = choice::<RoleKind>())]
    pub role: Option<RoleKind>,
}

/// A runner on EKS.
#[derive(Args)]
pub struct Eks {
    /// On EKS, the cluster's OIDC provider, by its issuer without `https://` or by its ARN
    #[arg(
        long = "eks-issuer",
        value_name = "ISSUER",
        requires_all = ["namespace", "service_account"],
        conflicts_with = "pod_identity"
    )]
    pub issuer: Option<OidcProvider>,
    /// The namespace of the service account
    #[arg(long = "eks-namespace", value_name = "NAMESPACE", requires = "issuer")]
    pub namespace: Option<KubernetesNamespace>,
    /// The service account of the runner
    #[arg(long = "eks-service-account", value_name = "SERVICE_ACCOUNT", requires = "issuer")]
    pub service_account: Option<KubernetesServiceAccount>,
    /// The service account of the script runner
    #[arg(
        long = "eks-script-runner-service-account",
        value_name = "SERVICE_ACCOUNT",
        requires = "issuer"
    )]
    pub script_runner_service_account: Option<KubernetesServiceAccount>,
    /// On EKS, with Pod Identity
    #[arg(long = "eks-pod-identity")]
    pub pod_identity: bool,
    /// Only for pods of the cluster with this ARN
    #[arg(long = "eks-cluster", value_name = "ARN", requires = "pod_identity")]
    pub cluster: Option<EksClusterArn>,
}

#[derive(Args)]
pub struct Streaming {
    #[command(flatten)]
    pub runner: Runner,
    /// A secret of the agent's credentials, by name or by ARN; may be repeated
    #[arg(long, visible_alias = "platform-secret", value_name = "SECRET", required = true)]
    pub agent_secret: Vec<Secret>,
    /// The bucket to deliver to, by name or by ARN
    #[arg(long, visible_alias = "staging-bucket", value_name = "BUCKET")]
    pub destination_bucket: Option<S3Bucket>,
    /// Use only objects of the destination bucket whose keys start with this and `/`
    #[arg(long, value_name = "PREFIX", requires = "destination_bucket")]
    pub destination_prefix: Option<ObjectPrefix>,
    /// List only these, too: `HeadBucket` fails then
    #[arg(long, requires = "destination_prefix")]
    pub destination_strict: bool,
    /// The customer managed key of the destination bucket, by ID or by ARN
    #[arg(long, value_name = "KEY", requires = "destination_bucket")]
    pub destination_kms_key: Option<KmsKey>,
    /// The resource in the documented task execution role [default: secrets]
    #[arg(long, value_name = "SCOPE", value_parser = choice::<StreamingScope>())]
    pub execution_scope: Option<StreamingScope>,
    /// Print one role only
    #[arg(long, value_parser = PossibleValuesParser::new(<[&str; 2]>::from([RoleKind::Task.into(), RoleKind::Execution.into()])).try_map(|name| RoleKind::from_str(&name)))]
    pub role: Option<RoleKind>,
}

fn session_duration(seconds: &str) -> Result<SessionDuration, Box<dyn std::error::Error + Send + Sync>> {
    Ok(SessionDuration::from_seconds(seconds.parse()?)?)
}

/// One of the names of a choice.
fn choice<T>() -> impl TypedValueParser<Value = T>
where
    T: VariantNames + FromStr<Err = UnknownNameError> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(T::VARIANTS).try_map(|name| T::from_str(&name))
}
