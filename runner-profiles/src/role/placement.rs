//! Which of a role's policies are inline, and which managed.

use policy_core::names::{NameError, PolicyName, RoleName};
use policy_core::policy::IdentityPolicy;

use super::{InlinePolicy, ManagedPolicy};
use crate::RoleError;

/// A role's own policies, inline and managed. Their effect does not depend on it: IAM evaluates all of a role's
/// policies. Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Placement {
    pub(super) inline: Vec<InlinePolicy>,
    pub(super) managed: Vec<ManagedPolicy>,
}

impl Placement {
    /// All inline, within IAM's quota. Otherwise the longest become managed policies, as few as possible, and one that
    /// is longer than a managed policy may be is divided.
    pub(super) fn of(role: &RoleName, own: &[InlinePolicy]) -> Result<Self, RoleError> {
        let mut longest_first: Vec<(usize, &InlinePolicy)> =
            own.iter().map(|inline| (inline.policy.characters(), inline)).collect();
        let mut left: usize = longest_first.iter().map(|(size, _)| size).sum();
        if left <= RoleError::POLICIES_QUOTA {
            return Ok(Self {
                inline: own.to_vec(),
                managed: Vec::new(),
            });
        }
        longest_first.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
        let mut moved: Vec<(&PolicyName, Vec<IdentityPolicy>)> = Vec::new();
        for (size, inline) in longest_first {
            if left <= RoleError::POLICIES_QUOTA {
                break;
            }
            if let Ok(parts) = inline.policy.split(RoleError::MANAGED_POLICY_QUOTA) {
                left -= size;
                moved.push((&inline.name, parts));
            }
        }
        if left > RoleError::POLICIES_QUOTA {
            return Err(RoleError::PoliciesTooLong {
                role: role.clone(),
                characters: left,
            });
        }
        let mut placement = Self::default();
        for inline in own {
            match moved.iter_mut().find(|(name, _)| **name == inline.name) {
                None => placement.inline.push(inline.clone()),
                Some((name, parts)) => placement.managed.extend(named(role, name, std::mem::take(parts))?),
            }
        }
        Ok(placement)
    }
}

fn named(role: &RoleName, policy: &PolicyName, parts: Vec<IdentityPolicy>) -> Result<Vec<ManagedPolicy>, NameError> {
    let several = parts.len() > 1;
    let name = if role.as_str() == policy.as_str() {
        role.to_string()
    } else {
        format!("{role}-{policy}")
    };
    let parts = parts.into_iter().enumerate();
    let named = parts.map(|(index, part)| {
        let number = if several {
            format!("-{}", index + 1)
        } else {
            String::new()
        };
        Ok(ManagedPolicy {
            name: PolicyName::new(format!("{name}{number}"))?,
            policy: part,
        })
    });
    named.collect()
}
