//! The differences between a role and the one that exists.

mod rights;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use policy_core::document::Node;
use policy_core::names::PolicyArn;
use policy_core::policy::{IdentityPolicy, Policy, PolicyKind, StatementRef, Version};
use policy_core::shown::Shown;

use self::rights::{Right, rights};
use super::{Role, SessionDuration, Tag};

/// The differences between a role and the one that exists: see [`Role::drift_from`].
///
/// Displayed, each part that differs is a paragraph: `-` is before what the existing role lacks, `+` before what it has beyond the
/// other, each a whole statement if that is only a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    changed: Vec<Changed>,
    unknown: Vec<PolicyArn>,
}

/// A part of a role that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// The part.
    pub part: RolePart,
    /// What the existing role lacks: statements as JSON, ARNs, tags as `KEY=VALUE`, or a value.
    pub missing: Vec<String>,
    /// What the existing role has beyond the other.
    pub more: Vec<String>,
}

/// A part of a role. Displayed in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RolePart {
    /// The name.
    Name,
    /// The path.
    Path,
    /// The trust policy.
    Trust,
    /// The statements of all policies that are the role's own.
    Permissions,
    /// The managed policies that exist without the role.
    ManagedPolicies,
    /// The permissions boundary.
    PermissionsBoundary,
    /// The description.
    Description,
    /// The maximum session duration, in seconds.
    MaxSessionDuration,
    /// The tags.
    Tags,
}

impl Role {
    /// How a role that exists differs from this one. Policies are compared by their rights, however they are written: in which of the
    /// role's own policies a statement is does not matter, nor whether actions, resources and principals are in one statement or
    /// divided between several, nor what is there twice or covered by a wildcard beside it. A role that has exactly what
    /// [`applied_to`](Self::applied_to) makes of it has no drift.
    ///
    /// A wildcard and all that it matches today are different rights, since AWS adds actions and an account resources; so are other
    /// conditions, even if they are met by the same requests.
    ///
    /// ```
    /// # use runner_profiles::policy_core::names::{AccountId, Region};
    /// use runner_profiles::{Hybrid, Role, RolePart, RunnerName};
    ///
    /// # let hybrid = Hybrid::new(
    /// #     RunnerName::new("maia-prod")?,
    /// #     Region::from_static("eu-west-1"),
    /// #     AccountId::from_static("111122223333"),
    /// #     Hybrid::DEFAULT_PLATFORM_SECRET,
    /// # );
    /// let existing = Role::from_json(r#"{ "Role": { "Path": "/", "RoleName": "maia-prod-task",
    ///     "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": {
    ///         "Effect": "Allow", "Principal": { "Service": ["ecs-tasks.amazonaws.com"] }, "Action": ["sts:AssumeRole"],
    ///         "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" },
    ///                        "ArnLike": { "aws:SourceArn": ["arn:aws:ecs:eu-west-1:111122223333:*"] } } } },
    ///     "Tags": [{ "Key": "team", "Value": "data" }] } }"#)?;
    ///
    /// let drift = hybrid.task_role()?.drift_from(&existing);
    /// assert!(drift.of(RolePart::Trust).is_none());
    /// assert_eq!(
    ///     drift.to_string(),
    ///     concat!(
    ///         "the permissions:\n",
    ///         "- {\"Sid\":\"ListSecretNames\",\"Effect\":\"Allow\",\"Action\":\"secretsmanager:ListSecrets\",\"Resource\":\"*\"}\n",
    ///         "the tags:\n",
    ///         "+ team=data\n",
    ///     ),
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn drift_from(&self, existing: &Self) -> Drift {
        let mut drift = Drift::default();
        drift.value(RolePart::Name, Some(self.name.as_str()), Some(existing.name.as_str()));
        drift.value(RolePart::Path, Some(path(self)), Some(path(existing)));
        let (missing, more) = statements(&[&self.trust], &[&existing.trust]);
        drift.part(RolePart::Trust, missing, more);
        drift.permissions(self, existing);
        drift.value(
            RolePart::PermissionsBoundary,
            self.settings.permissions_boundary().map(PolicyArn::as_str),
            existing.settings.permissions_boundary().map(PolicyArn::as_str),
        );
        if !self.is_of_an_export && !existing.is_of_an_export {
            drift.value(RolePart::Description, description(self), description(existing));
            let [wanted, found] = [self, existing].map(|role| duration(role).seconds().to_string());
            drift.value(RolePart::MaxSessionDuration, Some(&wanted), Some(&found));
        }
        drift.list(
            RolePart::Tags,
            self.settings.tags(),
            existing.settings.tags(),
            Tag::to_string,
        );
        drift
    }

    fn own_policies_and(&self, documents: &[PolicyArn]) -> Vec<&IdentityPolicy> {
        let managed = self.placement.managed.iter().map(|managed| &managed.policy);
        let known = documents.iter().filter_map(|arn| self.documents.get(arn));
        self.placement
            .inline
            .iter()
            .map(|inline| &inline.policy)
            .chain(managed)
            .chain(known)
            .collect()
    }
}

impl Drift {
    /// Whether the roles have the same rights and settings.
    pub const fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.unknown.is_empty()
    }

    /// The parts that differ.
    pub fn changed(&self) -> &[Changed] {
        &self.changed
    }

    /// How a part differs; `None` if it does not.
    pub fn of(&self, part: RolePart) -> Option<&Changed> {
        self.changed.iter().find(|changed| changed.part == part)
    }

    /// The managed policies that the existing role has for policies of the other which are too long to be inline, and whose documents
    /// are not known, so that they were not compared. An export of the account has them.
    pub fn unknown(&self) -> &[PolicyArn] {
        &self.unknown
    }

    fn part(&mut self, part: RolePart, missing: Vec<String>, more: Vec<String>) {
        if !missing.is_empty() || !more.is_empty() {
            self.changed.push(Changed { part, missing, more });
        }
    }

    fn value(&mut self, part: RolePart, wanted: Option<&str>, existing: Option<&str>) {
        if wanted != existing {
            let list = |value: Option<&str>| value.map(str::to_owned).into_iter().collect();
            self.part(part, list(wanted), list(existing));
        }
    }

    fn list<T: PartialEq>(&mut self, part: RolePart, wanted: &[T], existing: &[T], text: impl Fn(&T) -> String) {
        let only = |some: &[T], others: &[T]| some.iter().filter(|one| !others.contains(one)).map(&text).collect();
        self.part(part, only(wanted, existing), only(existing, wanted));
    }

    fn permissions(&mut self, role: &Role, existing: &Role) {
        // A managed policy that is created with the role is attached to the existing one, by its ARN.
        let is_created = |arn: &&PolicyArn| {
            let name = arn.name();
            role.placement.managed.iter().any(|managed| managed.name == name)
        };
        let (created, attached): (Vec<_>, Vec<_>) = existing.attached.iter().cloned().partition(|arn| is_created(&arn));
        let (known, unknown) = created
            .into_iter()
            .partition::<Vec<_>, _>(|arn| existing.documents.contains_key(arn));
        let is_unknown = |name: &str| unknown.iter().any(|arn| arn.name().as_str() == name);
        let managed = role.placement.managed.iter();
        let wanted = role.placement.inline.iter().map(|inline| &inline.policy);
        let wanted = wanted.chain(
            managed
                .filter(|managed| !is_unknown(managed.name.as_str()))
                .map(|managed| &managed.policy),
        );
        let (missing, more) = statements(&wanted.collect::<Vec<_>>(), &existing.own_policies_and(&known));
        self.part(RolePart::Permissions, missing, more);
        self.list(
            RolePart::ManagedPolicies,
            &role.attached,
            &attached,
            PolicyArn::to_string,
        );
        self.unknown = unknown;
    }
}

/// The statements of the first policies that the others do not have, and the reverse.
fn statements<K: PolicyKind>(some: &[&Policy<K>], others: &[&Policy<K>]) -> (Vec<String>, Vec<String>) {
    let (mut missing, mut more) = (Vec::new(), Vec::new());
    for version in [Version::V2012, Version::V2008] {
        let (ours, theirs) = (joined(some, version), joined(others, version));
        match (ours, theirs) {
            (Some(ours), Some(theirs)) => {
                let (own, other) = (rights(&ours), rights(&theirs));
                if own == other || rights(&ours.minify()) == rights(&theirs.minify()) {
                    continue;
                }
                let difference = ours.difference(&theirs);
                missing.extend(beyond::<K>(difference.ours(), &other, version));
                more.extend(beyond::<K>(difference.theirs(), &own, version));
            }
            (Some(ours), None) => missing.extend(ours.statements().map(StatementRef::to_json)),
            (None, Some(theirs)) => more.extend(theirs.statements().map(StatementRef::to_json)),
            (None, None) => {}
        }
    }
    (missing, more)
}

/// Those of the statements that have a right which is not among these.
fn beyond<K: PolicyKind>(statements: &[Node<'_>], others: &BTreeSet<Right>, version: Version) -> Vec<String> {
    let texts = statements.iter().map(Node::to_json);
    let is_beyond = |statement: &String| {
        let policy = format!(r#"{{"Version":"{}","Statement":{statement}}}"#, version.name());
        // A statement of a policy is that of one.
        Policy::<K>::from_json(policy).map_or(true, |policy| !rights(&policy).is_subset(others))
    };
    texts.filter(is_beyond).collect()
}

/// The policies with the meaning of this version, as one. Versions differ only where there is `${`.
fn joined<K: PolicyKind>(policies: &[&Policy<K>], version: Version) -> Option<Policy<K>> {
    let of_version = policies.iter().filter(|policy| {
        let meant = if policy.to_json().contains("${") {
            policy.version()
        } else {
            Version::V2012
        };
        meant == version
    });
    of_version.fold(None, |joined: Option<Policy<K>>, policy| {
        let Some(joined) = joined else {
            return Some((*policy).clone());
        };
        let both = joined.concat(policy);
        Some(both.unwrap_or_else(|_| unreachable!("all with `${{` are of this version")))
    })
}

fn path(role: &Role) -> &str {
    role.settings.path().map_or("/", AsRef::as_ref)
}

/// An empty description, which an update can set, is the same as no description.
fn description(role: &Role) -> Option<&str> {
    let description = role.settings.description().map(super::RoleDescription::as_str);
    description.filter(|text| !text.is_empty())
}

fn duration(role: &Role) -> SessionDuration {
    role.settings.max_session_duration().unwrap_or(SessionDuration::DEFAULT)
}

impl fmt::Display for RolePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Name => "the name",
            Self::Path => "the path",
            Self::Trust => "the trust policy",
            Self::Permissions => "the permissions",
            Self::ManagedPolicies => "the managed policies",
            Self::PermissionsBoundary => "the permissions boundary",
            Self::Description => "the description",
            Self::MaxSessionDuration => "the maximum session duration",
            Self::Tags => "the tags",
        })
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for Changed { part, missing, more } in &self.changed {
            writeln!(f, "{part}:")?;
            for text in missing {
                writeln!(f, "- {}", Shown(text))?;
            }
            for text in more {
                writeln!(f, "+ {}", Shown(text))?;
            }
        }
        for arn in &self.unknown {
            writeln!(f, "`{arn}` was not compared, since its document is not known")?;
        }
        Ok(())
    }
}
