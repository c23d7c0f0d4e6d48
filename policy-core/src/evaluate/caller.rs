//! The caller of a request.

use std::fmt;
use std::str::FromStr;

use super::arn::is_service_linked_role;
use super::caller_error::ParseCallerError;
use super::session_tags::SessionTags;
use crate::arn::fields;
use crate::check::request::{RequestMistake, of_service};
use crate::document::{Node, Place};
use crate::names::{
    AccountRootArn, AssumedRoleArn, FederatedUserArn, Name, NameError, OidcProviderArn, RoleArn, SamlProviderArn,
    SessionName, UserArn,
};

/// The principal that makes a request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
///
/// ```
/// use policy_core::evaluate::Caller;
///
/// let session = Caller::from_arn("arn:aws:sts::111122223333:assumed-role/maia-task/ecs")?;
/// assert_eq!(session.account(), Some("111122223333"));
/// assert_eq!("arn:aws:sts::111122223333:assumed-role/maia-task/ecs".parse(), Ok(session));
/// assert_eq!(Caller::service("ecs-tasks.amazonaws.com").account(), None);
/// # Ok::<(), policy_core::evaluate::ParseCallerError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    pub(super) identity: Identity,
    pub(super) tags: SessionTags,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
        /// Whether only the ARN of the session is known, which does not have the path of the role.
        is_pathless: bool,
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

impl Caller {
    /// Parses the ARN of a user, role, role session, federated user or root user.
    ///
    /// The ARN of a session does not contain the path of its role. A role has its name only once in an account, so a `Deny` on
    /// the ARN of a role with this name matches whatever the path in it is; what allows, or exempts from a `Deny`, has to be
    /// written without a path. If the role has one, use [`Caller::session_of`].
    ///
    /// # Errors
    ///
    /// The text is not the ARN of such a principal, or that of one that cannot exist: a pattern, another partition than AWS has, an
    /// account ID of 11 digits. Policies would deny every request of that caller, and a test that expects it would prove nothing.
    ///
    /// ```
    /// use policy_core::evaluate::Caller;
    ///
    /// for (text, wrong) in [
    ///     (
    ///         "arn:aws:iam::111122223333:role/*",
    ///         "`arn:aws:iam::111122223333:role/*` is not the ARN of an IAM role: in its name `*`, `*` at position 1 is a wildcard, \
    ///          which is not allowed here; write the whole ARN, such as `arn:aws:iam::111122223333:role/maia-prod-task`",
    ///     ),
    ///     (
    ///         "arn:aws:iam::111122223333:group/ops",
    ///         "`arn:aws:iam::111122223333:group/ops` is not the ARN of a caller: a group makes no requests; write the ARN of one of \
    ///          its users",
    ///     ),
    /// ] {
    ///     assert_eq!(Caller::from_arn(text).unwrap_err().to_string(), wrong);
    /// }
    /// ```
    pub fn from_arn(text: &str) -> Result<Self, ParseCallerError> {
        let fields: Vec<&str> = fields(text, false).collect();
        let ["arn", partition, service, _, account, resource] = fields.as_slice() else {
            return Err(ParseCallerError::of(text));
        };
        let (kind, name) = resource.split_once('/').unwrap_or((resource, ""));
        let arn = text.to_owned();
        let account = (*account).to_owned();
        let (valid, identity) = match kind {
            "root" if !resource.contains('/') => (of::<AccountRootArn>(text), Identity::Root { arn, account }),
            "user" => {
                let name = name.rsplit('/').next().unwrap_or(name).to_owned();
                (of::<UserArn>(text), Identity::User { arn, account, name })
            }
            "role" => (
                of::<RoleArn>(text),
                Identity::Role {
                    arn,
                    account,
                    session: None,
                    is_pathless: false,
                },
            ),
            "assumed-role" => {
                let (role, _) = name.split_once('/').unwrap_or((name, ""));
                let identity = Identity::Role {
                    arn: format!("arn:{partition}:iam::{account}:role/{role}"),
                    account,
                    session: Some(arn),
                    is_pathless: true,
                };
                (of_session(text), identity)
            }
            "federated-user" => (of::<FederatedUserArn>(text), Identity::FederatedUser { arn, account }),
            _ => return Err(ParseCallerError::of_resource(text, service, kind)),
        };
        valid.map_err(ParseCallerError::from)?;
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
    /// The ARN is not the ARN of a role, or the session cannot have that name.
    ///
    /// ```
    /// use policy_core::evaluate::Caller;
    ///
    /// let session = Caller::session_of("arn:aws:iam::111122223333:role/ops/deploy", "ci")?;
    /// assert_eq!(session.to_string(), "arn:aws:sts::111122223333:assumed-role/deploy/ci");
    ///
    /// let error = Caller::session_of("arn:aws:iam::111122223333:role/ops/deploy", "*").unwrap_err();
    /// assert!(error.to_string().starts_with("`*` is not a role session name: `*` at position 1 is a wildcard"), "{error}");
    /// # Ok::<(), policy_core::evaluate::ParseCallerError>(())
    /// ```
    pub fn session_of(role: &str, session: &str) -> Result<Self, ParseCallerError> {
        let role = RoleArn::new(role)?;
        let session = SessionName::new(session)?;
        let (partition, account, name) = (role.partition(), role.account_id(), role.name());
        Ok(Self::of(Identity::Role {
            session: Some(format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}")),
            account: account.to_string(),
            arn: role.to_string(),
            is_pathless: false,
        }))
    }

    /// Creates an AWS service acting on its own behalf: `ecs-tasks.amazonaws.com`. [`Request::new`](super::Request::new) and the
    /// questions about a caller check the name: that nothing names `ecs-task.amazonaws.com` is an error, with the one that was meant.
    /// AWS publishes no list of service principals, so [`Request::unchecked`](super::Request::unchecked) takes any.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self::of(Identity::Service(name.to_owned()))
    }

    /// Creates a principal authenticated by an identity provider: the provider's ARN, or the name of one built into
    /// AWS. [`Request::new`](super::Request::new) checks it.
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

    /// The partition, if the caller has one: its ARN's.
    pub(super) fn partition(&self) -> Option<&str> {
        let arn = match &self.identity {
            Identity::Root { arn, .. }
            | Identity::User { arn, .. }
            | Identity::Role { arn, .. }
            | Identity::FederatedUser { arn, .. } => arn,
            Identity::Federated(provider) => provider,
            Identity::Service(_) | Identity::Anonymous => return None,
        };
        let mut fields = fields(arn, false);
        fields.next().filter(|first| *first == "arn")?;
        fields.next()
    }

    /// Why no request has this caller, if it is a service or an identity provider: others are checked when they are parsed.
    pub(super) fn mistake(&self) -> Option<RequestMistake> {
        match &self.identity {
            Identity::Service(name) => of_service(&Node::string(name.as_str())),
            Identity::Federated(provider) => {
                provider_mistake(provider).map(|message| RequestMistake::new(Place::default(), message))
            }
            _ => None,
        }
    }

    /// Its name, if it is a service.
    pub(super) fn service_name(&self) -> Option<&str> {
        match &self.identity {
            Identity::Service(name) => Some(name),
            _ => None,
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
}

/// Parses an ARN, like [`Caller::from_arn`].
impl FromStr for Caller {
    type Err = ParseCallerError;

    fn from_str(arn: &str) -> Result<Self, ParseCallerError> {
        Self::from_arn(arn)
    }
}

/// The role itself; [`Caller::session_of`] makes one of its sessions.
impl From<RoleArn> for Caller {
    fn from(role: RoleArn) -> Self {
        Self::of(Identity::Role {
            account: role.account_id().to_string(),
            arn: role.to_string(),
            session: None,
            is_pathless: false,
        })
    }
}

/// The user.
impl From<UserArn> for Caller {
    fn from(user: UserArn) -> Self {
        Self::of(Identity::User {
            account: user.account_id().to_string(),
            name: user.name().to_string(),
            arn: user.to_string(),
        })
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

fn of<N: Name>(text: &str) -> Result<(), NameError> {
    N::KIND.check(text)
}

/// Checks the ARN of a role session. The identity role of an instance is the only role whose name has a colon.
/// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html#ec2-instance-identity-roles>
fn of_session(text: &str) -> Result<(), NameError> {
    match text.split_once(":assumed-role/aws:ec2-instance/") {
        Some((account, instance)) => of::<AssumedRoleArn>(&format!("{account}:assumed-role/ec2-instance/{instance}")),
        None => of::<AssumedRoleArn>(text),
    }
}

/// The identity providers that have no ARN, since AWS has them built in.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity>
const BUILT_IN: [&str; 4] = [
    "accounts.google.com",
    "cognito-identity.amazonaws.com",
    "graph.facebook.com",
    "www.amazon.com",
];

fn provider_mistake(provider: &str) -> Option<String> {
    if BUILT_IN.contains(&provider) {
        return None;
    }
    if provider.contains(":saml-provider/") {
        return of::<SamlProviderArn>(provider).err().map(|error| error.to_string());
    }
    if provider.starts_with("arn:") {
        return of::<OidcProviderArn>(provider).err().map(|error| error.to_string());
    }
    let all = BUILT_IN.map(|known| format!("`{known}`")).join(", ");
    Some(format!(
        "`{provider}` is not an identity provider; write its ARN, such as \
         `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`, or one of {all}"
    ))
}
