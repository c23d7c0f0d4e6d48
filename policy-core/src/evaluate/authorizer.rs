//! The policies that apply to a caller and a resource, and their decision about a request.

use super::arn::is_service_linked_role;
use super::caller::Reach;
use super::decision::{Decision, Exemption, Layer, Outcome, Part, StatementId};
use super::index::Index;
use super::malformed::{self, Mistakes};
use super::request::Request;
use super::statement::{Statement, StatementMatch};
use crate::catalogue;
use crate::document::Document;
use crate::names::AccountId;
use crate::policy::{
    self, ConstPolicy, Effect, Element, Kind, Policy, PolicyKind,
    kind::{Identity, Resource, ResourceControl, ServiceControl, Session, Trust},
};

/// The policies that decide whether requests are allowed.
///
/// A layer without policies does not limit the caller: without a permissions boundary there is no bound. See the
/// [module](crate::evaluate) for an example.
#[derive(Clone, Debug)]
pub struct Authorizer {
    groups: Vec<Group>,
    /// Whether the resource's policy must allow the caller, as a role's trust policy must.
    is_trust: bool,
    management_account: Option<AccountId>,
}

/// The policies of one layer.
#[derive(Clone, Debug)]
struct Group {
    layer: Layer,
    policies: usize,
    statements: Vec<(StatementId, Statement)>,
    index: Index,
}

/// Builds an [`Authorizer`]. The order of the calls matters only for the levels of an organization, from the root down.
#[derive(Clone, Debug)]
pub struct Builder {
    authorizer: Authorizer,
}

/// A source of policies of one kind: a policy of that kind, or a [`Document`] to be read as one.
///
/// A document may be malformed, so that AWS would reject it. A malformed `Allow` grants nothing. A malformed `Deny`
/// denies as much as it may have been meant to: an action, resource or principal element that cannot be read matches
/// everything, and a condition that cannot be read is left out. A statement whose effect is neither `Allow` nor `Deny`
/// may deny. A policy or statement that cannot be read at all and may have been meant to deny denies everything. Other
/// statements are not affected, and [`Authorizer::explain`] reports what is wrong.
///
/// ```
/// use policy_core::document::Document;
/// use policy_core::evaluate::{Authorizer, Caller, Outcome, Request};
///
/// // As the AWS CLI prints it: the policy is in a member of the output.
/// let printed = Document::read(r#"{ "PolicyDocument": { "Version": "2012-10-17", "Statement": [
///     { "Effect": "Deny", "Action": "iam:*", "Resource": "*" }] } }"#)?;
/// let authorizer = Authorizer::builder().identity(&printed).build();
/// let request = Request::new(Caller::from_arn("arn:aws:iam::111122223333:user/alice")?, "s3:GetObject", "*");
/// assert_eq!(authorizer.ask(&request).outcome(), Outcome::ExplicitlyDenied);
/// assert!(authorizer.explain(&request).to_string().ends_with(
///     "Deny in policy 1 of the identity-based policies: is malformed and denies everything it may have been meant to deny: \
///      the policy is inside `PolicyDocument`, which is not part of it; keep only the object after `\"PolicyDocument\":`"
/// ));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Source<K> {
    /// Calls `see` with the document.
    fn read(&self, see: &mut dyn FnMut(&Document<'_>));
}

impl<K: PolicyKind> Source<K> for Policy<K> {
    fn read(&self, see: &mut dyn FnMut(&Document<'_>)) {
        see(self.document());
    }
}

impl<K: PolicyKind> Source<K> for ConstPolicy<K> {
    fn read(&self, see: &mut dyn FnMut(&Document<'_>)) {
        see(self.document());
    }
}

impl<K: PolicyKind> Source<K> for Document<'_> {
    fn read(&self, see: &mut dyn FnMut(&Document<'_>)) {
        see(self);
    }
}

impl Builder {
    /// Adds a policy attached to the caller's user, role or group.
    #[must_use]
    pub fn identity(self, policy: &impl Source<Identity>) -> Self {
        self.add(Layer::Identity, Kind::Identity, policy)
    }

    /// Sets the caller's permissions boundary.
    #[must_use]
    pub fn boundary(self, policy: &impl Source<Identity>) -> Self {
        self.add(Layer::Boundary, Kind::Identity, policy)
    }

    /// Adds a policy that was passed when the caller's session was created.
    #[must_use]
    pub fn session(self, policy: &impl Source<Session>) -> Self {
        self.add(Layer::Session, Kind::Session, policy)
    }

    /// Sets the resource-based policy of the resource.
    #[must_use]
    pub fn resource(self, policy: &impl Source<Resource>) -> Self {
        self.add(Layer::Resource, Kind::Resource, policy)
    }

    /// Sets the trust policy of the role to be assumed.
    #[must_use]
    pub fn trust(mut self, policy: &impl Source<Trust>) -> Self {
        self.authorizer.is_trust = true;
        self.add(Layer::Resource, Kind::Trust, policy)
    }

    /// Adds a service control policy attached at a level above the caller's account: 0 is the root, the last is the
    /// account itself. Every level that has a policy must allow the request.
    #[must_use]
    pub fn service_control(self, level: usize, policy: &impl Source<ServiceControl>) -> Self {
        self.add(Layer::ServiceControl(level), Kind::ServiceControl, policy)
    }

    /// Adds a resource control policy attached at a level above the resource's account.
    #[must_use]
    pub fn resource_control(self, level: usize, policy: &impl Source<ResourceControl>) -> Self {
        self.add(Layer::ResourceControl(level), Kind::ResourceControl, policy)
    }

    /// Sets the organization's management account, whose users, roles and resources the organization's policies do not
    /// affect.
    ///
    /// Source: <https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html>
    ///
    /// ```
    /// use policy_core::evaluate::{Authorizer, Caller, Request};
    /// use policy_core::names::AccountId;
    /// use policy_core::policy::{IdentityPolicy, ServiceControlPolicy};
    ///
    /// let own: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "ec2:StopInstances", "Resource": "*" }] }"#.parse()?;
    /// let control: ServiceControlPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Deny", "Action": "ec2:*", "Resource": "*" }] }"#.parse()?;
    /// let authorizer = Authorizer::builder()
    ///     .identity(&own)
    ///     .service_control(0, &control)
    ///     .management_account(AccountId::new("999999999999")?)
    ///     .build();
    /// let stop = |arn| Ok::<_, Box<dyn std::error::Error>>(Request::new(Caller::from_arn(arn)?, "ec2:StopInstances", "*"));
    /// assert!(authorizer.ask(&stop("arn:aws:iam::999999999999:role/ops")?).is_allowed());
    /// assert!(!authorizer.ask(&stop("arn:aws:iam::111122223333:role/ops")?).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn management_account(mut self, account: AccountId) -> Self {
        self.authorizer.management_account = Some(account);
        self
    }

    /// Builds the authorizer.
    #[must_use]
    pub fn build(mut self) -> Authorizer {
        self.authorizer.groups.sort_by_key(|group| group.layer);
        self.authorizer
    }

    fn add<K>(mut self, layer: Layer, kind: Kind, policy: &impl Source<K>) -> Self {
        let groups = &mut self.authorizer.groups;
        let at = groups
            .iter()
            .position(|group| group.layer == layer)
            .unwrap_or(groups.len());
        if at == groups.len() {
            groups.push(Group {
                layer,
                policies: 0,
                statements: Vec::new(),
                index: Index::default(),
            });
        }
        if let Some(group) = groups.get_mut(at) {
            policy.read(&mut |document| group.add(document, kind));
        }
        self
    }
}

impl Group {
    fn add(&mut self, document: &Document<'_>, kind: Kind) {
        let (outline, findings) = policy::read(document, kind);
        let mistakes = Mistakes::new(document, &outline, kind, findings);
        let reading = mistakes.reading(document);
        for (index, node) in mistakes.places().iter().enumerate() {
            let own = mistakes.within(node);
            let mistake = own
                .first()
                .copied()
                .or_else(|| mistakes.outside())
                .map(malformed::describe);
            let read = outline.statements.iter().find(|read| std::ptr::eq(read.node, *node));
            let Some(mut read) = read.cloned() else {
                self.refuse(Part::Statement(index), malformed::may_deny(node), mistake);
                continue;
            };
            let effect = malformed::effect(&read, &own);
            if effect == Effect::Deny {
                malformed::widen(&mut read, &own, reading);
            }
            let sid = read.sid.and_then(|sid| Some(sid.as_text()?.written().into()));
            let statement = Statement::new(&read, effect, outline.version, mistake);
            self.push(Part::Statement(index), sid, statement, read.action);
        }
        let may_deny = mistakes.outside().is_some() && malformed::may_deny_aside(document);
        if may_deny || mistakes.places().is_empty() {
            self.refuse(Part::Whole, may_deny, mistakes.outside().map(malformed::describe));
        }
        self.policies += 1;
    }

    /// Adds a policy or statement that cannot be read: it denies everything if it may have been meant to deny.
    fn refuse(&mut self, part: Part, may_deny: bool, mistake: Option<Box<str>>) {
        let effect = if may_deny { Effect::Deny } else { Effect::Allow };
        self.push(part, None, Statement::unread(effect, mistake.unwrap_or_default()), None);
    }

    fn push(&mut self, part: Part, sid: Option<Box<str>>, statement: Statement, action: Option<Element<'_>>) {
        let id = StatementId {
            layer: self.layer,
            policy: self.policies,
            part,
            sid,
        };
        self.index.add(self.statements.len(), action);
        self.statements.push((id, statement));
    }

    /// The decision of the layer as a whole.
    fn verdict<'a>(&'a self, request: &Request, is_bounded: bool) -> Verdict<'a> {
        let mut granted: Option<Grant<'a>> = None;
        for number in self.index.about(request.lower_action(), request.lower_service()) {
            let Some((id, statement)) = self.statements.get(number) else {
                continue;
            };
            // A grant to the caller itself needs no second one.
            let is_of_use =
                statement.effect == Effect::Deny || granted.is_none_or(|granted| granted.reach < Reach::Specific);
            if !is_of_use {
                continue;
            }
            let StatementMatch::Applies(reach) = statement.matches(request, is_bounded) else {
                continue;
            };
            if statement.effect == Effect::Deny {
                return Verdict::Denies(id);
            }
            if granted.is_none_or(|granted| granted.reach < reach) {
                granted = Some(Grant { reach, by: id });
            }
        }
        granted.map_or(Verdict::Silent, Verdict::Allows)
    }
}

#[derive(Clone, Copy)]
enum Verdict<'a> {
    Denies(&'a StatementId),
    Allows(Grant<'a>),
    Silent,
}

#[derive(Clone, Copy)]
struct Grant<'a> {
    reach: Reach,
    by: &'a StatementId,
}

impl Authorizer {
    /// Returns a builder without policies; what it builds allows nothing.
    #[must_use]
    pub const fn builder() -> Builder {
        Builder {
            authorizer: Self {
                groups: Vec::new(),
                is_trust: false,
                management_account: None,
            },
        }
    }

    /// Decides whether a request is allowed.
    pub fn ask<'a>(&'a self, request: &Request) -> Decision<'a> {
        let caller = request.caller();
        let has_own = caller.has_identity_policies();
        let is_bounded = self.bounds(request);
        let mut grants = Grants::default();
        let mut lacking = None;
        for group in &self.groups {
            if self.exemption(group.layer, request).is_some() {
                continue;
            }
            let grant = match group.verdict(request, is_bounded) {
                Verdict::Denies(by) => return denied(by),
                Verdict::Allows(grant) => Some(grant),
                Verdict::Silent => None,
            };
            match group.layer {
                Layer::Resource => grants.resource = grant,
                Layer::Identity => grants.identity = grant,
                // Only users and roles have boundaries.
                // <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>
                Layer::Boundary if caller.is_root() => {}
                // Each of the other layers limits the caller.
                Layer::Boundary | Layer::Session if grant.is_none() => {
                    grants.outside = grants.outside.or(Some(group.layer));
                }
                Layer::ServiceControl(_) | Layer::ResourceControl(_) if grant.is_none() => {
                    lacking = lacking.or(Some(group.layer));
                }
                _ => {}
            }
        }
        match lacking {
            Some(layer) => implicitly_denied(layer),
            None if has_own => {
                // Without a session policy such a session has only the permissions that a resource-based policy grants.
                // <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getfederationtoken.html>
                if caller.needs_session_policy() && !self.has(Layer::Session) {
                    grants.outside = grants.outside.or(Some(Layer::Session));
                }
                self.own(request, &grants)
            }
            // Services and anonymous callers have no identity-based policies.
            None => grants.resource.map_or(implicitly_denied(Layer::Resource), allowed),
        }
    }

    /// Decides a request of a caller with identity-based policies that no statement denies.
    fn own<'a>(&self, request: &Request, grants: &Grants<'a>) -> Decision<'a> {
        let is_within_account = request.is_within_account();
        // The policies of roles and KMS keys must allow the request, whatever the caller's identity-based policies
        // allow.
        // https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
        let must_allow = !is_within_account || self.is_trust || self.has(Layer::Resource) && is_of_kms(request);
        let reach = grants.resource.map(|grant| grant.reach);
        if reach.is_none() && must_allow {
            return implicitly_denied(Layer::Resource);
        }
        if is_within_account {
            match (grants.resource, grants.outside) {
                (Some(grant), _) if grant.reach == Reach::Specific => return allowed(grant),
                (Some(grant), None) if grant.reach == Reach::Role => return allowed(grant),
                (Some(grant), Some(layer)) if grant.reach == Reach::Role => return implicitly_denied(layer),
                _ => {}
            }
        }
        match (grants.identity, grants.outside) {
            // The root user has full access to the account, limited only by a session policy, except for assuming
            // roles.
            // <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html>,
            // <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>
            (None, None) if request.caller().is_root() && !self.is_trust => Decision {
                outcome: Outcome::Allowed,
                layer: Some(Layer::Identity),
                statement: None,
            },
            (None, Some(layer)) if request.caller().is_root() && !self.is_trust => implicitly_denied(layer),
            (None, _) => implicitly_denied(Layer::Identity),
            (Some(_), Some(layer)) => implicitly_denied(layer),
            (Some(grant), None) => allowed(grant),
        }
    }

    pub(super) fn bounds(&self, request: &Request) -> bool {
        self.has(Layer::Boundary) && request.caller().has_identity_policies() && !request.caller().is_root()
    }

    fn has(&self, layer: Layer) -> bool {
        self.groups.iter().any(|group| group.layer == layer)
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
            Layer::Resource | Layer::Identity | Layer::Boundary | Layer::Session => None,
            _ if caller.is_service_linked() => Some(Exemption::ServiceLinkedRole),
            Layer::ServiceControl(_) => is_managing(caller.account()).then_some(Exemption::ManagementAccount),
            Layer::ResourceControl(_) if is_managing(request.owner()) => Some(Exemption::ManagementAccount),
            // RCPs do not prevent a service from assuming it.
            Layer::ResourceControl(_)
                if request.lower_service() == "sts" && is_service_linked_role(request.resource()) =>
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
}

fn is_of_kms(request: &Request) -> bool {
    request.lower_service() == "kms"
}

const fn allowed(grant: Grant<'_>) -> Decision<'_> {
    Decision {
        outcome: Outcome::Allowed,
        layer: Some(grant.by.layer),
        statement: Some(grant.by),
    }
}

const fn denied(by: &StatementId) -> Decision<'_> {
    Decision {
        outcome: Outcome::ExplicitlyDenied,
        layer: Some(by.layer),
        statement: Some(by),
    }
}

const fn implicitly_denied<'a>(layer: Layer) -> Decision<'a> {
    Decision {
        outcome: Outcome::ImplicitlyDenied,
        layer: Some(layer),
        statement: None,
    }
}
