//! Statements, parsed once so that evaluation is fast.

use std::collections::HashMap;

use super::arn::ArnPattern;
use super::condition::{Condition, Met, any, is_key};
use super::context::{Context, Key};
use super::pattern::{Match, Pattern, Syntax};
use super::principals::{Principals, Reach};
use super::request::Request;
use super::unmet::UnmetCondition;
use super::unread::{Part, Unread};
use super::unwritten::Unwritten;
use crate::arn::fields;
use crate::policy::{self, Effect, Operator, Version};

/// A statement.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub effect: Effect,
    /// Why it cannot be read, if so: such an `Allow` grants nothing, and such a `Deny` denies by the elements that can
    /// be read.
    pub mistake: Option<Box<str>>,
    principals: Option<Principals>,
    actions: Patterns<Pattern>,
    resources: Option<Patterns<ArnPattern>>,
    /// Why AWS does not document what one of its resources matches, and what to write.
    unread_resource: Option<Box<str>>,
    conditions: Vec<Condition>,
    /// Of a `Deny`: conditions on keys that differ in case only, below one operator. AWS does not document which of them counts.
    either: Vec<Vec<Condition>>,
}

/// The patterns of `Action` or `NotAction`, of `Resource` or `NotResource`.
#[derive(Clone, Debug)]
struct Patterns<P> {
    negated: bool,
    patterns: Vec<P>,
}

/// The result of a statement for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StatementMatch<'s> {
    /// It applies, and its principals match the caller as specifically as this.
    Applies(Reach),
    /// Its principals do not match.
    OtherPrincipals,
    /// Its actions do not match.
    OtherActions,
    /// Its resources do not match.
    OtherResources,
    /// A condition is not met.
    Unmet,
    /// A condition depends on this key, which is missing.
    Lacks(&'s Key),
    /// The resources depend on this key, which is missing.
    ResourceLacks(&'s Key),
    /// It is a malformed `Allow`.
    Malformed,
}

impl Statement {
    /// A statement with this effect, and the known mistake in it or in its policy; `is_completed`, if AWS completes ARNs with
    /// fewer than six fields.
    pub(super) fn new(
        statement: &policy::StatementOutline<'_>,
        effect: Effect,
        version: Version,
        is_completed: bool,
        mistake: Option<Box<str>>,
    ) -> Self {
        let mistake = mistake.or_else(|| unread_condition(statement, version));
        let denies = effect == Effect::Deny;
        let read = |condition: &policy::Condition<'_>| Condition::new(condition, version, denies);
        let mut conditions: Vec<Condition> = statement.conditions.iter().filter_map(read).collect();
        if denies && conditions.len() < statement.conditions.len() {
            let mut kept = statement.conditions.clone();
            let unread = Unread::of(&kept, |one| read(one).is_none().then(|| Part::uncompared(one)));
            unread.remove_from(&mut kept);
            conditions = kept.iter().filter_map(read).collect();
        }
        let either = if denies {
            take_spellings(&mut conditions)
        } else {
            Vec::new()
        };
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
        let mut unread_resource: Option<Box<str>> = None;
        let mut resources = statement.resource.map(|element| {
            let read = |text: String| match ArnPattern::of_resource(&text, syntax, is_completed) {
                Ok(pattern) => Some(pattern),
                Err(why) => {
                    unread_resource.get_or_insert_with(|| why.into());
                    None
                }
            };
            // In doubt the case of the fields before the account does not matter.
            let is_wide = (effect == Effect::Deny) != element.negated;
            let in_lowercase = |text: &str| is_wide.then(|| in_lowercase(text, syntax.variables)).flatten();
            let texts = element.texts().map(|(_, text)| text.written());
            Patterns {
                negated: element.negated,
                patterns: texts
                    .flat_map(|text| [Some(text.to_owned()), in_lowercase(text)])
                    .flatten()
                    .filter_map(read)
                    .collect(),
            }
        });
        // One that cannot be read may match anything: a `Deny` of it denies all, and an `Allow` of all but it grants nothing. The
        // others of an `Allow` count, and so do the others that a `Deny` excludes.
        if let Some(patterns) = resources.as_mut().filter(|_| unread_resource.is_some()) {
            match (effect, patterns.negated) {
                (Effect::Deny, false) => *patterns = Patterns::all(),
                (Effect::Allow, true) => *patterns = Patterns::none(),
                (Effect::Allow, false) | (Effect::Deny, true) => {}
            }
        }
        Self {
            effect,
            mistake,
            principals: statement
                .principal
                .as_ref()
                .map(|element| Principals::new(element, conditions.iter().any(Condition::names_principals))),
            actions,
            resources,
            unread_resource,
            conditions,
            either,
        }
    }

    /// A statement of which nothing can be read.
    pub(super) fn unread(effect: Effect, mistake: Box<str>) -> Self {
        Self {
            effect,
            mistake: Some(mistake),
            principals: None,
            actions: Patterns::all(),
            resources: None,
            unread_resource: None,
            conditions: Vec::new(),
            either: Vec::new(),
        }
    }

    /// The result for a request. A policy without principals applies to the caller that it is attached to.
    pub(super) fn matches<'s>(&'s self, request: &'s Request, is_bounded: bool) -> StatementMatch<'s> {
        let denies = self.effect == Effect::Deny;
        if self.mistake.is_some() && !denies {
            return StatementMatch::Malformed;
        }
        let context = request.context();
        // In doubt a `Deny` is about it, and an `Allow` is not.
        let in_doubt = denies != self.actions.negated;
        let mut actions = self.actions.patterns.iter();
        if actions.any(|pattern| pattern.is_match(request.lower_action(), context, in_doubt)) == self.actions.negated {
            return StatementMatch::OtherActions;
        }
        let reach = match &self.principals {
            None => Reach::Specific,
            Some(principals) => match principals.reach(request, denies, is_bounded) {
                Some(reach) => reach,
                None => return StatementMatch::OtherPrincipals,
            },
        };
        if let Some(resources) = &self.resources {
            let matches = |pattern: &'s ArnPattern| {
                if denies == resources.negated {
                    pattern.matches(request.resource(), context)
                } else {
                    // In doubt, a `Deny` matches, and an `Allow` with `NotResource` does not.
                    pattern.may_match(request.resource(), context)
                }
            };
            match resources.match_of(matches, context) {
                Match::Lacks(key) => {
                    if !self.applies_without(key, resources, request) {
                        return StatementMatch::ResourceLacks(key);
                    }
                }
                Match::Yes if resources.negated && !denies => {
                    if let Some(unsure) = resources.may_exclude_all(request) {
                        return unsure;
                    }
                }
                Match::No if denies && !resources.negated && resources.may_match_unwritten(request) => {}
                Match::Doubt if denies => {}
                Match::Yes => {}
                Match::No | Match::Doubt => return StatementMatch::OtherResources,
            }
        }
        let mut lacks = None;
        for condition in &self.conditions {
            match condition.is_met(context) {
                Met::Yes => {}
                Met::No => return StatementMatch::Unmet,
                Met::Lacks(key) => lacks = lacks.or(Some(key)),
            }
        }
        for spellings in &self.either {
            let mut met = Met::No;
            for condition in spellings {
                met = match (condition.is_met(context), met) {
                    (Met::Yes, _) | (_, Met::Yes) => Met::Yes,
                    (Met::No, _) => met,
                    (lacking, _) => lacking,
                };
            }
            match met {
                Met::Yes => {}
                Met::No => return StatementMatch::Unmet,
                Met::Lacks(key) => lacks = lacks.or(Some(key)),
            }
        }
        lacks.map_or(StatementMatch::Applies(reach), StatementMatch::Lacks)
    }

    /// Whether it applies although this key, which has no value, decides what its resources match.
    ///
    /// A `NotResource` whose variable has no value excludes nothing from a `Deny`. For an `Allow`, AWS also says that such a variable
    /// "might cause the entire statement to be invalid".
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>
    #[cold]
    fn applies_without(&self, key: &Key, resources: &Patterns<ArnPattern>, request: &Request) -> bool {
        let denies = self.effect == Effect::Deny;
        let excludes_nothing = resources.negated && denies;
        // Another one may match what a request for `*` is about.
        let may_match = || denies && !resources.negated && resources.may_match_unwritten(request);
        let assumed = request.context().assumed(key, denies);
        assumed.unwrap_or(excludes_nothing) || may_match()
    }

    /// Why it denies a resource that it may not be about, or an `Allow` grants nothing on one that it may be about: which of its
    /// own AWS does not define a match for, and what to write.
    pub(super) fn doubt(&self, request: &Request) -> Option<String> {
        let is_past_a_colon = |resources: &Patterns<ArnPattern>| {
            let mut patterns = resources.patterns.iter();
            patterns.find_map(|pattern| pattern.doubt(request.resource(), request.context()))
        };
        let allows = |resources: &&Patterns<ArnPattern>| self.effect == Effect::Allow && !resources.negated;
        let unread = self.unread_resource.as_deref().map(ToOwned::to_owned);
        unread.or_else(|| self.resources.as_ref().filter(allows).and_then(is_past_a_colon))
    }

    fn all_conditions(&self) -> impl Iterator<Item = &Condition> {
        self.conditions.iter().chain(self.either.iter().flatten())
    }

    /// The condition keys that it depends on and that are not present, as they are written in conditions, and in lowercase in
    /// policy variables.
    pub(super) fn absent_keys<'s>(&'s self, context: &'s Context) -> impl Iterator<Item = &'s str> {
        let of_conditions = self
            .all_conditions()
            .flat_map(|condition| condition.absent_keys(context));
        let resources = self.resources.iter().flat_map(|resources| &resources.patterns);
        let of_principals = self.principals.iter();
        of_conditions
            .chain(resources.flat_map(|pattern| pattern.absent_keys(context)))
            .chain(of_principals.filter_map(|principals| principals.absent_key(context)))
    }

    /// The conditions that the request does not meet.
    pub(super) fn unmet(&self, context: &Context) -> impl Iterator<Item = UnmetCondition> {
        self.all_conditions().filter_map(|condition| condition.unmet(context))
    }
}

impl<P> Patterns<P> {
    const fn all() -> Self {
        Self {
            negated: true,
            patterns: Vec::new(),
        }
    }

    const fn none() -> Self {
        Self {
            negated: false,
            patterns: Vec::new(),
        }
    }

    /// Whether a pattern matches, or, if negated, none does.
    fn match_of<'p>(&'p self, matches: impl Fn(&'p P) -> Match<'p>, context: &Context) -> Match<'p> {
        match any(self.patterns.iter().map(matches), context) {
            Match::Yes if self.negated => Match::No,
            Match::No if self.negated => Match::Yes,
            found => found,
        }
    }
}

impl Patterns<ArnPattern> {
    /// Whether one matches an ARN that a request for `*` may be about.
    #[inline]
    fn may_match_unwritten(&self, request: &Request) -> bool {
        let may_match = |unwritten: &Unwritten| {
            let mut patterns = self.patterns.iter();
            patterns.any(|pattern| unwritten.may_match(pattern, request))
        };
        request.unwritten().is_some_and(may_match)
    }

    /// Why a `NotResource` of an `Allow`, which does not exclude what is written in a request, may exclude it all the same.
    #[cold]
    fn may_exclude_all<'p>(&'p self, request: &Request) -> Option<StatementMatch<'p>> {
        let context = request.context();
        // Of a variable with several values AWS does not document what it is: the whole statement may be invalid.
        let has_several = || self.patterns.iter().any(|pattern| pattern.has_several_values(context));
        if self.may_match_unwritten(request) || has_several() {
            return Some(StatementMatch::OtherResources);
        }
        self.lacks(context).map(StatementMatch::ResourceLacks)
    }

    /// A key that is not given. Without a value for it a `NotResource` allows nothing, although no value may match.
    fn lacks<'p>(&'p self, context: &Context) -> Option<&'p Key> {
        let mut keys = self.patterns.iter().filter_map(|pattern| pattern.lacks(context));
        keys.find(|key| context.assumed(key, false) == Some(false))
    }
}

/// An ARN with the fields before the account in lowercase, if they are not: AWS documents their case for operators only.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN>
fn in_lowercase(text: &str, has_variables: bool) -> Option<String> {
    let before: usize = fields(text, has_variables).take(4).map(|field| field.len() + 1).sum();
    let (before, rest) = text.split_at_checked(before.min(text.len()))?;
    let is_other = before.bytes().any(|byte| byte.is_ascii_uppercase()) && !before.contains("${");
    is_other.then(|| before.to_ascii_lowercase() + rest)
}

/// Takes the conditions of one operator on keys that differ in case only: each alone, and all their values together. The `Deny`
/// applies if one of them is met.
fn take_spellings(conditions: &mut Vec<Condition>) -> Vec<Vec<Condition>> {
    let mut groups: Vec<Vec<Condition>> = Vec::new();
    let mut seen: HashMap<(Operator, String), usize> = HashMap::new();
    for condition in std::mem::take(conditions) {
        let next = groups.len();
        let at = *seen.entry(condition.subject()).or_insert(next);
        if at == next {
            groups.push(Vec::new());
        }
        if let Some(group) = groups.get_mut(at) {
            group.push(condition);
        }
    }
    let mut either = Vec::new();
    for mut group in groups {
        if group.len() == 1 {
            conditions.append(&mut group);
            continue;
        }
        group.extend(Condition::joined(&group));
        either.push(group);
    }
    either
}

/// A condition whose key, operator or values AWS cannot compare.
fn unread_condition(statement: &policy::StatementOutline<'_>, version: Version) -> Option<Box<str>> {
    let mut conditions = statement.conditions.iter();
    let unread = conditions.find(|condition| Condition::new(condition, version, false).is_none())?;
    let (operator, key) = (unread.operator_text.written(), unread.key.written());
    Some(match unread.operator {
        None => format!("`{operator}` is not a condition operator").into(),
        Some(_) if !is_key(key) => format!("`{key}` is not a condition key; write `service:Key`").into(),
        Some(_) => format!("`{operator}` cannot compare the values of `{key}`").into(),
    })
}
