//! Builds policies at run time.
//!
//! Use `policy!` for a policy whose structure is known at compile time. Where the structure itself is data, such as a
//! statement per tenant, or an action only if a flag is set, build the policy here:
//!
//! ```
//! use policy_core::names::SecretArn;
//! use policy_core::policy::build::Statement;
//! use policy_core::policy::{Comparison, IdentityPolicy};
//!
//! let secret = SecretArn::from_static("arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-password-a1B2c3");
//! let policy = IdentityPolicy::builder()
//!     .statement(
//!         Statement::allow(["secretsmanager:GetSecretValue"])
//!             .sid("ReadSecrets")
//!             .resources([secret])
//!             .condition(Comparison::StringEquals, "aws:PrincipalTag/team", ["data", "platform"]),
//!     )
//!     .build()?;
//! assert_eq!(
//!     policy.to_json(),
//!     concat!(
//!         r#"{"Version":"2012-10-17","Statement":[{"Sid":"ReadSecrets","Effect":"Allow","#,
//!         r#""Action":"secretsmanager:GetSecretValue","#,
//!         r#""Resource":"arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-password-a1B2c3","#,
//!         r#""Condition":{"StringEquals":{"aws:PrincipalTag/team":["data","platform"]}}}]}"#,
//!     ),
//! );
//! // Whether the actions exist and apply to the resources is checked separately.
//! assert!(policy.check().is_empty());
//! # Ok::<(), policy_core::policy::ReadError>(())
//! ```
//!
//! An element that a kind of policy does not support does not compile: `resources` in a trust policy, `principals` in
//! an identity-based policy. Missing elements are reported by [`Builder::build`], which uses the same reader as every
//! other policy.
//!
//! A [`Statement`] is also how a statement of an existing policy is edited: see [`Policy::map`].

mod edit;
mod read;
#[cfg(feature = "serde")]
mod serde;
mod statement;
#[cfg(test)]
mod tests;

use crate::document::{Document, Member, Node, Value};
use crate::policy::kind::{PolicyKind, Resource};
use crate::policy::read::STATEMENT;
use crate::policy::versions::{common_version, of_other_version};
use crate::policy::{Policy, ReadError, Version};

pub use statement::Statement;
pub(super) use statement::scalar_or_list;

/// A builder for a policy: see [`Policy::builder`].
///
/// The elements are in the order of AWS's pages, `Version`, `Id`, `Statement`; `Version` is `2012-10-17`, unless the
/// builder was made [from a policy](Policy::into_builder) of the older version, or only statements of such a policy have `${`. Statements can be collected into one:
///
/// ```
/// use policy_core::policy::IdentityPolicy;
/// use policy_core::policy::build::{Builder, Statement};
///
/// let buckets = ["exports", "imports"];
/// let read = |bucket| Statement::allow(["s3:GetObject"]).resources([format!("arn:aws:s3:::{bucket}/*")]);
/// let policy: IdentityPolicy = buckets.into_iter().map(read).collect::<Builder<_>>().build()?;
/// assert_eq!(policy.statements().len(), 2);
/// # Ok::<(), policy_core::policy::ReadError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a builder makes nothing until `build`"]
pub struct Builder<K> {
    version: Version,
    id: Option<String>,
    statements: Vec<Statement<K>>,
}

impl<K: PolicyKind> Policy<K> {
    /// Returns a builder for a policy of [statements](Statement): see [`build`](self).
    pub const fn builder() -> Builder<K> {
        Builder {
            version: Version::V2012,
            id: None,
            statements: Vec::new(),
        }
    }

    /// Returns a builder with this policy's version, `Id` and statements. The statements keep their spelling; use
    /// [`push`](Self::push) to keep the rest of the text too.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    /// use policy_core::policy::build::Statement;
    ///
    /// let policy = IdentityPolicy::from_json(
    ///     r#"{ "Statement": { "Effect": "Allow", "Action": "s3:getobject", "Resource": "*" }, "Version": "2012-10-17" }"#,
    /// )?;
    /// let more = policy.into_builder().statement(Statement::deny(["s3:PutObject"]).resources(["*"])).build()?;
    /// assert_eq!(
    ///     more.to_json(),
    ///     concat!(
    ///         r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:getobject","Resource":"*"},"#,
    ///         r#"{"Effect":"Deny","Action":"s3:PutObject","Resource":"*"}]}"#,
    ///     ),
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn into_builder(self) -> Builder<K> {
        Builder {
            version: self.version(),
            id: self.id().map(str::to_owned),
            statements: self.statements().map(Statement::from).collect(),
        }
    }
}

impl<K: PolicyKind> Builder<K> {
    /// Appends a statement.
    pub fn statement(mut self, statement: Statement<K>) -> Self {
        self.statements.push(statement);
        self
    }

    /// Appends statements.
    pub fn statements(mut self, statements: impl IntoIterator<Item = Statement<K>>) -> Self {
        self.statements.extend(statements);
        self
    }

    /// Builds the policy.
    ///
    /// # Errors
    ///
    /// The result is not a policy of this kind, an element of a statement is empty, or statements with `${` are of policies of different
    /// versions; the error lists every mistake of its structure with its path.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    /// use policy_core::policy::build::Statement;
    ///
    /// let error = IdentityPolicy::builder().statement(Statement::allow(["s3:GetObject"])).build().unwrap_err();
    /// assert!(error.to_string().starts_with("/Statement/0: the statement has no `Resource` [MISSING_RESOURCE]"));
    /// ```
    pub fn build(self) -> Result<Policy<K>, ReadError> {
        let versions: Vec<Version> = self
            .statements
            .iter()
            .map(|statement| statement.version().unwrap_or(self.version))
            .collect();
        let common = common_version(
            self.version,
            versions
                .iter()
                .copied()
                .zip(self.statements.iter().map(|statement| &statement.node)),
        );
        let version = common.unwrap_or(self.version);
        let mut members = vec![Member::built("Version", Node::string(version.name()))];
        members.extend(self.id.map(|id| Member::built("Id", Node::string(id))));
        let statements = self.statements.into_iter().map(Statement::into_node).collect();
        members.push(Member::built(STATEMENT, Node::built(Value::Array(statements))));
        let document = Document::new(Node::built(Value::Object(members))).numbered();
        let policy = Policy::from_document(&document)?.without_empties(&document)?;
        match common {
            Ok(_) => Ok(policy),
            Err(index) => Err(of_other_version(&document, None, index, version)),
        }
    }
}

impl<K: PolicyKind> Extend<Statement<K>> for Builder<K> {
    fn extend<I: IntoIterator<Item = Statement<K>>>(&mut self, statements: I) {
        self.statements.extend(statements);
    }
}

impl<K: PolicyKind> FromIterator<Statement<K>> for Builder<K> {
    fn from_iter<I: IntoIterator<Item = Statement<K>>>(statements: I) -> Self {
        Policy::builder().statements(statements)
    }
}

impl Builder<Resource> {
    /// Sets the `Id`, which some services require in resource-based policies. No other kind of policy needs one.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}
