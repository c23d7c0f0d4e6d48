//! Who asks, and whether a `Principal` means them.

use std::fmt;

use super::arn::is_service_linked_role;
use super::context::Context;
use super::pattern::{Match, Pattern, Syntax};
use crate::policy::{Element, PrincipalKey, account_of_root, principals};

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
    Root { arn: String, account: String },
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

    /// Whether it is the root user of an account.
    pub(super) const fn is_root(&self) -> bool {
        matches!(self.identity, Identity::Root { .. })
    }

    /// Whether it has permissions only as far as a session policy grants them.
    pub(super) const fn needs_session_policy(&self) -> bool {
        matches!(self.identity, Identity::FederatedUser { .. })
    }

    /// Whether it is a service-linked role. The ARN of a session does not have the role's path, and a name alone proves nothing: a
    /// session counts only where [`session_of`](Self::session_of) was given the role.
    pub(super) fn is_service_linked(&self) -> bool {
        matches!(&self.identity, Identity::Role { arn, .. } if is_service_linked_role(arn))
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
                let name = arn.splitn(6, ':').nth(5).and_then(|user| user.split_once('/'));
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

/// The ARN, of a session that of the session; the name of a service or a provider; `anonymous`.
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
    /// Everyone, of whom a condition on `aws:PrincipalArn` says who it is.
    WhomConditionNames,
    Account(Box<str>),
    Arn(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// An account, by what only S3 calls it. No request says whose it is.
    Canonical,
    /// A text with a wildcard, which AWS knows no principal by.
    Wildcard(Pattern),
}

impl Principals {
    pub(super) fn new(element: &Element<'_>, is_named_by_condition: bool) -> Self {
        let listed = principals(element.value);
        let listed = listed.iter().map(|principal| {
            let text = principal.text.written();
            match principal.key {
                PrincipalKey::Aws => aws(text, is_named_by_condition),
                PrincipalKey::Service => Listed::Service(text.into()),
                PrincipalKey::Federated => Listed::Federated(text.into()),
                PrincipalKey::CanonicalUser => Listed::Canonical,
            }
        });
        Self {
            negated: element.negated,
            listed: listed.collect(),
        }
    }

    /// How these mean a caller, if they do. A `Deny` means, too, whom it perhaps means.
    pub(super) fn mean(&self, caller: &Caller, denies: bool, is_bounded: bool) -> Option<Reach> {
        if self.negated {
            let is_spared = if denies {
                !is_bounded && self.spare(caller)
            } else {
                self.listed.iter().any(|listed| listed.means(caller, true).is_some())
            };
            return (!is_spared).then_some(Reach::Role);
        }
        self.listed
            .iter()
            .filter_map(|listed| listed.means(caller, denies))
            .max()
    }

    /// Whether a `Deny` of all but these spares a caller: it validates the account, then the role, then the session, each of
    /// which has to be listed; and it spares nobody with a permissions boundary.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
    fn spare(&self, caller: &Caller) -> bool {
        let has = |wanted: &dyn Fn(&Listed) -> bool| self.listed.iter().any(wanted);
        let has_arn = |arn: &str| has(&|listed| matches!(listed, Listed::Arn(listed) if **listed == *arn));
        let has_account =
            |account: &str| has(&|listed| matches!(listed, Listed::Account(listed) if **listed == *account));
        match &caller.identity {
            _ if has(&|listed| matches!(listed, Listed::Everyone | Listed::WhomConditionNames)) => true,
            Identity::Root { account, .. } => has_account(account),
            Identity::User { arn, account, .. } | Identity::FederatedUser { arn, account } => {
                has_account(account) && has_arn(arn)
            }
            Identity::Role { arn, account, session } => {
                has_account(account) && has_arn(arn) && session.as_deref().is_none_or(has_arn)
            }
            Identity::Service(name) => has(&|listed| matches!(listed, Listed::Service(listed) if **listed == **name)),
            Identity::Federated(name) => {
                has(&|listed| matches!(listed, Listed::Federated(listed) if **listed == **name))
            }
            Identity::Anonymous => false,
        }
    }
}

fn aws(text: &str, is_named_by_condition: bool) -> Listed {
    if text == "*" {
        return if is_named_by_condition {
            Listed::WhomConditionNames
        } else {
            Listed::Everyone
        };
    }
    let account = account_of_root(text).unwrap_or(text);
    if account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit()) {
        return Listed::Account(account.into());
    }
    if text.contains(['*', '?']) {
        let syntax = Syntax {
            wildcards: true,
            variables: false,
        };
        return Listed::Wildcard(Pattern::new(text, syntax));
    }
    Listed::Arn(text.into())
}

impl Listed {
    /// How this means a caller; `in_doubt` if it is to mean whom it perhaps means.
    fn means(&self, caller: &Caller, in_doubt: bool) -> Option<Reach> {
        match (self, &caller.identity) {
            // Boundaries and session policies "do not limit permissions granted using the aws:PrincipalArn condition key with a
            // wildcard": <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>.
            // A federated user has to be named.
            (Self::WhomConditionNames, identity)
                if !matches!(identity, Identity::FederatedUser { .. } | Identity::Federated(_)) =>
            {
                Some(Reach::Themselves)
            }
            // Whom a provider vouches for has no AWS identity yet: that a `*` means them AWS does not say, and in a trust policy it
            // calls a `*` unsupported.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
            (Self::Everyone | Self::WhomConditionNames, Identity::Federated(_)) => in_doubt.then_some(Reach::Role),
            (Self::Everyone | Self::WhomConditionNames, _) => Some(Reach::Role),
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
            (Self::Canonical, _) => (in_doubt && caller.account().is_some()).then_some(Reach::Account),
            (Self::Wildcard(pattern), identity) => {
                let nothing = Context::new();
                let is_match = |arn: &str| pattern.matches(arn, &nothing) != Match::No;
                let may_be = match identity {
                    Identity::Root { arn, .. } | Identity::User { arn, .. } | Identity::FederatedUser { arn, .. } => {
                        is_match(arn)
                    }
                    Identity::Role { arn, session, .. } => is_match(arn) || session.as_deref().is_some_and(is_match),
                    Identity::Service(_) | Identity::Federated(_) | Identity::Anonymous => false,
                };
                (in_doubt && may_be).then_some(Reach::Account)
            }
            _ => None,
        }
    }
}
