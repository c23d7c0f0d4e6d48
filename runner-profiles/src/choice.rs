//! The choices of a user: each has a name for the command line.

use policy_core::names::Partition;
use policy_core::spelling::UnknownNameError;
use strum::{Display, EnumString, IntoStaticStr, VariantNames};

/// A preset.
///
/// ```
/// use runner_profiles::RunnerKind;
///
/// assert_eq!("streaming".parse(), Ok(RunnerKind::Streaming));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
#[non_exhaustive]
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
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
#[non_exhaustive]
pub enum RoleKind {
    /// The permissions of the runner itself: the task role.
    Task,
    /// The permissions that ECS needs to start the runner: the task execution role.
    Execution,
    /// The permissions of the script runner next to a Hybrid runner: its task role.
    ScriptRunnerTask,
}

/// The form of a preset.
///
/// ```
/// use runner_profiles::Form;
///
/// assert_eq!(Form::default().to_string(), "least-privilege");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
pub enum Form {
    /// The permissions that the runner needs and nothing else.
    #[default]
    LeastPrivilege,
    /// The JSON of Matillion's page, to the letter.
    AsDocumented,
}

/// The output format of roles.
///
/// ```
/// use runner_profiles::Format;
///
/// assert_eq!("terraform".parse(), Ok(Format::Terraform));
/// assert_eq!(Format::CloudFormation.to_string(), "cloudformation");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "lowercase", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
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

/// The conditions of a trust policy against confused deputies: on whose behalf a service may assume the role.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
#[non_exhaustive]
pub enum SourceConditions {
    /// None: the service can assume the role on behalf of any account that may pass it.
    None,
    /// `aws:SourceAccount` is the runner's account. The default of task execution roles.
    Account,
    /// `aws:SourceArn` is of ECS in the runner's region and account, too. The default of task roles. A cluster cannot be
    /// named there.
    /// Source: <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html>
    AccountAndArn,
}

/// The name of a service in `kms:ViaService`, where it is not certain.
///
/// AWS documents `SERVICE.REGION.amazonaws.com`. In partitions whose hosts do not end in `amazonaws.com`, such as `aws-cn`,
/// the suffix is not documented, and with the wrong one nothing can be decrypted: so it has to be chosen there.
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
pub enum ViaServiceSuffix {
    /// `amazonaws.com`, as in the commercial Regions.
    AmazonawsCom,
    /// The suffix of the partition's host names: `amazonaws.com.cn`.
    OfPartition,
    /// Either of them. It cannot fail, and both are AWS names.
    Both,
}

impl ViaServiceSuffix {
    /// The only one in this partition, if its hosts have the same suffix as those of the commercial Regions.
    pub(crate) fn certain(partition: &Partition) -> Option<Self> {
        (partition.dns_suffix() == Partition::AWS.dns_suffix()).then_some(Self::AmazonawsCom)
    }
}

/// The value of `<resource-scope>` in the documented policy of a Hybrid runner's task execution role.
///
/// The page has one policy for secrets under AWS's own key, and one with `kms:Decrypt` for secrets under a customer
/// managed key (CMK). It gives `secretsmanager:GetSecretValue` and `kms:Decrypt` the same `Resource`, and no single ARN
/// matches both: the example in the page's note can never work, and has to be chosen by such a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
#[non_exhaustive]
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

/// The resource in the documented policy of a Streaming runner's task execution role.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Display, EnumString, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case", parse_err_ty = UnknownNameError, parse_err_fn = Self::unknown)]
#[non_exhaustive]
pub enum StreamingScope {
    /// The ARNs of the agent's secrets.
    #[default]
    Secrets,
    /// `*`: every secret of the account.
    EverySecret,
}

macro_rules! unknown {
    ($($choice:ident: $noun:literal;)+) => {$(
        impl $choice {
            fn unknown(name: &str) -> UnknownNameError {
                UnknownNameError::new($noun, name, Self::VARIANTS.iter().copied())
            }
        }
    )+};
}

unknown! {
    RunnerKind: "a preset";
    RoleKind: "a role of a runner";
    Form: "a form of a preset";
    Format: "a format of roles";
    SourceConditions: "a choice of source conditions";
    ViaServiceSuffix: "a suffix of `kms:ViaService`";
    HybridScope: "a scope of a Hybrid runner's execution role";
    StreamingScope: "a scope of a Streaming runner's execution role";
}

#[cfg(test)]
mod tests {
    use super::RoleKind;

    #[test]
    fn a_misspelt_choice_is_told_from_the_names() {
        let error = "executon".parse::<RoleKind>().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("`executon` is not a role of a runner; did you mean `execution`?".to_owned())
        );
        let error = "cluster".parse::<RoleKind>().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err("`cluster` is not a role of a runner; write `task`, `execution` or `script-runner-task`".to_owned())
        );
    }
}
