//! Actions.

use std::fmt;
use std::iter;
use std::ops::ControlFlow::{Break, Continue};
use std::str::FromStr;

use super::resource::Formats;
use super::text::{Details, Head, Selected, Selection};
use super::{ResourceType, Service, federated_condition_key, global_condition_key, key_matches};
use crate::arn::ArnFormat;
use crate::collected::CollectVec;
use crate::spelling::{self, UnknownNameError};

/// An action that a policy can allow or deny.
///
/// ```
/// use policy_core::catalogue::{AccessLevel, service};
///
/// let action = service("lambda").unwrap().action("CreateFunction").unwrap();
/// assert!(action.access_levels().eq([AccessLevel::Write]));
/// assert!(action.dependent_actions().any(|needed| needed == "iam:PassRole"));
/// assert!(action.resource_types().all(|on| on.resource_type().name() == "function" && on.required()));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Action {
    service: Service,
    head: Head,
}

impl Action {
    pub(super) fn new(service: Service, head: Head) -> Self {
        Self { service, head }
    }

    /// `GetObject`, as AWS writes it.
    pub fn name(&self) -> &'static str {
        self.head.name
    }

    /// The service of the action.
    pub fn service(&self) -> Service {
        self.service
    }

    /// `s3:GetObject`.
    pub fn qualified(&self) -> String {
        let (prefix, name) = (self.service.prefix(), self.name());
        let mut text = String::with_capacity(prefix.len() + 1 + name.len());
        text.push_str(prefix);
        text.push(':');
        text.push_str(name);
        text
    }

    /// Its access levels, as AWS classifies actions; some have two, `tagging` and `write`.
    pub fn access_levels(&self) -> impl Iterator<Item = AccessLevel> + use<> {
        self.head.line.split(' ').filter_map(AccessLevel::named)
    }

    /// The condition keys that are present in every request for it, whatever the resource.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        Selected::by(own_key, Details::below(self.head.body, " "))
    }

    /// The condition keys that the reference lists for it: its own, and those of its resource types. One may be repeated.
    pub fn listed_condition_keys(self) -> impl Iterator<Item = &'static str> + use<> {
        let mut keys: Vec<&'static str> = self.condition_keys().collect_vec();
        for on in self.resource_types() {
            keys.extend(on.condition_keys().chain(on.resource_type().condition_keys()));
        }
        keys.into_iter()
    }

    /// The ARN formats of its resource types.
    ///
    /// ```
    /// use policy_core::catalogue::service;
    ///
    /// let action = service("sqs").unwrap().action("SendMessage").unwrap();
    /// assert!(action.arn_formats().eq(["arn:${Partition}:sqs:${Region}:${Account}:${QueueName}"]));
    /// ```
    pub fn arn_formats(&self) -> impl Iterator<Item = ArnFormat<'static>> + use<> {
        let mut types = ActionResources::of(self);
        let mut formats = None;
        iter::from_fn(move || {
            loop {
                if let Some(format) = formats.as_mut().and_then(Formats::next) {
                    return Some(format);
                }
                formats = Some(Formats::of(types.next()?.resource_type));
            }
        })
    }

    /// The ARN formats of the resource types that it requires; of all, if it requires none.
    pub(crate) fn needed_formats(&self) -> Vec<ArnFormat<'static>> {
        let required = self.resource_types().filter(ActionResource::required);
        let required: Vec<ArnFormat<'_>> = required.flat_map(|on| on.resource_type().arn_formats()).collect_vec();
        if required.is_empty() {
            self.arn_formats().collect_vec()
        } else {
            required
        }
    }

    /// Whether it supports resource-level permissions; otherwise it only matches `"Resource": "*"`.
    pub fn has_resource_types(&self) -> bool {
        self.resource_type_names().next().is_some()
    }

    /// The names of its resource types, of which not one has been looked up.
    pub(crate) fn resource_type_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        Selected::by(resource_type, Details::below(self.head.body, " "))
    }

    /// The names of those that it requires.
    pub(crate) fn required_type_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        Selected::by(required_type, Details::below(self.head.body, " "))
    }

    /// Its resource types. If there are several, a policy names those that it applies to.
    ///
    /// ```
    /// let service = policy_core::catalogue::service("elasticloadbalancing").unwrap();
    /// assert_eq!(service.action("AddTags").unwrap().resource_types().count(), 11);
    /// ```
    pub fn resource_types(&self) -> impl Iterator<Item = ActionResource> + use<> {
        ActionResources::of(self)
    }

    /// The other actions that a caller may need in addition, qualified, `iam:PassRole`; one may be repeated.
    pub fn dependent_actions(&self) -> impl Iterator<Item = &'static str> + use<> {
        Selected::by(needed, Details::below(self.head.body, " "))
    }

    /// Whether this condition key, written as in a policy, in any case, can be present in a request for it.
    ///
    /// A key comes from one of five sources: the action, a resource type as the action uses it, that resource type, the
    /// [global keys](super::global_condition_keys) except those for tags, which only apply where they are listed, and
    /// [identity providers](super::federated_condition_key).
    ///
    /// ```
    /// let s3 = policy_core::catalogue::service("s3").unwrap();
    /// let put = s3.action("PutObject").unwrap();
    /// assert!(put.carries("s3:x-amz-acl"), "its own");
    /// assert!(put.carries("s3:RequestObjectTag/team"), "a template");
    /// assert!(put.carries("aws:PrincipalOrgID"), "global");
    /// assert!(!put.carries("s3:prefix"), "this is ListBucket's");
    /// assert!(!s3.action("ListAllMyBuckets").unwrap().carries("aws:ResourceTag/team"));
    /// ```
    pub fn carries(&self, written_key: &str) -> bool {
        self.lists(written_key)
            || global_condition_key(written_key).is_some_and(|key| !key.only_where_listed())
            || federated_condition_key(written_key).is_some()
    }

    /// Whether the reference lists this condition key for it, by itself or by way of a resource type.
    pub(crate) fn lists(&self, written_key: &str) -> bool {
        let matches = |key: &str| key_matches(key, written_key);
        self.condition_keys().any(matches)
            || self
                .resource_types()
                .any(|on| on.condition_keys().any(matches) || on.resource_type().condition_keys().any(matches))
    }
}

impl ActionResource {
    /// Whether the part of a request that is about this resource carries a condition key: AWS lists it for the action on resources
    /// of this type or for all of its requests, or it is one of the global keys. Where AWS lists no keys for the two, it may carry any.
    pub(crate) fn carries(&self, action: &Action, written_key: &str) -> bool {
        let matches = |key: &str| key_matches(key, written_key);
        action.condition_keys().any(matches)
            || self.condition_keys().any(matches)
            || self.condition_keys().next().is_none()
            || global_condition_key(written_key).is_some_and(|key| !key.only_where_listed())
    }
}

impl fmt::Debug for Action {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Action({}:{})", self.service.prefix(), self.name())
    }
}

/// A resource type as one action supports it.
///
/// ```
/// let ec2 = policy_core::catalogue::service("ec2").unwrap();
/// let run = ec2.action("RunInstances").unwrap();
/// let instance = run.resource_types().find(|on| on.resource_type().name() == "instance").unwrap();
/// assert!(instance.required());
/// assert!(instance.condition_keys().any(|key| key == "ec2:InstanceType"));
/// ```
#[derive(Clone, Copy)]
pub struct ActionResource {
    resource_type: ResourceType,
    required: bool,
    body: &'static str,
}

impl ActionResource {
    /// The resource type.
    pub fn resource_type(&self) -> ResourceType {
        self.resource_type
    }

    /// Whether AWS marks it as required: the action needs a resource of this type.
    pub fn required(&self) -> bool {
        self.required
    }

    /// The condition keys that the action has for this type, in addition to those of the type itself.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        Selected::by(key_below, Details::below(self.body, "  "))
    }

    /// The other actions that a caller needs for this type, qualified.
    pub fn dependent_actions(&self) -> impl Iterator<Item = &'static str> + use<> {
        Selected::by(needed, Details::below(self.body, "  "))
    }
}

impl PartialEq for ActionResource {
    fn eq(&self, other: &Self) -> bool {
        self.resource_type == other.resource_type && std::ptr::eq(self.body, other.body)
    }
}

impl Eq for ActionResource {}

impl fmt::Debug for ActionResource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.required { "*" } else { "" };
        write!(out, "ActionResource({}{star})", self.resource_type.name())
    }
}

/// The access level of an action, in [AWS's classes](
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_understand-policy-summary-access-level-summaries.html).
///
/// ```
/// use policy_core::catalogue::{AccessLevel, service};
///
/// let tag = service("ec2").unwrap().action("CreateTags").unwrap();
/// assert!(tag.access_levels().eq([AccessLevel::Tagging, AccessLevel::Write]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum AccessLevel {
    /// Lists resources.
    List,
    /// Reads the contents of resources.
    Read,
    /// Changes tags.
    Tagging,
    /// Creates, changes, deletes.
    Write,
    /// Changes permissions.
    PermissionsManagement,
}

impl AccessLevel {
    /// All access levels, the least privileged first.
    pub const ALL: &'static [Self] = &[
        Self::List,
        Self::Read,
        Self::Tagging,
        Self::Write,
        Self::PermissionsManagement,
    ];

    /// The name in lowercase, with a hyphen: `permissions-management`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Read => "read",
            Self::Tagging => "tagging",
            Self::Write => "write",
            Self::PermissionsManagement => "permissions-management",
        }
    }

    /// The level with this name, without the cost of an error.
    fn named(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.name() == word)
    }
}

/// The level as [`AccessLevel::name`] writes it.
impl fmt::Display for AccessLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for AccessLevel {
    type Err = UnknownNameError;

    #[inline]
    fn from_str(name: &str) -> Result<Self, UnknownNameError> {
        spelling::find("an access level", name, Self::ALL, Self::name)
    }
}

const ON: &str = " on ";
const NEEDS: &str = "needs ";

/// The name of a resource type, which has a star where the action requires it.
fn without_star(written: &'static str) -> &'static str {
    written.strip_suffix('*').unwrap_or(written)
}

/// A condition key of the action itself: those are before its resource types.
fn own_key(line: &'static str) -> Selection {
    if line.starts_with(ON) {
        Break(())
    } else {
        key_below(line)
    }
}

fn key_below(line: &'static str) -> Selection {
    Continue(Some(line.trim_start_matches(' ')).filter(|key| !key.starts_with(NEEDS)))
}

fn needed(line: &'static str) -> Selection {
    Continue(line.trim_start_matches(' ').strip_prefix(NEEDS))
}

fn resource_type(line: &'static str) -> Selection {
    Continue(line.strip_prefix(ON).map(without_star))
}

fn required_type(line: &'static str) -> Selection {
    Continue(line.strip_prefix(ON).and_then(|written| written.strip_suffix('*')))
}

/// The resource types of an action.
struct ActionResources {
    service: Service,
    details: Details,
}

impl ActionResources {
    fn of(action: &Action) -> Self {
        Self {
            service: action.service,
            details: Details::below(action.head.body, " "),
        }
    }
}

impl Iterator for ActionResources {
    type Item = ActionResource;

    fn next(&mut self) -> Option<ActionResource> {
        loop {
            let (line, body) = self.details.next()?;
            let Some(written) = line.strip_prefix(ON) else {
                continue;
            };
            let name = without_star(written);
            if let Some(resource_type) = self.service.resource_type(name) {
                return Some(ActionResource {
                    resource_type,
                    required: name.len() < written.len(),
                    body,
                });
            }
        }
    }
}
