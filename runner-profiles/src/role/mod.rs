//! A role: its name, its trust policy, its permissions.

mod applied;
mod drift;
mod evaluated;
mod extended;
pub(crate) mod json;
mod managed;
mod placement;
mod read;
mod settings;
mod tag;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use policy_core::finding::Finding;
use policy_core::names::{PolicyArn, PolicyName, RoleName};
use policy_core::policy::{IdentityPolicy, TrustPolicy};

pub use drift::{Changed, Drift, RolePart};
pub use managed::ManagedPolicy;
pub use read::{ReadRoleError, ReadRoleMistake};
pub use settings::{RoleDescription, RoleSettings, SessionDuration};
pub use tag::{Tag, TagError};

use crate::{RoleError, Warning};
use placement::Placement;

/// A role with its trust policy and its policies, within IAM's quotas.
///
/// Its policies are inline as long as they are within IAM's quota together; beyond that the longest become managed
/// policies of the role, see [`managed_policies`](Self::managed_policies).
///
/// ```
/// use runner_profiles::{Role, policy};
/// use runner_profiles::policy_core::names::{PolicyName, RoleName};
/// use runner_profiles::policy_core::policy::{IdentityPolicy, TrustPolicy};
///
/// policy! {
///     const TRUST: TrustPolicy = {
///         "Version": "2012-10-17",
///         "Statement": [{
///             "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole",
///             "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } }
///         }]
///     };
/// }
/// policy! {
///     const BUCKETS: IdentityPolicy = {
///         "Version": "2012-10-17",
///         "Statement": [{ "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" }]
///     };
/// }
///
/// let role = Role::new(RoleName::from_static("audit"), TRUST)?
///     .with_policy(PolicyName::from_static("buckets"), BUCKETS)?;
/// assert_eq!(role.policies().len(), 1);
/// assert!(role.to_json().starts_with(r#"{"RoleName":"audit","AssumeRolePolicyDocument":{"Version":"2012-10-17","#));
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    name: RoleName,
    trust: TrustPolicy,
    /// As they were passed.
    own: Vec<InlinePolicy>,
    /// As they are deployed.
    placement: Placement,
    attached: Vec<PolicyArn>,
    /// Of the attached policies, those that are known.
    documents: BTreeMap<PolicyArn, IdentityPolicy>,
    settings: RoleSettings,
    /// Whether it was read from an export of an account, which has no descriptions and session durations.
    is_of_an_export: bool,
    warnings: Vec<Warning>,
}

/// An inline policy of a [`Role`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlinePolicy {
    /// Its name in the role.
    pub name: PolicyName,
    /// The policy.
    pub policy: IdentityPolicy,
}

impl Role {
    /// A role without permissions.
    ///
    /// # Errors
    ///
    /// [`RoleError::TrustTooLong`]
    pub fn new(name: RoleName, trust: impl Into<TrustPolicy>) -> Result<Self, RoleError> {
        let trust = trust.into();
        let characters = trust.characters();
        if characters > RoleError::TRUST_QUOTA {
            return Err(RoleError::TrustTooLong { role: name, characters });
        }
        Ok(Self::with_any_trust(name, trust))
    }

    /// A role without permissions, whose trust policy may be of any length: the quota of an account can be raised.
    fn with_any_trust(name: RoleName, trust: TrustPolicy) -> Self {
        Self {
            name,
            trust,
            own: Vec::new(),
            placement: Placement::default(),
            attached: Vec::new(),
            documents: BTreeMap::new(),
            settings: RoleSettings::new(),
            is_of_an_export: false,
            warnings: Vec::new(),
        }
    }

    /// The role with one more policy of its own, for your integrations.
    ///
    /// # Errors
    ///
    /// [`RoleError::SamePolicyName`]; [`RoleError::PoliciesTooLong`] if it does not fit in managed policies either;
    /// [`RoleError::TooManyManagedPolicies`]; [`RoleError::Name`] if the name of a managed policy would be too long
    pub fn with_policy(mut self, name: PolicyName, policy: impl Into<IdentityPolicy>) -> Result<Self, RoleError> {
        self.vacant(&name)?;
        let policy = policy.into();
        self.own.push(InlinePolicy { name, policy });
        self.placed()
    }

    /// That no policy of this role has the name.
    fn vacant(&self, name: &PolicyName) -> Result<(), RoleError> {
        match self.position(name).and_then(|index| self.own.get(index)) {
            None => Ok(()),
            Some(there) => Err(RoleError::SamePolicyName {
                role: self.name.clone(),
                policy: there.name.clone(),
            }),
        }
    }

    /// The position of its own policy of this name: IAM ignores the case of names.
    fn position(&self, name: &PolicyName) -> Option<usize> {
        let same = |inline: &InlinePolicy| inline.name.as_str().eq_ignore_ascii_case(name.as_str());
        self.own.iter().position(same)
    }

    /// The role with its policies inline or managed, after a change of its own policies.
    fn placed(mut self) -> Result<Self, RoleError> {
        let before = self.managed_count();
        self.placement = Placement::of(&self.name, &self.own)?;
        self.counted(before)
    }

    /// The role with a managed policy that exists already, of the account or of AWS. Adding it twice has no effect.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::policy_core::names::PolicyArn;
    /// # use runner_profiles::{Hybrid, RunnerName};
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// const READ_GLUE: PolicyArn = PolicyArn::from_static("arn:aws:iam::111122223333:policy/read-glue");
    ///
    /// let role = hybrid.task_role()?.with_managed_policy(READ_GLUE)?;
    /// assert_eq!(role.attached_policies(), [READ_GLUE]);
    /// # Ok::<(), runner_profiles::RoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RoleError::TooManyManagedPolicies`]
    pub fn with_managed_policy(mut self, arn: PolicyArn) -> Result<Self, RoleError> {
        let before = self.managed_count();
        if !self.attached.contains(&arn) {
            self.attached.push(arn);
        }
        self.counted(before)
    }

    /// The role with these settings: its path, description, tags, and the like. Replaces all settings of an earlier call.
    #[must_use]
    pub fn with_settings(mut self, settings: RoleSettings) -> Self {
        self.settings = settings;
        self
    }

    fn managed_count(&self) -> usize {
        self.placement.managed.len() + self.attached.len()
    }

    /// The role, if it has no more managed policies than it may have; one that exists may have as many as it had.
    fn counted(self, before: usize) -> Result<Self, RoleError> {
        let policies = self.managed_count();
        if policies > before.max(RoleError::MANAGED_POLICIES_QUOTA) {
            return Err(RoleError::TooManyManagedPolicies {
                role: self.name,
                policies,
            });
        }
        Ok(self)
    }

    pub(crate) fn with_warnings(mut self, warnings: impl IntoIterator<Item = Warning>) -> Self {
        self.warnings.extend(warnings);
        self
    }

    /// Its name.
    pub const fn name(&self) -> &RoleName {
        &self.name
    }

    /// Its trust policy.
    pub const fn trust(&self) -> &TrustPolicy {
        &self.trust
    }

    /// Its inline policies, in the order in which they were added.
    pub fn policies(&self) -> &[InlinePolicy] {
        &self.placement.inline
    }

    /// The policies that are too long to be inline, as managed policies that are created with the role; mostly empty.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::policy_core::names::SecretName;
    /// # use runner_profiles::{Hybrid, RunnerName};
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// let secrets = (0..150).map(|number| SecretName::new(format!("source-{number}")).unwrap());
    /// let role = hybrid.with_pipeline_secrets(secrets).task_role()?;
    ///
    /// assert_eq!(role.policies(), []);
    /// let names: Vec<&str> = role.managed_policies().iter().map(|managed| managed.name.as_str()).collect();
    /// assert_eq!(names, ["maia-prod-task-1", "maia-prod-task-2"]);
    /// # Ok::<(), runner_profiles::RoleError>(())
    /// ```
    pub fn managed_policies(&self) -> &[ManagedPolicy] {
        &self.placement.managed
    }

    /// The managed policies attached to it that exist without it.
    pub fn attached_policies(&self) -> &[PolicyArn] {
        &self.attached
    }

    /// Its other properties.
    pub const fn settings(&self) -> &RoleSettings {
        &self.settings
    }

    /// The parts that may not be intended, although AWS accepts them.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The checker's findings in its policies, each with the name of its policy; that of the trust policy is
    /// `AssumeRolePolicyDocument`, as in [`to_json`](Self::to_json). A role in least-privilege form has none.
    pub fn findings(&self) -> Vec<(&str, Finding)> {
        let trust = self.trust.check().into_iter().map(|finding| (json::TRUST, finding));
        let inline = self
            .policies()
            .iter()
            .map(|inline| (inline.name.as_str(), &inline.policy));
        let managed = self
            .managed_policies()
            .iter()
            .map(|managed| (managed.name.as_str(), &managed.policy));
        let own = inline.chain(managed).flat_map(|(name, policy)| {
            let findings = policy.check().into_iter();
            findings.map(move |finding| (name, finding))
        });
        trust.chain(own).collect()
    }
}
