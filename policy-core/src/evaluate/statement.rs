//! Statements, taken apart once so that they are quickly asked.

use super::arn::ArnPattern;
use super::caller::{Principals, Reach};
use super::condition::{Condition, Met};
use super::context::Key;
use super::pattern::{Match, Pattern, Syntax};
use super::request::Request;
use crate::finding::{Findings, Severity};
use crate::policy::{self, Effect, Version};

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub effect: Effect,
    /// Whether a part of it cannot be read: such an `Allow` grants nothing, such a `Deny` denies by what is left of it.
    pub is_broken: bool,
    principals: Option<Principals>,
    actions: Patterns<Pattern>,
    written_actions: Box<[Box<str>]>,
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
    /// `None` where not even the effect can be read.
    pub(super) fn new(statement: &policy::Statement<'_>, version: Version, findings: &Findings) -> Option<Self> {
        let effect = statement.effect?;
        let place = statement.node.place;
        let is_within = |at: crate::document::Place| place.start <= at.start && at.end <= place.end;
        let conditions: Vec<Option<Condition>> = statement
            .conditions
            .iter()
            .map(|condition| Condition::new(condition, version, effect))
            .collect();
        let is_broken = conditions.iter().any(Option::is_none)
            || findings
                .iter()
                .any(|finding| finding.severity() == Severity::Error && is_within(finding.place()));
        let syntax = Syntax {
            wildcards: true,
            variables: version == Version::V2012,
        };
        let written_actions: Box<[Box<str>]> = statement
            .action
            .iter()
            .flat_map(policy::Element::texts)
            .map(|(_, text)| text.written().to_ascii_lowercase().into())
            .collect();
        let actions = statement.action.map_or_else(Patterns::all, |element| Patterns {
            negated: element.negated,
            patterns: written_actions
                .iter()
                .map(|action| {
                    Pattern::new(
                        action,
                        Syntax {
                            variables: false,
                            ..syntax
                        },
                    )
                })
                .collect(),
        });
        let resources = statement.resource.map(|element| {
            // A star may reach over a colon or not: to be meant by a `Deny`, or spared by an `Allow`, one of both is enough.
            let pattern = if element.negated == (effect == Effect::Deny) {
                ArnPattern::new
            } else {
                ArnPattern::whole
            };
            let patterns = element.texts().map(|(_, text)| pattern(text.written(), syntax));
            Patterns {
                negated: element.negated,
                patterns: patterns.collect(),
            }
        });
        Some(Self {
            effect,
            is_broken,
            principals: statement.principal.as_ref().map(Principals::new),
            actions,
            written_actions,
            resources,
            conditions: conditions.into_iter().flatten().collect(),
        })
    }

    /// Its actions in small letters, as written, where it lists them: for an index.
    pub(super) fn listed_actions(&self) -> Option<impl Iterator<Item = &str>> {
        (!self.actions.negated).then(|| self.written_actions.iter().map(|action| &**action))
    }

    /// What it says of a request. A policy without principals is the caller's own.
    pub(super) fn says<'s>(&'s self, request: &'s Request) -> Says<'s> {
        let denies = self.effect == Effect::Deny;
        if self.is_broken && !denies {
            return Says::Broken;
        }
        let context = request.context();
        if !self
            .actions
            .mean(denies, |pattern| pattern.matches(request.lower_action(), context))
            .is_yes()
        {
            return Says::OtherActions;
        }
        let reach = match &self.principals {
            None => Reach::Themselves,
            Some(principals) => match principals.mean(request.caller(), denies) {
                Some(reach) => reach,
                None => return Says::OtherPrincipals,
            },
        };
        if let Some(resources) = &self.resources {
            match resources.mean(denies, |pattern| pattern.matches(request.resource(), context)) {
                Match::Yes => {}
                Match::No => return Says::OtherResources,
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

    /// Whether one of them matches, or, negated, none does. A pattern whose variable has no value matches nothing; that a
    /// `NotResource` of an `Allow` therefore means everything AWS does not say.
    fn mean<'p>(&'p self, denies: bool, matches: impl Fn(&'p P) -> Match<'p>) -> Match<'p> {
        let mut lacks = None;
        for pattern in &self.patterns {
            match matches(pattern) {
                Match::Yes => return if self.negated { Match::No } else { Match::Yes },
                Match::No => {}
                Match::Lacks(key) => lacks = Some(key),
            }
        }
        match (self.negated, lacks) {
            (true, Some(_)) if denies => Match::Yes,
            (true, None) => Match::Yes,
            (_, Some(key)) => Match::Lacks(key),
            (false, None) => Match::No,
        }
    }
}
