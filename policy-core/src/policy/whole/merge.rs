//! Two policies as one.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};
use std::fmt;

use crate::document::{Member, Node, rewrite};
use crate::policy::build::Statement;
use crate::policy::compare::StatementMeaning;
use crate::policy::statement::in_policy;
use crate::policy::versions::{GIVE_BOTH, common_version};
use crate::policy::{Policy, PolicyKind, ReadError, StatementRef, Version, read};

impl<K: PolicyKind> Policy<K> {
    /// This policy with the statements of another appended, all of them and as they are.
    ///
    /// Statements keep their `Sid`s: if both policies use the same one, [`check`](Self::check) reports it, and [`merge`](Self::merge)
    /// gives it a number. Where the versions differ, the result has the one in which `${...}` means what it meant.
    ///
    /// # Errors
    ///
    /// Those of [`merge`](Self::merge).
    pub fn concat(&self, other: &Self) -> Result<Self, MergeError> {
        let version = self.common_version(other)?;
        let theirs = other
            .statements()
            .map(|statement| statement.node().clone().into_owned().unplaced());
        Ok(self.with_appended(&theirs.collect::<Vec<_>>(), version))
    }

    /// This policy with the statements of another appended, which grants what both grant together and denies what either
    /// denies.
    ///
    /// A statement that is [equivalent](Self::is_equivalent) to one that is there already is left out. A `Sid` that is taken gets
    /// a number, as AWS requires them to be unique. The text of this policy stays as it is. [`concat`](Self::concat) keeps
    /// all statements and `Sid`s.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let base = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#)?;
    /// let team = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Sid": "Exports", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::exports/*"] },
    ///     { "Sid": "Read", "Effect": "Allow", "Action": "sqs:ReceiveMessage", "Resource": "*" }] }"#)?;
    /// let merged = base.merge(&team)?;
    /// let sids: Vec<_> = merged.statements().map(|statement| statement.sid()).collect();
    /// assert_eq!(sids, [Some("Read"), Some("Read2")]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Both have `${`, and their versions differ: in `2012-10-17` it starts a policy variable, and before it is only text. If one
    /// of them has it, the result has the version of that one.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let home = |version: &str| IdentityPolicy::from_json(format!(r#"{{ "Version": "{version}", "Statement": [{{
    ///     "Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::home/${{aws:username}}/*" }}] }}"#));
    /// let error = home("2012-10-17")?.merge(&home("2008-10-17")?).unwrap_err();
    /// assert!(error.to_string().ends_with(
    ///     "give both version 2012-10-17, and in the older one write `${$}{` where `${` is only text"
    /// ));
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn merge(&self, other: &Self) -> Result<Self, MergeError> {
        let (ours, theirs) = (read(self.document(), K::KIND).0, read(other.document(), K::KIND).0);
        let version = self.common_version(other)?;
        let mut known: BTreeSet<_> = ours.statements.iter().map(StatementMeaning::of).collect();
        let mut sids: HashSet<String> = self
            .statements()
            .filter_map(|own| own.sid().map(str::to_owned))
            .collect();
        let mut new = Vec::new();
        for statement in &theirs.statements {
            if !known.insert(StatementMeaning::of(statement)) {
                continue;
            }
            let statement = StatementRef::of(statement.node, None);
            let mut owned = Statement::<K>::from(statement);
            if let Some(sid) = statement.sid() {
                let sid = free(sid, &sids);
                if Some(&*sid) != statement.sid() {
                    owned = owned.sid(&*sid);
                }
                sids.insert(sid);
            }
            new.push(owned.into_node().unplaced());
        }
        Ok(self.with_appended(&new, version))
    }

    /// The version in which the statements of both mean what they meant.
    fn common_version(&self, other: &Self) -> Result<Version, MergeError> {
        let versions = (self.version(), other.version());
        let ours = self.statements().map(|statement| (versions.0, statement.node()));
        let theirs = other.statements().map(|statement| (versions.1, statement.node()));
        common_version(versions.0, ours.chain(theirs)).map_err(|index| {
            let statement = index.saturating_sub(self.statements().len());
            let json = other.statements().nth(statement).map(StatementRef::to_json);
            MergeError {
                versions,
                statement,
                json: json.unwrap_or_default(),
            }
        })
    }

    fn with_appended(&self, new: &[Node<'static>], version: Version) -> Self {
        let joined = self
            .edited(|statements| statements.extend(new.iter().cloned()))
            .and_then(|joined| joined.with_version(version));
        joined.unwrap_or_else(|_| unreachable!("both are policies of this kind"))
    }

    pub(in crate::policy) fn with_version(&self, version: Version) -> Result<Self, ReadError> {
        if self.version() == version {
            return Ok(self.clone());
        }
        let old = self.document().root();
        let mut new = old.clone();
        let value = Node::string(version.name());
        if let Some(members) = new.members_mut() {
            match members.iter_mut().find(|member| member.name.written() == "Version") {
                Some(member) => member.value = value,
                None => members.insert(0, Member::built("Version", value)),
            }
        }
        self.reread(rewrite(self.text(), old, &new))
    }
}

/// The `Sid`, with the first number from 2 that makes it one that is not taken. An empty one names nothing, and stays.
fn free(sid: &str, taken: &HashSet<String>) -> String {
    if sid.is_empty() || !taken.contains(sid) {
        return sid.to_owned();
    }
    let mut numbered = (2_u64..).map(|number| format!("{sid}{number}"));
    numbered.find(|sid| !taken.contains(sid)).unwrap_or_default()
}

/// The error for two policies that have no common version: see [`Policy::merge`] and [`Policy::concat`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergeError {
    versions: (Version, Version),
    statement: usize,
    json: String,
}

impl MergeError {
    /// The versions of both policies.
    pub const fn versions(&self) -> (Version, Version) {
        self.versions
    }

    /// The first statement of the second policy, from 0, whose meaning depends on the version.
    pub const fn statement(&self) -> usize {
        self.statement
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ours, theirs) = (self.versions.0.name(), self.versions.1.name());
        write!(
            f,
            "both policies have `${{`, which starts a policy variable only in version 2012-10-17, and their versions are {ours} and \
             {theirs}: a joined policy would change the meaning of {} of the second policy, `{}`; {GIVE_BOTH}",
            in_policy(self.statement, None),
            crate::shown::Shown(&self.json)
        )
    }
}

impl std::error::Error for MergeError {}
