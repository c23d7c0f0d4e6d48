//! Whether a request is allowed, if the values of some condition keys are not known.

use std::fmt;

use super::authorizer::Authorizer;
use super::caller::Caller;
use super::checked::{self, action_and_resource, in_partition, on_resource};
#[cfg(feature = "cases")]
use super::context::is_always_sent;
use super::context::{Assumed, Unknown};
use super::decision::Outcome;
use super::request::Request;
use super::request_error::RequestError;
use super::statement::StatementMatch;
use crate::catalogue::Action;
use crate::policy::Effect;
use crate::shown::Shown;

/// Whether a request is allowed, if condition keys that are not given may have any value.
///
/// Displayed as `allowed`, `denied`, or the dependencies: ``depends on `aws:SourceIp` and the key policy``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// It is allowed, whatever the values of keys that are not given.
    Allowed,
    /// It is allowed or denied, depending on these.
    Depends(Vec<Dependency>),
    /// It is denied, whatever the values of keys that are not given.
    Denied,
}

/// Something that is not given and that a decision depends on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dependency {
    /// A condition key.
    ConditionKey(String),
    /// The policy of a KMS key: see [`Outcome::DependsOnKeyPolicy`].
    KeyPolicy,
}

impl Access {
    /// Whether it is allowed for certain.
    pub const fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed)
    }

    /// Whether it is denied for certain.
    pub const fn is_denied(&self) -> bool {
        matches!(self, Self::Denied)
    }
}

impl Authorizer {
    /// Whether a request is allowed, if condition keys that it does not have may have any value: the question to ask if they are not
    /// known. Keys that follow from the caller are known, as in [`ask`](Self::ask), for which a key that is not given is missing.
    ///
    /// ```
    /// use policy_core::evaluate::{Access, Authorizer, Caller, Dependency, Request};
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let policy: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*" },
    ///     { "Effect": "Deny", "Action": "s3:*", "Resource": "*",
    ///       "Condition": { "Bool": { "aws:SecureTransport": "false" } } }] }"#.parse()?;
    /// let authorizer = Authorizer::builder().identity(&policy).build();
    /// let alice = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
    /// let request = Request::new(alice, "s3:GetObject", "arn:aws:s3:::exports/a.csv")?;
    /// let dependency = Dependency::ConditionKey("aws:SecureTransport".to_owned());
    /// assert_eq!(authorizer.access(&request), Access::Depends(vec![dependency]));
    /// assert_eq!(authorizer.access(&request.with("aws:SecureTransport", true)?), Access::Allowed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn access(&self, request: &Request) -> Access {
        let [least, most] = [Assumed::Least, Assumed::Most].map(|values| request.assuming(values, Unknown::Any));
        if self.ask(&least).is_allowed() {
            return Access::Allowed;
        }
        let outcome = self.ask(&most).outcome();
        let mut depends = match outcome {
            Outcome::Allowed => Vec::new(),
            Outcome::DependsOnKeyPolicy => vec![Dependency::KeyPolicy],
            Outcome::ExplicitlyDenied | Outcome::ImplicitlyDenied => return Access::Denied,
        };
        depends.extend(self.dependencies(&least, &most));
        depends.sort();
        depends.dedup();
        Access::Depends(depends)
    }

    /// The keys that AWS includes in every request, that a request does not have, and with which it could be answered in another way.
    #[cfg(feature = "cases")]
    pub(super) fn unsent(&self, request: &Request) -> Vec<String> {
        let [least, most] = [Assumed::Least, Assumed::Most].map(|values| request.assuming(values, Unknown::Always));
        let outcome = self.ask(request).outcome();
        if [&least, &most]
            .iter()
            .all(|assumed| self.ask(assumed).outcome() == outcome)
        {
            return Vec::new();
        }
        let keys = self.dependencies(&least, &most).filter_map(|on| match on {
            Dependency::ConditionKey(key) if is_always_sent(&key.to_ascii_lowercase()) => Some(key),
            _ => None,
        });
        let mut keys: Vec<String> = keys.collect();
        keys.sort();
        keys.dedup();
        keys
    }

    /// The keys that are not given of the statements that may apply.
    fn dependencies<'r>(&'r self, least: &'r Request, most: &'r Request) -> impl Iterator<Item = Dependency> + use<'r> {
        self.statements().flat_map(move |(id, statement)| {
            let request = if statement.effect == Effect::Deny { least } else { most };
            let may_apply = matches!(
                statement.matches(request, self.bounds(request)),
                StatementMatch::Applies(_)
            );
            let applies = may_apply && self.exemption(id.layer(), request).is_none();
            let keys = applies.then(|| statement.absent_keys(request.context()));
            keys.into_iter()
                .flatten()
                .map(|key| Dependency::ConditionKey(key.to_owned()))
        })
    }

    /// The actions on a resource that the caller is allowed, or may be: every action of the catalogue that applies to the
    /// resource is asked, and those that are denied for certain are left out. Write `*` for actions that need no resource.
    ///
    /// An action whose statements have conditions on keys other than those of the caller is [`Access::Depends`], never
    /// [`Access::Allowed`]; [`access`](Self::access) answers for one action whose keys are known.
    ///
    /// # Errors
    ///
    /// The resource is not the ARN of one resource, as it has to be in a request, no action applies to it, or it is in another partition
    /// than the caller; the caller is a service or an identity provider that nothing names. [`access`](Self::access) answers also for a
    /// request that is [unchecked](Request::unchecked).
    ///
    /// ```
    /// use policy_core::evaluate::{Access, Authorizer, Caller};
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let policy: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "sqs:*Message", "Resource": "*" },
    ///     { "Effect": "Allow", "Action": "sqs:PurgeQueue", "Resource": "*",
    ///       "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } } },
    ///     { "Effect": "Deny", "Action": "sqs:Delete*", "Resource": "*" }] }"#.parse()?;
    /// let authorizer = Authorizer::builder().identity(&policy).build();
    /// let alice = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
    /// let allowed = authorizer.allowed_actions(&alice, "arn:aws:sqs:eu-west-1:111122223333:orders")?;
    /// let lines: Vec<String> = allowed.iter().map(|(action, access)| format!("{} {access}", action.qualified())).collect();
    /// assert_eq!(
    ///     lines,
    ///     [
    ///         "sqs:PurgeQueue depends on `aws:MultiFactorAuthPresent`",
    ///         "sqs:ReceiveMessage allowed",
    ///         "sqs:SendMessage allowed",
    ///     ]
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn allowed_actions(&self, caller: &Caller, resource: &str) -> Result<Vec<(Action, Access)>, RequestError> {
        checked::caller(caller)?;
        let actions = on_resource(resource)?.into_iter();
        in_partition(caller, resource)?;
        let asked = actions.map(|action| {
            let request = Request::unchecked(caller.clone(), &action.qualified(), resource);
            (action, self.access(&request))
        });
        Ok(asked.filter(|(_, access)| !access.is_denied()).collect())
    }
}

/// Principals, each with the policies that apply to it, for questions about all of them.
///
/// ```
/// use policy_core::evaluate::{Authorizer, Caller, PrincipalSet};
/// use policy_core::policy::{IdentityPolicy, ResourcePolicy};
///
/// let read: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
///     { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }] }"#.parse()?;
/// let from_the_office: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
///     { "Effect": "Allow", "Action": "s3:*", "Resource": "*",
///       "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } }] }"#.parse()?;
/// let bucket: ResourcePolicy = r#"{ "Version": "2012-10-17", "Statement": [
///     { "Effect": "Deny", "Principal": { "AWS": "arn:aws:iam::111122223333:user/eve" },
///       "Action": "s3:*", "Resource": "arn:aws:s3:::exports/*" }] }"#.parse()?;
/// let with = |policy: &IdentityPolicy| Authorizer::builder().resource(&bucket).identity(policy).build();
/// let user = |name: &str| Caller::from_arn(&format!("arn:aws:iam::111122223333:user/{name}"));
/// let principals: PrincipalSet =
///     [(user("alice")?, with(&read)), (user("bob")?, with(&from_the_office)), (user("eve")?, with(&read))].into_iter().collect();
///
/// let who = principals.who_can("s3:GetObject", "arn:aws:s3:::exports/a.csv")?;
/// let lines: Vec<String> = who.iter().map(|(caller, access)| format!("{caller}: {access}")).collect();
/// assert_eq!(
///     lines,
///     [
///         "arn:aws:iam::111122223333:user/alice: allowed",
///         "arn:aws:iam::111122223333:user/bob: depends on `aws:SourceIp`",
///     ]
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct PrincipalSet {
    principals: Vec<(Caller, Authorizer)>,
}

impl PrincipalSet {
    /// Creates an empty set.
    #[must_use]
    pub const fn new() -> Self {
        Self { principals: Vec::new() }
    }

    /// Adds a principal, with the policies that decide its requests.
    #[must_use]
    pub fn with(mut self, caller: Caller, authorizer: Authorizer) -> Self {
        self.principals.push((caller, authorizer));
        self
    }

    /// The principals that are allowed an action on a resource, or may be, in the order in which they were added: those for which
    /// it is denied for certain are left out. Condition keys other than those of the caller may have any value.
    ///
    /// An ARN without an account, such as a bucket's, is taken for one in the account of each principal: of two accounts the principals of
    /// both may be allowed what only the owner's are.
    ///
    /// # Errors
    ///
    /// Those of [`Request::new`].
    pub fn who_can(&self, action: &str, resource: &str) -> Result<Vec<(&Caller, Access)>, RequestError> {
        action_and_resource(action, resource)?;
        for (caller, _) in &self.principals {
            checked::caller(caller)?;
        }
        let mut found = Vec::new();
        let here = self
            .principals
            .iter()
            .filter(|(caller, _)| in_partition(caller, resource).is_ok());
        for (caller, authorizer) in here {
            let request = Request::unchecked(caller.clone(), action, resource);
            match authorizer.access(&request) {
                Access::Denied => {}
                access => found.push((caller, access)),
            }
        }
        Ok(found)
    }
}

impl FromIterator<(Caller, Authorizer)> for PrincipalSet {
    fn from_iter<I: IntoIterator<Item = (Caller, Authorizer)>>(principals: I) -> Self {
        Self {
            principals: principals.into_iter().collect(),
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Allowed => f.write_str("allowed"),
            Self::Denied => f.write_str("denied"),
            Self::Depends(on) => {
                f.write_str("depends on ")?;
                for (index, dependency) in on.iter().enumerate() {
                    let separator = match index {
                        0 => "",
                        _ if index + 1 == on.len() => " and ",
                        _ => ", ",
                    };
                    write!(f, "{separator}{dependency}")?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConditionKey(key) => write!(f, "`{}`", Shown(key)),
            Self::KeyPolicy => f.write_str("the key policy"),
        }
    }
}
