//! The decision about a request, and the statement that made it.

use std::fmt;

use super::service_rule::ServiceRule;
use crate::policy::in_policy;
use crate::shown::Shown;

/// Whether a request is allowed.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A statement allows it and none denies it.
    Allowed,
    /// A `Deny` applies.
    ExplicitlyDenied,
    /// A policy that must allow it does not.
    ImplicitlyDenied,
    /// An identity-based policy allows access to a KMS key whose key policy is not given. It is neither allowed nor denied: the
    /// key policy must delegate to the account. Give it with [`Builder::resource`](super::Builder::resource), or state that it
    /// delegates with [`Builder::default_key_policy`](super::Builder::default_key_policy).
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>
    DependsOnKeyPolicy,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "allowed",
            Self::ExplicitlyDenied => "explicitly denied",
            Self::ImplicitlyDenied => "implicitly denied",
            Self::DependsOnKeyPolicy => "depends on the key policy",
        })
    }
}

/// A layer of the evaluation logic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Layer {
    /// The resource control policies at a level of the organization: 0 is the root.
    ResourceControl(usize),
    /// The service control policies at a level of the organization: 0 is the root.
    ServiceControl(usize),
    /// The policy of the VPC endpoint that the request goes through.
    Endpoint,
    /// The resource-based policy.
    Resource,
    /// The trust policy of the role to be assumed.
    Trust,
    /// The identity-based policies of the caller.
    Identity,
    /// The caller's permissions boundary.
    Boundary,
    /// The policies that were passed when the caller's session was created.
    Session,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ResourceControl(level) => write!(f, "resource control policies at level {level}"),
            Self::ServiceControl(level) => write!(f, "service control policies at level {level}"),
            Self::Endpoint => f.write_str("VPC endpoint policy"),
            Self::Resource => f.write_str("resource-based policy"),
            Self::Trust => f.write_str("trust policy"),
            Self::Identity => f.write_str("identity-based policies"),
            Self::Boundary => f.write_str("permissions boundary"),
            Self::Session => f.write_str("session policies"),
        }
    }
}

/// Why a layer does not apply to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Exemption {
    /// The caller is an AWS service acting on its own behalf or has no account, so that it has no identity-based
    /// policies.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
    NoOwnPolicies,
    /// The caller is a service-linked role, which an organization's policies do not affect; or a service assumes a service-linked
    /// role, which resource control policies do not restrict.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>,
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    ServiceLinkedRole,
    /// The caller, or for resource control policies the resource, is in the organization's management account, which
    /// the organization's policies do not affect. The pages are the same.
    ManagementAccount,
    /// Resource control policies do not apply to the service of the action, or to the action.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services>,
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps>
    Action,
    /// A service makes the request for the caller, and not through the caller's VPC endpoint.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html>
    ViaService,
    /// The action needs no permission, and a policy of the caller's identity cannot deny it: see
    /// [`ServiceRule::CallerIdentity`] and [`ServiceRule::SessionToken`].
    NoPermission,
}

impl fmt::Display for Exemption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOwnPolicies => "the caller has no identity-based policies",
            Self::ServiceLinkedRole => "these policies do not affect service-linked roles",
            Self::ManagementAccount => "these policies do not affect the management account",
            Self::ViaService => "a service makes the request, and not through the VPC endpoint",
            Self::NoPermission => "the action needs no permission, and these policies cannot deny it",
            Self::Action => "resource control policies do not apply to the action",
        })
    }
}

/// A statement of one of the policies, or a policy whose statements cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementId {
    pub(super) layer: Layer,
    pub(super) policy: usize,
    pub(super) part: Part,
    pub(super) sid: Option<Box<str>>,
}

/// The part of a policy that is identified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Statement(usize),
    /// The policy as a whole.
    Whole,
}

impl StatementId {
    /// The layer of its policy.
    pub const fn layer(&self) -> Layer {
        self.layer
    }

    /// The index of the policy in its layer, from 0.
    pub const fn policy(&self) -> usize {
        self.policy
    }

    /// The index of the statement in its policy, from 0. It is also 0 for a [whole policy](Self::is_whole_policy).
    pub const fn index(&self) -> usize {
        match self.part {
            Part::Statement(index) => index,
            Part::Whole => 0,
        }
    }

    /// Whether it is a policy whose statements cannot be read.
    pub const fn is_whole_policy(&self) -> bool {
        matches!(self.part, Part::Whole)
    }

    /// Its `Sid`.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// The statement in its policy; `None` for the whole policy.
    pub(super) fn in_policy(&self) -> Option<String> {
        if self.is_whole_policy() {
            return None;
        }
        Some(in_policy(self.index(), self.sid()))
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(statement) = self.in_policy() {
            write!(f, "{} of ", Shown(statement))?;
        }
        write!(f, "policy {} of the {}", self.policy + 1, self.layer)
    }
}

/// The decision about a request, and the statement that made it.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub(super) outcome: Outcome,
    pub(super) layer: Option<Layer>,
    pub(super) statement: Option<&'a StatementId>,
    pub(super) rule: Option<ServiceRule>,
}

impl<'a> Decision<'a> {
    /// The outcome: allowed, or how it is denied.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether the request is allowed.
    pub const fn is_allowed(&self) -> bool {
        matches!(self.outcome, Outcome::Allowed)
    }

    /// Whether the request is denied, explicitly or implicitly. A request that [depends on a key
    /// policy](Outcome::DependsOnKeyPolicy) is neither allowed nor denied.
    pub const fn is_denied(&self) -> bool {
        matches!(self.outcome, Outcome::ExplicitlyDenied | Outcome::ImplicitlyDenied)
    }

    /// The rule of an AWS service that decided, although no policy contains it.
    pub const fn rule(&self) -> Option<ServiceRule> {
        self.rule
    }

    /// The deciding layer: that of the `Deny`, of the missing `Allow`, or of the `Allow` that was sufficient. `None` if a
    /// [rule](Self::rule) decided alone.
    pub const fn layer(&self) -> Option<Layer> {
        self.layer
    }

    /// The statement that decided: the first `Deny` that applies, or the `Allow` of that layer. An implicit deny has
    /// none, nor does the access that a root user has by default.
    pub const fn statement(&self) -> Option<&'a StatementId> {
        self.statement
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.outcome)?;
        match (self.rule, self.statement, self.layer) {
            (Some(rule), Some(statement), _) => write!(f, ", which is not given: {statement} allows it, but {rule}"),
            (Some(rule), None, _) => write!(f, ": {rule}"),
            (None, Some(statement), _) => write!(f, " by {statement}"),
            (None, None, Some(_)) if self.is_allowed() => f.write_str(": the root user has full access to the account"),
            (None, None, Some(layer)) => write!(f, ": no statement in the {layer} allows it"),
            (None, None, None) => Ok(()),
        }
    }
}
