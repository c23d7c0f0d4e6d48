//! What there is to choose from: each choice has a name for the command line.

use policy_core::names::Partition;
use strum::{Display, EnumString, IntoStaticStr, VariantNames};

/// A preset.
///
/// ```
/// use runner_profiles::RunnerKind;
///
/// assert_eq!("streaming".parse(), Ok(RunnerKind::Streaming));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum RunnerKind {
    /// [`Hybrid`](crate::Hybrid)
    Hybrid,
    /// [`Streaming`](crate::Streaming)
    Streaming,
}

/// A role of a runner.
///
/// ```
/// use runner_profiles::RoleKind;
///
/// assert_eq!("script-runner-task".parse(), Ok(RoleKind::ScriptRunnerTask));
/// assert_eq!(RoleKind::Execution.to_string(), "execution");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum RoleKind {
    /// What the runner itself may do: the task role.
    Task,
    /// What ECS may do to start the runner: the task execution role.
    Execution,
    /// What the script runner beside a Hybrid runner may do: its task role.
    ScriptRunnerTask,
}

/// How a preset is written.
///
/// ```
/// use runner_profiles::Form;
///
/// assert_eq!(Form::default().to_string(), "least-privilege");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Form {
    /// What the runner needs and nothing else.
    #[default]
    LeastPrivilege,
    /// The JSON of Matillion's page, to the letter.
    AsDocumented,
}

/// What roles are rendered as.
///
/// ```
/// use runner_profiles::Format;
///
/// assert_eq!("terraform".parse(), Ok(Format::Terraform));
/// assert_eq!(Format::CloudFormation.to_string(), "cloudformation");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "lowercase")]
pub enum Format {
    /// [`render::Terraform`](crate::render::Terraform)
    Terraform,
    /// [`render::CloudFormation`](crate::render::CloudFormation)
    CloudFormation,
    /// [`render::json_files`](crate::render::json_files)
    #[default]
    Json,
    /// [`render::aws_cli`](crate::render::aws_cli)
    Cli,
}

/// Which conditions a trust policy sets against confused deputies: on whose behalf a service takes on the role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum SourceConditions {
    /// None: any account's use of the service can take on the role, if it may pass it.
    None,
    /// `aws:SourceAccount` is the runner's account. The default of task execution roles.
    Account,
    /// `aws:SourceArn` is of ECS in the runner's region and account, too. The default of task roles. A cluster cannot be
    /// named there.
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>
    AccountAndArn,
}

/// How `kms:ViaService` names a service, where that is not certain.
///
/// AWS documents `SERVICE.REGION.amazonaws.com`. In partitions whose hosts do not end in `amazonaws.com`, such as `aws-cn`,
/// no source says which end it has, and with the wrong one nothing can be decrypted: so it has to be chosen there.
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum ViaServiceSuffix {
    /// `amazonaws.com`, as in the commercial regions.
    AmazonawsCom,
    /// The end of the partition's host names: `amazonaws.com.cn`.
    OfPartition,
    /// Either of them. It cannot fail, and both are names of AWS's.
    Both,
}

impl ViaServiceSuffix {
    /// The only one there is in this partition, if its hosts have the same end as those of the commercial regions.
    pub(crate) fn certain(partition: &Partition) -> Option<Self> {
        (partition.dns_suffix() == Partition::AWS.dns_suffix()).then_some(Self::AmazonawsCom)
    }
}

/// What stands for `<resource-scope>` in the documented policy of a Hybrid runner's task execution role.
///
/// The page has one policy for secrets under AWS's own key, and one with `kms:Decrypt` for secrets under a customer
/// managed key (CMK). It gives `secretsmanager:GetSecretValue` and `kms:Decrypt` the same `Resource`, and no single ARN
/// fits both: what the page's note shows for it can never work, and has to be asked for by such a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum HybridScope {
    /// The ARN of the secret. The default without a customer managed key.
    Secret,
    /// `*`: every secret of the account. The page advises against it.
    EverySecret,
    /// With `kms:Decrypt`, on the secret's ARN and the key's: the only scoped filling that works.
    CmkSecretAndKey,
    /// With `kms:Decrypt`, on `*`: every secret and every key of the account.
    CmkEverything,
    /// With `kms:Decrypt`, on the secret's ARN alone: `kms:Decrypt` never matches it, so the secret stays unreadable.
    CmkSecretOnlyNeverWorks,
    /// With `kms:Decrypt`, on the keys' ARNs alone, as in the page's note: `secretsmanager:GetSecretValue` never matches
    /// them, so the task never starts.
    CmkKeysOnlyNeverWorks,
}

/// What stands for the resource in the documented policy of a Streaming runner's task execution role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum StreamingScope {
    /// The ARNs of the agent's secrets.
    #[default]
    Secrets,
    /// `*`: every secret of the account.
    EverySecret,
}
