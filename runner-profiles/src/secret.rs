//! Which secret is meant.

use std::fmt;
use std::str::FromStr;

use policy_core::names::{NameError, SecretArn, SecretId, SecretName};

/// A secret of Secrets Manager: given by its ARN, by its name, or by what ends its ARN.
///
/// By its name it is written `NAME-??????` in a policy, because Secrets Manager puts a hyphen and six characters of its
/// choice behind the name, and a policy on the name alone matches nothing. That still fits when the secret is deleted and
/// made again, and does not fit `NAME-other-a1B2c3`, as `NAME-*` would.
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
/// // What an ECS task definition adds to the ARN is no part of it.
/// let error = format!("{arn}:client_id::").parse::<Secret>().unwrap_err();
/// assert_eq!(error.suggestion().as_deref(), Some(arn));
/// # Ok::<(), runner_profiles::policy_core::names::NameError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Secret {
    /// The secret of this name in the runner's region and account, whatever the six characters are.
    Name(SecretName),
    /// The secret in the runner's region and account whose ARN ends so.
    Id(SecretId),
    /// The secret of this ARN, which may be of another region or account.
    Arn(SecretArn),
}

/// An ARN, or a name. A text without `arn:` is always taken as a name, also if it ends in a hyphen and six characters; the
/// role that is made with it then has a [`Warning`](crate::Warning).
impl FromStr for Secret {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        if text.starts_with("arn:") {
            SecretArn::new(text).map(Self::Arn)
        } else if text.contains(':') {
            // Only an id can be told from the end that an ECS task definition gives it.
            SecretId::new(text).map(Self::Id)
        } else {
            SecretName::new(text).map(Self::Name)
        }
    }
}

impl From<SecretName> for Secret {
    fn from(name: SecretName) -> Self {
        Self::Name(name)
    }
}

impl From<SecretId> for Secret {
    fn from(id: SecretId) -> Self {
        Self::Id(id)
    }
}

impl From<SecretArn> for Secret {
    fn from(arn: SecretArn) -> Self {
        Self::Arn(arn)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => name.fmt(f),
            Self::Id(id) => id.fmt(f),
            Self::Arn(arn) => arn.fmt(f),
        }
    }
}
