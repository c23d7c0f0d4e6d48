//! A role, such as that of a preset, applied to one that exists.

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use policy_core::policy::{Effect, Policy, PolicyKind, StatementRef};

use super::json::TRUST;
use super::{InlinePolicy, Role, RoleSettings};
use crate::RoleError;

impl Role {
    /// This role as a change of one that exists: what it grants is added, and what the other has beyond it stays.
    ///
    /// - The name and the path are those of the existing role, since IAM cannot change them.
    /// - A statement of the existing role whose `Sid` and `Effect` are those of a statement here is replaced, in the policy of the
    ///   same name and in the trust policy. Its other statements stay, and so do its other policies.
    /// - Of the settings, what is set here counts, and otherwise what the existing role has. Tags are compared by their keys.
    ///   (An export of an account has no descriptions and session durations; read the role with `aws iam get-role` to keep them.)
    ///
    /// [`drift_from`](Self::drift_from) tells what stays that this role does not have.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::{Hybrid, Role, RunnerName};
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// let existing = Role::from_json(r#"{ "Role": {
    ///     "Path": "/data/", "RoleName": "matillion", "Tags": [{ "Key": "team", "Value": "data" }],
    ///     "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [{ "Sid": "EcsTasksAssumeTaskRole",
    ///         "Effect": "Allow", "Principal": { "Service": "ecs-tasks.amazonaws.com" }, "Action": "sts:AssumeRole" }] } } }"#)?;
    ///
    /// let preset = hybrid.task_role()?;
    /// let role = preset.applied_to(&existing)?;
    /// assert_eq!((role.name().as_str(), role.settings().tags().len()), ("matillion", 1));
    /// assert_eq!(role.trust(), preset.trust());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`RoleError::OtherVersion`] if policies with variables would be joined whose versions differ;
    /// [`RoleError::TrustTooLong`], [`RoleError::PoliciesTooLong`], [`RoleError::TooManyManagedPolicies`] or
    /// [`RoleError::Name`] if the result is not within IAM's quotas
    pub fn applied_to(&self, existing: &Self) -> Result<Self, RoleError> {
        let mut role = existing.clone();
        let trust = joined(&self.trust, &existing.trust, TRUST)?;
        let characters = trust.characters();
        if characters > existing.trust.characters().max(RoleError::TRUST_QUOTA) {
            return Err(RoleError::TrustTooLong {
                role: role.name,
                characters,
            });
        }
        role.trust = trust;
        for inline in &self.own {
            let place = role.position(&inline.name);
            match place.and_then(|index| role.own.get_mut(index)) {
                Some(own) => own.policy = joined(&inline.policy, &own.policy, own.name.as_str())?,
                None => role.own.push(InlinePolicy::clone(inline)),
            }
        }
        let new = self.attached.iter().filter(|arn| !existing.attached.contains(arn));
        role.attached.extend(new.cloned());
        role.documents.extend(self.documents.clone());
        role.settings = settings(&self.settings, &existing.settings)?;
        role.warnings.clone_from(&self.warnings);
        role.is_of_an_export = false;
        let mut role = role.placed()?;
        // Those that were created with the role are so again.
        let created: HashSet<_> = role
            .placement
            .managed
            .iter()
            .map(|managed| managed.name.clone())
            .collect();
        role.attached.retain(|arn| !created.contains(&arn.name()));
        Ok(role)
    }
}

/// The statements of a policy, and those of the existing one that have another meaning and not the `Sid` and the effect of one.
fn joined<K: PolicyKind>(policy: &Policy<K>, existing: &Policy<K>, name: &str) -> Result<Policy<K>, RoleError> {
    // With another effect it is not an older form of the same statement: a `Deny` that somebody has added must stay.
    let named = |statement: StatementRef<'_>| Some((statement.sid()?.to_owned(), statement.effect()));
    let replaced: Vec<(String, Effect)> = policy.statements().filter_map(named).collect();
    let others = existing.clone().retain(|statement| {
        let is_named = statement.sid().is_some_and(|sid| !sid.is_empty());
        !is_named || named(statement).is_none_or(|statement| !replaced.contains(&statement))
    });
    // The error is that nothing is left.
    let Ok(others) = others else {
        return Ok(policy.clone());
    };
    policy.merge(&others).map_err(|error| RoleError::OtherVersion {
        policy: name.to_owned(),
        error,
    })
}

fn settings(wanted: &RoleSettings, existing: &RoleSettings) -> Result<RoleSettings, RoleError> {
    let mut settings = wanted.clone();
    settings.path.clone_from(&existing.path);
    settings.description = settings.description.or_else(|| existing.description.clone());
    settings.max_session_duration = settings.max_session_duration.or(existing.max_session_duration);
    settings.permissions_boundary = settings
        .permissions_boundary
        .or_else(|| existing.permissions_boundary.clone());
    for tag in existing.tags() {
        if settings.tag(tag.key()).is_none() {
            settings = settings.with_tag(tag.clone())?;
        }
    }
    Ok(settings)
}
