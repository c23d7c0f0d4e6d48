//! What a document means, worked out once and shared by all rules.
//!
//! The ground floor of the checker: it says what an action, a resource or a condition is, and what is wrong with one that is
//! nothing, as a fault with a type. It never words a finding of its own, and knows no rule.

mod action;
mod condition;
mod coverage;
pub(super) mod dynamodb;
mod fit;
mod limit;
mod placeholder;
mod principal;
mod resource;
mod session;
mod statement;
mod strangers;
mod value;
mod without_key;

use super::Options;
use crate::document::Document;
use crate::finding::Findings;
use crate::policy::{self, AttachedTo, Kind, Version};

#[cfg(feature = "evaluate")]
pub(super) use action::unreadable_action;
pub(super) use action::{ActionFault, ActionFit, ActionMeaning, ActionRef, Malformed};
pub(super) use condition::ConditionFacts;
pub(super) use coverage::{Breadth, Coverage, Covering, ROLES, coverage, is_about_all, is_denied};
pub(super) use fit::{is_about_tags, log_group};
pub(super) use limit::{is_about_caller, is_about_source, is_limit, is_source};
pub(super) use placeholder::{Placeholder, Style, placeholders};
pub(super) use principal::PrincipalRef;
pub(super) use resource::{ArnFault, ResourceFault, ResourceRef, ResourceScope, Secret, formats};
pub(super) use session::{
    ASSUME, ASSUME_WITH_SAML, ASSUME_WITH_WEB_IDENTITY, SESSION_SETTERS, SET_SOURCE_IDENTITY, TAG_SESSION,
    is_part_of_assuming,
};
pub(super) use statement::StatementFacts;
pub(super) use strangers::{is_everyone, takes_strangers};
pub(super) use value::{Operand, Values, Wide};
pub(super) use without_key::WithoutKey;

/// A document as a policy of some kind, and what each of its parts means.
pub(super) struct Facts<'d> {
    pub document: &'d Document<'d>,
    pub kind: Kind,
    pub options: &'d Options,
    /// The language.
    pub version: Version,
    pub statements: Vec<StatementFacts<'d>>,
    /// What the reader of policies found wrong with the form.
    pub form: Findings,
}

impl<'d> Facts<'d> {
    pub(super) fn of(document: &'d Document<'d>, kind: Kind, options: &'d Options) -> Self {
        let (outline, form) = policy::read(document, kind);
        let statements = outline.statements.into_iter();
        Self {
            document,
            kind,
            options,
            version: outline.version,
            statements: statements
                .map(|statement| StatementFacts::of(statement, kind))
                .collect(),
            form,
        }
    }

    /// Whether it gives an identity its permissions.
    pub(super) const fn gives_permissions(&self) -> bool {
        matches!(self.kind, Kind::Identity | Kind::Session)
    }

    /// What a resource policy is attached to, if that is known.
    pub(super) fn attached_to(&self) -> Option<AttachedTo> {
        self.options.resource().filter(|_| self.kind == Kind::Resource)
    }

    /// The resource that the policy is about. That of an endpoint is about the resources of a service, whosever they are, and
    /// not about the endpoint.
    pub(super) fn own_resource(&self) -> Option<AttachedTo> {
        self.attached_to()
            .filter(|resource| *resource != AttachedTo::VpcEndpoint)
    }

    /// Whether it says who is let in: what passes a VPC endpoint, the resource and the caller's own policies have to allow as
    /// well.
    pub(super) fn lets_in(&self) -> bool {
        matches!(self.kind, Kind::Resource | Kind::Trust) && self.options.resource() != Some(AttachedTo::VpcEndpoint)
    }
}
