//! The caller of a request, and whether a `Principal` matches it.

use crate::arn::fields;
use std::fmt;

use super::arn::is_service_linked_role;
use super::context::Context;
use super::pattern::{Match, Pattern, Syntax};
use crate::policy::{Element, PrincipalKey, account_of_root, principals};

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
    identity: Identity,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Identity {
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
            "`{}` is not the ARN of a caller; write that of a user, role, role session or root user, such as \
             `arn:aws:sts::111122223333:assumed-role/ROLE/SESSION`",
            self.text
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
        Ok(Self { identity })
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
        Self {
            identity: Identity::Service(name.to_owned()),
        }
    }

    /// Creates a principal authenticated by an identity provider: the provider's ARN, or the name of one built into
    /// AWS.
    #[must_use]
    pub fn federated(provider: &str) -> Self {
        Self {
            identity: Identity::Federated(provider.to_owned()),
        }
    }

    /// Creates a caller that did not sign the request.
    #[must_use]
    pub const fn anonymous() -> Self {
        Self {
            identity: Identity::Anonymous,
        }
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

/// How specifically a `Principal` matches a caller, from least to most: the more specific, the less the caller's own
/// policies decide.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// The account matches: the account's identity-based policies decide.
    Account,
    /// The role matches, or everyone does: identity-based policies need not allow the request, but the policies that
    /// limit the session must.
    Role,
    /// The caller itself matches.
    Themselves,
}

/// The `Principal` or `NotPrincipal` of a statement.
#[derive(Clone, Debug)]
pub(super) struct Principals {
    negated: bool,
    listed: Vec<Listed>,
}

#[derive(Clone, Debug)]
enum Listed {
    Everyone,
    /// Everyone, restricted by a condition on `aws:PrincipalArn`.
    WhomConditionNames,
    Account(Box<str>),
    Arn(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// An account, by its canonical user ID, which only S3 uses. Requests do not contain it.
    Canonical,
    /// A text with a wildcard, which does not name a principal.
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

    /// How specifically these principals match the caller, if at all. In doubt, a `Deny` matches.
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

    /// Whether a `Deny` with this `NotPrincipal` exempts a caller: AWS checks the account, then the role, then the
    /// session, each of which must be listed; and no caller with a permissions boundary is exempt.
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
    /// How specifically this matches a caller; with `in_doubt`, a possible match counts.
    fn means(&self, caller: &Caller, in_doubt: bool) -> Option<Reach> {
        match (self, &caller.identity) {
            // Boundaries and session policies "do not limit permissions granted using the aws:PrincipalArn condition
            // key with a wildcard":
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>. A
            // federated user must be named.
            (Self::WhomConditionNames, identity)
                if !matches!(identity, Identity::FederatedUser { .. } | Identity::Federated(_)) =>
            {
                Some(Reach::Themselves)
            }
            // A principal authenticated by a provider does not have an AWS identity yet: AWS does not document that `*`
            // matches it, and calls `*` unsupported in a trust policy.
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
