//! The policies that apply to a caller and a resource, and their decision about a request.

use super::arn::is_service_linked_role;
use super::builder::Builder;
use super::decision::{Decision, Exemption, Layer, Outcome, StatementId};
use super::group::{Grant, Group, Verdict};
use super::principals::Reach;
use super::request::Request;
use super::service_rule::ServiceRule;
use super::statement::Statement;
use crate::catalogue;
use crate::names::AccountId;

/// The policies that decide whether requests are allowed.
///
/// A layer without policies does not limit the caller: without a permissions boundary there is no bound. See the
/// [module](crate::evaluate) for an example.
#[derive(Clone, Debug)]
pub struct Authorizer {
    pub(super) groups: Vec<Group>,
    /// Whether the resource's policy must allow the caller, as a role's trust policy must.
    pub(super) is_trust: bool,
    /// Whether key policies delegate to the account of the key.
    pub(super) delegates_keys: bool,
    /// Whether the resource is a bucket with `RestrictPublicBuckets` and a public policy.
    pub(super) restricts_public: bool,
    pub(super) management_account: Option<AccountId>,
}

impl Authorizer {
    /// Returns a builder without policies; what it builds allows nothing.
    #[must_use]
    pub const fn builder() -> Builder {
        Builder {
            authorizer: Self {
                groups: Vec::new(),
                is_trust: false,
                delegates_keys: false,
                restricts_public: false,
                management_account: None,
            },
            managed: Vec::new(),
        }
    }

    /// Decides whether a request is allowed.
    ///
    /// A condition key that the request does not have is missing, even one that AWS includes in every request: `aws:CurrentTime`,
    /// `aws:EpochTime`, `aws:RequestedRegion`, `aws:SecureTransport`, `aws:UserAgent` and `aws:userid`, and in most of them
    /// `aws:ResourceAccount`, which follows from an ARN with an account. A `Deny` with a condition on such a key can therefore not apply
    /// here, and apply at AWS. Give these keys, or call [`access`](Self::access), which takes no key that is not given for a missing one.
    pub fn ask<'a>(&'a self, request: &Request) -> Decision<'a> {
        if request.rule().is_some() || self.restricts_public {
            return self.by_rule(request);
        }
        match self.gather(request) {
            Ok(found) => self.decide(request, &found, request.is_within_account()),
            Err(denied) => denied,
        }
    }

    /// The decision about a request that a rule of its service may decide.
    #[cold]
    fn by_rule<'a>(&'a self, request: &Request) -> Decision<'a> {
        let rule = request.rule();
        let mut found = match self.gather(request) {
            Ok(found) => found,
            Err(denied) => return denied,
        };
        // No permission is required; but a policy that limits every caller must allow the request.
        if let Some(rule) = rule.filter(|rule| rule.allows()) {
            return found
                .lacking
                .map_or_else(|| by(rule, Outcome::Allowed), implicitly_denied);
        }
        let mut is_within_account = request.is_within_account();
        if rule == Some(ServiceRule::ObjectOwner) {
            is_within_account = request.is_of_object_owner();
            if !is_within_account {
                return by(ServiceRule::ObjectOwner, Outcome::ImplicitlyDenied);
            }
            found.resource = None;
        }
        if self.restricts_public && found.resource.is_some() && is_stranger(request) {
            return by(ServiceRule::RestrictPublicBuckets, Outcome::ImplicitlyDenied);
        }
        let decision = self.decide(request, &found, is_within_account);
        match rule {
            Some(rule) if rule != ServiceRule::ObjectOwner && !decision.is_denied() => {
                by(rule, Outcome::ImplicitlyDenied)
            }
            _ => decision,
        }
    }

    /// The grants of each layer, or the first `Deny`.
    #[expect(clippy::inline_always, reason = "as a call it costs a short decision 5 % more")]
    #[inline(always)]
    fn gather<'a>(&'a self, request: &Request) -> Result<Grants<'a>, Decision<'a>> {
        let caller = request.caller();
        let is_bounded = self.bounds(request);
        let mut grants = Grants::default();
        for group in &self.groups {
            if self.exemption(group.layer, request).is_some() {
                continue;
            }
            let grant = match group.verdict(request, is_bounded) {
                Verdict::Denies(by) => return Err(denied(by)),
                Verdict::Allows(grant) => Some(grant),
                Verdict::Silent => None,
            };
            match group.layer {
                Layer::Resource | Layer::Trust => grants.resource = grants.resource.or(grant),
                Layer::Identity => grants.identity = grant,
                // Only users and roles have boundaries.
                // <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
                Layer::Boundary if caller.is_root() => {}
                // Each of the other layers limits the caller.
                Layer::Boundary | Layer::Session if grant.is_none() => {
                    grants.outside = grants.outside.or(Some(group.layer));
                }
                Layer::ServiceControl(_) if grant.is_none() => {
                    grants.lacking = grants.lacking.or(Some(group.layer));
                }
                Layer::Endpoint if grant.is_none_or(|grant| grant.reach == Reach::Account && !caller.is_root()) => {
                    grants.lacking = grants.lacking.or(Some(group.layer));
                }
                // Resource control policies only deny: see `ServiceRule::RcpFullAccess`.
                _ => {}
            }
        }
        Ok(grants)
    }

    /// Decides a request that no statement denies.
    #[expect(clippy::inline_always, reason = "as a call it costs a short decision 5 % more")]
    #[inline(always)]
    fn decide<'a>(&self, request: &Request, grants: &Grants<'a>, is_within_account: bool) -> Decision<'a> {
        let caller = request.caller();
        match grants.lacking {
            Some(layer) => implicitly_denied(layer),
            None if caller.has_identity_policies() => {
                // Without a session policy such a session has only the permissions that a resource-based policy grants.
                // <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html>
                let needs_session = caller.needs_session_policy() && !self.has(Layer::Session);
                let outside = grants.outside.or(needs_session.then_some(Layer::Session));
                let decision = self.own(request, grants, outside, is_within_account);
                if request.is_of_key() {
                    self.with_key_policy(decision)
                } else {
                    decision
                }
            }
            // Services and anonymous callers have no identity-based policies.
            None => grants.resource.map_or(implicitly_denied(self.of_resource()), allowed),
        }
    }

    /// Decides a request of a caller with identity-based policies that no statement denies.
    fn own<'a>(
        &self,
        request: &Request,
        grants: &Grants<'a>,
        outside: Option<Layer>,
        is_within_account: bool,
    ) -> Decision<'a> {
        // The policies of roles and KMS keys must allow the request, whatever the caller's identity-based policies
        // allow.
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
        let must_allow = || {
            !is_within_account
                || self.is_trust
                || is_of_kms(request) && !self.delegates_keys && self.has(Layer::Resource)
        };
        if grants.resource.is_none() && must_allow() {
            return implicitly_denied(self.of_resource());
        }
        if is_within_account {
            match (grants.resource, outside) {
                (Some(grant), _) if grant.reach == Reach::Specific => return allowed(grant),
                (Some(grant), None) if grant.reach == Reach::Role => return allowed(grant),
                (Some(grant), Some(layer)) if grant.reach == Reach::Role => return implicitly_denied(layer),
                _ => {}
            }
        }
        match (grants.identity, outside) {
            // The root user has full access to the account, limited only by a session policy, except for assuming
            // roles.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>,
            // <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
            (None, None) if request.caller().is_root() && !self.is_trust => Decision {
                outcome: Outcome::Allowed,
                layer: Some(Layer::Identity),
                statement: None,
                rule: None,
            },
            (None, Some(layer)) if request.caller().is_root() && !self.is_trust => implicitly_denied(layer),
            (None, _) => implicitly_denied(Layer::Identity),
            (Some(_), Some(layer)) => implicitly_denied(layer),
            (Some(grant), None) => allowed(grant),
        }
    }

    /// The decision about a request for a KMS key, whose key policy is perhaps not known.
    #[cold]
    fn with_key_policy<'a>(&self, decision: Decision<'a>) -> Decision<'a> {
        let is_known = self.delegates_keys || self.has(Layer::Resource);
        if is_known || !decision.is_allowed() {
            return decision;
        }
        Decision {
            outcome: Outcome::DependsOnKeyPolicy,
            rule: Some(ServiceRule::KeyPolicy),
            ..decision
        }
    }

    /// The rules of services that apply to a request, the deciding one first.
    pub(super) fn rules(&self, request: &Request) -> Vec<ServiceRule> {
        let mut rules: Vec<ServiceRule> = self.ask(request).rule().into_iter().collect();
        let is_silent = |group: &&Group| {
            matches!(group.layer, Layer::ResourceControl(_))
                && self.exemption(group.layer, request).is_none()
                && matches!(group.verdict(request, self.bounds(request)), Verdict::Silent)
        };
        if self.groups.iter().any(|group| is_silent(&group)) {
            rules.push(ServiceRule::RcpFullAccess);
        }
        rules
    }

    pub(super) fn bounds(&self, request: &Request) -> bool {
        self.has(Layer::Boundary) && request.caller().has_identity_policies() && !request.caller().is_root()
    }

    fn has(&self, layer: Layer) -> bool {
        self.groups.iter().any(|group| group.layer == layer)
    }

    /// The layer of the policy that the resource has.
    const fn of_resource(&self) -> Layer {
        if self.is_trust { Layer::Trust } else { Layer::Resource }
    }

    /// Why a layer does not apply to a request; `None` if it does.
    pub(super) fn exemption(&self, layer: Layer, request: &Request) -> Option<Exemption> {
        let caller = request.caller();
        let is_managing = |account: Option<&str>| {
            let managing = self.management_account.as_ref();
            managing.is_some_and(|managing| account == Some(managing.as_str()))
        };
        match layer {
            Layer::Identity | Layer::Boundary | Layer::Session | Layer::ServiceControl(_)
                if !caller.has_identity_policies() =>
            {
                Some(Exemption::NoOwnPolicies)
            }
            Layer::Identity => request
                .rule()
                .is_some_and(ServiceRule::allows)
                .then_some(Exemption::NoPermission),
            Layer::Endpoint => request.is_via_service().then_some(Exemption::ViaService),
            Layer::Resource | Layer::Trust | Layer::Boundary | Layer::Session => None,
            _ if caller.is_service_linked() => Some(Exemption::ServiceLinkedRole),
            Layer::ServiceControl(_) => is_managing(caller.account()).then_some(Exemption::ManagementAccount),
            Layer::ResourceControl(_) if is_managing(request.known_owner()) => Some(Exemption::ManagementAccount),
            // RCPs do not prevent the service from assuming it, and no page exempts other callers.
            // <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps>
            Layer::ResourceControl(_)
                if caller.is_service()
                    && request.lower_service() == "sts"
                    && is_service_linked_role(request.resource()) =>
            {
                Some(Exemption::ServiceLinkedRole)
            }
            Layer::ResourceControl(_) => (!heeds_resource_control(request)).then_some(Exemption::Action),
        }
    }

    /// All statements, in the order of the layers.
    pub(super) fn statements(&self) -> impl Iterator<Item = &(StatementId, Statement)> {
        self.groups.iter().flat_map(|group| &group.statements)
    }
}

/// Whether resource control policies apply to an action. They may apply to actions of services that the catalogue does
/// not have.
fn heeds_resource_control(request: &Request) -> bool {
    let service = catalogue::service(request.lower_service());
    request.lower_action() != "kms:retiregrant" && service.is_none_or(catalogue::Service::supports_rcp)
}

/// The grants found, by layer.
#[derive(Default)]
struct Grants<'a> {
    resource: Option<Grant<'a>>,
    identity: Option<Grant<'a>>,
    /// The first layer that limits the caller and does not allow the request.
    outside: Option<Layer>,
    /// The first layer that limits every caller and does not allow the request.
    lacking: Option<Layer>,
}

/// Whether the caller is neither in the account that owns the resource nor an AWS service.
fn is_stranger(request: &Request) -> bool {
    let caller = request.caller();
    !caller.is_service() && caller.account().is_none_or(|account| request.owner() != Some(account))
}

fn is_of_kms(request: &Request) -> bool {
    request.lower_service() == "kms"
}

const fn allowed(grant: Grant<'_>) -> Decision<'_> {
    Decision {
        outcome: Outcome::Allowed,
        layer: Some(grant.by.layer),
        statement: Some(grant.by),
        rule: None,
    }
}

const fn by<'a>(rule: ServiceRule, outcome: Outcome) -> Decision<'a> {
    Decision {
        outcome,
        layer: None,
        statement: None,
        rule: Some(rule),
    }
}

const fn denied(by: &StatementId) -> Decision<'_> {
    Decision {
        outcome: Outcome::ExplicitlyDenied,
        layer: Some(by.layer),
        statement: Some(by),
        rule: None,
    }
}

const fn implicitly_denied<'a>(layer: Layer) -> Decision<'a> {
    Decision {
        outcome: Outcome::ImplicitlyDenied,
        layer: Some(layer),
        statement: None,
        rule: None,
    }
}
