//! The secrets of a runner.

use std::str::FromStr;

use policy_core::names::{NameError, SecretArn, SecretId, SecretName};
use policy_core::policy::NonEmpty;

use crate::identifies::identified;

/// A secret of Secrets Manager: given by its ARN, by its name, or by the end of its ARN.
///
/// By its name it is written `NAME-??????` in a policy, because Secrets Manager adds a hyphen and six random characters
/// to the name, and a policy on the name alone matches nothing. The pattern still matches when the secret is deleted
/// and created again, and does not match `NAME-other-a1B2c3`, as `NAME-*` would.
/// Source: <https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_iam-permissions.html>
///
/// ```
/// use runner_profiles::Secret;
/// use runner_profiles::policy_core::names::{SecretArn, SecretName};
///
/// let by_name: Secret = "matillion-oauth-credentials".parse()?;
/// assert_eq!(by_name, Secret::from(SecretName::from_static("matillion-oauth-credentials")));
///
/// let arn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:matillion-oauth-credentials-g7H8i9";
/// assert_eq!(arn.parse::<Secret>()?, Secret::from(SecretArn::from_static(arn)));
///
/// // The suffix that an ECS task definition adds to the ARN is not part of it.
/// let error = format!("{arn}:client_id::").parse::<Secret>().unwrap_err();
/// assert_eq!(error.suggestion().as_deref(), Some(arn));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Secret {
    /// The secret of this name in the runner's Region and account, with any six characters.
    Name(SecretName),
    /// The secret in the runner's Region and account whose ARN ends like this.
    Id(SecretId),
    /// The secret of this ARN, which may be in another Region or account.
    Arn(SecretArn),
}

/// An ARN, or a name. A text without `arn:` is always read as a name, also if it ends in a hyphen and six characters;
/// the role then has a [`Warning`](crate::Warning).
impl FromStr for Secret {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text.starts_with("arn:") {
            SecretArn::new(text).map(Self::Arn)
        } else if text.contains(':') {
            // Only an ID can be told from the suffix that an ECS task definition adds.
            SecretId::new(text).map(Self::Id)
        } else {
            SecretName::new(text).map(Self::Name)
        }
    }
}

identified!(Secret: Name(SecretName), Id(SecretId), Arn(SecretArn));

/// A single secret.
impl From<Secret> for NonEmpty<Secret> {
    fn from(only: Secret) -> Self {
        Self::new(only, [])
    }
}
