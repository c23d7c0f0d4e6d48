//! The differences between a role and the deployed one, and the calls that remove them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use aws_sdk_iam::Client;
use aws_sdk_iam::types::Tag as IamTag;
use runner_profiles::policy_core::policy::{IdentityPolicy, Policy, PolicyKind};
use runner_profiles::{Role, RoleDescription, SessionDuration, Tag};

use crate::deployed::Deployed;

/// One call or two that bring the deployed role nearer to the wanted one.
pub enum Change {
    Create,
    Trust(String),
    /// With the difference, if there is one already.
    PutInline(String, IdentityPolicy, Option<String>),
    DeleteInline(String),
    CreateManaged(String, IdentityPolicy),
    UpdateManaged(String, IdentityPolicy, String),
    Attach(String),
    Detach(String),
    Boundary(Option<String>),
    /// The description and the longest session are set together.
    Description,
    Tag(Tag),
    Untag(String),
    /// The role has to be created again.
    Path(String),
}

/// All differences. If the role does not exist, only that: the others are found when it exists.
pub fn changes(role: &Role, deployed: Option<&Deployed>) -> Vec<Change> {
    let Some(deployed) = deployed else {
        return vec![Change::Create];
    };
    let mut changes = Vec::new();
    let wanted_path = role.settings().path().map_or("/", AsRef::as_ref);
    if deployed.role.path != wanted_path {
        changes.push(Change::Path(deployed.role.path.clone()));
    }
    changes.extend(difference(role.trust(), deployed.trust.as_ref()).map(Change::Trust));
    inline(role, deployed, &mut changes);
    managed(role, deployed, &mut changes);
    settings(role, deployed, &mut changes);
    // Removals come last: a policy that becomes a managed one exists as such before the inline one is removed.
    changes.sort_by_key(|change| matches!(change, Change::DeleteInline(_) | Change::Detach(_)));
    changes
}

fn inline(role: &Role, deployed: &Deployed, changes: &mut Vec<Change>) {
    for wanted in role.policies() {
        let name = wanted.name.to_string();
        match deployed.inline.get(&name) {
            None => changes.push(Change::PutInline(name, wanted.policy.clone(), None)),
            Some(found) => {
                if let Some(difference) = difference(&wanted.policy, found.as_ref()) {
                    changes.push(Change::PutInline(name, wanted.policy.clone(), Some(difference)));
                }
            }
        }
    }
    let unknown = deployed
        .inline
        .keys()
        .filter(|name| role.policies().iter().all(|wanted| wanted.name.as_str() != *name));
    changes.extend(unknown.cloned().map(Change::DeleteInline));
}

fn managed(role: &Role, deployed: &Deployed, changes: &mut Vec<Change>) {
    let mut wanted: Vec<String> = role.attached_policies().iter().map(ToString::to_string).collect();
    for managed in role.managed_policies() {
        let name = managed.name.to_string();
        let arn = deployed.policy_arn(&name);
        match deployed.managed.get(&name) {
            None => changes.push(Change::CreateManaged(name, managed.policy.clone())),
            Some(found) => {
                if let Some(difference) = difference(&managed.policy, found.as_ref()) {
                    changes.push(Change::UpdateManaged(arn.clone(), managed.policy.clone(), difference));
                }
            }
        }
        wanted.push(arn);
    }
    let (attached, wanted_too) = (&deployed.attached, &wanted);
    changes.extend(
        wanted
            .iter()
            .filter(|arn| !attached.contains(*arn))
            .cloned()
            .map(Change::Attach),
    );
    changes.extend(
        attached
            .iter()
            .filter(|arn| !wanted_too.contains(arn))
            .cloned()
            .map(Change::Detach),
    );
}

fn settings(role: &Role, deployed: &Deployed, changes: &mut Vec<Change>) {
    let settings = role.settings();
    let boundary = settings.permissions_boundary().map(ToString::to_string);
    let found = deployed
        .role
        .permissions_boundary
        .as_ref()
        .and_then(|boundary| boundary.permissions_boundary_arn.clone());
    if boundary != found {
        changes.push(Change::Boundary(boundary));
    }
    let description = settings.description().map_or("", RoleDescription::as_str);
    let found = deployed.role.description.as_deref().unwrap_or_default();
    if description != found || seconds(role) != deployed.role.max_session_duration.unwrap_or(ONE_HOUR) {
        changes.push(Change::Description);
    }
    let found: BTreeMap<&str, &str> = deployed
        .role
        .tags()
        .iter()
        .map(|tag| (tag.key(), tag.value()))
        .collect();
    let missing = settings
        .tags()
        .iter()
        .filter(|tag| found.get(tag.key()) != Some(&tag.value()));
    changes.extend(missing.cloned().map(Change::Tag));
    let unknown = found
        .keys()
        .filter(|key| settings.tags().iter().all(|tag| tag.key() != **key));
    changes.extend(unknown.map(|key| Change::Untag((*key).to_owned())));
}

const ONE_HOUR: i32 = 3_600;

fn seconds(role: &Role) -> i32 {
    let duration = role.settings().max_session_duration().map(SessionDuration::seconds);
    duration
        .and_then(|seconds| i32::try_from(seconds).ok())
        .unwrap_or(ONE_HOUR)
}

/// The difference of the policies, or `None` if they have the same effect, however IAM wrote them.
fn difference<K: PolicyKind>(wanted: &Policy<K>, found: Option<&Policy<K>>) -> Option<String> {
    match found {
        None => Some(format!("- {}\n", wanted.to_json())),
        Some(found) => {
            let difference = wanted.difference(found);
            (!difference.is_empty()).then(|| difference.to_string())
        }
    }
}

impl Change {
    pub async fn apply(&self, client: &Client, role: &Role) -> Result<(), Box<dyn Error>> {
        let name = role.name().as_str();
        match self {
            Self::Create => {
                let settings = role.settings();
                let creation = client
                    .create_role()
                    .role_name(name)
                    .set_path(settings.path().map(ToString::to_string))
                    .assume_role_policy_document(role.trust().to_json())
                    .set_description(settings.description().map(ToString::to_string))
                    .max_session_duration(seconds(role))
                    .set_permissions_boundary(settings.permissions_boundary().map(ToString::to_string));
                let tags = settings
                    .tags()
                    .iter()
                    .map(iam_tag)
                    .collect::<Result<Vec<IamTag>, _>>()?;
                creation.set_tags(Some(tags)).send().await?;
            }
            Self::Trust(_) => {
                let trust = role.trust().to_json();
                client
                    .update_assume_role_policy()
                    .role_name(name)
                    .policy_document(trust)
                    .send()
                    .await?;
            }
            Self::PutInline(policy, document, _) => {
                let put = client.put_role_policy().role_name(name).policy_name(policy);
                put.policy_document(document.to_json()).send().await?;
            }
            Self::DeleteInline(policy) => {
                client
                    .delete_role_policy()
                    .role_name(name)
                    .policy_name(policy)
                    .send()
                    .await?;
            }
            Self::CreateManaged(policy, document) => {
                let creation = client
                    .create_policy()
                    .policy_name(policy)
                    .policy_document(document.to_json());
                creation
                    .set_path(role.settings().path().map(ToString::to_string))
                    .send()
                    .await?;
            }
            Self::UpdateManaged(arn, document, _) => new_version(client, arn, document).await?,
            Self::Attach(arn) => {
                client
                    .attach_role_policy()
                    .role_name(name)
                    .policy_arn(arn)
                    .send()
                    .await?;
            }
            Self::Detach(arn) => {
                client
                    .detach_role_policy()
                    .role_name(name)
                    .policy_arn(arn)
                    .send()
                    .await?;
            }
            Self::Boundary(Some(arn)) => {
                client
                    .put_role_permissions_boundary()
                    .role_name(name)
                    .permissions_boundary(arn)
                    .send()
                    .await?;
            }
            Self::Boundary(None) => {
                client.delete_role_permissions_boundary().role_name(name).send().await?;
            }
            Self::Description => {
                let description = role.settings().description().map_or("", RoleDescription::as_str);
                let update = client.update_role().role_name(name).description(description);
                update.max_session_duration(seconds(role)).send().await?;
            }
            Self::Tag(tag) => {
                client.tag_role().role_name(name).tags(iam_tag(tag)?).send().await?;
            }
            Self::Untag(key) => {
                client.untag_role().role_name(name).tag_keys(key).send().await?;
            }
            Self::Path(_) => {
                return Err(
                    format!("IAM cannot change the path of `{name}`: delete the role, or keep its path").into(),
                );
            }
        }
        Ok(())
    }
}

/// A policy has at most five versions, so the oldest that is not the default version is deleted if there are five.
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html>
async fn new_version(client: &Client, arn: &str, document: &IdentityPolicy) -> Result<(), Box<dyn Error>> {
    let versions = client
        .list_policy_versions()
        .policy_arn(arn)
        .send()
        .await?
        .versions
        .unwrap_or_default();
    if versions.len() >= 5 {
        let spare = versions.iter().filter(|version| !version.is_default_version);
        let oldest = spare
            .min_by_key(|version| version.create_date)
            .and_then(|version| version.version_id.as_deref());
        client
            .delete_policy_version()
            .policy_arn(arn)
            .set_version_id(oldest.map(str::to_owned))
            .send()
            .await?;
    }
    let version = client
        .create_policy_version()
        .policy_arn(arn)
        .policy_document(document.to_json());
    version.set_as_default(true).send().await?;
    Ok(())
}

fn iam_tag(tag: &Tag) -> Result<IamTag, aws_sdk_iam::error::BuildError> {
    IamTag::builder().key(tag.key()).value(tag.value()).build()
}

/// As `apply` changes it: `-` marks parts that are wanted and missing, `+` parts that are deployed and not wanted.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create => writeln!(f, "  there is no such role"),
            Self::Trust(difference) => write!(f, "  the trust policy differs\n{}", indented(difference)),
            Self::PutInline(name, _, None) => writeln!(f, "  there is no inline policy `{name}`"),
            Self::PutInline(name, _, Some(difference)) => {
                write!(f, "  the inline policy `{name}` differs\n{}", indented(difference))
            }
            Self::DeleteInline(name) => writeln!(f, "  the inline policy `{name}` is not wanted"),
            Self::CreateManaged(name, _) => writeln!(f, "  there is no managed policy `{name}`"),
            Self::UpdateManaged(arn, _, difference) => {
                write!(f, "  the managed policy `{arn}` differs\n{}", indented(difference))
            }
            Self::Attach(arn) => writeln!(f, "  `{arn}` is not attached"),
            Self::Detach(arn) => writeln!(f, "  `{arn}` is attached and not wanted"),
            Self::Boundary(Some(arn)) => writeln!(f, "  its permissions boundary is not `{arn}`"),
            Self::Boundary(None) => writeln!(f, "  it has a permissions boundary that is not wanted"),
            Self::Description => writeln!(f, "  its description or its longest session differs"),
            Self::Tag(tag) => writeln!(f, "  the tag `{}` is not `{}`", tag.key(), tag.value()),
            Self::Untag(key) => writeln!(f, "  the tag `{key}` is not wanted"),
            Self::Path(path) => writeln!(f, "  its path is `{path}`"),
        }
    }
}

fn indented(lines: &str) -> String {
    lines.lines().map(|line| format!("    {line}\n")).collect()
}
