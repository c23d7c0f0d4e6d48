//! The resources of a Terraform file.

use policy_core::document::Node;
use policy_core::names::RolePath;

use super::place::Place;
use super::template::{interpolated, literal, policy, portable};
use crate::object::{Object, number};
use crate::render::label::Labels;
use crate::{Role, RoleDescription, SessionDuration};

/// The resources of roles, type by type, and the outputs.
#[derive(Default)]
pub(super) struct Resources<'a> {
    place: Option<&'a Place>,
    roles: Type<'a>,
    inline: Type<'a>,
    managed: Type<'a>,
    attachments: Type<'a>,
    outputs: Object<'a>,
}

impl<'a> Resources<'a> {
    pub(super) fn of(roles: &'a [Role], place: Option<&'a Place>) -> Self {
        let mut resources = Self {
            place,
            ..Self::default()
        };
        for role in roles {
            resources.add(role);
        }
        resources
    }

    /// All resources, and all outputs.
    pub(super) fn into_parts(self) -> (Object<'a>, Object<'a>) {
        let resources = Object::default()
            .with_object("aws_iam_role", self.roles.resources)
            .with_object("aws_iam_role_policy", self.inline.resources)
            .with_object("aws_iam_policy", self.managed.resources)
            .with_object("aws_iam_role_policy_attachment", self.attachments.resources);
        (resources, self.outputs)
    }

    fn add(&mut self, role: &'a Role) {
        let label = self
            .roles
            .add(&label(role.name().as_str()), role_itself(role, self.place));
        // A reference, so that Terraform makes the role first.
        let name = interpolated(format_args!("aws_iam_role.{label}.name"));
        let of_role = || Object::default().with_text("role", Some(name.clone()));

        for inline in role.policies() {
            let resource = of_role()
                .with_text("name", Some(literal(inline.name.as_str())))
                .with_text("policy", Some(policy(inline.policy.document(), self.place)));
            self.inline.add(&below(&label, inline.name.as_str()), resource);
        }
        for managed in role.managed_policies() {
            let resource = Object::default()
                .with_text("name", Some(literal(managed.name.as_str())))
                .with_text("path", path(role))
                .with_text("policy", Some(policy(managed.policy.document(), self.place)));
            let policy_label = self.managed.add(&self::label(managed.name.as_str()), resource);
            let arn = interpolated(format_args!("aws_iam_policy.{policy_label}.arn"));
            let attachment = of_role().with_text("policy_arn", Some(arn));
            self.attachments.add(&below(&label, managed.name.as_str()), attachment);
        }
        for attached in role.attached_policies() {
            let attachment = of_role().with_text("policy_arn", Some(portable(attached.as_str(), None, self.place)));
            let (_, name) = attached.as_str().rsplit_once('/').unwrap_or_default();
            self.attachments.add(&below(&label, name), attachment);
        }

        let arn = interpolated(format_args!("aws_iam_role.{label}.arn"));
        let output = Object::default().with_text("value", Some(arn));
        self.outputs = std::mem::take(&mut self.outputs).with_object(format!("{label}_arn"), output);
    }
}

/// The resources of a type, by their labels.
#[derive(Default)]
struct Type<'a> {
    labels: Labels,
    resources: Object<'a>,
}

impl<'a> Type<'a> {
    /// Adds a resource under this label, or one derived from it, and returns the label.
    fn add(&mut self, label: &str, resource: Object<'a>) -> String {
        let label = self.labels.distinct(label, "_");
        self.resources = std::mem::take(&mut self.resources).with_object(label.clone(), resource);
        label
    }
}

fn role_itself<'a>(role: &Role, place: Option<&Place>) -> Object<'a> {
    let settings = role.settings();
    let boundary = settings.permissions_boundary();
    let tags = settings.tags().iter().fold(Object::default(), |tags, tag| {
        tags.with(literal(tag.key()), Node::string(literal(tag.value())))
    });
    Object::default()
        .with_text("name", Some(literal(role.name().as_str())))
        .with_text("path", path(role))
        .with_text(
            "description",
            settings.description().map(RoleDescription::as_str).map(literal),
        )
        .with(
            "max_session_duration",
            settings
                .max_session_duration()
                .map(SessionDuration::seconds)
                .map(number),
        )
        .with_text(
            "permissions_boundary",
            boundary.map(|boundary| portable(boundary.as_str(), None, place)),
        )
        .with_text("assume_role_policy", Some(policy(role.trust().document(), place)))
        .with_object("tags", tags)
}

fn path(role: &Role) -> Option<String> {
    role.settings().path().map(RolePath::as_str).map(literal)
}

/// The label of a role's policy: its name after the label of the role, unless it starts with it, as presets' policies
/// do.
fn below(role: &str, name: &str) -> String {
    let label = label(name);
    let is_of_role = |rest: &str| rest.is_empty() || rest.starts_with(['-', '_']);
    if label.strip_prefix(role).is_some_and(is_of_role) {
        label
    } else {
        format!("{role}_{label}")
    }
}

/// The name with `_` for characters that Terraform does not allow in a label, and before those that it does not allow
/// first.
///
/// Source: <https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers>; that `-` is not the first
/// is documented for resources: <https://developer.hashicorp.com/terraform/language/resources/syntax>
fn label(name: &str) -> String {
    let takes = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    let label: String = name
        .chars()
        .map(|character| if takes(character) { character } else { '_' })
        .collect();
    if label.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        label
    } else {
        format!("_{label}")
    }
}
