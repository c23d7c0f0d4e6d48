//! A role with more statements.

use policy_core::names::PolicyName;
use policy_core::policy::build::Statement;
use policy_core::policy::{IdentityPolicy, ReadError, TrustPolicy, kind};

use super::{InlinePolicy, Role};
use crate::RoleError;

impl Role {
    /// The role with statements of yours, in its policy of this name: they are appended if it has one, as a role of a preset has one
    /// of its own name, and are a new policy otherwise. No statements are no change.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::policy_core::names::{BucketArn, PolicyName};
    /// use runner_profiles::policy_core::policy::build::Statement;
    /// # use runner_profiles::{Hybrid, RunnerName};
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// let exports = BucketArn::from_static("arn:aws:s3:::exports");
    /// let list = Statement::allow(["s3:ListBucket"]).sid("ListExports").resources([&exports]);
    /// let read = Statement::allow(["s3:GetObject"]).sid("ReadExports").resources([format!("{exports}/*")]);
    ///
    /// let role = hybrid.task_role()?.with_statements(PolicyName::from_static("maia-prod-task"), [list, read])?;
    /// let sids: Vec<_> = role.policies()[0].policy.statements().filter_map(|statement| statement.sid()).collect();
    /// assert_eq!(sids, ["ListSecretNames", "ListExports", "ReadExports"]);
    /// # Ok::<(), runner_profiles::RoleError>(())
    /// ```
    ///
    /// They are joined as [`merge`](policy_core::policy::Policy::merge) joins two policies: a `Sid` that is taken gets a number, as IAM rejects a
    /// policy with the same one twice, and a statement that is there already is left out.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::policy_core::names::PolicyName;
    /// use runner_profiles::policy_core::policy::build::Statement;
    /// # use runner_profiles::{Hybrid, RunnerName};
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// let list = |action: &str| Statement::allow([action]).sid("List").resources(["*"]);
    /// let statements = [list("s3:ListAllMyBuckets"), list("glue:ListSchemas")];
    ///
    /// let role = hybrid.task_role()?.with_statements(PolicyName::from_static("maia-prod-task"), statements)?;
    /// let sids: Vec<_> = role.policies()[0].policy.statements().filter_map(|statement| statement.sid()).collect();
    /// assert_eq!(sids, ["ListSecretNames", "List", "List2"]);
    /// # Ok::<(), runner_profiles::RoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RoleError::Statements`] if they are not those of an identity-based policy, or one has an empty element;
    /// [`RoleError::OtherVersion`] if the policy of this name is of the version before policy variables and both have `${`; the errors of
    /// [`with_policy`](Self::with_policy), except that the name may be taken
    pub fn with_statements(
        mut self,
        policy: PolicyName,
        statements: impl IntoIterator<Item = Statement<kind::Identity>>,
    ) -> Result<Self, RoleError> {
        let statements: Vec<_> = statements.into_iter().collect();
        if statements.is_empty() {
            return Ok(self);
        }
        let new = IdentityPolicy::builder().statements(statements).build();
        let new = new.map_err(|error| RoleError::statements(&policy, error))?;
        let own = self.position(&policy).and_then(|index| self.own.get_mut(index));
        // The first statement of a new policy is what the others are joined to, so that their `Sid`s differ too.
        let base = own.as_ref().map(|own| own.policy.clone());
        let base = base.map_or_else(|| first_of(&new), Ok);
        let base = base.map_err(|error| RoleError::statements(&policy, error))?;
        let joined = base.merge(&new).map_err(|error| RoleError::OtherVersion {
            policy: policy.to_string(),
            error,
        })?;
        match own {
            Some(own) => own.policy = joined,
            None => self.own.push(InlinePolicy {
                name: policy,
                policy: joined,
            }),
        }
        self.placed()
    }

    /// The role with another trust policy, which replaces its own.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::policy;
    /// # use runner_profiles::{Hybrid, RunnerName};
    ///
    /// policy! {
    ///     const ON_EC2: TrustPolicy = {
    ///         "Version": "2012-10-17",
    ///         "Statement": [
    ///             { "Effect": "Allow", "Principal": { "Service": "ec2.amazonaws.com" }, "Action": "sts:AssumeRole" }
    ///         ]
    ///     };
    /// }
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// let role = hybrid.task_role()?.with_trust(ON_EC2)?;
    /// assert!(role.trust().is_equivalent(&ON_EC2));
    /// # Ok::<(), runner_profiles::RoleError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RoleError::TrustTooLong`]
    pub fn with_trust(mut self, trust: impl Into<TrustPolicy>) -> Result<Self, RoleError> {
        self.trust = Self::new(self.name.clone(), trust)?.trust;
        Ok(self)
    }
}

/// The policy with its first statement only.
fn first_of(policy: &IdentityPolicy) -> Result<IdentityPolicy, ReadError> {
    let mut index = 0;
    policy.clone().retain(|_| {
        index += 1;
        index == 1
    })
}
