//! Services, and the index of names in a service's file.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::slice;
use std::sync::OnceLock;

use super::list::{RETIRED, SERVICES};
use super::text::{Head, find, find_by, find_line, order};
use super::{Action, ConditionKey, ResourceType, key_matches};
use crate::arn::Glob;

/// All services that AWS documents, in the order of their prefixes.
///
/// ```
/// let services = policy_core::catalogue::services();
/// assert!(services.map(|service| service.prefix()).any(|prefix| prefix == "secretsmanager"));
/// ```
pub fn services() -> impl Iterator<Item = Service> {
    SERVICES.iter().map(Service)
}

/// The service with this prefix, the part of an action before the colon, in any case.
///
/// ```
/// use policy_core::catalogue::service;
///
/// assert_eq!(service("SecretsManager").unwrap().prefix(), "secretsmanager");
/// assert!(service("secretmanager").is_none());
/// ```
pub fn service(prefix: &str) -> Option<Service> {
    row(&SERVICES, prefix).map(Service)
}

/// A service that AWS no longer documents. Policies may still contain it; it grants nothing new.
///
/// ```
/// use policy_core::catalogue::removed_service;
///
/// let evidently = removed_service("evidently").unwrap();
/// assert_eq!(evidently.name(), "Amazon CloudWatch Evidently");
/// assert!(removed_service("s3").is_none());
/// ```
pub fn removed_service(prefix: &str) -> Option<Removed> {
    let row = row(&RETIRED, prefix)?;
    let last_seen = row.text.lines().find_map(|line| line.strip_prefix("retired "))?;
    Some(Removed {
        name: row.title(),
        last_seen,
    })
}

/// The actions that an action in a policy matches: `s3:GetObject` itself, `s3:Get*` several, `*` those of every
/// service, in any case. They are in the order of their services and names; none if there is no such action, or AWS
/// does not accept its format (a service prefix cannot have a wildcard).
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
///
/// ```
/// use policy_core::catalogue::{AccessLevel, actions_matching};
///
/// let meant: Vec<String> = actions_matching("secretsmanager:*Secret").map(|action| action.qualified()).collect();
/// assert!(meant.contains(&"secretsmanager:DeleteSecret".to_owned()));
/// assert!(!meant.contains(&"secretsmanager:GetSecretValue".to_owned()));
///
/// let mut of_iam = actions_matching("iam:List*");
/// assert!(of_iam.all(|action| action.access_levels().all(|level| level <= AccessLevel::Read)));
/// assert_eq!(actions_matching("s3:GetObjct").count(), 0);
/// ```
pub fn actions_matching(pattern: &str) -> impl Iterator<Item = Action> + use<'_> {
    let is_all = is_every_action(pattern);
    let (prefix, name) = pattern.split_once(':').unwrap_or_default();
    let (services, name): (&[Row], _) = match row(&SERVICES, prefix) {
        _ if is_all => (&SERVICES, "*"),
        Some(row) => (slice::from_ref(row), name),
        None => (&[], name),
    };
    MatchingOfServices {
        services: services.iter(),
        name,
        current: None,
    }
}

/// Whether a pattern is `*`, or `*:*`, which AWS takes for it: no other pattern may have a wildcard before the colon.
pub(crate) fn is_every_action(pattern: &str) -> bool {
    pattern == "*:*" || !pattern.is_empty() && pattern.bytes().all(|byte| byte == b'*')
}

/// The action of this name, in any case: `s3:GetObject`.
///
/// ```
/// use policy_core::catalogue::action;
///
/// assert_eq!(action("s3:getobject").unwrap().qualified(), "s3:GetObject");
/// assert!(action("s3:GetObjct").is_none() && action("s3:Get*").is_none() && action("GetObject").is_none());
/// ```
pub fn action(qualified: &str) -> Option<Action> {
    let (prefix, name) = qualified.split_once(':')?;
    service(prefix)?.action(name)
}

/// Rows such as `s3:CopyObject GetObjectVersion PutObjectAcl`. Apart from the services' files, since checks need none of them.
pub(super) const FURTHER_ACTIONS: &str = include_str!("../../catalogue/further-actions.txt");

fn row(rows: &'static [Row], prefix: &str) -> Option<&'static Row> {
    find_by(rows, |row| row.prefix, prefix)
}

/// A service: the prefix of its actions, and the names that AWS documents for it.
///
/// ```
/// let kms = policy_core::catalogue::service("kms").unwrap();
/// assert_eq!(kms.name(), "AWS Key Management Service");
/// assert!(kms.supports_rcp());
/// assert!(kms.actions().any(|action| action.name() == "Decrypt"));
/// ```
#[derive(Clone, Copy)]
pub struct Service(&'static Row);

impl Service {
    /// `secretsmanager`.
    pub fn prefix(self) -> &'static str {
        self.0.prefix
    }

    /// `AWS Secrets Manager`.
    pub fn name(self) -> &'static str {
        self.0.title()
    }

    /// Whether [resource control policies apply to it](
    /// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services).
    pub fn supports_rcp(self) -> bool {
        self.0.supports_rcp()
    }

    /// Its actions, by name.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        Named::of(self, &self.0.index().actions, Action::new)
    }

    /// The action with this name, the part after the colon, in any case.
    ///
    /// ```
    /// let lambda = policy_core::catalogue::service("lambda").unwrap();
    /// assert_eq!(lambda.action("INVOKEFUNCTION").unwrap().name(), "InvokeFunction");
    /// assert!(lambda.action("Invoke").is_none());
    /// ```
    pub fn action(self, name: &str) -> Option<Action> {
        find(&self.0.index().actions, name).map(|head| Action::new(self, head))
    }

    /// The actions that a name with wildcards, the part after the colon, matches, in any case: `*` matches any text,
    /// including none, and `?` one character. A name without wildcards matches only the action with that name. Sorted
    /// by name.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
    ///
    /// ```
    /// let s3 = policy_core::catalogue::service("s3").unwrap();
    /// assert!(s3.actions_matching("getobjecttag*").map(|action| action.name()).eq(["GetObjectTagging"]));
    /// assert_eq!(s3.actions_matching("*").count(), s3.actions().count());
    /// assert_eq!(s3.actions_matching("Gett*").count(), 0);
    /// ```
    pub fn actions_matching(self, pattern: &str) -> impl Iterator<Item = Action> + use<'_> {
        self.matching(pattern)
    }

    fn matching(self, pattern: &str) -> Matching<'_> {
        let actions = &self.0.index().actions;
        let start = pattern.split(['*', '?']).next().unwrap_or_default();
        let heads = if start.len() < pattern.len() {
            let first = actions.partition_point(|head| order(head.name, start).is_lt());
            let alike = actions.get(first..).unwrap_or_default();
            let end = alike.partition_point(|head| begins(head.name, start));
            alike.get(..end).unwrap_or_default()
        } else {
            find_by(actions, |head| head.name, pattern).map_or(&[][..], slice::from_ref)
        };
        Matching {
            actions: Named::of(self, heads, Action::new),
            glob: Glob::wildcards(pattern),
        }
    }

    /// An action that AWS no longer documents, in any case.
    ///
    /// ```
    /// let sqs = policy_core::catalogue::service("sqs").unwrap();
    /// assert_eq!(sqs.removed_action("SendMessageBatch").unwrap().last_seen(), "2021-07");
    /// ```
    pub fn removed_action(self, name: &str) -> Option<Removed> {
        find(&self.0.index().removed, name).map(Removed::of)
    }

    /// All actions that AWS no longer documents.
    pub fn removed_actions(self) -> impl Iterator<Item = Removed> {
        Named::of(self, &self.0.index().removed, |_, head| Removed::of(head))
    }

    /// The actions that authorize an API operation that is not an action itself, in any case; none if they are not
    /// known. Some are of another service.
    ///
    /// ```
    /// use policy_core::catalogue::service;
    ///
    /// let s3 = service("s3").unwrap();
    /// assert!(s3.operation("HeadObject").map(|action| action.name()).eq(["GetObject"]));
    /// assert_eq!(s3.operation("GetObject").count(), 0, "this is an action");
    ///
    /// let mut create = service("opensearch").unwrap().operation("CreateDomain");
    /// assert_eq!(create.next().unwrap().qualified(), "es:CreateDomain");
    /// ```
    pub fn operation(self, name: &str) -> impl Iterator<Item = Action> + use<> {
        let actions = find(&self.0.index().operations, name).map_or("", |head| head.line);
        self.listed(actions).into_iter()
    }

    /// The further actions that requests of an API operation may be authorized as, [as AWS publishes
    /// them](https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html), in any case. They are
    /// those besides the action of that name and its [dependent actions](Action::dependent_actions), or besides what
    /// [`Service::operation`] gives. On what they depend, AWS does not publish.
    ///
    /// ```
    /// let s3 = policy_core::catalogue::service("s3").unwrap();
    /// let put: Vec<String> = s3.further_actions("PutObject").map(|action| action.qualified()).collect();
    /// assert!(put.contains(&"s3:PutObjectAcl".to_owned()));
    /// assert!(s3.further_actions("CopyObject").any(|action| action.name() == "GetObjectVersion"));
    /// assert_eq!(s3.further_actions("GetBucketLocation").count(), 0);
    /// ```
    pub fn further_actions(self, operation: &str) -> impl Iterator<Item = Action> + use<> {
        let name = format!("{}:{operation}", self.prefix());
        self.listed(find_line(FURTHER_ACTIONS, &name).unwrap_or_default())
            .into_iter()
    }

    /// The actions that a line names, those of other services with their prefix.
    fn listed(self, line: &'static str) -> Vec<Action> {
        let mut listed = Vec::new();
        for written in line.split(' ') {
            listed.extend(match written.split_once(':') {
                Some(_) => action(written),
                None => self.action(written),
            });
        }
        listed
    }

    /// The names of the API operations for [`Service::operation`].
    pub fn operations(self) -> impl Iterator<Item = &'static str> {
        Named::of(self, &self.0.index().operations, |_, head| head.name)
    }

    /// Its resource types, by name.
    pub fn resource_types(self) -> impl Iterator<Item = ResourceType> {
        Named::of(self, &self.0.index().resources, ResourceType::new)
    }

    /// The resource type with this name, in any case.
    ///
    /// ```
    /// let s3 = policy_core::catalogue::service("s3").unwrap();
    /// let object = s3.resource_type("object").unwrap();
    /// assert!(object.arn_formats().eq(["arn:${Partition}:s3:::${BucketName}/${ObjectName}"]));
    /// ```
    pub fn resource_type(self, name: &str) -> Option<ResourceType> {
        find(&self.0.index().resources, name).map(|head| ResourceType::new(self, head))
    }

    /// The condition keys that its page defines, by name. Some have another prefix, mostly `aws:`.
    pub fn condition_keys(self) -> impl Iterator<Item = ConditionKey> {
        Named::of(self, &self.0.index().keys, |_, head| ConditionKey::of(head))
    }

    /// The condition key that a policy's text refers to, in any case and matching templates.
    ///
    /// ```
    /// let ec2 = policy_core::catalogue::service("ec2").unwrap();
    /// let key = ec2.condition_key("ec2:resourcetag/Team").unwrap();
    /// assert_eq!(key.name(), "ec2:ResourceTag/${TagKey}");
    /// ```
    pub fn condition_key(self, written: &str) -> Option<ConditionKey> {
        let keys = &self.0.index().keys;
        let exact = find(keys, written);
        exact
            .or_else(|| keys.iter().copied().find(|head| key_matches(head.name, written)))
            .map(ConditionKey::of)
    }
}

/// Names of a service's file, in order.
struct Named<T> {
    service: Service,
    heads: slice::Iter<'static, Head>,
    make: fn(Service, Head) -> T,
}

impl<T> Named<T> {
    fn of(service: Service, heads: &'static [Head], make: fn(Service, Head) -> T) -> Self {
        let heads = heads.iter();
        Self { service, heads, make }
    }
}

impl<T> Iterator for Named<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.heads.next().map(|head| (self.make)(self.service, *head))
    }
}

/// The actions of a service that a pattern matches.
struct Matching<'p> {
    /// Those that begin as it does.
    actions: Named<Action>,
    glob: Glob<'p>,
}

impl Iterator for Matching<'_> {
    type Item = Action;

    fn next(&mut self) -> Option<Action> {
        loop {
            let action = self.actions.next()?;
            if self.glob.matches_ignore_ascii_case(action.name()) {
                return Some(action);
            }
        }
    }
}

/// The actions of several services that a pattern matches.
struct MatchingOfServices<'p> {
    services: slice::Iter<'static, Row>,
    name: &'p str,
    current: Option<Matching<'p>>,
}

impl Iterator for MatchingOfServices<'_> {
    type Item = Action;

    fn next(&mut self) -> Option<Action> {
        loop {
            if let Some(action) = self.current.as_mut().and_then(Matching::next) {
                return Some(action);
            }
            self.current = Some(Service(self.services.next()?).matching(self.name));
        }
    }
}

fn begins(name: &str, start: &str) -> bool {
    let found = name.as_bytes().get(..start.len());
    found.is_some_and(|found| found.eq_ignore_ascii_case(start.as_bytes()))
}

impl PartialEq for Service {
    fn eq(&self, other: &Self) -> bool {
        self.prefix() == other.prefix()
    }
}

impl Eq for Service {}

impl Hash for Service {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.prefix().hash(state);
    }
}

impl fmt::Debug for Service {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Service({})", self.prefix())
    }
}

/// A name that AWS no longer documents: an action's, or a service's.
///
/// ```
/// let macie = policy_core::catalogue::removed_service("macie").unwrap();
/// assert_eq!((macie.name(), macie.last_seen()), ("Amazon Macie Classic", "2024-07"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    name: &'static str,
    last_seen: &'static str,
}

impl Removed {
    fn of(head: Head) -> Self {
        Self {
            name: head.name,
            last_seen: head.line,
        }
    }

    /// The action's name as AWS wrote it, or the service's full name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The month of the last data that included it, `2025-10`.
    pub fn last_seen(&self) -> &'static str {
        self.last_seen
    }
}

/// A service's file, and its index after the first use.
pub(super) struct Row {
    prefix: &'static str,
    pub(super) text: &'static str,
    index: OnceLock<Index>,
}

/// The names in a service's file.
#[derive(Default)]
struct Index {
    keys: Vec<Head>,
    resources: Vec<Head>,
    actions: Vec<Head>,
    operations: Vec<Head>,
    removed: Vec<Head>,
}

impl Row {
    pub(super) const fn new(prefix: &'static str, text: &'static str) -> Self {
        Self {
            prefix,
            text,
            index: OnceLock::new(),
        }
    }

    /// The first line is `service <prefix> <title>`.
    fn title(&self) -> &'static str {
        let first = self.text.split_once('\n').map_or("", |(line, _)| line);
        first.splitn(3, ' ').nth(2).unwrap_or(self.prefix)
    }

    /// The second line is `rcp` if it is supported, so that the rest need not be parsed.
    fn supports_rcp(&self) -> bool {
        self.text.lines().nth(1) == Some("rcp")
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self.text))
    }
}

impl Index {
    fn of(text: &'static str) -> Self {
        let mut index = Self::default();
        let mut end = 0;
        // `split_inclusive` is twice as fast as repeated `split_once`, unoptimized.
        for line in text.split_inclusive('\n') {
            end += line.len();
            // Two lines in three are indented.
            if let [b' ', ..] = line.as_bytes() {
                continue;
            }
            let line = line.strip_suffix('\n').unwrap_or(line);
            let body = text.get(end..).unwrap_or_default();
            let Some((kind, named)) = line.split_once(' ') else {
                continue;
            };
            let heads = match kind {
                "action" => &mut index.actions,
                "key" => &mut index.keys,
                "operation" => &mut index.operations,
                "removed" => &mut index.removed,
                "resource" => {
                    // The only names that can contain spaces; formats all start with `arn:`.
                    if let Some((name, _)) = named.split_once(" arn:") {
                        let line = named.get(name.len() + 1..).unwrap_or_default();
                        index.resources.push(Head { name, line, body });
                    }
                    continue;
                }
                _ => continue,
            };
            let (name, line) = named.split_once(' ').unwrap_or((named, ""));
            heads.push(Head { name, line, body });
        }
        index
    }
}
