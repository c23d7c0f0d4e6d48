//! Statements, taken apart once so that they are quickly asked.

use super::arn::ArnPattern;
use super::caller::{Principals, Reach};
use super::condition::{Condition, Met, any};
use super::context::Key;
use super::pattern::{Match, Pattern, Syntax};
use super::request::Request;
use crate::document::{Node, Value};
use crate::policy::{self, Effect, Version};

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub effect: Effect,
    /// Whether a part of it cannot be read: such an `Allow` grants nothing, such a `Deny` denies by what is left of it.
    pub is_broken: bool,
    principals: Option<Principals>,
    actions: Patterns<Pattern>,
    resources: Option<Patterns<ArnPattern>>,
    conditions: Vec<Condition>,
}

/// The patterns of `Action` or `NotAction`, of `Resource` or `NotResource`.
#[derive(Clone, Debug)]
struct Patterns<P> {
    negated: bool,
    patterns: Vec<P>,
}

/// What a statement says of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says<'s> {
    /// It applies, and this is how its principals mean the caller.
    Applies(Reach),
    /// It is about others.
    OtherPrincipals,
    /// It is about other actions.
    OtherActions,
    /// It is about other resources.
    OtherResources,
    /// This condition, by its place, is not met.
    Unmet(usize),
    /// What this key holds would have to be known.
    Lacks(&'s Key),
    /// It is an `Allow` that cannot be read.
    Broken,
}

impl Statement {
    /// `is_refused` if AWS refuses it, or the policy that it is in. `None` where not even the effect can be read.
    pub(super) fn new(statement: &policy::Statement<'_>, version: Version, is_refused: bool) -> Option<Self> {
        let effect = statement.effect.or_else(|| meant_to_deny(statement.node))?;
        let conditions: Vec<Option<Condition>> = statement
            .conditions
            .iter()
            .map(|condition| Condition::new(condition, version, effect == Effect::Deny))
            .collect();
        let is_broken = is_refused
            || statement.effect.is_none()
            || conditions.iter().any(Option::is_none)
            || statement.resource.is_some_and(|element| {
                element
                    .texts()
                    .any(|(_, text)| !ArnPattern::is_resource(text.written(), version == Version::V2012))
            });
        let syntax = Syntax {
            wildcards: true,
            variables: version == Version::V2012,
        };
        let actions = statement.action.map_or_else(Patterns::all, |element| Patterns {
            negated: element.negated,
            patterns: element
                .texts()
                .map(|(_, text)| {
                    let without_variables = Syntax {
                        variables: false,
                        ..syntax
                    };
                    Pattern::new(&text.written().to_ascii_lowercase(), without_variables)
                })
                .collect(),
        });
        let resources = statement.resource.map(|element| Patterns {
            negated: element.negated,
            patterns: element
                .texts()
                .map(|(_, text)| ArnPattern::new(text.written(), syntax))
                .collect(),
        });
        Some(Self {
            effect,
            is_broken,
            principals: statement
                .principal
                .as_ref()
                .map(|element| Principals::new(element, conditions.iter().flatten().any(Condition::names_principals))),
            actions,
            resources,
            conditions: conditions.into_iter().flatten().collect(),
        })
    }

    /// What it says of a request by someone who has a permissions boundary or has none. A policy without principals is the
    /// caller's own.
    pub(super) fn says<'s>(&'s self, request: &'s Request, is_bounded: bool) -> Says<'s> {
        let denies = self.effect == Effect::Deny;
        if self.is_broken && !denies {
            return Says::Broken;
        }
        let context = request.context();
        if !self
            .actions
            .mean(|pattern| pattern.matches(request.lower_action(), context))
            .is_yes()
        {
            return Says::OtherActions;
        }
        let reach = match &self.principals {
            None => Reach::Themselves,
            Some(principals) => match principals.mean(request.caller(), denies, is_bounded) {
                Some(reach) => reach,
                None => return Says::OtherPrincipals,
            },
        };
        if let Some(resources) = &self.resources {
            match resources.mean(|pattern| {
                if denies == resources.negated {
                    pattern.matches(request.resource(), context)
                } else {
                    // In doubt a `Deny` is about it, and an `Allow` of all others is not.
                    pattern.may_match(request.resource(), context)
                }
            }) {
                // A `NotResource` whose variable has no value names nothing: a `Deny` then spares nothing. Of an `Allow` AWS says
                // too that such a variable "might cause the entire statement to be invalid".
                // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
                Match::Lacks(_) if resources.negated && denies => {}
                Match::Doubt if denies => {}
                Match::Yes => {}
                Match::No | Match::Doubt => return Says::OtherResources,
                Match::Lacks(key) => return Says::Lacks(key),
            }
        }
        let mut lacks = None;
        for (index, condition) in self.conditions.iter().enumerate() {
            match condition.is_met(context) {
                Met::Yes => {}
                Met::No => return Says::Unmet(index),
                Met::Lacks(key) => lacks = lacks.or(Some(key)),
            }
        }
        lacks.map_or(Says::Applies(reach), Says::Lacks)
    }
}

impl<P> Patterns<P> {
    const fn all() -> Self {
        Self {
            negated: true,
            patterns: Vec::new(),
        }
    }

    /// Whether one of them matches, or, negated, none does.
    fn mean<'p>(&'p self, matches: impl Fn(&'p P) -> Match<'p>) -> Match<'p> {
        match any(self.patterns.iter().map(matches)) {
            Match::Yes if self.negated => Match::No,
            Match::No if self.negated => Match::Yes,
            found => found,
        }
    }
}

/// What is written as `deny` was not meant to grant, though AWS knows only `Deny`.
fn meant_to_deny(node: &Node<'_>) -> Option<Effect> {
    let Value::Object(members) = &node.value else {
        return None;
    };
    let effect = members.iter().find(|member| member.name.written() == "Effect")?;
    let text = effect.value.as_text()?.written();
    text.trim().eq_ignore_ascii_case("Deny").then_some(Effect::Deny)
}
