//! The caller of a request.

use crate::arn::fields;
use std::fmt;

use super::arn::is_service_linked_role;
use super::context::Context;
use super::session_tags::SessionTags;
use crate::shown::Shown;

/// The principal that makes a request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
///
/// ```
/// use policy_core::evaluate::Caller;
///
/// let session = Caller::from_arn("arn:aws:sts::111122223333:assumed-role/maia-task/ecs")?;
/// assert_eq!(session.account(), Some("111122223333"));
/// assert_eq!(Caller::service("ecs-tasks.amazonaws.com").account(), None);
/// # Ok::<(), policy_core::evaluate::ParseCallerError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    pub(super) identity: Identity,
    pub(super) tags: SessionTags,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// The root user of an account, or the account itself.
    Root { arn: String, account: String },
    /// A user.
    User { arn: String, account: String, name: String },
    /// A role, or a session of it.
    Role {
        /// The ARN of the role.
        arn: String,
        account: String,
        /// The ARN of the session.
        session: Option<String>,
    },
    /// A federated user session.
    FederatedUser { arn: String, account: String },
    /// An AWS service acting on its own behalf.
    Service(String),
    /// A principal authenticated by an identity provider.
    Federated(String),
    /// A caller that did not sign the request.
    Anonymous,
}

/// The error for a text that is not the ARN of a principal that can make requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCallerError {
    text: String,
}

impl fmt::Display for ParseCallerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}",
            Shown(format_args!(
                "`{}` is not the ARN of a caller; write that of a user, role, role session or root user, such as \
                 `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`",
                self.text
            ))
        )
    }
}

impl std::error::Error for ParseCallerError {}

impl Caller {
    /// Parses the ARN of a user, role, role session, federated user or root user.
    ///
    /// The ARN of a session does not contain the path of its role; if the role has one, use [`Caller::session_of`].
    ///
    /// # Errors
    ///
    /// The text is not the ARN of such a principal.
    pub fn from_arn(text: &str) -> Result<Self, ParseCallerError> {
        let wrong = || ParseCallerError { text: text.to_owned() };
        let fields: Vec<&str> = fields(text, false).collect();
        let ["arn", partition, service, "", account, resource] = fields.as_slice() else {
            return Err(wrong());
        };
        let account = (*account).to_owned();
        if account.len() != 12 || !account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong());
        }
        let arn = text.to_owned();
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        let identity = match (*service, kind, name) {
            ("iam", "root", "") if *resource == "root" => Identity::Root { arn, account },
            (_, _, "") => return Err(wrong()),
            ("iam", "user", name) => Identity::User {
                name: name.rsplit('/').next().unwrap_or(name).to_owned(),
                arn,
                account,
            },
            ("iam", "role", _) => Identity::Role {
                arn,
                account,
                session: None,
            },
            ("sts", "assumed-role", name) => {
                let (role, _) = name.split_once('/').ok_or_else(wrong)?;
                Identity::Role {
                    arn: format!("arn:{partition}:iam::{account}:role/{role}"),
                    account,
                    session: Some(arn),
                }
            }
            ("sts", "federated-user", _) => Identity::FederatedUser { arn, account },
            _ => return Err(wrong()),
        };
        Ok(Self::of(identity))
    }

    const fn of(identity: Identity) -> Self {
        Self {
            identity,
            tags: SessionTags::new(),
        }
    }

    /// Creates a session of a role that has a path, from the role's ARN and the session name.
    ///
    /// # Errors
    ///
    /// The ARN is not the ARN of a role.
    pub fn session_of(role: &str, session: &str) -> Result<Self, ParseCallerError> {
        let mut caller = Self::from_arn(role)?;
        let Identity::Role {
            arn,
            account,
            session: own,
        } = &mut caller.identity
        else {
            return Err(ParseCallerError { text: role.to_owned() });
        };
        let partition = fields(arn, false).nth(1).unwrap_or_default();
        let name = arn.rsplit('/').next().unwrap_or_default();
        *own = Some(format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}"));
        Ok(caller)
    }

    /// Creates an AWS service acting on its own behalf: `ecs-tasks.amazonaws.com`.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::of(Identity::Service(name.to_owned()))
    }

    /// Creates a principal authenticated by an identity provider: the provider's ARN, or the name of one built into
    /// AWS.
    #[must_use]
    pub fn federated(provider: &str) -> Self {
        Self::of(Identity::Federated(provider.to_owned()))
    }

    /// Creates a caller that did not sign the request.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self::of(Identity::Anonymous)
    }

    /// The account ID, if the caller has one.
    pub fn account(&self) -> Option<&str> {
        match &self.identity {
            Identity::Root { account, .. }
            | Identity::User { account, .. }
            | Identity::Role { account, .. }
            | Identity::FederatedUser { account, .. } => Some(account),
            Identity::Service(_) | Identity::Federated(_) | Identity::Anonymous => None,
        }
    }

    /// Whether identity-based policies, permissions boundaries and SCPs can apply.
    pub(super) const fn has_identity_policies(&self) -> bool {
        !matches!(
            self.identity,
            Identity::Service(_) | Identity::Federated(_) | Identity::Anonymous
        )
    }

    pub(super) const fn is_user(&self) -> bool {
        matches!(self.identity, Identity::User { .. })
    }

    pub(super) const fn is_service(&self) -> bool {
        matches!(self.identity, Identity::Service(_))
    }

    /// Whether it is the root user of an account.
    pub(super) const fn is_root(&self) -> bool {
        matches!(self.identity, Identity::Root { .. })
    }

    /// Whether its permissions are limited to those that a session policy grants.
    pub(super) const fn needs_session_policy(&self) -> bool {
        matches!(self.identity, Identity::FederatedUser { .. })
    }

    /// Whether it is a service-linked role. The ARN of a session does not contain the role's path, and the name alone
    /// proves nothing, so a session counts only if [`session_of`](Self::session_of) was given the role.
    pub(super) fn is_service_linked(&self) -> bool {
        matches!(&self.identity, Identity::Role { arn, .. } if is_service_linked_role(arn))
    }

    /// Adds the condition keys that follow from the caller.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    pub(super) fn describe(&self, context: &mut Context) {
        self.tags.describe(context);
        let mut set = |key, value: &str| context.set(key, vec![value.to_owned()]);
        if let Some(account) = self.account() {
            set("aws:PrincipalAccount", account);
            set("aws:PrincipalIsAWSService", "false");
        }
        match &self.identity {
            Identity::Root { arn, account } => {
                set("aws:PrincipalArn", arn);
                set("aws:PrincipalType", "Account");
                set("aws:userid", account);
            }
            Identity::User { arn, name, .. } => {
                set("aws:PrincipalArn", arn);
                set("aws:PrincipalType", "User");
                set("aws:username", name);
            }
            Identity::Role { arn, .. } => {
                set("aws:PrincipalArn", arn);
                set("aws:PrincipalType", "AssumedRole");
            }
            Identity::FederatedUser { arn, account } => {
                let name = fields(arn, false).nth(5).and_then(|user| user.split_once('/'));
                let name = name.map_or("", |(_, name)| name);
                set("aws:userid", &format!("{account}:{name}"));
                set("aws:PrincipalArn", arn);
                set("aws:PrincipalType", "FederatedUser");
            }
            Identity::Service(name) => {
                set("aws:PrincipalIsAWSService", "true");
                set("aws:PrincipalServiceName", name);
            }
            Identity::Federated(_) => {}
            Identity::Anonymous => {
                set("aws:PrincipalType", "Anonymous");
                set("aws:PrincipalAccount", "anonymous");
                set("aws:userid", "anonymous");
            }
        }
    }
}

/// The ARN, for a session the session's; the name of a service or provider; or `anonymous`.
impl fmt::Display for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.identity {
            Identity::Role {
                session: Some(session), ..
            } => session,
            Identity::Root { arn, .. }
            | Identity::User { arn, .. }
            | Identity::Role { arn, .. }
            | Identity::FederatedUser { arn, .. } => arn,
            Identity::Service(name) | Identity::Federated(name) => name,
            Identity::Anonymous => "anonymous",
        })
    }
}
