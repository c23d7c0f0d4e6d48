//! A role as JSON.

use policy_core::document::{Document, Node};
use policy_core::names::{PolicyArn, PolicyName, RolePath};

use super::{InlinePolicy, ManagedPolicy, Role, RoleDescription, Tag};
use crate::object::{Object, list, number};

/// The member of the trust policy.
pub(crate) const TRUST: &str = "AssumeRolePolicyDocument";

impl Role {
    /// The role as JSON without whitespace, with the property names of `CloudFormation`: `RoleName`,
    /// `AssumeRolePolicyDocument`, and `Policies` with `PolicyName` and `PolicyDocument`; and of what is set, `Path`,
    /// `Description`, `ManagedPolicyArns`, `MaxSessionDuration`, `PermissionsBoundary` and `Tags`. Policies that are too long
    /// to be inline are in `ManagedPolicies`, with `ManagedPolicyName` and `PolicyDocument`.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>
    pub fn to_json(&self) -> String {
        self.document().to_json()
    }

    /// The same as indented JSON.
    pub fn to_json_pretty(&self) -> String {
        self.document().to_json_pretty()
    }

    /// Several roles as an indented JSON array, each as in [`to_json`](Self::to_json).
    pub fn all_to_json_pretty(roles: &[Self]) -> String {
        Document::new(list(roles.iter().map(Self::node))).to_json_pretty()
    }

    fn document(&self) -> Document<'_> {
        Document::new(self.node())
    }

    fn node(&self) -> Node<'_> {
        self.node_with(|_, document| document.root().clone())
    }

    /// The role with each of its documents as `shown` renders it.
    pub(crate) fn node_with<'a>(&'a self, shown: impl Fn(Part<'a>, &Document<'a>) -> Node<'a>) -> Node<'a> {
        let inline = |inline: &'a InlinePolicy| {
            let document = shown(Part::Inline(&inline.name), inline.policy.document());
            named("PolicyName", &inline.name, document)
        };
        let managed = |managed: &'a ManagedPolicy| {
            let document = shown(Part::Managed(&managed.name), managed.policy.document());
            named("ManagedPolicyName", &managed.name, document)
        };
        let role = self
            .head()
            .with(TRUST, shown(Part::Trust, self.trust.document()))
            .with("Policies", list(self.policies().iter().map(inline)))
            .with_list("ManagedPolicies", self.managed_policies().iter().map(managed))
            .with_list(
                "ManagedPolicyArns",
                self.attached_policies().iter().map(|arn| Node::string(arn.as_str())),
            );
        self.with_tail(role, |arn| Node::string(arn.as_str())).into()
    }

    /// The members before a role's policies, the same in every API.
    pub(crate) fn head(&self) -> Object<'_> {
        Object::default()
            .with_text("RoleName", Some(self.name.as_str()))
            .with_text("Path", self.settings.path().map(RolePath::as_str))
            .with_text("Description", self.settings.description().map(RoleDescription::as_str))
    }

    /// The role with the members after its policies; `shown` renders its permissions boundary.
    pub(crate) fn with_tail<'a>(&'a self, role: Object<'a>, shown: impl Fn(&'a PolicyArn) -> Node<'a>) -> Object<'a> {
        let settings = &self.settings;
        role.with(
            "MaxSessionDuration",
            settings
                .max_session_duration()
                .map(|duration| number(duration.seconds())),
        )
        .with("PermissionsBoundary", settings.permissions_boundary().map(shown))
        .with_list("Tags", settings.tags().iter().map(tag))
    }
}

/// A document of a role.
#[derive(Clone, Copy)]
pub(crate) enum Part<'a> {
    Trust,
    Inline(&'a PolicyName),
    Managed(&'a PolicyName),
}

fn named<'a>(member: &'static str, name: &'a PolicyName, document: Node<'a>) -> Node<'a> {
    Object::default()
        .with_text(member, Some(name.as_str()))
        .with("PolicyDocument", document)
        .into()
}

fn tag(tag: &Tag) -> Node<'_> {
    Object::default()
        .with_text("Key", Some(tag.key()))
        .with_text("Value", Some(tag.value()))
        .into()
}
