//! The answer: whether the request is allowed, and what decided it.

use std::fmt;

use crate::shown::Shown;

/// Whether a request is allowed.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Something allows it and nothing denies it.
    Allowed,
    /// A `Deny` applies.
    ExplicitlyDenied,
    /// Nothing that has to allow it does.
    ImplicitlyDenied,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "allowed",
            Self::ExplicitlyDenied => "explicitly denied",
            Self::ImplicitlyDenied => "implicitly denied",
        })
    }
}

/// Where a policy stands in the evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// The resource control policies of a level of the organization: 0 is the root.
    ResourceControl(usize),
    /// The service control policies of a level of the organization: 0 is the root.
    ServiceControl(usize),
    /// The policy of the resource; of a role its trust policy.
    Resource,
    /// The policies of the caller.
    Identity,
    /// The permissions boundary of the caller.
    Boundary,
    /// The policies that were passed when the caller's session began.
    Session,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ResourceControl(level) => write!(f, "resource control policies of level {level}"),
            Self::ServiceControl(level) => write!(f, "service control policies of level {level}"),
            Self::Resource => f.write_str("resource policy"),
            Self::Identity => f.write_str("identity policies"),
            Self::Boundary => f.write_str("permissions boundary"),
            Self::Session => f.write_str("session policies"),
        }
    }
}

/// Why no policy of a layer matters to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Exemption {
    /// The caller is a service in its own name, or of no account, and has no policies of their own.
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
    NoOwnPolicies,
    /// The caller is a service-linked role, which no policy of an organization limits; or one is to be assumed, which no resource
    /// control policy does.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>,
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html>
    ServiceLinkedRole,
    /// The caller, or for resource control policies the resource, is in the organization's management account, which none of
    /// its policies limits. The pages are the same.
    ManagementAccount,
    /// Resource control policies do not apply to the service of the action, or not to the action.
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services>,
    /// <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps>
    Action,
}

impl fmt::Display for Exemption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOwnPolicies => "the caller has no policies of their own",
            Self::ServiceLinkedRole => "it does not limit service-linked roles",
            Self::ManagementAccount => "it does not limit the management account",
            Self::Action => "resource control policies do not apply to the action",
        })
    }
}

/// A statement of one of the policies that were asked, or, where none can be read in it, such a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementId {
    pub(super) layer: Layer,
    pub(super) policy: usize,
    pub(super) part: Part,
    pub(super) sid: Option<Box<str>>,
}

/// What of a policy is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Statement(usize),
    /// The policy as a whole.
    Whole,
}

impl StatementId {
    /// Where its policy stands.
    pub const fn layer(&self) -> Layer {
        self.layer
    }

    /// Which of the policies there: the first is 0.
    pub const fn policy(&self) -> usize {
        self.policy
    }

    /// Which of the policy's statements: the first is 0. That it is, too, where the [whole policy](Self::is_whole_policy) is meant.
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

    /// What its policy's readers know it by: "statement 2 `ReadExports`".
    pub(super) fn in_policy(&self) -> Option<String> {
        if self.is_whole_policy() {
            return None;
        }
        let statement = format!("statement {}", self.index() + 1);
        Some(match &self.sid {
            Some(sid) => format!("{statement} `{sid}`"),
            None => statement,
        })
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

/// The answer to a request, and what decided it.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    pub(super) outcome: Outcome,
    pub(super) layer: Option<Layer>,
    pub(super) statement: Option<&'a StatementId>,
}

impl<'a> Decision<'a> {
    /// Whether it is allowed, and how it is denied.
    pub const fn outcome(&self) -> Outcome {
        self.outcome
    }

    /// Whether it is allowed.
    pub const fn is_allowed(&self) -> bool {
        matches!(self.outcome, Outcome::Allowed)
    }

    /// Where it was decided: where the `Deny` stands, where an `Allow` was missing, or where the `Allow` stands that was enough.
    pub const fn layer(&self) -> Option<Layer> {
        self.layer
    }

    /// The statement that decided it: the first `Deny` that applies, or the `Allow` of that layer. What is denied for want of an
    /// `Allow` has none, nor what the root user may do by being the root user.
    pub const fn statement(&self) -> Option<&'a StatementId> {
        self.statement
    }
}

impl fmt::Display for Decision<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.outcome)?;
        match (self.statement, self.layer) {
            (Some(statement), _) => write!(f, " by {statement}"),
            (None, Some(_)) if self.is_allowed() => f.write_str(": the root user may do everything in the account"),
            (None, Some(layer)) => write!(f, ": nothing in the {layer} allows it"),
            (None, None) => Ok(()),
        }
    }
}
