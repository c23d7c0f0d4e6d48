//! A role as JSON.

use policy_core::document::{Document, Node};
use policy_core::names::{PolicyArn, RolePath};

use super::{InlinePolicy, ManagedPolicy, Role, RoleDescription, Tag};
use crate::object::{Object, list, number};

/// The member that holds the trust policy.
pub(super) const TRUST: &str = "AssumeRolePolicyDocument";

impl Role {
    /// The role as JSON without white space, with the names that `CloudFormation` gives its parts: `RoleName`,
    /// `AssumeRolePolicyDocument`, and `Policies` with `PolicyName` and `PolicyDocument`; and of what is set, `Path`,
    /// `Description`, `ManagedPolicyArns`, `MaxSessionDuration`, `PermissionsBoundary` and `Tags`. Policies that are too long
    /// to be inline are in `ManagedPolicies`, with `ManagedPolicyName` and `PolicyDocument`.
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
        Document::new(list(roles.iter().map(Self::node))).to_json_pretty()
    }

    fn document(&self) -> Document<'_> {
        Document::new(self.node())
    }

    fn node(&self) -> Node<'_> {
        let settings = &self.settings;
        Object::default()
            .with_text("RoleName", Some(self.name.as_str()))
            .with_text("Path", settings.path().map(RolePath::as_str))
            .with_text("Description", settings.description().map(RoleDescription::as_str))
            .with(TRUST, self.trust.document().root().clone())
            .with("Policies", list(self.policies().iter().map(inline)))
            .with_list("ManagedPolicies", self.managed_policies().iter().map(managed))
            .with_list(
                "ManagedPolicyArns",
                self.attached_policies().iter().map(|arn| Node::string(arn.as_str())),
            )
            .with(
                "MaxSessionDuration",
                settings
                    .max_session_duration()
                    .map(|duration| number(duration.seconds())),
            )
            .with_text(
                "PermissionsBoundary",
                settings.permissions_boundary().map(PolicyArn::as_str),
            )
            .with_list("Tags", settings.tags().iter().map(tag))
            .into()
    }
}

fn inline(inline: &InlinePolicy) -> Node<'_> {
    Object::default()
        .with_text("PolicyName", Some(inline.name.as_str()))
        .with("PolicyDocument", inline.policy.document().root().clone())
        .into()
}

fn managed(managed: &ManagedPolicy) -> Node<'_> {
    Object::default()
        .with_text("ManagedPolicyName", Some(managed.name.as_str()))
        .with("PolicyDocument", managed.policy.document().root().clone())
        .into()
}

fn tag(tag: &Tag) -> Node<'_> {
    Object::default()
        .with_text("Key", Some(tag.key()))
        .with_text("Value", Some(tag.value()))
        .into()
}
