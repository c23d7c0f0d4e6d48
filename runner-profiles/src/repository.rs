//! The repositories of a runner's images.

use policy_core::names::{EcrRepositoryName, RepositoryArn};

use crate::identifies::identified;

/// A private repository of ECR: given by its ARN, or by its name in the runner's Region and account.
///
/// In another account, the policy of the repository has to allow the role, too.
///
/// ```
/// use runner_profiles::EcrRepository;
///
/// let by_name: EcrRepository = "matillion/etl-agent".parse()?;
/// let by_arn: EcrRepository = "arn:aws:ecr:eu-west-1:111122223333:repository/matillion/etl-agent".parse()?;
/// assert!(matches!((by_name, by_arn), (EcrRepository::Name(_), EcrRepository::Arn(_))));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum EcrRepository {
    /// The repository of this name in the runner's Region and account.
    Name(EcrRepositoryName),
    /// The repository of this ARN, which may be in another Region or account.
    Arn(RepositoryArn),
}

identified!(EcrRepository: Name(EcrRepositoryName) or Arn(RepositoryArn));
