//! Why a request was decided as it was, statement by statement.

use std::fmt;

use super::authorizer::Authorizer;
use super::caller::Reach;
use super::decision::{Decision, Exemption, StatementId};
use super::request::Request;
use super::statement::{Says, Statement};
use super::unmet::UnmetCondition;
use crate::policy::Effect;
use crate::shown::Shown;

/// What each statement says of a request, and the decision.
///
/// Displayed for people: the request with the decision, then a line for each statement; each [`Shown`].
///
/// ```
/// use policy_core::evaluate::{Authorizer, Caller, Reason, Request};
/// use policy_core::policy::IdentityPolicy;
///
/// let policy: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
///     { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*",
///       "Condition": { "StringEquals": { "aws:PrincipalTag/team": ["data", "platform"] } } },
///     { "Sid": "OnlyTls", "Effect": "Deny", "Action": "s3:*", "Resource": "*",
///       "Condition": { "Bool": { "aws:SecureTransport": "false" } } }] }"#.parse()?;
/// let authorizer = Authorizer::builder().identity(&policy).build();
/// let request = Request::new(
///     Caller::from_arn("arn:aws:iam::111122223333:role/reader")?,
///     "s3:GetObject",
///     "arn:aws:s3:::exports/a.csv",
/// )
/// .with("aws:SecureTransport", true);
/// let explanation = authorizer.explain(&request);
/// assert_eq!(
///     explanation.to_string(),
///     "\
/// `s3:GetObject` on `arn:aws:s3:::exports/a.csv` by arn:aws:iam::111122223333:role/reader is implicitly denied: nothing in the \
/// identity policies allows it
///   Allow in statement 1 `Read` of policy 1 of the identity policies: does not apply: `StringEquals` wants \
/// `aws:PrincipalTag/team` to be `data` or `platform`, and the request has no such key
///   Deny in statement 2 `OnlyTls` of policy 1 of the identity policies: does not apply: `Bool` wants `aws:SecureTransport` to \
/// be `false`, and the request has `true`"
/// );
/// // What would have to be known to be sure.
/// let undecided: Vec<_> = explanation.undecided().map(|(statement, key)| (statement.sid(), key)).collect();
/// assert_eq!(undecided, [(Some("Read"), "aws:principaltag/team")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    request: &'a Request,
    decision: Decision<'a>,
    statements: Vec<(&'a StatementId, Effect, Reason)>,
}

/// Why a statement applies to a request or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It applies.
    Applies,
    /// It applies to the account, which leaves it to the caller's own policies.
    AppliesToAccount,
    /// Its `Principal` is someone else.
    OtherPrincipals,
    /// It is about other actions.
    OtherActions,
    /// It is about other resources.
    OtherResources,
    /// These of its conditions are not met.
    ConditionNotMet(Vec<UnmetCondition>),
    /// The request does not have a condition key, and what it holds decides.
    KeyMissing {
        /// The key, in small letters.
        key: String,
        /// The conditions that are not met for want of it; none where it is a variable in `Resource`.
        conditions: Vec<UnmetCondition>,
    },
    /// It is an `Allow` that is malformed, so that it grants nothing: what is wrong, and what to write.
    Malformed(String),
    /// It is a `Deny` that is malformed, and denies by what can be read of it: what is wrong, and what to write.
    DeniesMalformed(String),
    /// No statement of its layer matters to this request.
    Exempt(Exemption),
}

impl Reason {
    fn of(statement: &Statement, says: Says<'_>, request: &Request) -> Self {
        let unmet = || statement.unmet(request.context()).collect();
        match says {
            Says::Applies(reach) => match &statement.mistake {
                Some(mistake) => Self::DeniesMalformed(mistake.to_string()),
                None if reach == Reach::Account && statement.effect == Effect::Allow => Self::AppliesToAccount,
                None => Self::Applies,
            },
            Says::OtherPrincipals => Self::OtherPrincipals,
            Says::OtherActions => Self::OtherActions,
            Says::OtherResources => Self::OtherResources,
            Says::Unmet => Self::ConditionNotMet(unmet()),
            Says::Lacks(key) => Self::KeyMissing {
                key: key.name().to_owned(),
                conditions: unmet(),
            },
            Says::ResourceLacks(key) => Self::KeyMissing {
                key: key.name().to_owned(),
                conditions: Vec::new(),
            },
            Says::Broken => Self::Malformed(statement.mistake.as_deref().unwrap_or_default().to_owned()),
        }
    }
}

impl Authorizer {
    /// Decides whether a request is allowed, and tells of each statement why it applies or does not. Slower than
    /// [`ask`](Self::ask), which decides the same.
    pub fn explain<'a>(&'a self, request: &'a Request) -> Explanation<'a> {
        let statements = self.statements().map(|(id, statement)| {
            let reason = match self.exemption(id.layer(), request) {
                Some(exemption) => Reason::Exempt(exemption),
                None => Reason::of(statement, statement.says(request, self.bounds(request)), request),
            };
            (id, statement.effect, reason)
        });
        Explanation {
            request,
            decision: self.ask(request),
            statements: statements.collect(),
        }
    }
}

impl<'a> Explanation<'a> {
    /// The decision.
    pub const fn decision(&self) -> Decision<'a> {
        self.decision
    }

    /// Every statement, in the order of the layers.
    pub fn statements(&self) -> impl Iterator<Item = (&'a StatementId, Effect, &Reason)> {
        self.statements
            .iter()
            .map(|(id, effect, reason)| (*id, *effect, reason))
    }

    /// The statements that would have to know a condition key which the request does not have.
    pub fn undecided(&self) -> impl Iterator<Item = (&'a StatementId, &str)> {
        self.statements.iter().filter_map(|(id, _, reason)| match reason {
            Reason::KeyMissing { key, .. } => Some((*id, &**key)),
            _ => None,
        })
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (action, resource, caller) = (self.request.action(), self.request.resource(), self.request.caller());
        let decision = self.decision;
        let request = format_args!("`{action}` on `{resource}` by {caller} is {decision}");
        write!(f, "{}", Shown(request))?;
        for (id, effect, reason) in &self.statements {
            write!(f, "\n  {}", Shown(format_args!("{effect} in {id}: {reason}")))?;
        }
        Ok(())
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies => f.write_str("applies"),
            Self::AppliesToAccount => {
                f.write_str("applies to the account, which leaves it to the caller's own policies")
            }
            Self::OtherPrincipals => f.write_str("is about other principals"),
            Self::OtherActions => f.write_str("is about other actions"),
            Self::OtherResources => f.write_str("is about other resources"),
            Self::KeyMissing { key, conditions } if conditions.is_empty() => {
                write!(
                    f,
                    "does not apply: its resources depend on `{key}`, and the request has no such key"
                )
            }
            Self::ConditionNotMet(conditions) | Self::KeyMissing { conditions, .. } => {
                f.write_str("does not apply: ")?;
                for (index, condition) in conditions.iter().enumerate() {
                    let separator = if index > 0 { "; " } else { "" };
                    write!(f, "{separator}{condition}")?;
                }
                Ok(())
            }
            Self::Malformed(mistake) => write!(f, "is malformed, and grants nothing: {mistake}"),
            Self::DeniesMalformed(mistake) => {
                write!(f, "is malformed, and denies what it may mean: {mistake}")
            }
            Self::Exempt(exemption) => write!(f, "is not asked: {exemption}"),
        }
    }
}
