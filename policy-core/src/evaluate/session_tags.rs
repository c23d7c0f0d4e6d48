//! The tags and the source identity of a caller, and what a chain of roles keeps of them.

use super::caller::Caller;
use super::caller_error::ParseCallerError;

/// The tags of a user, a role or its session, and the source identity of the session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct SessionTags {
    tags: Vec<Tag>,
    source_identity: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Tag {
    key: String,
    value: String,
    is_transitive: bool,
    /// Whether it comes from the session that assumed the role.
    is_inherited: bool,
}

impl SessionTags {
    pub const fn new() -> Self {
        Self {
            tags: Vec::new(),
            source_identity: None,
        }
    }

    /// Shows the condition keys that follow from them, with their values.
    pub fn each_key(&self, see: &mut impl FnMut(&str, &str)) {
        for tag in &self.tags {
            see(&format!("aws:PrincipalTag/{}", tag.key), &tag.value);
        }
        if let Some(identity) = &self.source_identity {
            see("aws:SourceIdentity", identity);
        }
    }

    /// Sets a tag. An inherited one stays as it is.
    fn set(&mut self, key: &str, value: &str, is_transitive: bool) {
        let is_same = |tag: &&mut Tag| tag.key.eq_ignore_ascii_case(key);
        match self.tags.iter_mut().find(is_same) {
            Some(tag) if tag.is_inherited => {}
            Some(tag) => {
                value.clone_into(&mut tag.value);
                tag.is_transitive = is_transitive;
            }
            None => self.tags.push(Tag {
                key: key.to_owned(),
                value: value.to_owned(),
                is_transitive,
                is_inherited: false,
            }),
        }
    }

    /// What a session has of those of the session that assumed its role.
    fn inherited(&self) -> Self {
        let transitive = self.tags.iter().filter(|tag| tag.is_transitive).cloned();
        Self {
            tags: transitive
                .map(|tag| Tag {
                    is_inherited: true,
                    ..tag
                })
                .collect(),
            source_identity: self.source_identity.clone(),
        }
    }
}

impl Caller {
    /// The caller with a tag of its user or role, or a session tag: the condition key `aws:PrincipalTag/KEY`. A tag that was
    /// inherited by [`assume`](Self::assume) stays as it is: AWS does not let a session tag replace it.
    #[must_use]
    pub fn with_tag(mut self, key: &str, value: &str) -> Self {
        self.tags.set(key, value, false);
        self
    }

    /// The caller with a session tag that is transitive: the sessions of roles that it [assumes](Self::assume) have it too.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining>
    #[must_use]
    pub fn with_transitive_tag(mut self, key: &str, value: &str) -> Self {
        self.tags.set(key, value, true);
        self
    }

    /// The caller with the source identity of its session, `aws:SourceIdentity`.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html>
    #[must_use]
    pub fn with_source_identity(mut self, identity: &str) -> Self {
        self.tags.source_identity = Some(identity.to_owned());
        self
    }

    /// The session of a role that this caller assumes, from the role's ARN and the session name: role chaining. It has the
    /// transitive session tags and the source identity of this caller, and none of its other tags.
    ///
    /// # Errors
    ///
    /// The ARN is not the ARN of a role, or the session cannot have that name.
    ///
    /// ```
    /// use policy_core::evaluate::{Caller, Request};
    ///
    /// let first = Caller::session_of("arn:aws:iam::111122223333:role/sso", "alice")?
    ///     .with_transitive_tag("team", "data")
    ///     .with_tag("floor", "3")
    ///     .with_source_identity("alice");
    /// let second = first.assume("arn:aws:iam::444455556666:role/reader", "alice")?.with_tag("team", "ops");
    ///
    /// let request = Request::new(second, "s3:GetObject", "arn:aws:s3:::exports/a.csv")?;
    /// let context = request.context();
    /// assert_eq!(context.get("aws:PrincipalTag/team").unwrap(), ["data"]);
    /// assert_eq!(context.get("aws:PrincipalTag/floor"), None);
    /// assert_eq!(context.get("aws:SourceIdentity").unwrap(), ["alice"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn assume(&self, role: &str, session: &str) -> Result<Self, ParseCallerError> {
        let mut caller = Self::session_of(role, session)?;
        caller.tags = self.tags.inherited();
        Ok(caller)
    }
}
