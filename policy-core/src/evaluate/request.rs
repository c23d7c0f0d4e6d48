//! A request: the caller, the action and the resource.

use std::ops::Range;
use std::sync::OnceLock;

use crate::arn::fields;

use super::caller::Caller;
use super::checked;
use super::context::{Assumed, Context, ContextValue, Unknown};
use super::request_error::RequestError;
use super::resource_account::{self, RESOURCE_ACCOUNT};
use super::service_rule::ServiceRule;
use super::unwritten::Unwritten;
use crate::catalogue::{About, key_facts};
use crate::names::AccountId;

/// A request to AWS, as policies evaluate it.
///
/// The condition keys that follow from the caller are already present (`aws:PrincipalArn`, `aws:PrincipalAccount`,
/// `aws:PrincipalType`, `aws:username` and similar, and `aws:ViaAWSService`, which is `false` until [`called_via`](Self::called_via)).
/// A key that you add must not contradict the caller.
///
/// AWS never gets a request for a misspelled action, so a test that expects it to be denied passes whatever the policies
/// are. Therefore [`new`](Self::new), [`with`](Self::with) and [`with_all`](Self::with_all) check what they are given against
/// the [catalogue](crate::catalogue):
///
/// ```
/// use policy_core::evaluate::{Caller, Request};
///
/// let caller = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
/// let request = Request::new(caller.clone(), "s3:GetObject", "arn:aws:s3:::exports/a.csv")?
///     .with("aws:SecureTransport", true)?;
/// assert_eq!(request.context().get("aws:username").unwrap(), ["alice"]);
///
/// let misspelled = Request::new(caller.clone(), "s3:DeletObject", "arn:aws:s3:::exports/a.csv").unwrap_err();
/// assert_eq!(misspelled.to_string(), "`s3:DeletObject` is not an action; write `s3:DeleteObject`");
///
/// let bucket = Request::new(caller, "s3:DeleteObject", "arn:aws:s3:::exports").unwrap_err();
/// assert_eq!(
///     bucket.to_string(),
///     "`s3:DeleteObject` applies to resources of type `accesspointobject` or `object`, and `arn:aws:s3:::exports` is not \
///      the ARN of one; write an ARN such as `arn:aws:s3:::BUCKET_NAME/OBJECT_NAME`"
/// );
///
/// let key = request.with("aws:SecureTransprt", true).unwrap_err();
/// assert_eq!(key.to_string(), "AWS has no condition key `aws:SecureTransprt`; write `aws:SecureTransport`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [`unchecked`](Self::unchecked), [`with_unchecked`](Self::with_unchecked) and
/// [`with_all_unchecked`](Self::with_all_unchecked) take any text: for a name that AWS has added since, and for programs whose
/// names come from AWS itself.
#[derive(Clone, Debug)]
pub struct Request {
    caller: Caller,
    action: String,
    /// In lowercase.
    lower_action: String,
    /// The length of the service prefix of the action.
    service: usize,
    resource: String,
    /// The range of the account ID in the resource's ARN; empty if it has none.
    written_account: Range<usize>,
    resource_account: Option<AccountId>,
    object_owner: Option<AccountId>,
    /// The rule of its service that decides it whatever the policies are, or that may deny it.
    rule: Option<ServiceRule>,
    /// Whether the resource is a KMS key.
    is_of_key: bool,
    is_via_service: bool,
    /// What it may be about, if its resource is `*`: read when a `Deny` asks.
    unwritten: Option<Box<OnceLock<Unwritten>>>,
    context: Context,
}

impl Request {
    /// Creates a request for an action such as `s3:GetObject` on a resource: its ARN, or `*` for an action that needs no
    /// resource. A wildcard in the last field of the ARN is text where it can be, as in that of an instance that is to be launched,
    /// `instance/*`, or in the key of an object.
    ///
    /// # Errors
    ///
    /// AWS has no such action, or the text is a pattern; the resource is not an ARN, not that of a resource that the action
    /// applies to, or one that cannot exist, such as a role `*`, or a Region in another partition; the caller is in another
    /// partition than the resource, or is a service or an identity provider of a name that none has. All mistakes are reported.
    /// Actions that AWS no longer documents are accepted.
    ///
    /// ```
    /// use policy_core::evaluate::{Caller, Request};
    ///
    /// let alice = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
    /// for (action, resource, wrong) in [
    ///     (
    ///         "sqs:SendMessage",
    ///         "arn:aws:sqs:*:111122223333:jobs",
    ///         "a request is for one resource, and the Region `*` of `arn:aws:sqs:*:111122223333:jobs` is a pattern; write the \
    ///          Region, such as `eu-west-1`",
    ///     ),
    ///     (
    ///         "sqs:SendMessage",
    ///         "arn:aws-cn:sqs:cn-north-1:111122223333:jobs",
    ///         "`arn:aws-cn:sqs:cn-north-1:111122223333:jobs` is in the partition `aws-cn` and the caller in `aws`, and AWS accepts no \
    ///          credentials of another partition; write a resource and a caller of the same one",
    ///     ),
    ///     (
    ///         "ec2:StartInstances",
    ///         "arn:aws:ec2:eu-west-1:111122223333:instance/i-0ABCDEF0123456789",
    ///         "`arn:aws:ec2:eu-west-1:111122223333:instance/i-0ABCDEF0123456789` is not the ARN of an EC2 instance: in its id \
    ///          `i-0ABCDEF0123456789`, `A` at position 4 is uppercase; write \
    ///          `arn:aws:ec2:eu-west-1:111122223333:instance/i-0abcdef0123456789` (the whole ARN)",
    ///     ),
    /// ] {
    ///     assert_eq!(Request::new(alice.clone(), action, resource).unwrap_err().to_string(), wrong);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(caller: Caller, action: &str, resource: &str) -> Result<Self, RequestError> {
        checked::request(&caller, action, resource)?;
        Ok(Self::unchecked(caller, action, resource))
    }

    /// Creates a request without any check of the caller, the action and the resource. A program that only calls this function, and
    /// [`with_unchecked`](Self::with_unchecked), pays nothing for the check.
    ///
    /// ```
    /// use policy_core::evaluate::{Caller, Request};
    ///
    /// let caller = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
    /// let new = Request::unchecked(caller, "s3:GetObjectOfTomorrow", "arn:aws:s3:::exports/a.csv");
    /// assert_eq!(new.action(), "s3:GetObjectOfTomorrow");
    /// # Ok::<(), policy_core::evaluate::ParseCallerError>(())
    /// ```
    #[must_use]
    pub fn unchecked(caller: Caller, action: &str, resource: &str) -> Self {
        let mut context = Context::new();
        caller.describe(&mut context);
        // `called_via` says that a service makes the request for the caller.
        if !caller.is_service() {
            context.set("aws:ViaAWSService", vec!["false".to_owned()]);
        }
        let lower_action = action.to_ascii_lowercase();
        if let Some(account) = resource_account::of(&lower_action, resource) {
            context.set(RESOURCE_ACCOUNT, vec![account.to_owned()]);
        }
        Self {
            rule: ServiceRule::of(&caller, &lower_action, resource),
            unwritten: (resource == "*").then(Box::default),
            is_of_key: lower_action.starts_with("kms:") && is_key(resource),
            caller,
            action: action.to_owned(),
            lower_action,
            service: action.find(':').unwrap_or(action.len()),
            resource: resource.to_owned(),
            written_account: account_in(resource),
            resource_account: None,
            object_owner: None,
            is_via_service: false,
            context,
        }
    }

    /// Adds a condition key with one value.
    ///
    /// # Errors
    ///
    /// AWS has no such key, or does not send it for the action, or the value does not have the type of the key, or it is not the value
    /// that follows from the caller: of the user `alice`, `aws:username` is `alice`. The ARN of a session does not have the path of its
    /// role, so `aws:PrincipalArn` may be the role's ARN with its path; and `aws:userid` is the unique ID of a user, or that of a role
    /// with the name of the session, which do not follow from the ARN.
    ///
    /// ```
    /// use policy_core::evaluate::{Caller, Request};
    ///
    /// let caller = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
    /// let read = || Request::new(caller.clone(), "s3:GetObject", "arn:aws:s3:::exports/a.csv");
    /// for (key, value, wrong) in [
    ///     ("aws:SourceIp", "10.0.0.0/8", "`aws:SourceIp` holds an IP address, not `10.0.0.0/8`; write a single address, such as `10.0.0.1`"),
    ///     ("aws:SecureTransport", "yes", "`aws:SecureTransport` holds `true` or `false`, not `yes`; write one of the two"),
    ///     (
    ///         "aws:PrincipalOrgID",
    ///         "o-*",
    ///         "`o-*` is not an organization ID: `*` at position 3 is a wildcard, which is not allowed here; write `o-` and 10 to 32 \
    ///          lowercase letters and digits, such as `o-a1b2c3d4e5`",
    ///     ),
    ///     (
    ///         "s3:prefix",
    ///         "exports/",
    ///         "the condition key `s3:prefix` is never present in requests for `s3:GetObject`; leave the condition key out",
    ///     ),
    ///     (
    ///         "aws:username",
    ///         "bob",
    ///         "`aws:username` follows from the caller `arn:aws:iam::111122223333:user/alice` and is `alice`, not `bob`; leave the condition \
    ///          key out, or write another caller",
    ///     ),
    /// ] {
    ///     assert_eq!(read()?.with(key, value).unwrap_err().to_string(), wrong);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with(self, key: &str, value: impl Into<ContextValue>) -> Result<Self, RequestError> {
        self.with_all(key, [value])
    }

    /// Adds a condition key with several values, or an empty set.
    ///
    /// # Errors
    ///
    /// Those of [`with`](Self::with), and several values of a key that has one.
    pub fn with_all<V: Into<ContextValue>>(
        self,
        key: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Result<Self, RequestError> {
        let values: Vec<ContextValue> = values.into_iter().map(Into::into).collect();
        let texts: Vec<&str> = values.iter().map(ContextValue::as_str).collect();
        let contradiction = resource_account::contradiction(&self.action, &self.resource, key, &texts);
        RequestError::of(contradiction.into_iter().collect())?;
        checked::condition_key(&self.caller, &self.action, key, &values)?;
        Ok(self.with_all_unchecked(key, values))
    }

    /// Adds a condition key with one value, without any check. It replaces one that follows from the caller.
    #[must_use]
    pub fn with_unchecked(self, key: &str, value: impl Into<ContextValue>) -> Self {
        self.with_all_unchecked(key, [value])
    }

    /// Adds a condition key with several values, or an empty set, without any check. It replaces one that follows from the caller.
    #[must_use]
    pub fn with_all_unchecked<V: Into<ContextValue>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.context = self.context.with_all(key, values);
        self
    }

    /// Sets the account that owns the resource: needed if its ARN does not contain it, as for a bucket. Otherwise a
    /// resource without an account in its ARN is treated as in the caller's account, and has no `aws:ResourceAccount`.
    #[must_use]
    pub fn resource_account(mut self, account: AccountId) -> Self {
        self.context = self.context.with(RESOURCE_ACCOUNT, account.as_str());
        self.resource_account = Some(account);
        self
    }

    /// Sets the account that owns the object, if it is not that of the bucket, for a bucket whose object ownership is not
    /// `BucketOwnerEnforced`. The bucket policy grants no access to such an object, but may deny it.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html>
    ///
    /// ```
    /// use policy_core::evaluate::{Authorizer, Caller, Request, ServiceRule};
    /// use policy_core::names::AccountId;
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let all: IdentityPolicy = r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "s3:*", "Resource": "*" }] }"#.parse()?;
    /// let authorizer = Authorizer::builder().identity(&all).build();
    /// let request = Request::new(
    ///     Caller::from_arn("arn:aws:iam::111122223333:user/alice")?,
    ///     "s3:GetObject",
    ///     "arn:aws:s3:::exports/a.csv",
    /// )?;
    /// assert!(authorizer.ask(&request).is_allowed());
    /// let request = request.object_owner(AccountId::new("444455556666")?);
    /// assert_eq!(authorizer.ask(&request).rule(), Some(ServiceRule::ObjectOwner));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn object_owner(mut self, account: AccountId) -> Self {
        self.object_owner = Some(account);
        self.rule = self.rule.or(Some(ServiceRule::ObjectOwner));
        self
    }

    /// The same request as a service makes it for the caller: a forward access session. Called again, it adds the next service
    /// of a chain.
    ///
    /// `aws:ViaAWSService`, `aws:CalledVia`, `aws:CalledViaFirst` and `aws:CalledViaLast` are set; the keys for the network
    /// location of the caller, such as `aws:SourceIp` and `aws:SourceVpce`, are removed.
    ///
    /// Sources: <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html>,
    /// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice>
    ///
    /// ```
    /// use policy_core::evaluate::{Caller, Request};
    ///
    /// let request = Request::new(
    ///     Caller::from_arn("arn:aws:iam::111122223333:user/alice")?,
    ///     "kms:Decrypt",
    ///     "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    /// )?
    /// .with("aws:SourceIp", "203.0.113.9")?
    /// .called_via("cloudformation.amazonaws.com")?
    /// .called_via("dynamodb.amazonaws.com")?;
    /// let context = request.context();
    /// assert_eq!(context.get("aws:CalledVia").unwrap(), ["cloudformation.amazonaws.com", "dynamodb.amazonaws.com"]);
    /// assert_eq!(context.get("aws:CalledViaLast").unwrap(), ["dynamodb.amazonaws.com"]);
    /// assert_eq!(context.get("aws:ViaAWSService").unwrap(), ["true"]);
    /// assert_eq!(context.get("aws:SourceIp"), None);
    ///
    /// let error = request.called_via("dynamodb").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "`dynamodb` is not a service principal: it does not end with `.amazonaws.com`; write `dynamodb.amazonaws.com` (the service's \
    ///      host name)"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The text is not the name of a service.
    pub fn called_via(self, service: &str) -> Result<Self, RequestError> {
        checked::calling_service(service)?;
        Ok(self.called_via_unchecked(service))
    }

    /// The same request as a service makes it for the caller, without any check of its name: see [`called_via`](Self::called_via).
    #[must_use]
    pub fn called_via_unchecked(mut self, service: &str) -> Self {
        let mut chain = self.context.get("aws:CalledVia").unwrap_or_default().to_vec();
        chain.push(service.to_owned());
        self.context
            .remove(|key| key_facts(key).is_some_and(|facts| facts.about == Some(About::Network)));
        self.context = self.context.with("aws:ViaAWSService", true);
        for (key, service) in [
            ("aws:CalledViaFirst", chain.first()),
            ("aws:CalledViaLast", chain.last()),
        ] {
            self.context.set(key, service.into_iter().cloned().collect());
        }
        self.context.set("aws:CalledVia", chain);
        self.is_via_service = true;
        self
    }

    /// The caller.
    pub const fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The action, as given.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// The resource, as given.
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// The request context.
    pub const fn context(&self) -> &Context {
        &self.context
    }

    /// The same request, with what is assumed of condition keys that it does not have.
    pub(super) fn assuming(&self, values: Assumed, of: Unknown) -> Self {
        let mut request = self.clone();
        request.context.assume(values, of);
        request
    }

    pub(super) const fn rule(&self) -> Option<ServiceRule> {
        self.rule
    }

    pub(super) const fn is_of_key(&self) -> bool {
        self.is_of_key
    }

    pub(super) const fn is_via_service(&self) -> bool {
        self.is_via_service
    }

    /// Whether the caller is in the account that owns the object.
    pub(super) fn is_of_object_owner(&self) -> bool {
        let owner = self.object_owner.as_ref().map(AccountId::as_str);
        owner.is_some() && owner == self.caller.account()
    }

    pub(super) fn lower_action(&self) -> &str {
        &self.lower_action
    }

    /// What it may be about, if its resource is `*`.
    #[inline]
    pub(super) fn unwritten(&self) -> Option<&Unwritten> {
        let unwritten = self.unwritten.as_ref()?;
        Some(unwritten.get_or_init(|| Unwritten::of(&self.action)))
    }

    /// The service prefix of the action, in lowercase.
    pub(super) fn lower_service(&self) -> &str {
        self.lower_action.get(..self.service).unwrap_or_default()
    }

    /// The owner of the resource, as far as known: the caller's account by default.
    pub(super) fn owner(&self) -> Option<&str> {
        self.named_owner().or_else(|| self.caller.account())
    }

    /// The owner of the resource, if it is known: of an object in a bucket, whose ARN has no account, it is not.
    pub(super) fn known_owner(&self) -> Option<&str> {
        let is_of_caller = self.resource == "*";
        self.named_owner()
            .or_else(|| self.caller.account().filter(|_| is_of_caller))
    }

    /// Whether caller and resource are in the same account, as far as known.
    pub(super) fn is_within_account(&self) -> bool {
        match (self.caller.account(), self.named_owner()) {
            (Some(own), Some(owner)) => own == owner || owner == "aws",
            (Some(_), None) => true,
            (None, _) => false,
        }
    }

    fn named_owner(&self) -> Option<&str> {
        let written = || {
            self.resource
                .get(self.written_account.clone())
                .filter(|account| !account.is_empty())
        };
        self.resource_account.as_ref().map(AccountId::as_str).or_else(written)
    }
}

/// Whether an ARN is that of a KMS key.
fn is_key(arn: &str) -> bool {
    let mut fields = fields(arn, false);
    fields.nth(2) == Some("kms") && fields.nth(2).is_some_and(|resource| resource.starts_with("key/"))
}

/// The range of the fifth field of an ARN.
fn account_in(arn: &str) -> Range<usize> {
    let start: usize = fields(arn, false).take(4).map(|field| field.len() + 1).sum();
    start..start + fields(arn, false).nth(4).map_or(0, str::len)
}
