//! A statement, and what its words mean.

use super::{
    ActionFit, ActionMeaning, ActionRef, ConditionFacts, PrincipalRef, ResourceRef, action, condition, fit, principal,
    resource,
};
use crate::policy::{Effect, Kind, StatementOutline};

/// A statement, and what each of its actions, resources, principals and conditions means.
pub(in crate::check) struct StatementFacts<'d> {
    /// As read.
    pub statement: StatementOutline<'d>,
    /// The actions of `Action` or `NotAction`.
    pub actions: Vec<ActionRef<'d>>,
    /// The resources of `Resource` or `NotResource`. A role trust policy has none.
    pub resources: Vec<ResourceRef<'d>>,
    /// The principals of `Principal` or `NotPrincipal`, as far as they are well formed.
    pub principals: Vec<PrincipalRef<'d>>,
    /// The lines of its `Condition`.
    pub conditions: Vec<ConditionFacts<'d>>,
    /// Whether it is about each of its actions on each of its resources, so that the two can be held against each other.
    pub is_product: bool,
    /// Whether some of its actions mean nothing that is known.
    pub has_unknown_actions: bool,
    /// Whether some of its actions act on none of its resources.
    pub has_unfit_actions: bool,
}

impl<'d> StatementFacts<'d> {
    pub(super) fn of(statement: StatementOutline<'d>, kind: Kind) -> Self {
        let mut actions = action::of(&statement, kind);
        let mut resources = resource::of(&statement, kind);
        let is_product = fit::judge(&statement, &mut actions, &mut resources);
        let (mut has_unknown_actions, mut has_unfit_actions) = (false, false);
        for action in &actions {
            has_unknown_actions |= matches!(action.meaning, ActionMeaning::Unknown(_));
            has_unfit_actions |= action.fit != ActionFit::Fits;
        }
        Self {
            actions,
            resources,
            principals: principal::of(&statement),
            conditions: condition::of(&statement),
            is_product,
            has_unknown_actions,
            has_unfit_actions,
            statement,
        }
    }

    pub fn allows(&self) -> bool {
        self.statement.effect == Some(Effect::Allow)
    }

    pub fn denies(&self) -> bool {
        self.statement.effect == Some(Effect::Deny)
    }

    /// Whether some of its conditions are not known: of those it cannot be said that none restricts something. A rule that finds a
    /// condition missing asks this.
    pub fn may_have_any_condition(&self) -> bool {
        self.conditions.iter().any(ConditionFacts::may_be_any)
    }

    /// Whether it names its actions, with `Action` and not by `NotAction`.
    pub fn names_actions(&self) -> bool {
        self.statement.action.is_some_and(|element| !element.negated)
    }

    /// Whom it names with `Principal`; `None` where it has none, or `NotPrincipal`.
    pub fn named_principals(&self) -> Option<&[PrincipalRef<'d>]> {
        let element = self.statement.principal?;
        (!element.negated).then_some(&self.principals)
    }
}
