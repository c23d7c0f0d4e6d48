//! Why a request was decided as it was, statement by statement.

use std::fmt;

use super::authorizer::Authorizer;
use super::decision::{Decision, StatementId};
use super::request::Request;
use super::statement::Says;
use crate::policy::Effect;

/// What each statement says of a request, and the decision.
///
/// Displayed for people: the decision, then a line for each statement.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    decision: Decision<'a>,
    statements: Vec<(&'a StatementId, Effect, Reason)>,
}

/// Why a statement applies to a request or does not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It applies.
    Applies,
    /// Its `Principal` is someone else.
    OtherPrincipals,
    /// It is about other actions.
    OtherActions,
    /// It is about other resources.
    OtherResources,
    /// Its condition is not met: which of them, counted from 0 through all operators and keys.
    ConditionNotMet(usize),
    /// The request does not have this condition key, written in small letters, and what it holds decides.
    KeyMissing(String),
    /// It is malformed, so that it grants nothing.
    Malformed,
}

impl Authorizer {
    /// Decides whether a request is allowed, and tells of each statement why it applies or does not. Slower than
    /// [`ask`](Self::ask), which decides the same.
    pub fn explain<'a>(&'a self, request: &'a Request) -> Explanation<'a> {
        let statements = self.statements(request).map(|(id, statement, says)| {
            let reason = match says {
                Says::Applies(_) => Reason::Applies,
                Says::OtherPrincipals => Reason::OtherPrincipals,
                Says::OtherActions => Reason::OtherActions,
                Says::OtherResources => Reason::OtherResources,
                Says::Unmet(condition) => Reason::ConditionNotMet(condition),
                Says::Lacks(key) => Reason::KeyMissing(key.name().to_owned()),
                Says::Broken => Reason::Malformed,
            };
            (id, statement.effect, reason)
        });
        Explanation {
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
            Reason::KeyMissing(key) => Some((*id, &**key)),
            _ => None,
        })
    }
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decision)?;
        for (id, effect, reason) in &self.statements {
            write!(f, "\n  {effect} in {id}: {reason}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applies => f.write_str("applies"),
            Self::OtherPrincipals => f.write_str("is about other principals"),
            Self::OtherActions => f.write_str("is about other actions"),
            Self::OtherResources => f.write_str("is about other resources"),
            Self::ConditionNotMet(index) => write!(f, "its condition number {} is not met", index + 1),
            Self::KeyMissing(key) => write!(f, "the request does not say what `{key}` is"),
            Self::Malformed => f.write_str("is malformed, and grants nothing"),
        }
    }
}
