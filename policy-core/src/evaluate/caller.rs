//! Who asks, and whether a `Principal` means them.

use std::fmt;

use super::context::Context;
use crate::policy::{Element, PrincipalKey, principals};

/// Who makes a request.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
///
/// ```
/// use policy_core::evaluate::Caller;
///
/// let session = Caller::from_arn("arn:aws:sts::111122223333:assumed-role/maia-task/ecs")?;
/// assert_eq!(session.account(), Some("111122223333"));
/// assert_eq!(Caller::service("ecs-tasks.amazonaws.com").account(), None);
/// # Ok::<(), policy_core::evaluate::NoCaller>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    identity: Identity,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Identity {
    /// The root user of an account, or the account as such.
    Root { partition: String, account: String },
    /// A user.
    User { arn: String, account: String, name: String },
    /// A role, perhaps in a session.
    Role {
        /// Of the role.
        arn: String,
        account: String,
        /// Of the session.
        session: Option<String>,
    },
    /// A session of a federated user.
    FederatedUser { arn: String, account: String },
    /// A service in its own name.
    Service(String),
    /// Someone for whom an identity provider vouches.
    Federated(String),
    /// Someone who has not signed the request.
    Anonymous,
}

/// A text is not the ARN of someone who can make requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCaller {
    text: String,
}

impl fmt::Display for NoCaller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not the ARN of a caller; write that of a user, role, session or root, such as \
             `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`",
            self.text
        )
    }
}

impl std::error::Error for NoCaller {}

impl Caller {
    /// A user, role, session of a role, federated user or root user.
    ///
    /// The ARN of a session does not have the path of its role; where the role has one, name it by [`Caller::session_of`].
    ///
    /// # Errors
    ///
    /// The text is not such an ARN.
    pub fn from_arn(text: &str) -> Result<Self, NoCaller> {
        let wrong = || NoCaller { text: text.to_owned() };
        let fields: Vec<&str> = text.splitn(6, ':').collect();
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
            ("iam", "root", "") => Identity::Root {
                partition: (*partition).to_owned(),
                account,
            },
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
        Ok(Self { identity })
    }

    /// A session of a role with a path: the role's ARN, and the session's name.
    ///
    /// # Errors
    ///
    /// The ARN is not that of a role.
    pub fn session_of(role: &str, session: &str) -> Result<Self, NoCaller> {
        let mut caller = Self::from_arn(role)?;
        let Identity::Role {
            arn,
            account,
            session: own,
        } = &mut caller.identity
        else {
            return Err(NoCaller { text: role.to_owned() });
        };
        let partition = arn.split(':').nth(1).unwrap_or_default();
        let name = arn.rsplit('/').next().unwrap_or_default();
        *own = Some(format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}"));
        Ok(caller)
    }

    /// An AWS service in its own name: `ecs-tasks.amazonaws.com`.
    #[must_use]
    pub fn service(name: &str) -> Self {
        Self {
            identity: Identity::Service(name.to_owned()),
        }
    }

    /// Someone for whom an identity provider vouches: the provider's ARN, or the name of one that AWS knows.
    #[must_use]
    pub fn federated(provider: &str) -> Self {
        Self {
            identity: Identity::Federated(provider.to_owned()),
        }
    }

    /// Someone who has not signed the request.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self {
            identity: Identity::Anonymous,
        }
    }

    /// The account, of those that have one.
    pub fn account(&self) -> Option<&str> {
        match &self.identity {
            Identity::Root { account, .. }
            | Identity::User { account, .. }
            | Identity::Role { account, .. }
            | Identity::FederatedUser { account, .. } => Some(account),
            Identity::Service(_) | Identity::Federated(_) | Identity::Anonymous => None,
        }
    }

    /// Whether identity policies, boundaries and SCPs can apply.
    pub(super) const fn has_identity_policies(&self) -> bool {
        !matches!(
            self.identity,
            Identity::Service(_) | Identity::Federated(_) | Identity::Anonymous
        )
    }

    /// What follows from who it is.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
    pub(super) fn describe(&self, context: &mut Context) {
        let mut set = |key, value: &str| context.set(key, vec![value.to_owned()]);
        if let Some(account) = self.account() {
            set("aws:PrincipalAccount", account);
            set("aws:PrincipalIsAWSService", "false");
        }
        match &self.identity {
            Identity::Root { partition, account } => {
                set("aws:PrincipalArn", &format!("arn:{partition}:iam::{account}:root"));
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
            Identity::FederatedUser { arn, .. } => {
                set("aws:PrincipalArn", arn);
                set("aws:PrincipalType", "FederatedUser");
            }
            Identity::Service(name) => {
                set("aws:PrincipalIsAWSService", "true");
                set("aws:PrincipalServiceName", name);
            }
            Identity::Federated(_) => {}
            Identity::Anonymous => set("aws:PrincipalType", "Anonymous"),
        }
    }
}

/// How a `Principal` means a caller. The further down, the less the caller's own policies have to say.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// By their account, which leaves it to the account to let them.
    Account,
    /// By their role, or as everyone: their own policies need not allow it, what limits their session must.
    Role,
    /// By themselves.
    Themselves,
}

/// Who a statement is about.
#[derive(Clone, Debug)]
pub(super) struct Principals {
    negated: bool,
    listed: Vec<Listed>,
}

#[derive(Clone, Debug)]
enum Listed {
    Everyone,
    Account(Box<str>),
    Arn(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
}

impl Principals {
    pub(super) fn new(element: &Element<'_>) -> Self {
        let listed = principals(element.value);
        let listed = listed.iter().filter_map(|principal| {
            let text = principal.text.written();
            Some(match principal.key {
                PrincipalKey::Aws => aws(text),
                PrincipalKey::Service => Listed::Service(text.into()),
                PrincipalKey::Federated => Listed::Federated(text.into()),
                PrincipalKey::CanonicalUser => return None,
            })
        });
        Self {
            negated: element.negated,
            listed: listed.collect(),
        }
    }

    /// How these mean a caller, if they do. Of those whom a `Deny` spares every name counts, the session's, the role's
    /// and the account's: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>
    pub(super) fn mean(&self, caller: &Caller, denies: bool) -> Option<Reach> {
        let mut reaches = self.listed.iter().filter_map(|listed| listed.means(caller));
        if !self.negated {
            return reaches.max();
        }
        let is_spared = if denies {
            let mut found = [false; 2];
            for reach in reaches {
                match reach {
                    Reach::Account => found[0] = true,
                    Reach::Role | Reach::Themselves => found[1] = true,
                }
            }
            let [account, themselves] = found;
            themselves && (account || caller.account().is_none())
                || account && matches!(caller.identity, Identity::Root { .. })
        } else {
            reaches.next().is_some()
        };
        (!is_spared).then_some(Reach::Role)
    }
}

fn aws(text: &str) -> Listed {
    if text == "*" {
        return Listed::Everyone;
    }
    let account = text
        .strip_suffix(":root")
        .and_then(|arn| arn.rsplit(':').next())
        .unwrap_or(text);
    if account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Listed::Account(account.into());
    }
    Listed::Arn(text.into())
}

impl Listed {
    fn means(&self, caller: &Caller) -> Option<Reach> {
        match (self, &caller.identity) {
            (Self::Everyone, _) => Some(Reach::Role),
            (Self::Account(listed), _) => (caller.account()? == &**listed).then_some(Reach::Account),
            (Self::Arn(listed), Identity::Role { arn, session, .. }) => {
                if session.as_deref() == Some(listed) {
                    Some(Reach::Themselves)
                } else {
                    (**listed == **arn).then_some(Reach::Role)
                }
            }
            (Self::Arn(listed), Identity::User { arn, .. } | Identity::FederatedUser { arn, .. }) => {
                (**listed == **arn).then_some(Reach::Themselves)
            }
            (Self::Service(listed), Identity::Service(name)) | (Self::Federated(listed), Identity::Federated(name)) => {
                (**listed == **name).then_some(Reach::Themselves)
            }
            _ => None,
        }
    }
}
