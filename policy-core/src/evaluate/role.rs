//! The policies of a role that a program defines.

use std::fmt;

use super::builder::Builder;
use crate::finding::AndMore;
use crate::names::PolicyArn;
use crate::policy::IdentityPolicy;

/// A role that a program defines, with its policies: `Role` of the crate `runner-profiles` is one.
pub trait RoleSource {
    /// The identity-based policies that it defines: inline ones, and managed ones that are created with it.
    fn own_policies(&self) -> Vec<&IdentityPolicy>;

    /// The managed policies attached to it that are defined elsewhere.
    fn attached_arns(&self) -> Vec<&PolicyArn> {
        Vec::new()
    }

    /// The permissions boundary, which is defined elsewhere.
    fn boundary_arn(&self) -> Option<&PolicyArn> {
        None
    }
}

/// The error for a role whose policies are not all known: a managed policy is attached to it that is only known by its ARN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownPolicyError {
    arns: Vec<PolicyArn>,
}

impl UnknownPolicyError {
    /// The ARNs of the policies.
    pub fn arns(&self) -> &[PolicyArn] {
        &self.arns
    }
}

impl fmt::Display for UnknownPolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if f.alternate() { self.arns.len() } else { 1 };
        for (index, arn) in self.arns.iter().take(shown).enumerate() {
            let line_end = if index > 0 { "\n" } else { "" };
            write!(
                f,
                "{line_end}the role has the policy `{arn}`, whose text is not known; add it with `Builder::managed_policy`"
            )?;
        }
        AndMore(self.arns.len().saturating_sub(shown)).fmt(f)
    }
}

impl std::error::Error for UnknownPolicyError {}

impl Builder {
    /// Sets the text of a managed policy, for a [`role`](Self::role) that has it attached or as its permissions boundary.
    #[must_use]
    pub fn managed_policy(mut self, arn: PolicyArn, policy: impl Into<IdentityPolicy>) -> Self {
        self.managed.push((arn, policy.into()));
        self
    }

    /// Adds all identity-based policies of a role, and sets its permissions boundary. The trust policy is not one of them: see
    /// [`trust`](Self::trust).
    ///
    /// # Errors
    ///
    /// A managed policy is attached to the role, or is its boundary, and its text was not given with
    /// [`managed_policy`](Self::managed_policy): without it the decisions could be wrong both ways.
    ///
    /// ```
    /// use policy_core::evaluate::{Authorizer, Caller, Request, RoleSource};
    /// use policy_core::names::PolicyArn;
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// struct Reader {
    ///     inline: IdentityPolicy,
    ///     attached: PolicyArn,
    /// }
    ///
    /// impl RoleSource for Reader {
    ///     fn own_policies(&self) -> Vec<&IdentityPolicy> {
    ///         vec![&self.inline]
    ///     }
    ///
    ///     fn attached_arns(&self) -> Vec<&PolicyArn> {
    ///         vec![&self.attached]
    ///     }
    /// }
    ///
    /// let allow = |action: &str| -> Result<IdentityPolicy, _> {
    ///     let statement = format!(r#"{{ "Effect": "Allow", "Action": "{action}", "Resource": "*" }}"#);
    ///     format!(r#"{{ "Version": "2012-10-17", "Statement": [{statement}] }}"#).parse()
    /// };
    /// let attached = PolicyArn::new("arn:aws:iam::111122223333:policy/shared")?;
    /// let reader = Reader { inline: allow("s3:GetObject")?, attached: attached.clone() };
    /// assert_eq!(
    ///     Authorizer::builder().role(&reader).unwrap_err().to_string(),
    ///     "the role has the policy `arn:aws:iam::111122223333:policy/shared`, whose text is not known; add it with \
    ///      `Builder::managed_policy`"
    /// );
    ///
    /// let authorizer = Authorizer::builder().managed_policy(attached, allow("s3:ListBucket")?).role(&reader)?.build();
    /// let caller = Caller::from_arn("arn:aws:iam::111122223333:role/reader")?;
    /// assert!(authorizer.ask(&Request::new(caller, "s3:ListBucket", "arn:aws:s3:::exports")?).is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn role(self, role: &impl RoleSource) -> Result<Self, UnknownPolicyError> {
        let mut unknown = Vec::new();
        let mut text_of = |arn: &PolicyArn| {
            let known = self.managed.iter().find(|(known, _)| known == arn);
            if known.is_none() {
                unknown.push(arn.clone());
            }
            known.map(|(_, policy)| policy.clone())
        };
        let mut policies: Vec<IdentityPolicy> = role.own_policies().into_iter().cloned().collect();
        policies.extend(role.attached_arns().into_iter().filter_map(&mut text_of));
        let boundary = role.boundary_arn().and_then(&mut text_of);
        if !unknown.is_empty() {
            return Err(UnknownPolicyError { arns: unknown });
        }
        let builder = policies.iter().fold(self, Self::identity);
        Ok(match boundary {
            Some(boundary) => builder.boundary(&boundary),
            None => builder,
        })
    }
}
