//! The properties of a role other than its policies.

use std::fmt;
use std::str::FromStr;

use policy_core::names::{PolicyArn, RolePath};

use super::tag::{Tag, Tags};
use crate::RoleError;

/// The properties of a role other than its trust policy and its policies. IAM's defaults are the path `/`, sessions of
/// at most one hour, no description, no tags, no permissions boundary.
///
/// The same settings can serve many roles, see [`Role::with_settings`](crate::Role::with_settings).
///
/// ```
/// use runner_profiles::policy_core::names::{PolicyArn, RolePath};
/// use runner_profiles::{RoleDescription, RoleSettings, SessionDuration, Tag};
///
/// let settings = RoleSettings::new()
///     .with_path(RolePath::from_static("/runners/"))
///     .with_description(RoleDescription::new("What the runner may do")?)
///     .with_tag(Tag::new("team", "data platform")?)?
///     .with_max_session_duration(SessionDuration::from_hours(4)?)
///     .with_permissions_boundary(PolicyArn::from_static("arn:aws:iam::111122223333:policy/runner-boundary"));
/// assert_eq!(settings.max_session_duration().map(SessionDuration::seconds), Some(14_400));
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleSettings {
    pub(super) path: Option<RolePath>,
    pub(super) description: Option<RoleDescription>,
    tags: Tags,
    pub(super) max_session_duration: Option<SessionDuration>,
    pub(super) permissions_boundary: Option<PolicyArn>,
}

impl RoleSettings {
    /// IAM's defaults.
    pub const fn new() -> Self {
        Self {
            path: None,
            description: None,
            tags: Tags::new(),
            max_session_duration: None,
            permissions_boundary: None,
        }
    }

    /// The path, which becomes part of the role's ARN: `arn:aws:iam::111122223333:role/PATH/NAME`. The role's own
    /// managed policies have it too. Replaces the path of an earlier call.
    #[must_use]
    pub fn with_path(mut self, path: RolePath) -> Self {
        self.path = Some(path);
        self
    }

    /// The description. Replaces that of an earlier call.
    #[must_use]
    pub fn with_description(mut self, description: RoleDescription) -> Self {
        self.description = Some(description);
        self
    }

    /// One more tag.
    ///
    /// # Errors
    ///
    /// [`RoleError::SameTagKey`], [`RoleError::TooManyTags`]
    pub fn with_tag(mut self, tag: Tag) -> Result<Self, RoleError> {
        self.tags.add(tag)?;
        Ok(self)
    }

    /// The maximum session duration. It does not apply to a role that is assumed from another role, for which AWS
    /// always allows one hour. Replaces the duration of an earlier call.
    #[must_use]
    pub const fn with_max_session_duration(mut self, duration: SessionDuration) -> Self {
        self.max_session_duration = Some(duration);
        self
    }

    /// The managed policy that limits the role, whatever its own policies allow. Replaces that of an earlier call.
    #[must_use]
    pub fn with_permissions_boundary(mut self, boundary: PolicyArn) -> Self {
        self.permissions_boundary = Some(boundary);
        self
    }

    /// The path, if one was set.
    pub const fn path(&self) -> Option<&RolePath> {
        self.path.as_ref()
    }

    /// The description, if one was set.
    pub const fn description(&self) -> Option<&RoleDescription> {
        self.description.as_ref()
    }

    /// The tags, in the order in which they were added.
    pub fn tags(&self) -> &[Tag] {
        self.tags.as_slice()
    }

    /// The tag with this key. IAM ignores the case of keys.
    pub fn tag(&self, key: &str) -> Option<&Tag> {
        self.tags.get(key)
    }

    /// The maximum session duration, if it was set.
    pub const fn max_session_duration(&self) -> Option<SessionDuration> {
        self.max_session_duration
    }

    /// The permissions boundary, if there is one.
    pub const fn permissions_boundary(&self) -> Option<&PolicyArn> {
        self.permissions_boundary.as_ref()
    }
}

/// The description of a role: up to 1,000 characters of Latin-1, including line ends and tabs.
///
/// ```
/// use runner_profiles::RoleDescription;
///
/// assert_eq!(RoleDescription::new("Loads the warehouse")?.as_str(), "Loads the warehouse");
/// let error = RoleDescription::new("Loads the warehouse – nightly").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a role's description cannot have `–` (U+2013): IAM allows only Latin-1 characters; write plain characters, such as `-`",
/// );
/// # Ok::<(), runner_profiles::RoleError>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleDescription(String);

impl RoleDescription {
    /// The most characters that IAM allows.
    pub const MAX_LEN: usize = 1_000;

    /// The text as a description.
    ///
    /// # Errors
    ///
    /// [`RoleError::DescriptionCharacter`], [`RoleError::DescriptionTooLong`]
    pub fn new(text: impl Into<String>) -> Result<Self, RoleError> {
        let text = text.into();
        if let Some(character) = text.chars().find(|&character| !Self::takes(character)) {
            return Err(RoleError::DescriptionCharacter { character });
        }
        let characters = text.chars().count();
        if characters > Self::MAX_LEN {
            return Err(RoleError::DescriptionTooLong { characters });
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]` of the API model.
    const fn takes(character: char) -> bool {
        matches!(character, '\t' | '\n' | '\r' | ' '..='~' | '\u{A1}'..='\u{FF}')
    }
}

impl FromStr for RoleDescription {
    type Err = RoleError;

    fn from_str(text: &str) -> Result<Self, RoleError> {
        Self::new(text)
    }
}

impl fmt::Display for RoleDescription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The maximum duration of a role's sessions: from one hour to twelve.
///
/// ```
/// use runner_profiles::{RoleError, SessionDuration};
///
/// assert_eq!(SessionDuration::from_hours(12)?.seconds(), 43_200);
/// assert_eq!(SessionDuration::from_seconds(900), Err(RoleError::SessionDuration { seconds: 900 }));
/// # Ok::<(), RoleError>(())
/// ```
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SessionDuration(u32);

impl SessionDuration {
    /// That of a role whose duration is not set: one hour.
    pub const DEFAULT: Self = Self(Self::MIN);

    const MIN: u32 = 3_600;
    const MAX: u32 = 43_200;

    /// A number of seconds, from 3,600 to 43,200.
    ///
    /// # Errors
    ///
    /// [`RoleError::SessionDuration`]
    pub const fn from_seconds(seconds: u32) -> Result<Self, RoleError> {
        if seconds < Self::MIN || seconds > Self::MAX {
            return Err(RoleError::SessionDuration { seconds });
        }
        Ok(Self(seconds))
    }

    /// A number of hours, from 1 to 12.
    ///
    /// # Errors
    ///
    /// [`RoleError::SessionDuration`]
    pub const fn from_hours(hours: u8) -> Result<Self, RoleError> {
        Self::from_seconds(hours as u32 * 3_600)
    }

    /// In seconds.
    pub const fn seconds(self) -> u32 {
        self.0
    }
}
