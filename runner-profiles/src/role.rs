//! A role: its name, who may assume it, what it may do.

use policy_core::document::{Document, Member, Node, Value};
use policy_core::finding::Finding;
use policy_core::names::{PolicyName, RoleName};
use policy_core::policy::{IdentityPolicy, Policy, PolicyKind, TrustPolicy};

use crate::{RoleError, Warning};

/// A role with its trust policy and its inline policies, within IAM's quotas.
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
    policies: Vec<InlinePolicy>,
    warnings: Vec<Warning>,
}

/// An inline policy of a [`Role`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlinePolicy {
    /// Its name in the role.
    pub name: PolicyName,
    /// What it allows.
    pub policy: IdentityPolicy,
}

impl Role {
    /// A role that may do nothing yet.
    ///
    /// # Errors
    ///
    /// [`RoleError::TrustTooLong`]
    pub fn new(name: RoleName, trust: impl Into<TrustPolicy>) -> Result<Self, RoleError> {
        let trust = trust.into();
        let characters = characters(&trust);
        if characters > RoleError::TRUST_QUOTA {
            return Err(RoleError::TrustTooLong { role: name, characters });
        }
        Ok(Self {
            name,
            trust,
            policies: Vec::new(),
            warnings: Vec::new(),
        })
    }

    /// The role with one more inline policy: what your own integrations need.
    ///
    /// # Errors
    ///
    /// [`RoleError::SamePolicyName`], [`RoleError::PoliciesTooLong`]
    pub fn with_policy(mut self, name: PolicyName, policy: impl Into<IdentityPolicy>) -> Result<Self, RoleError> {
        if self.policies.iter().any(|inline| inline.name == name) {
            return Err(RoleError::SamePolicyName {
                role: self.name,
                policy: name,
            });
        }
        let policy = policy.into();
        self.policies.push(InlinePolicy { name, policy });
        let characters = self.policies.iter().map(|inline| characters(&inline.policy)).sum();
        if characters > RoleError::POLICIES_QUOTA {
            return Err(RoleError::PoliciesTooLong {
                role: self.name,
                characters,
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

    /// Who may assume it.
    pub const fn trust(&self) -> &TrustPolicy {
        &self.trust
    }

    /// Its inline policies, in the order in which they were added.
    pub fn policies(&self) -> &[InlinePolicy] {
        &self.policies
    }

    /// What may not be meant, although AWS takes it.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// What the checker finds in its policies, each with the name of its policy; that of the trust policy is
    /// `AssumeRolePolicyDocument`, as in [`to_json`](Self::to_json). A role in least-privilege form has none.
    pub fn findings(&self) -> Vec<(&str, Finding)> {
        let trust = self.trust.check().into_iter().map(|finding| (TRUST_MEMBER, finding));
        let policies = self.policies.iter().flat_map(|inline| {
            let findings = inline.policy.check().into_iter();
            findings.map(|finding| (inline.name.as_str(), finding))
        });
        trust.chain(policies).collect()
    }

    /// The role as JSON without white space, with the names that `CloudFormation` gives its parts: `RoleName`,
    /// `AssumeRolePolicyDocument`, and `Policies` with `PolicyName` and `PolicyDocument`.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>
    pub fn to_json(&self) -> String {
        self.document().to_json()
    }

    /// The same as JSON for people.
    pub fn to_json_pretty(&self) -> String {
        self.document().to_json_pretty()
    }

    /// Several roles as a JSON array for people, each as in [`to_json`](Self::to_json).
    pub fn all_to_json_pretty(roles: &[Self]) -> String {
        let roles = roles.iter().map(Self::node).collect();
        Document::new(Node::built(Value::Array(roles))).to_json_pretty()
    }

    fn document(&self) -> Document<'_> {
        Document::new(self.node())
    }

    fn node(&self) -> Node<'_> {
        let policies = self.policies.iter().map(|inline| {
            object([
                ("PolicyName", Node::string(inline.name.as_str())),
                ("PolicyDocument", inline.policy.document().root().clone()),
            ])
        });
        object([
            ("RoleName", Node::string(self.name.as_str())),
            (TRUST_MEMBER, self.trust.document().root().clone()),
            ("Policies", Node::built(Value::Array(policies.collect()))),
        ])
    }
}

const TRUST_MEMBER: &str = "AssumeRolePolicyDocument";

fn object<'a, const N: usize>(members: [(&'static str, Node<'a>); N]) -> Node<'a> {
    let members = members.into_iter().map(|(name, value)| Member::built(name, value));
    Node::built(Value::Object(members.collect()))
}

/// What IAM counts: it leaves out white space.
fn characters<K: PolicyKind>(policy: &Policy<K>) -> usize {
    policy
        .to_json()
        .chars()
        .filter(|character| !character.is_whitespace())
        .count()
}
