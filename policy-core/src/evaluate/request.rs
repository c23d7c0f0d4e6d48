//! A request: the caller, the action and the resource.

use crate::arn::fields;
use std::ops::Range;

use super::caller::Caller;
use super::context::{Context, ContextValue};
use crate::names::AccountId;

/// A request to AWS, as policies evaluate it.
///
/// The condition keys that follow from the caller are already present (`aws:PrincipalArn`, `aws:PrincipalAccount`,
/// `aws:PrincipalType`, `aws:username` and similar); keys that you add replace them.
///
/// ```
/// use policy_core::evaluate::{Caller, Request};
///
/// let caller = Caller::from_arn("arn:aws:iam::111122223333:user/alice")?;
/// let request = Request::new(caller, "s3:GetObject", "arn:aws:s3:::exports/a.csv").with("aws:SecureTransport", true);
/// assert_eq!(request.context().get("aws:username").unwrap(), ["alice"]);
/// # Ok::<(), policy_core::evaluate::ParseCallerError>(())
/// ```
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
    context: Context,
}

impl Request {
    /// Creates a request for an action such as `s3:GetObject` on a resource: its ARN, or `*` for actions that do not
    /// support resource-level permissions.
    #[must_use]
    pub fn new(caller: Caller, action: &str, resource: &str) -> Self {
        let mut context = Context::new();
        caller.describe(&mut context);
        Self {
            caller,
            action: action.to_owned(),
            lower_action: action.to_ascii_lowercase(),
            service: action.find(':').unwrap_or(action.len()),
            resource: resource.to_owned(),
            written_account: account_in(resource),
            resource_account: None,
            context,
        }
    }

    /// Adds a condition key with one value.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<ContextValue>) -> Self {
        self.context = self.context.with(key, value);
        self
    }

    /// Adds a condition key with several values, or an empty set.
    #[must_use]
    pub fn with_all<V: Into<ContextValue>>(mut self, key: &str, values: impl IntoIterator<Item = V>) -> Self {
        self.context = self.context.with_all(key, values);
        self
    }

    /// Sets the account that owns the resource: needed if its ARN does not contain it, as for a bucket. Otherwise a
    /// resource without an account in its ARN is treated as in the caller's account.
    #[must_use]
    pub fn resource_account(mut self, account: AccountId) -> Self {
        self.context = self.context.with("aws:ResourceAccount", account.as_str());
        self.resource_account = Some(account);
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

    pub(super) fn lower_action(&self) -> &str {
        &self.lower_action
    }

    /// The service prefix of the action, in lowercase.
    pub(super) fn lower_service(&self) -> &str {
        self.lower_action.get(..self.service).unwrap_or_default()
    }

    /// The owner of the resource, as far as known: the caller's account by default.
    pub(super) fn owner(&self) -> Option<&str> {
        self.named_owner().or_else(|| self.caller.account())
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
        let written = self
            .resource
            .get(self.written_account.clone())
            .filter(|account| !account.is_empty());
        self.resource_account.as_ref().map(AccountId::as_str).or(written)
    }
}

/// The range of the fifth field of an ARN.
fn account_in(arn: &str) -> Range<usize> {
    let start: usize = fields(arn, false).take(4).map(|field| field.len() + 1).sum();
    start..start + fields(arn, false).nth(4).map_or(0, str::len)
}
