//! Builds an authorizer from policies.

use super::authorizer::Authorizer;
use super::decision::Layer;
use super::group::Group;
use crate::check::{Options, check};
use crate::document::Document;
use crate::finding::Code;
use crate::names::{AccountId, PolicyArn};
use crate::policy::{
    AttachedTo, ConstPolicy, IdentityPolicy, Kind, Policy, PolicyKind,
    kind::{Identity, Resource, ResourceControl, ServiceControl, Session, Trust},
};

/// Builds an [`Authorizer`]. The order of the calls matters only for the levels of an organization, from the root down.
#[derive(Clone, Debug)]
pub struct Builder {
    pub(super) authorizer: Authorizer,
    /// The texts of managed policies.
    pub(super) managed: Vec<(PolicyArn, IdentityPolicy)>,
}

/// A source of policies of one kind: a policy of that kind, or a [`Document`] to be read as one.
///
/// A document may be malformed, so that AWS would reject it. A malformed `Allow` grants nothing. A malformed `Deny`
/// denies as much as it may have been meant to: an action, resource or principal element that cannot be read matches
/// everything, and a condition that cannot be read is left out. A statement whose effect is neither `Allow` nor `Deny`
/// may deny. A policy or statement that cannot be read at all and may have been meant to deny denies everything. Other
/// statements are not affected, and [`Authorizer::explain`] reports what is wrong.
///
/// An ARN with fewer than six fields is [completed in an identity-based policy][arns], as AWS does it. A resource for which AWS documents
/// no match, such as an ARN with a variable before its last field, counts by itself: an `Allow` does not grant it, and grants the
/// others; a `Deny` denies it, whatever it may be. In `NotResource` an `Allow` grants nothing for it, and it excludes nothing from a
/// `Deny`.
///
/// [arns]: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html#arns-paths-wildcards
///
/// ```
/// use policy_core::document::Document;
/// use policy_core::evaluate::{Authorizer, Caller, Outcome, Request};
///
/// // As the AWS CLI prints it: the policy is in a member of the output.
/// let printed = Document::read(r#"{ "PolicyDocument": { "Version": "2012-10-17", "Statement": [
///     { "Effect": "Deny", "Action": "iam:*", "Resource": "*" }] } }"#)?;
/// let authorizer = Authorizer::builder().identity(&printed).build();
/// let request = Request::new(Caller::from_arn("arn:aws:iam::111122223333:user/alice")?, "s3:GetObject", "arn:aws:s3:::exports/a.csv")?;
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
    ///
    /// A KMS key always has one. Without it a request that an identity-based policy allows [depends on the key
    /// policy](super::Outcome::DependsOnKeyPolicy); see [`default_key_policy`](Self::default_key_policy).
    #[must_use]
    pub fn resource(self, policy: &impl Source<Resource>) -> Self {
        self.add(Layer::Resource, Kind::Resource, policy)
    }

    /// States that the policies of KMS keys delegate to the account that owns the key, as the statement does that AWS puts into
    /// the policy of a new key: then identity-based policies of that account suffice.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>
    ///
    /// ```
    /// use policy_core::evaluate::{Authorizer, Caller, Outcome, Request};
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let task: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/*" }] }"#.parse()?;
    /// let decrypt = Request::new(
    ///     Caller::from_arn("arn:aws:iam::111122223333:role/task")?,
    ///     "kms:Decrypt",
    ///     "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    /// )?;
    /// let unknown = Authorizer::builder().identity(&task).build();
    /// assert_eq!(unknown.ask(&decrypt).outcome(), Outcome::DependsOnKeyPolicy);
    /// let delegated = Authorizer::builder().identity(&task).default_key_policy().build();
    /// assert!(delegated.ask(&decrypt).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn default_key_policy(mut self) -> Self {
        self.authorizer.delegates_keys = true;
        self
    }

    /// Sets the policy of the resource, a bucket with `RestrictPublicBuckets`. If the policy is public, it grants access only
    /// within the bucket's account and to AWS services.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html>
    ///
    /// ```
    /// use policy_core::evaluate::{Authorizer, Caller, Request, ServiceRule};
    /// use policy_core::names::AccountId;
    /// use policy_core::policy::ResourcePolicy;
    ///
    /// let public: ResourcePolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#.parse()?;
    /// let read = Request::new(Caller::anonymous(), "s3:GetObject", "arn:aws:s3:::exports/a.csv")?
    ///     .resource_account(AccountId::new("111122223333")?);
    /// assert!(Authorizer::builder().resource(&public).build().ask(&read).is_allowed());
    /// let restricted = Authorizer::builder().restricted_bucket(&public).build();
    /// assert_eq!(restricted.ask(&read).rule(), Some(ServiceRule::RestrictPublicBuckets));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn restricted_bucket(mut self, policy: &impl Source<Resource>) -> Self {
        let options = Options::new().attached_to(AttachedTo::S3Bucket);
        policy.read(&mut |document| {
            let findings = check(document, Kind::Resource, &options);
            self.authorizer.restricts_public |= findings.of_code(Code::PublicAccess).next().is_some();
        });
        self.resource(policy)
    }

    /// Sets the policy of the VPC endpoint that requests go through. It limits every caller, and grants nothing.
    ///
    /// A statement that names an account allows only the requests of its root user, as for a gateway endpoint.
    ///
    /// Source: <https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html>
    ///
    /// ```
    /// use policy_core::evaluate::{Authorizer, Caller, Request};
    /// use policy_core::policy::{IdentityPolicy, ResourcePolicy};
    ///
    /// let own: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }"#.parse()?;
    /// let endpoint: ResourcePolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#.parse()?;
    /// let authorizer = Authorizer::builder().identity(&own).endpoint(&endpoint).build();
    /// let alice = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
    /// let read = |bucket| Request::new(alice.clone(), "s3:GetObject", &format!("arn:aws:s3:::{bucket}/a.csv"));
    /// assert!(authorizer.ask(&read("exports")?).is_allowed());
    /// assert_eq!(
    ///     authorizer.ask(&read("elsewhere")?).to_string(),
    ///     "implicitly denied: no statement in the VPC endpoint policy allows it"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn endpoint(self, policy: &impl Source<Resource>) -> Self {
        self.add(Layer::Endpoint, Kind::Resource, policy)
    }

    /// Sets the trust policy of the role to be assumed.
    #[must_use]
    pub fn trust(mut self, policy: &impl Source<Trust>) -> Self {
        self.authorizer.is_trust = true;
        self.add(Layer::Trust, Kind::Trust, policy)
    }

    /// Adds a service control policy attached at a level above the caller's account: 0 is the root, the last is the
    /// account itself. Every level that has a policy must allow the request.
    #[must_use]
    pub fn service_control(self, level: usize, policy: &impl Source<ServiceControl>) -> Self {
        self.add(Layer::ServiceControl(level), Kind::ServiceControl, policy)
    }

    /// Adds a resource control policy attached at a level above the resource's account. `RCPFullAWSAccess` is attached at every
    /// level and need not be added: these policies only deny explicitly.
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
    /// let stops_instances = |account: &str| {
    ///     let role = Caller::from_arn(&format!("arn:aws:iam::{account}:role/ops"))?;
    ///     let instance = format!("arn:aws:ec2:eu-west-1:{account}:instance/i-0123456789abcdef0");
    ///     let request = Request::new(role, "ec2:StopInstances", &instance)?;
    ///     Ok::<_, Box<dyn std::error::Error>>(authorizer.ask(&request).is_allowed())
    /// };
    /// assert!(stops_instances("999999999999")?);
    /// assert!(!stops_instances("111122223333")?);
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
            groups.push(Group::new(layer));
        }
        if let Some(group) = groups.get_mut(at) {
            policy.read(&mut |document| group.add(document, kind));
        }
        self
    }
}
