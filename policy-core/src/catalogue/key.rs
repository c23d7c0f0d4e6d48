//! Condition keys, their types, and the templates in the names of some.

use std::fmt;
use std::sync::OnceLock;

use super::text::{Head, find};
use super::{Service, service};

use crate::collected::CollectVec;

/// The condition keys of requests to every service, from [AWS's list](
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html), by name.
///
/// ```
/// use policy_core::catalogue::global_condition_keys;
///
/// assert!(global_condition_keys().any(|key| key.name() == "aws:PrincipalOrgID"));
/// assert!(global_condition_keys().any(|key| key.name() == "lambda:SourceFunctionArn"));
/// ```
pub fn global_condition_keys() -> impl Iterator<Item = ConditionKey> {
    global_keys().iter().copied().map(ConditionKey::of)
}

/// The global condition key that a policy's text refers to, in any case and matching templates.
///
/// ```
/// use policy_core::catalogue::global_condition_key;
///
/// assert_eq!(global_condition_key("aws:principaltag/team").unwrap().name(), "aws:PrincipalTag/${TagKey}");
/// assert!(global_condition_key("aws:PrincipalTag/").is_none(), "no tag key");
/// assert!(global_condition_key("aws:SourceIP").is_some());
/// assert!(global_condition_key("aws:SourceIpAddress").is_none());
/// ```
pub fn global_condition_key(written: &str) -> Option<ConditionKey> {
    let mut templates = global_templates().iter().copied();
    let exact = find(global_keys(), written);
    exact
        .or_else(|| templates.find(|head| key_matches(head.name, written)))
        .map(ConditionKey::of)
}

/// A condition key from an identity provider, `saml:aud` or `token.actions.githubusercontent.com:sub`.
///
/// Sessions of such a provider [have them in requests to other services too](
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-other).
///
/// ```
/// use policy_core::catalogue::federated_condition_key;
///
/// assert!(federated_condition_key("saml:aud").is_some());
/// assert!(federated_condition_key("sts:ExternalId").is_none());
/// ```
pub fn federated_condition_key(written: &str) -> Option<ConditionKey> {
    key_of_foreign_prefix(written, |home| home == "sts")
}

/// The condition key that a policy's text refers to, wherever AWS documents it.
///
/// ```
/// use policy_core::catalogue::condition_key;
///
/// assert_eq!(condition_key("s3:existingobjecttag/team").unwrap().name(), "s3:ExistingObjectTag/<key>");
/// assert_eq!(condition_key("aws:SourceVpce").unwrap().name(), "aws:SourceVpce");
/// assert!(condition_key("s3:NoSuchKey").is_none());
/// ```
pub fn condition_key(written: &str) -> Option<ConditionKey> {
    global_condition_key(written).or_else(|| service_condition_key(written))
}

/// The one that is no global key.
pub(crate) fn service_condition_key(written: &str) -> Option<ConditionKey> {
    let (prefix, _) = written.split_once(':')?;
    service(prefix)
        .and_then(|service| service.condition_key(written))
        .or_else(|| key_of_foreign_prefix(written, |_| true))
}

/// The services on whose pages the keys with this prefix are, which is not their own: `sts` of `saml`.
pub(crate) fn services_of_key_prefix(prefix: &str) -> impl Iterator<Item = Service> + use<> {
    let mut homes = Vec::new();
    for (foreign, services) in key_prefixes() {
        if key_matches(foreign, prefix) {
            homes.extend(services.split(' ').filter_map(service));
        }
    }
    homes.into_iter()
}

fn key_of_foreign_prefix(written: &str, is_wanted: fn(&str) -> bool) -> Option<ConditionKey> {
    let (prefix, _) = written.split_once(':')?;
    let mut foreign = key_prefixes()
        .iter()
        .filter(|(foreign, _)| key_matches(foreign, prefix));
    foreign.find_map(|(_, homes)| {
        homes
            .split(' ')
            .filter(|home| is_wanted(home))
            .find_map(|home| service(home)?.condition_key(written))
    })
}

/// A condition key.
///
/// ```
/// use policy_core::catalogue::{Scalar, global_condition_key};
///
/// let key = global_condition_key("aws:CalledVia").unwrap();
/// assert_eq!(key.value_type().scalar, Scalar::String);
/// assert!(key.value_type().multivalued, "it wants ForAnyValue or ForAllValues");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ConditionKey(Head);

impl ConditionKey {
    pub(super) fn of(head: Head) -> Self {
        Self(head)
    }

    /// Its name as AWS writes it, with a variable for a part that users choose: `aws:ResourceTag/${TagKey}`.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    /// The type of its values; for the two keys that have two types, the first.
    pub fn value_type(&self) -> ValueType {
        let line = self.0.line;
        let end = line.bytes().position(|byte| matches!(byte, b' ' | b'|'));
        ValueType::named(end.and_then(|end| line.get(..end)).unwrap_or(line))
    }

    /// Whether operators for this type can be used with the key.
    ///
    /// ```
    /// use policy_core::catalogue::{Scalar, global_condition_key};
    ///
    /// let key = global_condition_key("aws:EpochTime").unwrap();
    /// assert!(key.accepts(Scalar::Date) && key.accepts(Scalar::Numeric));
    /// assert!(!key.accepts(Scalar::Bool));
    /// ```
    pub fn accepts(&self, scalar: Scalar) -> bool {
        self.type_names().any(|name| ValueType::named(name).scalar == scalar)
    }

    /// For a global key: whether it is only present for the actions and services that list it, as the keys for resource
    /// tags and request tags are. Every other global key applies to all actions.
    ///
    /// ```
    /// use policy_core::catalogue::global_condition_key;
    ///
    /// assert!(global_condition_key("aws:RequestTag/team").unwrap().only_where_listed());
    /// assert!(!global_condition_key("aws:PrincipalTag/team").unwrap().only_where_listed());
    /// ```
    pub fn only_where_listed(&self) -> bool {
        self.0.line.ends_with(" listed")
    }

    /// `ArrayOfString`, or `Date|Numeric`; other words follow after a space.
    fn type_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.0.line.split(' ').next().unwrap_or_default().split('|')
    }

    /// Whether a policy's text refers to this key; see [`key_matches`].
    pub fn matches(&self, written: &str) -> bool {
        key_matches(self.name(), written)
    }
}

impl fmt::Debug for ConditionKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ConditionKey({})", self.name())
    }
}

/// The type of a condition key's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ValueType {
    /// The type of one value.
    pub scalar: Scalar,
    /// Whether it can have several values in a request, `ArrayOf...` in AWS's tables. The operator then needs a
    /// [set operator](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html).
    pub multivalued: bool,
}

impl ValueType {
    fn named(word: &str) -> Self {
        let (scalar, multivalued) = match word.strip_prefix("ArrayOf") {
            Some(scalar) => (scalar, true),
            None => (word, false),
        };
        let scalar = match scalar {
            "ARN" => Scalar::Arn,
            "Binary" => Scalar::Binary,
            "Bool" => Scalar::Bool,
            "Date" => Scalar::Date,
            "IPAddress" => Scalar::IpAddress,
            "Numeric" => Scalar::Numeric,
            // A test verifies that the files contain only these words.
            _ => Scalar::String,
        };
        Self { scalar, multivalued }
    }
}

/// The type of one value, with its [operators](
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html) of its own.
///
/// ```
/// use policy_core::catalogue::{Scalar, global_condition_key};
///
/// assert_eq!(global_condition_key("aws:SourceIp").unwrap().value_type().scalar, Scalar::IpAddress);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scalar {
    /// Any text.
    String,
    /// An ARN.
    Arn,
    /// `true` or `false`.
    Bool,
    /// A number.
    Numeric,
    /// A date in ISO 8601, or seconds since 1970.
    Date,
    /// An IP address or a range of them.
    IpAddress,
    /// Bytes in base64.
    Binary,
}

/// Whether a condition key in a policy matches a template, in any case: each variable matches one character or more.
///
/// AWS's tables write variables as `${TagKey}` and `<key>`, anywhere in the key, and as `tag-key` at its end.
///
/// ```
/// use policy_core::catalogue::key_matches;
///
/// assert!(key_matches("aws:ResourceTag/${TagKey}", "AWS:resourceTag/Team"));
/// assert!(key_matches("secretsmanager:ResourceTag/tag-key", "secretsmanager:ResourceTag/Team"));
/// assert!(key_matches("profile:Metadata/${Key}/Matcher", "profile:Metadata/a/b/Matcher"));
/// assert!(!key_matches("aws:ResourceTag/${TagKey}", "aws:ResourceTag/"));
/// assert!(!key_matches("aws:TagKeys", "aws:TagKey"));
/// ```
pub fn key_matches(template: &str, written: &str) -> bool {
    let (template, written) = (template.as_bytes(), written.as_bytes());
    may_match(template, written) && bytes_match(template, written)
}

/// A quick check of the last letter, which differs for most templates and keys.
fn may_match(template: &[u8], written: &[u8]) -> bool {
    match (template.last(), written.last()) {
        (Some(b'}' | b'>' | b'y'), _) => true,
        (Some(expected), Some(found)) => expected.eq_ignore_ascii_case(found),
        (None, _) | (_, None) => template.is_empty() && written.is_empty(),
    }
}

fn bytes_match(mut template: &[u8], mut written: &[u8]) -> bool {
    loop {
        let (Some((expected, template_rest)), Some((found, written_rest))) =
            (template.split_first(), written.split_first())
        else {
            return template.is_empty() && written.is_empty();
        };
        if let Some(after) = after_variable(template) {
            if after.is_empty() {
                return true;
            }
            let mut left = written_rest;
            loop {
                if bytes_match(after, left) {
                    return true;
                }
                let Some((_, shorter)) = left.split_first() else {
                    return false;
                };
                left = shorter;
            }
        }
        if !expected.eq_ignore_ascii_case(found) {
            return false;
        }
        (template, written) = (template_rest, written_rest);
        // `tag-key` is a variable only after a slash.
        if *expected == b'/' && template == b"tag-key" {
            return !written.is_empty();
        }
    }
}

/// The rest after the variable at the start of a template, if there is one.
fn after_variable(template: &[u8]) -> Option<&[u8]> {
    let end = match template {
        [b'$', b'{', ..] => b'}',
        [b'<', ..] => b'>',
        _ => return None,
    };
    let at = template.iter().position(|byte| *byte == end)?;
    template.get(at + 1..)
}

/// Each prefix of keys that other services define, and those services.
fn key_prefixes() -> &'static [(&'static str, &'static str)] {
    static PREFIXES: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    PREFIXES.get_or_init(|| {
        let lines = include_str!("../../catalogue/key-prefixes.txt").lines();
        lines
            .filter_map(|line| line.strip_prefix("prefix ")?.split_once(' '))
            .collect_vec()
    })
}

/// Those with a variable, by which more than their names match.
fn global_templates() -> &'static [Head] {
    static TEMPLATES: OnceLock<Vec<Head>> = OnceLock::new();
    TEMPLATES.get_or_init(|| {
        let keys = global_keys().iter().copied();
        keys.filter(|head| head.name.contains("${")).collect_vec()
    })
}

fn global_keys() -> &'static [Head] {
    static KEYS: OnceLock<Vec<Head>> = OnceLock::new();
    KEYS.get_or_init(|| {
        let rows = include_str!("../../catalogue/global-keys.txt").lines();
        rows.filter_map(|row| {
            let (name, line) = row.strip_prefix("key ")?.split_once(' ')?;
            Some(Head { name, line, body: "" })
        })
        .collect_vec()
    })
}
