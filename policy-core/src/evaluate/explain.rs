//! Explains a decision, statement by statement.

use std::fmt;

use super::authorizer::Authorizer;
use super::decision::{Decision, Exemption, Outcome, StatementId};
use super::principals::Reach;
use super::request::Request;
use super::service_rule::ServiceRule;
use super::statement::{Statement, StatementMatch};
use super::unmet::UnmetCondition;
use crate::policy::Effect;
use crate::shown::Shown;

/// The result of each statement for a request, and the decision.
///
/// Displayed for people: the request with the decision, then a line per statement; each [`Shown`].
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
/// )?
/// .with("aws:SecureTransport", true)?;
/// let explanation = authorizer.explain(&request);
/// assert_eq!(
///     explanation.to_string(),
///     "\
/// `s3:GetObject` on `arn:aws:s3:::exports/a.csv` by arn:aws:iam::111122223333:role/reader is implicitly denied: no statement \
/// in the identity-based policies allows it
///   Allow in statement 1 `Read` of policy 1 of the identity-based policies: does not apply: `StringEquals` \
/// requires `aws:PrincipalTag/team` to be `data` or `platform`, but the key is missing from the request context
///   Deny in statement 2 `OnlyTls` of policy 1 of the identity-based policies: does not apply: `Bool` requires \
/// `aws:SecureTransport` to be `false`, but the request has `true`"
/// );
/// // The keys without which the decision is uncertain.
/// let undecided: Vec<_> = explanation.undecided().map(|(statement, key)| (statement.sid(), key)).collect();
/// assert_eq!(undecided, [(Some("Read"), "aws:principaltag/team")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    request: &'a Request,
    decision: Decision<'a>,
    statements: Vec<(&'a StatementId, Effect, Reason)>,
    rules: Vec<ServiceRule>,
}

/// Why a statement applies to a request or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It applies.
    Applies,
    /// It applies to the account, whose identity-based policies decide.
    AppliesToAccount,
    /// Its principal does not match.
    OtherPrincipals,
    /// Its actions do not match.
    OtherActions,
    /// Its resources do not match.
    OtherResources,
    /// It is an `Allow`, and AWS does not define whether one of its resources matches: which, and what to write.
    ResourceInDoubt(String),
    /// These of its conditions are not met.
    ConditionNotMet(Vec<UnmetCondition>),
    /// A condition key is missing from the request context, and its value would decide.
    KeyMissing {
        /// The key, in lowercase.
        key: String,
        /// The conditions that are not met because of it; empty if it is a policy variable in `Resource`.
        conditions: Vec<UnmetCondition>,
    },
    /// It is a malformed `Allow`, which grants nothing: what is wrong, and what to write.
    Malformed(String),
    /// It is a malformed `Deny`, which denies as much as it may have been meant to: what is wrong, and what to write.
    DeniesMalformed(String),
    /// Its layer does not apply to this request.
    Exempt(Exemption),
}

impl Reason {
    fn of(statement: &Statement, found: StatementMatch<'_>, request: &Request) -> Self {
        let unmet = || statement.unmet(request.context()).collect();
        match found {
            StatementMatch::Applies(reach) => match &statement.mistake {
                Some(mistake) => Self::DeniesMalformed(mistake.to_string()),
                None if reach == Reach::Account && statement.effect == Effect::Allow => Self::AppliesToAccount,
                None if statement.effect == Effect::Deny => {
                    statement.doubt(request).map_or(Self::Applies, Self::DeniesMalformed)
                }
                None => Self::Applies,
            },
            StatementMatch::OtherPrincipals => Self::OtherPrincipals,
            StatementMatch::OtherActions => Self::OtherActions,
            StatementMatch::OtherResources if statement.effect == Effect::Allow => statement
                .doubt(request)
                .map_or(Self::OtherResources, Self::ResourceInDoubt),
            StatementMatch::OtherResources => Self::OtherResources,
            StatementMatch::Unmet => Self::ConditionNotMet(unmet()),
            StatementMatch::Lacks(key) => Self::KeyMissing {
                key: key.name().to_owned(),
                conditions: unmet(),
            },
            StatementMatch::ResourceLacks(key) => Self::KeyMissing {
                key: key.name().to_owned(),
                conditions: Vec::new(),
            },
            StatementMatch::Malformed => Self::Malformed(statement.mistake.as_deref().unwrap_or_default().to_owned()),
        }
    }
}

impl Authorizer {
    /// Decides whether a request is allowed, and explains for each statement why it applies or does not. Slower than
    /// [`ask`](Self::ask), which returns the same decision.
    pub fn explain<'a>(&'a self, request: &'a Request) -> Explanation<'a> {
        let statements = self.statements().map(|(id, statement)| {
            let reason = match self.exemption(id.layer(), request) {
                Some(exemption) => Reason::Exempt(exemption),
                None => Reason::of(statement, statement.matches(request, self.bounds(request)), request),
            };
            (id, statement.effect, reason)
        });
        Explanation {
            request,
            decision: self.ask(request),
            statements: statements.collect(),
            rules: self.rules(request),
        }
    }
}

impl<'a> Explanation<'a> {
    /// The decision.
    pub const fn decision(&self) -> Decision<'a> {
        self.decision
    }

    /// All statements, in the order of the layers.
    pub fn statements(&self) -> impl Iterator<Item = (&'a StatementId, Effect, &Reason)> {
        self.statements
            .iter()
            .map(|(id, effect, reason)| (*id, *effect, reason))
    }

    /// The rules of AWS services that apply to the request although no policy contains them, the deciding one first.
    pub fn rules(&self) -> impl Iterator<Item = ServiceRule> {
        self.rules.iter().copied()
    }

    /// The statements whose result depends on a condition key that is missing from the request context.
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
        // The others are participles.
        let is = if decision.outcome() == Outcome::DependsOnKeyPolicy {
            ""
        } else {
            "is "
        };
        write!(
            f,
            "{}",
            Shown(format_args!("`{action}` on `{resource}` by {caller} {is}{decision}"))
        )?;
        for rule in &self.rules {
            write!(f, "\n  rule: {rule}: {}", rule.page())?;
        }
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
            Self::AppliesToAccount => f.write_str("applies to the account: the caller's own policies decide"),
            Self::OtherPrincipals => f.write_str("does not match the principal"),
            Self::OtherActions => f.write_str("does not match the action"),
            Self::OtherResources => f.write_str("does not match the resource"),
            Self::ResourceInDoubt(doubt) => write!(f, "does not apply: {doubt}"),
            Self::KeyMissing { key, conditions } if conditions.is_empty() => {
                write!(
                    f,
                    "does not apply: its resources depend on `{key}`, which is missing from the request context"
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
            Self::Malformed(mistake) => write!(f, "is malformed and grants nothing: {mistake}"),
            Self::DeniesMalformed(mistake) => {
                write!(
                    f,
                    "is malformed and denies everything it may have been meant to deny: {mistake}"
                )
            }
            Self::Exempt(exemption) => write!(f, "does not apply: {exemption}"),
        }
    }
}
