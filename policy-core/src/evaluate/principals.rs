//! Whether the `Principal` of a statement matches a caller.

use super::caller::{Caller, Identity};
use super::context::{Context, Key};
use super::path::{self, End};
use super::pattern::{Match, Pattern, Syntax};
use super::request::Request;
use crate::arn::fields;
use crate::names::{Region, is_account_id};
use crate::policy::{Element, PrincipalKey, account_of_root, principals};

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
    Specific,
}

/// The condition key that has the caller's unique ID.
const USER_ID: &str = "aws:userid";

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
    Account {
        account: Box<str>,
        /// The partition, if its root user is listed by the ARN.
        partition: Option<Box<str>>,
    },
    Arn(Box<str>),
    /// The unique ID of a user or role, as IAM shows it once they are deleted.
    Id(Box<str>),
    Service(Box<str>),
    Federated(Box<str>),
    /// Every identity provider.
    AnyProvider,
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
                PrincipalKey::Federated if text == "*" => Listed::AnyProvider,
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
    pub(super) fn reach(&self, request: &Request, denies: bool, is_bounded: bool) -> Option<Reach> {
        let caller = request.caller();
        if self.negated {
            let is_exempt = if denies {
                !is_bounded && self.exempts(caller)
            } else {
                self.listed.iter().any(|listed| listed.reach(request, true).is_some())
            };
            return (!is_exempt).then_some(Reach::Role);
        }
        self.listed
            .iter()
            .filter_map(|listed| listed.reach(request, denies))
            .max()
    }

    /// The condition key that it depends on, if that is not present: a unique ID is compared with it.
    pub(super) fn absent_key(&self, context: &Context) -> Option<&'static str> {
        let has_id = self.listed.iter().any(|listed| matches!(listed, Listed::Id(_)));
        (has_id && context.get(USER_ID).is_none()).then_some(USER_ID)
    }

    /// Whether a `Deny` with this `NotPrincipal` exempts a caller: AWS checks the account, then the role, then the
    /// session, each of which must be listed; and no caller with a permissions boundary is exempt.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
    fn exempts(&self, caller: &Caller) -> bool {
        let has = |wanted: &dyn Fn(&Listed) -> bool| self.listed.iter().any(wanted);
        let has_arn = |arn: &str| has(&|listed| matches!(listed, Listed::Arn(listed) if **listed == *arn));
        let has_account = || has(&|listed| listed.is_account_of(caller) == Match::Yes);
        match &caller.identity {
            // AWS does not document that `*` matches a principal that a provider authenticated.
            identity
                if !matches!(identity, Identity::Federated(_))
                    && has(&|listed| matches!(listed, Listed::Everyone | Listed::WhomConditionNames)) =>
            {
                true
            }
            Identity::Root { .. } => has_account(),
            Identity::User { arn, .. } | Identity::FederatedUser { arn, .. } => has_account() && has_arn(arn),
            Identity::Role { arn, session, .. } => {
                // Each request of a role is one of a session, with whatever name.
                has_account() && has_arn(arn) && session.as_deref().is_some_and(has_arn)
            }
            Identity::Service(name) => has(&|listed| matches!(listed, Listed::Service(listed) if **listed == **name)),
            Identity::Federated(name) => has(&|listed| match listed {
                Listed::AnyProvider => true,
                Listed::Federated(listed) => **listed == **name,
                _ => false,
            }),
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
    let root = account_of_root(text);
    let account = root.unwrap_or(text);
    if is_account_id(account) {
        return Listed::Account {
            account: account.into(),
            partition: root.and_then(|_| text.split(':').nth(1)).map(Box::from),
        };
    }
    if text.contains(['*', '?']) {
        let syntax = Syntax {
            wildcards: true,
            variables: false,
        };
        return Listed::Wildcard(Pattern::new(text, syntax));
    }
    if text.starts_with("arn:") {
        Listed::Arn(text.into())
    } else {
        Listed::Id(text.into())
    }
}

impl Listed {
    /// Whether it is the account of the caller; in doubt, if it is one of that number in another partition.
    fn is_account_of(&self, caller: &Caller) -> Match<'static> {
        let Self::Account { account, partition } = self else {
            return Match::No;
        };
        if caller.account() != Some(&**account) {
            return Match::No;
        }
        match partition {
            Some(partition) if caller.partition() != Some(partition) => Match::Doubt,
            _ => Match::Yes,
        }
    }

    /// Whether the caller's session may come from it: the request says from which provider with `aws:FederatedProvider`, or not.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-federatedprovider>
    fn may_be_provider(&self, request: &Request) -> bool {
        let given = request.context().get("aws:FederatedProvider");
        match self {
            Self::Federated(listed) => given.is_none_or(|own| own.iter().any(|own| may_be_one_provider(own, listed))),
            _ => true,
        }
    }

    /// How specifically this matches a caller; with `in_doubt`, a possible match counts.
    fn reach(&self, request: &Request, in_doubt: bool) -> Option<Reach> {
        let caller = request.caller();
        match (self, &caller.identity) {
            // Boundaries and session policies "do not limit permissions granted using the aws:PrincipalArn condition
            // key with a wildcard":
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>. A
            // federated user must be named.
            (Self::WhomConditionNames, identity)
                if !matches!(identity, Identity::FederatedUser { .. } | Identity::Federated(_)) =>
            {
                Some(Reach::Specific)
            }
            // A principal authenticated by a provider does not have an AWS identity yet: AWS does not document that `*`
            // matches it, and calls `*` unsupported in a trust policy.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html>
            (Self::Everyone | Self::WhomConditionNames, Identity::Federated(_)) => in_doubt.then_some(Reach::Role),
            (Self::Everyone | Self::WhomConditionNames, _) => Some(Reach::Role),
            (Self::Account { .. }, _) => match self.is_account_of(caller) {
                Match::Yes => Some(Reach::Account),
                Match::Doubt => in_doubt.then_some(Reach::Account),
                Match::No | Match::Lacks(_) => None,
            },
            (
                Self::Arn(listed),
                Identity::Role {
                    arn,
                    session,
                    is_pathless,
                    ..
                },
            ) => {
                if session.as_deref() == Some(listed) {
                    return Some(Reach::Specific);
                }
                // A role has its name only once in an account.
                let may_have_path = || *is_pathless && path::may_match([End::Text(listed)], arn, false);
                let may_be_session =
                    || session.is_none() && sessions_of(arn).is_some_and(|all| listed.starts_with(&all));
                (**listed == **arn || in_doubt && (may_have_path() || may_be_session())).then_some(Reach::Role)
            }
            // AWS documents that it becomes the ID, and not that the ID matches.
            (Self::Id(listed), _) => (in_doubt && may_be_id(listed, request)).then_some(Reach::Role),
            (Self::Arn(listed), Identity::User { arn, .. } | Identity::FederatedUser { arn, .. }) => {
                (**listed == **arn).then_some(Reach::Specific)
            }
            (Self::Service(listed), Identity::Service(name)) | (Self::Federated(listed), Identity::Federated(name))
                if **listed == **name =>
            {
                Some(Reach::Specific)
            }
            (Self::Federated(listed), Identity::Federated(name)) => {
                (in_doubt && may_be_one_provider(name, listed)).then_some(Reach::Specific)
            }
            (Self::AnyProvider, Identity::Federated(_)) => Some(Reach::Specific),
            // "Use this principal type in your policy to allow or deny access based on" the provider of the session.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-role-session>
            (Self::AnyProvider | Self::Federated(_), Identity::Role { .. }) => {
                (in_doubt && self.may_be_provider(request)).then_some(Reach::Role)
            }
            (Self::Service(listed), Identity::Service(name)) => {
                (in_doubt && is_service_elsewhere(listed, name)).then_some(Reach::Specific)
            }
            (Self::Canonical, _) => (in_doubt && caller.account().is_some()).then_some(Reach::Account),
            (Self::Wildcard(pattern), identity) => {
                let nothing = Context::new();
                let is_match = |arn: &str| pattern.matches(arn, &nothing) != Match::No;
                let may_be = match identity {
                    Identity::Root { arn, .. } | Identity::User { arn, .. } | Identity::FederatedUser { arn, .. } => {
                        is_match(arn)
                    }
                    Identity::Role {
                        arn,
                        session,
                        is_pathless,
                        ..
                    } => {
                        is_match(arn)
                            || session.as_deref().is_some_and(is_match)
                            || *is_pathless && pattern.may_match_path(arn, &nothing, false)
                    }
                    Identity::Service(_) | Identity::Federated(_) | Identity::Anonymous => false,
                };
                (in_doubt && may_be).then_some(Reach::Account)
            }
            _ => None,
        }
    }
}

/// Whether the caller's unique ID is this one, with the name of its session or without; or may be, if it could be any.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable>
fn may_be_id(listed: &str, request: &Request) -> bool {
    let context = request.context();
    let Some(ids) = context.get(USER_ID) else {
        let has_id = matches!(request.caller().identity, Identity::User { .. } | Identity::Role { .. });
        return has_id && context.assumed(&Key::new(USER_ID), true) == Some(true);
    };
    let is_it = |id: &String| {
        id.strip_prefix(listed)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
    };
    ids.iter().any(is_it)
}

/// The ARNs of the sessions of a role, without their names.
fn sessions_of(role: &str) -> Option<String> {
    let (before, path) = role.split_once(":role/")?;
    let name = path.rsplit('/').next()?;
    Some(format!("{}:assumed-role/{name}/", before.replacen(":iam:", ":sts:", 1)))
}

/// Whether two names may be of one provider: the ARN of an OIDC provider ends in its issuer, by which AWS names the providers that need no ARN.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-federated-web-identity>
fn may_be_one_provider(one: &str, other: &str) -> bool {
    let issuer = |name| fields(name, false).nth(5)?.strip_prefix("oidc-provider/");
    one == other || issuer(one) == Some(other) || issuer(other) == Some(one)
}

/// Whether two names of a service differ in a Region only, which is in one of them: AWS calls a service by several names.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalservicenameslist>
fn is_service_elsewhere(one: &str, other: &str) -> bool {
    let without_region = |name: &str| {
        let labels = name.split('.').filter(|label| Region::new(*label).is_err());
        labels.map(ToOwned::to_owned).collect::<Vec<String>>()
    };
    one != other && without_region(one) == without_region(other)
}
