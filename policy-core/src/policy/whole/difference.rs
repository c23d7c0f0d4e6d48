//! The difference between two policies.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;

use crate::document::Node;
use crate::policy::compare::StatementMeaning;
use crate::policy::statement::StatementOutline;
use crate::policy::{Policy, PolicyKind, Version, read};
use crate::shown::Shown;

/// The difference between two policies: see [`Policy::difference`].
///
/// Displayed with a line for each difference: `-` before a statement of the first policy only, `+` before one of the
/// second only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    versions: Option<(Version, Version)>,
    ours: Vec<Node<'static>>,
    theirs: Vec<Node<'static>>,
}

impl<K: PolicyKind> Policy<K> {
    /// Whether two policies are equivalent, however they are written.
    ///
    /// IAM returns a policy with its lists in another order and single values as scalars, so compare policies with this
    /// and not as text to detect drift. Ignored are the order of statements, elements and lists, duplicate statements,
    /// a scalar instead of a list of one, the case of actions and condition keys, `true` or `"true"`, `"Principal":
    /// "*"` or `{"AWS": "*"}`, an account ID or the ARN of its root in the partition `aws`, and `Sid` and `Id`, which grant nothing.
    /// The ARN of a root in another partition, such as `arn:aws-cn:iam::111122223333:root`, is another principal than the ID, which
    /// does not say in which partition it is.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let ours = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Sid": "Read", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b/*", "arn:aws:s3:::a/*"] }] }"#)?;
    /// let theirs = IdentityPolicy::from_json(r#"{ "Statement":
    ///     { "Action": "s3:getobject", "Effect": "Allow", "Resource": ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"] },
    ///     "Version": "2012-10-17" }"#)?;
    /// assert!(ours.is_equivalent(&theirs) && ours != theirs);
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    pub fn is_equivalent(&self, other: &Self) -> bool {
        self.difference(other).is_empty()
    }

    /// Returns the statements that are in this policy and not in the other, and the reverse. The difference is empty
    /// exactly when the policies [are equivalent](Self::is_equivalent), however they are written.
    ///
    /// ```
    /// use policy_core::policy::IdentityPolicy;
    ///
    /// let wanted = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*" },
    ///     { "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::exports/*" }] }"#)?;
    /// let deployed = IdentityPolicy::from_json(r#"{ "Version": "2012-10-17", "Statement": [
    ///     { "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["*"] },
    ///     { "Effect": "Allow", "Action": ["s3:listAllMyBuckets"], "Resource": ["*"] }] }"#)?;
    /// assert_eq!(
    ///     wanted.difference(&deployed).to_string(),
    ///     concat!(
    ///         "- {\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::exports/*\"}\n",
    ///         "+ {\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],\"Resource\":[\"*\"]}\n",
    ///     ),
    /// );
    /// # Ok::<(), policy_core::policy::ReadError>(())
    /// ```
    #[inline]
    pub fn difference(&self, other: &Self) -> Difference {
        let (ours, theirs) = (read(self.document(), K::KIND).0, read(other.document(), K::KIND).0);
        Difference {
            versions: (ours.version != theirs.version).then_some((ours.version, theirs.version)),
            ours: only_in(&ours.statements, &theirs.statements),
            theirs: only_in(&theirs.statements, &ours.statements),
        }
    }
}

#[inline]
fn only_in(some: &[StatementOutline<'_>], others: &[StatementOutline<'_>]) -> Vec<Node<'static>> {
    let mut known: BTreeSet<StatementMeaning<'_>> = others.iter().map(StatementMeaning::of).collect();
    let new = some
        .iter()
        .filter(|statement| known.insert(StatementMeaning::of(statement)));
    new.map(|statement| statement.node.clone().into_owned()).collect()
}

impl Difference {
    /// Whether the policies are equivalent.
    pub const fn is_empty(&self) -> bool {
        self.versions.is_none() && self.ours.is_empty() && self.theirs.is_empty()
    }

    /// Both versions, if they differ: the older one has no policy variables.
    pub const fn versions(&self) -> Option<(Version, Version)> {
        self.versions
    }

    /// The statements of the first policy only.
    pub fn ours(&self) -> &[Node<'static>] {
        &self.ours
    }

    /// The statements of the second policy only.
    pub fn theirs(&self) -> &[Node<'static>] {
        &self.theirs
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((ours, theirs)) = self.versions {
            writeln!(
                f,
                "- \"Version\": \"{}\"\n+ \"Version\": \"{}\"",
                ours.name(),
                theirs.name()
            )?;
        }
        for statement in &self.ours {
            writeln!(f, "- {}", Shown(statement.to_json()))?;
        }
        for statement in &self.theirs {
            writeln!(f, "+ {}", Shown(statement.to_json()))?;
        }
        Ok(())
    }
}
