//! Actions.

use std::fmt;
use std::iter;
use std::ops::ControlFlow::{Break, Continue};
use std::str::FromStr;

use super::resource::Formats;
use super::text::{Details, Head, Selected, Selection};
use super::{ResourceType, Service, federated_condition_key, global_condition_key, key_matches};
use crate::arn::ArnFormat;
use crate::bytes;
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

    /// The condition keys that the reference lists for it: its own, and those of its resource types, each once.
    pub fn listed_condition_keys(self) -> impl Iterator<Item = &'static str> + use<> {
        let mut keys: Vec<&'static str> = self.condition_keys().collect_vec();
        for on in self.resource_types() {
            for key in on.condition_keys().chain(on.resource_type().condition_keys()) {
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
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
        let service = self.service;
        let mut types = self.types();
        let mut formats = None;
        iter::from_fn(move || {
            loop {
                if let Some(format) = formats.as_mut().and_then(Formats::next) {
                    return Some(format);
                }
                formats = service.resource_type(types.next()?.name()).map(Formats::of);
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
        self.head.body.starts_with(ON)
    }

    /// Its resource types, of which not one has been looked up.
    pub(crate) fn types(&self) -> TypeNames {
        TypeNames::below(self.head.body)
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
    /// [identity providers](super::federated_condition_key). The keys of the tags in a request, `aws:RequestTag/` and `aws:TagKeys`,
    /// come from the first two only: that a resource type lists them says that some actions tag its resources.
    ///
    /// ```
    /// let s3 = policy_core::catalogue::service("s3").unwrap();
    /// let put = s3.action("PutObject").unwrap();
    /// assert!(put.carries("s3:x-amz-acl"), "its own");
    /// assert!(put.carries("s3:RequestObjectTag/team"), "a template");
    /// assert!(put.carries("aws:PrincipalOrgID"), "global");
    /// assert!(!put.carries("s3:prefix"), "this is ListBucket's");
    /// assert!(!s3.action("ListAllMyBuckets").unwrap().carries("aws:ResourceTag/team"));
    ///
    /// let ec2 = policy_core::catalogue::service("ec2").unwrap();
    /// assert!(ec2.action("RunInstances").unwrap().carries("aws:RequestTag/team"));
    /// assert!(!ec2.action("StopInstances").unwrap().carries("aws:RequestTag/team"), "it takes no tags");
    /// ```
    pub fn carries(&self, written_key: &str) -> bool {
        self.lists(written_key)
            || global_condition_key(written_key).is_some_and(|key| !key.only_where_listed())
            || federated_condition_key(written_key).is_some()
    }

    /// Whether the reference lists this condition key for it, by itself or by way of a resource type.
    pub(crate) fn lists(&self, written_key: &str) -> bool {
        Listing::of(written_key).has(self)
    }
}

/// Whether actions list a condition key: of many that are asked, most have resource types in common.
pub(crate) struct Listing<'k> {
    written_key: &'k str,
    /// Whether it is one of the tags in a request, which the request has if the action takes tags.
    is_of_request: bool,
    /// The resource types that have been asked for.
    types: Vec<(ResourceType, bool)>,
}

impl<'k> Listing<'k> {
    pub(crate) fn of(written_key: &'k str) -> Self {
        let is_of_request = ["aws:RequestTag/${TagKey}", "aws:TagKeys"];
        Self {
            written_key,
            is_of_request: is_of_request.iter().any(|key| key_matches(key, written_key)),
            types: Vec::new(),
        }
    }

    pub(crate) fn has(&mut self, action: &Action) -> bool {
        Selected::by(any_key, Details::below(action.head.body, " ")).any(|key| key_matches(key, self.written_key))
            || !self.is_of_request && action.types().any(|on| self.has_type(action.service, on.name()))
    }

    fn has_type(&mut self, service: Service, name: &str) -> bool {
        let mut known = self.types.iter();
        if let Some((_, has)) = known.find(|(of, _)| of.name() == name && of.service() == service) {
            return *has;
        }
        let Some(of) = service.resource_type(name) else {
            return false;
        };
        let has = of.condition_keys().any(|key| key_matches(key, self.written_key));
        self.types.push((of, has));
        has
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
    written: TypeName,
    body: &'static str,
}

impl ActionResource {
    /// The resource type.
    pub fn resource_type(&self) -> ResourceType {
        self.resource_type
    }

    /// Whether AWS marks it as required: the action needs a resource of this type.
    pub fn required(&self) -> bool {
        self.written.is_required()
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
        std::ptr::eq(self.written.0, other.written.0)
    }
}

impl Eq for ActionResource {}

impl fmt::Debug for ActionResource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ActionResource({})", self.written.0)
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
const OF: &str = " of ";
const NEEDS: &str = "needs ";

/// A condition key of the action itself: those are before what its resource types have of their own.
fn own_key(line: &'static str) -> Selection {
    if line.starts_with(OF) { Break(()) } else { any_key(line) }
}

/// A condition key of the action itself or of one of its resource types.
fn any_key(line: &'static str) -> Selection {
    if line.starts_with(OF) || line.starts_with(ON) {
        Continue(None)
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

/// A resource type of an action, as its line has it: with a star where the action requires it.
#[derive(Clone, Copy)]
pub(crate) struct TypeName(&'static str);

impl TypeName {
    pub(crate) fn name(self) -> &'static str {
        self.0.strip_suffix('*').unwrap_or(self.0)
    }

    pub(crate) fn is_required(self) -> bool {
        self.0.ends_with('*')
    }
}

/// The resource types of an action's line ` on instance*, volume`, the first below its head.
pub(crate) struct TypeNames {
    /// The text from the next one on; empty behind the last.
    rest: &'static str,
}

impl TypeNames {
    fn below(body: &'static str) -> Self {
        let line = body.strip_prefix(ON).unwrap_or_default();
        let end = bytes::find(b'\n', line.as_bytes()).unwrap_or_default();
        Self {
            rest: line.get(..end).unwrap_or_default(),
        }
    }
}

impl Iterator for TypeNames {
    type Item = TypeName;

    fn next(&mut self) -> Option<TypeName> {
        let (name, rest) = match bytes::find(b',', self.rest.as_bytes()) {
            Some(end) => (self.rest.get(..end)?, self.rest.get(end + ", ".len()..)?),
            None => (self.rest, ""),
        };
        self.rest = rest;
        Some(TypeName(name)).filter(|_| !name.is_empty())
    }
}

/// The resource types of an action.
struct ActionResources {
    service: Service,
    types: TypeNames,
    /// The lines behind what has been found.
    details: Details,
    /// The next type that has something of its own, and the text below its line: those are in the order of the types.
    next: Option<(&'static str, &'static str)>,
}

impl ActionResources {
    fn of(action: &Action) -> Self {
        Self {
            service: action.service,
            types: action.types(),
            details: Details::below(action.head.body, " "),
            next: None,
        }
    }

    /// The text that begins with what the type of this name has of its own.
    fn body(&mut self, name: &str) -> &'static str {
        while self.next.is_none() {
            let Some((line, below)) = self.details.next() else {
                return "";
            };
            self.next = line.strip_prefix(OF).map(|name| (name, below));
        }
        match self.next {
            Some((next, body)) if next == name => {
                self.next = None;
                body
            }
            _ => "",
        }
    }
}

impl Iterator for ActionResources {
    type Item = ActionResource;

    fn next(&mut self) -> Option<ActionResource> {
        loop {
            let written = self.types.next()?;
            let body = self.body(written.name());
            if let Some(resource_type) = self.service.resource_type(written.name()) {
                return Some(ActionResource {
                    resource_type,
                    written,
                    body,
                });
            }
        }
    }
}
