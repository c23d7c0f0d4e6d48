//! Statements, taken apart once so that they are quickly asked.

use super::arn::ArnPattern;
use super::caller::{Principals, Reach};
use super::condition::{Condition, Met, any, is_key};
use super::context::{Context, Key};
use super::pattern::{Match, Pattern, Syntax};
use super::request::Request;
use super::unmet::UnmetCondition;
use crate::policy::{self, Effect, Element, Version};

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub effect: Effect,
    /// What of it cannot be read, if so: such an `Allow` grants nothing, such a `Deny` denies by what is left of it.
    pub mistake: Option<Box<str>>,
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
    /// A condition is not met.
    Unmet,
    /// Its conditions would have to know what this key holds.
    Lacks(&'s Key),
    /// Its resources would have to.
    ResourceLacks(&'s Key),
    /// It is an `Allow` that cannot be read.
    Broken,
}

impl Statement {
    /// One of this effect, with what is known to be wrong with it or with the policy that it is in.
    pub(super) fn new(
        statement: &policy::Statement<'_>,
        effect: Effect,
        version: Version,
        mistake: Option<Box<str>>,
    ) -> Self {
        let no_arn = misplaced_variable(statement, version);
        let mistake = mistake
            .or_else(|| no_arn.clone())
            .or_else(|| unread_condition(statement, version));
        let conditions: Vec<Condition> = statement
            .conditions
            .iter()
            .filter_map(|condition| Condition::new(condition, version, effect == Effect::Deny))
            .collect();
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
        // A `Deny` of resources that cannot be told denies all.
        let is_told = effect == Effect::Allow || no_arn.is_none();
        let resources = statement.resource.filter(|_| is_told).map(|element| Patterns {
            negated: element.negated,
            patterns: element
                .texts()
                .map(|(_, text)| ArnPattern::new(text.written(), syntax))
                .collect(),
        });
        Self {
            effect,
            mistake,
            principals: statement
                .principal
                .as_ref()
                .map(|element| Principals::new(element, conditions.iter().any(Condition::names_principals))),
            actions,
            resources,
            conditions,
        }
    }

    /// One of which nothing can be read.
    pub(super) fn unread(effect: Effect, mistake: Box<str>) -> Self {
        Self {
            effect,
            mistake: Some(mistake),
            principals: None,
            actions: Patterns::all(),
            resources: None,
            conditions: Vec::new(),
        }
    }

    /// What it says of a request by someone who has a permissions boundary or has none. A policy without principals is the
    /// caller's own.
    pub(super) fn says<'s>(&'s self, request: &'s Request, is_bounded: bool) -> Says<'s> {
        let denies = self.effect == Effect::Deny;
        if self.mistake.is_some() && !denies {
            return Says::Broken;
        }
        let context = request.context();
        // In doubt a `Deny` is about it, and an `Allow` is not.
        let in_doubt = denies != self.actions.negated;
        let mut actions = self.actions.patterns.iter();
        if actions.any(|pattern| pattern.is_match(request.lower_action(), context, in_doubt)) == self.actions.negated {
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
                Match::Lacks(key) => return Says::ResourceLacks(key),
            }
        }
        let mut lacks = None;
        for condition in &self.conditions {
            match condition.is_met(context) {
                Met::Yes => {}
                Met::No => return Says::Unmet,
                Met::Lacks(key) => lacks = lacks.or(Some(key)),
            }
        }
        lacks.map_or(Says::Applies(reach), Says::Lacks)
    }

    /// The conditions that a request does not meet.
    pub(super) fn unmet(&self, context: &Context) -> impl Iterator<Item = UnmetCondition> {
        self.conditions.iter().filter_map(|condition| condition.unmet(context))
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

/// A resource that AWS documents no reading of: a variable in it stands before the resource itself, or it is stars only and not
/// `*`.
fn misplaced_variable(statement: &policy::Statement<'_>, version: Version) -> Option<Box<str>> {
    let mut texts = statement.resource.iter().flat_map(Element::texts);
    let (_, text) = texts.find(|(_, text)| !ArnPattern::is_resource(text.written(), version == Version::V2012))?;
    let text = text.written();
    Some(format!("`{text}` is not the ARN of a resource; write all its fields, or `*`").into())
}

/// A condition whose key, operator or values AWS cannot compare.
fn unread_condition(statement: &policy::Statement<'_>, version: Version) -> Option<Box<str>> {
    let mut conditions = statement.conditions.iter();
    let unread = conditions.find(|condition| Condition::new(condition, version, false).is_none())?;
    let (operator, key) = (unread.operator_text.written(), unread.key.written());
    Some(match unread.operator {
        None => format!("there is no condition operator `{operator}`").into(),
        Some(_) if !is_key(key) => format!("`{key}` is not a condition key; write `service:Key`").into(),
        Some(_) => format!("`{operator}` cannot compare what is written for `{key}`").into(),
    })
}
