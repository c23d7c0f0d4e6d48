//! The reasons why a role that exists cannot be read.

use std::error::Error;
use std::fmt;

use policy_core::document::SyntaxError;
use policy_core::names::{NameError, PolicyArn, PolicyName, RoleName};
use policy_core::policy::ReadError;
use policy_core::shown::Shown;

use crate::RoleError;

/// A role that exists cannot be read from what AWS returned of it: where, and why.
///
/// ```
/// use runner_profiles::{ReadRoleMistake, Role};
///
/// let error = Role::from_json(r#"{ "Role": { "RoleName": "maia prod" } }"#).unwrap_err();
/// assert_eq!(error.place(), "`/Role/RoleName`");
/// assert!(matches!(error.mistake(), ReadRoleMistake::Name(_)));
///
/// let error = Role::from_json(r#"{ "Version": "2012-10-17", "Statement": [] }"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "this is a policy, and not a role; give the output of `aws iam get-role`, which has the trust policy, or use \
///      `Role::existing` for a name and a trust policy"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRoleError {
    place: String,
    mistake: Box<ReadRoleMistake>,
}

/// Why a role that exists cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadRoleMistake {
    /// The text is not JSON.
    Json(SyntaxError),
    /// The JSON is not the output of a command that returns roles.
    NoRole,
    /// The JSON is a policy.
    IsPolicy,
    /// The JSON is the output of a command that returns an inline policy of a role.
    IsPartOfARole,
    /// There are so many roles where one was expected.
    NotOneRole(usize),
    /// The JSON is not the output of a command that returns something of a role.
    NothingOfARole,
    /// The output is of another role.
    OtherRole {
        /// The role.
        role: RoleName,
        /// The role of the output.
        other: RoleName,
    },
    /// The JSON is a version of a managed policy, which does not have the ARN of the policy.
    OfNoPolicy,
    /// The managed policy is not attached to the role.
    NotAttached {
        /// The role.
        role: RoleName,
        /// The policy.
        policy: PolicyArn,
    },
    /// The version of a managed policy is not the default, so it is not in force.
    NotTheDefaultVersion,
    /// The role has the policy of this name already.
    ReadBefore(PolicyName),
    /// There is no member of this name.
    Missing(&'static str),
    /// The value is not a string, but of this type.
    NotAString(&'static str),
    /// The value is not a number of seconds.
    NotANumber,
    /// The value is not a valid name or ARN.
    Name(NameError),
    /// The value is not a policy.
    Policy(ReadError),
    /// The value is not one that a role can have.
    Role(RoleError),
}

impl ReadRoleError {
    pub(super) fn of(place: impl Into<String>, mistake: impl Into<ReadRoleMistake>) -> Self {
        Self {
            place: place.into(),
            mistake: Box::new(mistake.into()),
        }
    }

    pub(super) fn at_root(mistake: impl Into<ReadRoleMistake>) -> Self {
        Self::of("", mistake)
    }

    /// Where: a JSON Pointer in backticks, a line and a column, or the policy that was given; empty for the whole text.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Why.
    pub fn mistake(&self) -> &ReadRoleMistake {
        &self.mistake
    }
}

impl fmt::Display for ReadRoleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", Shown(&self.place))?;
        }
        self.mistake.fmt(f)
    }
}

impl fmt::Display for ReadRoleMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(error) => {
                error.fmt(f)?;
                f.write_str("; give the output of the AWS CLI as `--output json` prints it")
            }
            Self::NoRole => f.write_str(
                "there is no role; give the output of `aws iam get-role`, `aws iam list-roles` or \
                 `aws iam get-account-authorization-details`",
            ),
            Self::NotOneRole(0) => {
                f.write_str("there is no role in the list; give the output of `aws iam get-role` for one that exists")
            }
            Self::IsPolicy => f.write_str(
                "this is a policy, and not a role; give the output of `aws iam get-role`, which has the trust policy, or use \
                 `Role::existing` for a name and a trust policy",
            ),
            Self::IsPartOfARole => f.write_str(
                "this is a policy of a role without the role itself; read the output of `aws iam get-role` first, and add this one with \
                 `Role::with_json`",
            ),
            Self::NotOneRole(roles) => write!(
                f,
                "there are {roles} roles, and one was expected; read them with `Role::all_from_json`"
            ),
            Self::NothingOfARole => f.write_str(
                "nothing of a role is in it; give the output of `aws iam get-role-policy`, `aws iam list-attached-role-policies` or \
                 `aws iam list-role-tags`",
            ),
            Self::OtherRole { role, other } => {
                write!(f, "this is of the role `{other}`; give the output for `{role}`")
            }
            Self::OfNoPolicy => f.write_str(
                "this is a version of a managed policy, and does not have the policy's ARN; give both to `Role::with_policy_version`",
            ),
            Self::NotAttached { role, policy } => write!(
                f,
                "`{policy}` is not attached to `{role}`; add the output of `aws iam list-attached-role-policies` first, with \
                 `Role::with_json`"
            ),
            Self::NotTheDefaultVersion => f.write_str(
                "this version of the policy is not the default, so it is not in force; give the version that is the `DefaultVersionId` of \
                 `aws iam get-policy`",
            ),
            Self::ReadBefore(name) => write!(
                f,
                "the role already has a policy `{name}`: its output has been read; give the output of each policy once"
            ),
            Self::Missing(name) => write!(
                f,
                "there is no `{name}`; give the whole output of the AWS CLI, without `--query`, or add the member"
            ),
            Self::NotAString(type_name) => write!(
                f,
                "{type_name} is not a string; write the value as the AWS CLI prints it, in quotes"
            ),
            Self::NotANumber => f.write_str("this is not a number of seconds; write one from 3600 to 43200, such as `3600`"),
            Self::Name(error) => error.fmt(f),
            Self::Policy(error) => error.fmt(f),
            Self::Role(error) => error.fmt(f),
        }
    }
}

impl Error for ReadRoleError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &*self.mistake {
            ReadRoleMistake::Json(error) => Some(error),
            ReadRoleMistake::Name(error) => Some(error),
            ReadRoleMistake::Policy(error) => Some(error),
            ReadRoleMistake::Role(error) => Some(error),
            _ => None,
        }
    }
}

impl From<NameError> for ReadRoleMistake {
    fn from(error: NameError) -> Self {
        Self::Name(error)
    }
}

impl From<ReadError> for ReadRoleMistake {
    fn from(error: ReadError) -> Self {
        Self::Policy(error)
    }
}
