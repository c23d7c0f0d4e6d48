//! What a document means, worked out once and shared by all rules.
//!
//! The ground floor of the checker: it says what an action, a resource or a condition is, and what is wrong with one that is
//! nothing, as a fault with a type. It never words a finding of its own, and knows no rule.

mod account;
mod action;
mod condition;
pub(super) mod cover;
mod coverage;
pub(super) mod dynamodb;
mod earlier;
mod fit;
mod key_arns;
mod limit;
mod placeholder;
mod principal;
mod resource;
mod resource_policy;
mod service_principal;
mod session;
mod size;
mod statement;
mod strangers;
mod token;
mod value;
mod without_key;

use std::cell::OnceCell;

use super::Options;
use crate::collected::CollectVec;
use crate::document::{Document, Met};
use crate::finding::Findings;
use crate::policy::{self, AttachedTo, Kind, Outline, Version};

#[cfg(feature = "edit")]
pub(crate) use action::is_action;
#[cfg(feature = "evaluate")]
pub(super) use action::unreadable_action;
pub(super) use action::{ActionFault, ActionFit, ActionMeaning, ActionRef, Malformed};
pub(super) use condition::ConditionFacts;
pub(super) use coverage::{Breadth, Coverage, Covering, ROLES, coverage, is_about_all, is_denied};
pub(super) use fit::{is_about_tags, log_group};
pub(super) use key_arns::{KeyArns, NoSource};
pub(super) use limit::{is_about_caller, is_about_source, is_limit, is_source};
pub(super) use placeholder::{
    Noun, Placeholder, Style, is_left_blank, is_redacted, may_have_placeholders, placeholders,
};
pub(super) use principal::PrincipalRef;
pub(super) use resource::{
    ArnFault, ResourceFault, ResourceRef, ResourceScope, Secret, field_faults, formats, matches_nothing, type_of,
    with_colons, with_colons_if,
};
pub(super) use resource_policy::{Actions, Counted, Part, Quota, ResourcePolicy};
pub(super) use service_principal::{Evidence, before_domain};
pub(super) use session::{
    ASSUME, ASSUME_WITH_SAML, ASSUME_WITH_WEB_IDENTITY, SESSION_SETTERS, SET_SOURCE_IDENTITY, TAG_SESSION,
    is_part_of_assuming,
};
pub(super) use size::{JUDGED, Size};
pub(super) use statement::StatementFacts;
pub(super) use strangers::is_everyone;
pub(super) use token::{Audience, Issuer, Matched, UnknownClaim, demands_value};
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
    pub size: Size,
    /// The statements that deny something to all strangers, by their number.
    denials: OnceCell<Vec<usize>>,
    /// What the service of the resource accepts in the policy.
    resource_policy: OnceCell<Option<&'static ResourcePolicy>>,
}

impl<'d> Facts<'d> {
    pub(super) fn of(document: &'d Document<'d>, kind: Kind, options: &'d Options) -> Self {
        let size = Size::of(document.root());
        let (outline, form) = if size.is_judged() {
            policy::read(document, kind)
        } else {
            // Nothing of it is read.
            let outline = Outline {
                version: Version::V2012,
                statements: Vec::new(),
            };
            (outline, Findings::new())
        };
        let statements = outline.statements.into_iter();
        Self {
            document,
            kind,
            options,
            version: outline.version,
            statements: statements
                .map(|statement| StatementFacts::of(statement, kind))
                .collect_vec(),
            form,
            size,
            denials: OnceCell::new(),
            resource_policy: OnceCell::new(),
        }
    }

    /// Every string of the document, if more than its size is judged.
    pub(super) fn each_text(&self, see: &mut dyn FnMut(Met<'d, 'd>)) {
        if self.size.is_judged() {
            self.document.root().each_text(see);
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

    /// What the service of the resource accepts in the policy, if it is known whose resource it is.
    pub(super) fn resource_policy(&self) -> Option<&'static ResourcePolicy> {
        let is_of_resource = self.kind == Kind::Resource;
        let known = || is_of_resource.then(|| ResourcePolicy::of(self.attached_to(), &self.statements))?;
        *self.resource_policy.get_or_init(known)
    }

    /// The resource that the policy is about. That of an endpoint is about the resources of a service, whatever their owner, and
    /// not about the endpoint.
    pub(super) fn own_resource(&self) -> Option<AttachedTo> {
        self.attached_to()
            .filter(|resource| *resource != AttachedTo::VpcEndpoint)
    }

    /// Whether it says who gets access: what passes a VPC endpoint, the resource and the caller's own policies have to allow as
    /// well.
    pub(super) fn lets_in(&self) -> bool {
        matches!(self.kind, Kind::Resource | Kind::Trust) && self.attached_to() != Some(AttachedTo::VpcEndpoint)
    }

    /// Whether a statement that allows something to `*` means just anybody.
    pub(super) fn takes_strangers(&self, statement: &StatementFacts<'_>) -> bool {
        if !strangers::names_nobody(statement) {
            return false;
        }
        let denials = self.denials.get_or_init(|| strangers::denials(&self.statements));
        let mut denials = denials.iter().filter_map(|number| self.statements.get(*number));
        !denials.any(|deny| strangers::takes_back(deny, statement, self.version))
    }
}
