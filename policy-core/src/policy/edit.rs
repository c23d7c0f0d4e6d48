//! Edits of a policy's statements.
//!
//! Each edit changes the text only where the edit is: the order, shape, spelling and whitespace of everything else stay, to the
//! byte. What is new is written like its neighbours. An edit whose result the kind of policy does not accept is the error that
//! reading the result gives, with places in that text; and so is one that leaves an element of a statement empty.

mod empty;
#[cfg(test)]
mod tests;

use crate::document::{Node, Value, rewrite};
use crate::policy::build::Statement;
use crate::policy::read::STATEMENT;
use crate::policy::versions::{common_version, of_other_version};
use crate::policy::{Policy, PolicyKind, ReadError, StatementRef, Version};

impl<K: PolicyKind> Policy<K> {
    /// Keeps only these statements.
    ///
    /// ```
    /// use policy_core::policy::{Effect, IdentityPolicy};
    ///
    /// let policy = IdentityPolicy::from_json(r#"{
    ///   "Version": "2012-10-17",
    ///   "Statement": [
    ///     { "Effect": "Allow",   "Action": "s3:getobject", "Resource": ["*"] },
    ///     { "Effect": "Deny",    "Action": "sqs:*",        "Resource": ["*"] }
    ///   ]
    /// }"#)?;
    /// let allows = policy.retain(|statement| statement.effect() == Effect::Allow)?;
    /// assert_eq!(allows.text(), r#"{
    ///   "Version": "2012-10-17",
    ///   "Statement": [
    ///     { "Effect": "Allow",   "Action": "s3:getobject", "Resource": ["*"] }
    ///   ]
    /// }"#);
    ///
    /// let error = allows.retain(|_| false).unwrap_err();
    /// assert_eq!(error.findings()[0].finding.code().name(), "MISSING_STATEMENT");
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// No statement is left.
    pub fn retain(self, mut keep: impl FnMut(StatementRef<'_>) -> bool) -> Result<Self, ReadError> {
        let version = Some(self.version());
        self.changed(|statements| statements.retain(|node| keep(StatementRef::of(node, version))))
    }

    /// Appends a statement.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    /// use policy_core::policy::build::Statement;
    ///
    /// let policy = IdentityPolicy::from_json(
    ///     r#"{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "s3:*", "Resource": "*" } }"#,
    /// )?;
    /// let policy = policy.push(Statement::deny(["s3:DeleteBucket"]).resources(["*"]))?;
    /// assert_eq!(
    ///     policy.text(),
    ///     concat!(
    ///         r#"{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "s3:*", "Resource": "*" }, "#,
    ///         r#"{ "Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "*" }] }"#,
    ///     ),
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// This kind of policy does not accept the statement, an element of it is empty, or it is of a policy of another version and has
    /// `${`, which starts a policy variable in `2012-10-17` and is only text in the older version. If no other statement has `${`, the
    /// policy gets the version of the statement instead, as from [`concat`](Self::concat).
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::{IdentityPolicy, Version};
    ///
    /// let read = |version: &str, bucket: &str| IdentityPolicy::from_json(format!(r#"{{ "Version": "{version}", "Statement": [{{
    ///     "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::{bucket}/*" }}] }}"#));
    /// let old = read("2008-10-17", "exports-${team}")?;
    /// let text = || Statement::from(old.statements().next().unwrap());
    ///
    /// assert_eq!(read("2012-10-17", "exports")?.push(text())?.version(), Version::V2008);
    /// let error = read("2012-10-17", "${aws:username}")?.push(text()).unwrap_err();
    /// assert_eq!(error.findings()[0].path.to_string(), "/Statement/1/Resource");
    /// assert_eq!(
    ///     format!("{:#}", error.findings()[0].finding),
    ///     "statement 2 is of a policy of version 2008-10-17, in which `${` is only text, and the other statements are of version \
    ///      2012-10-17, in which it starts a policy variable [VARIABLE_UNSUPPORTED_IN_VERSION]\n\
    ///      = note: in one policy, either would change its meaning\n\
    ///      = help: give both version 2012-10-17, and in the older one write `${$}{` where `${` is only text"
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn push(self, statement: Statement<K>) -> Result<Self, ReadError> {
        self.insert(usize::MAX, statement)
    }

    /// Inserts a statement before the one at `index`, from 0; behind the last if there are fewer.
    ///
    /// # Errors
    ///
    /// Those of [`push`](Self::push).
    pub fn insert(self, index: usize, statement: Statement<K>) -> Result<Self, ReadError> {
        let (own, version) = (self.version(), statement.version());
        let index = index.min(self.statements().len());
        let statement = statement.into_node().unplaced();
        let changed = self.changed(|statements| statements.insert(index, statement.clone()))?;
        changed.settled(|at| version.filter(|_| at == index).unwrap_or(own))
    }

    /// Removes the statement at `index`, from 0; without one there, the policy stays as it is.
    ///
    /// # Errors
    ///
    /// It is the only statement.
    pub fn remove(self, index: usize) -> Result<Self, ReadError> {
        self.changed(|statements| {
            if index < statements.len() {
                statements.remove(index);
            }
        })
    }

    /// Replaces each statement by what `change` returns: a statement, or `None` to remove it. Of a statement that is changed,
    /// only the changed parts are written anew.
    ///
    /// ```
    /// use policy_core::policy::{Comparison, IdentityPolicy};
    ///
    /// let policy = IdentityPolicy::from_json(r#"{
    ///   "Version": "2012-10-17",
    ///   "Statement": [
    ///     {
    ///       "Effect": "Allow",
    ///       "Resource": "arn:aws:s3:::exports/*",
    ///       "Action": [ "s3:GetObject", "s3:putobject", "s3:DeleteObject" ]
    ///     }
    ///   ]
    /// }"#)?;
    /// let policy = policy.map(|statement| {
    ///     statement
    ///         .without_action("s3:DeleteObject")
    ///         .condition(Comparison::StringEquals, "aws:PrincipalTag/team", ["data"])
    /// })?;
    /// assert_eq!(policy.text(), r#"{
    ///   "Version": "2012-10-17",
    ///   "Statement": [
    ///     {
    ///       "Effect": "Allow",
    ///       "Resource": "arn:aws:s3:::exports/*",
    ///       "Action": [ "s3:GetObject", "s3:putobject" ],
    ///       "Condition": {
    ///         "StringEquals": {
    ///           "aws:PrincipalTag/team": "data"
    ///         }
    ///       }
    ///     }
    ///   ]
    /// }"#);
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// A statement that is left without an action, a resource or a principal would match no request: remove the statement.
    ///
    /// ```
    /// use policy_core::policy::build::Statement;
    /// use policy_core::policy::{IdentityPolicy, kind::Identity};
    ///
    /// let policy = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Sid": "Keys", "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" },
    ///     { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#)?;
    ///
    /// let error = policy.clone().map(|statement| statement.without_action("kms:Decrypt")).unwrap_err();
    /// assert_eq!(error.findings()[0].path.to_string(), "/Statement/0/Action");
    /// assert_eq!(
    ///     format!("{:#}", error.findings()[0].finding),
    ///     "statement 1 `Keys` has no action: its `Action` is empty [EMPTY_ARRAY_ACTION]\n\
    ///      = note: the statement would not match any request; IAM rejects the policy, but only when it is saved\n\
    ///      = help: remove the statement, with `Policy::remove`, `Policy::retain` or `None` in `Policy::map`, or give it an action"
    /// );
    ///
    /// let without = |statement: Statement<Identity>| {
    ///     let statement = statement.without_action("kms:Decrypt");
    ///     let has_actions = statement.view().actions().values().next().is_some();
    ///     has_actions.then_some(statement)
    /// };
    /// assert_eq!(policy.map(without)?.statements().len(), 1);
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// This kind of policy does not accept a statement, a statement has an empty element that it did not have, or none is left; or a
    /// statement is of a policy of another version and has `${`, as with [`push`](Self::push).
    pub fn map<S: Into<Option<Statement<K>>>>(
        self,
        mut change: impl FnMut(Statement<K>) -> S,
    ) -> Result<Self, ReadError> {
        let own = self.version();
        let mut versions = Vec::new();
        let changed = self.changed(|statements| {
            let changed = std::mem::take(statements)
                .into_iter()
                .filter_map(|node| change(Statement::from(StatementRef::of(&node, Some(own)))).into());
            statements.extend(changed.map(|statement| {
                versions.push(statement.version().unwrap_or(own));
                statement.into_node()
            }));
        })?;
        changed.settled(|at| versions.get(at).copied().unwrap_or(own))
    }

    /// The policy, whose statements are of policies of these versions, in the version in which all mean what they meant.
    fn settled(self, version: impl Fn(usize) -> Version) -> Result<Self, ReadError> {
        let own = self.version();
        let statements = self.statements().enumerate();
        match common_version(own, statements.map(|(at, statement)| (version(at), statement.node()))) {
            Ok(common) => self.with_version(common),
            Err(index) => Err(of_other_version(self.document(), Some(self.text()), index, own)),
        }
    }

    /// The policy with its statements changed, none of which may have been left with an empty element.
    fn changed(&self, change: impl FnMut(&mut Vec<Node<'static>>)) -> Result<Self, ReadError> {
        let new = self.with_statements(change);
        let old = self.document().root();
        self.reread(rewrite(self.text(), old, &new))?.filled(old, &new)
    }

    /// The policy with its statements changed, whose places are those of the text. What is empty may stay so.
    pub(super) fn edited(&self, change: impl FnMut(&mut Vec<Node<'static>>)) -> Result<Self, ReadError> {
        self.reread(rewrite(
            self.text(),
            self.document().root(),
            &self.with_statements(change),
        ))
    }

    fn with_statements(&self, mut change: impl FnMut(&mut Vec<Node<'static>>)) -> Node<'static> {
        let old = self.document().root();
        let mut new = old.clone().into_owned();
        let members = new.members_mut().into_iter().flatten();
        for member in members.filter(|member| member.name.written() == STATEMENT) {
            let value = &mut member.value;
            if let Value::Array(statements) = &mut value.value {
                change(statements);
                continue;
            }
            // A single object stays one as long as it is the only statement.
            let place = value.place;
            let mut statements = vec![value.clone()];
            change(&mut statements);
            *value = match statements.as_slice() {
                [only] => only.clone(),
                _ => Node {
                    place,
                    value: Value::Array(statements),
                },
            };
        }
        new
    }
}
