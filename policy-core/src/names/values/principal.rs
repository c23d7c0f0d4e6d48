//! Service principals, as values.

use std::borrow::Cow;

use crate::names::error::NameError;
use crate::names::{NameKind, ServicePrincipal};

impl ServicePrincipal {
    /// Creates the principal of a service that AWS has added, also where it is one letter from another.
    ///
    /// AWS publishes no list of service principals. [`new`](Self::new) accepts one that nothing names, unless it is one letter from one that
    /// exists.
    ///
    /// ```
    /// use policy_core::names::ServicePrincipal;
    ///
    /// let error = ServicePrincipal::new("ecs-task.amazonaws.com").unwrap_err();
    /// assert_eq!(error.suggestion().as_deref(), Some("ecs-tasks.amazonaws.com"));
    /// assert_eq!(ServicePrincipal::unlisted("ecs-task.amazonaws.com")?.as_str(), "ecs-task.amazonaws.com");
    /// assert!(ServicePrincipal::new("new-service.amazonaws.com").is_ok());
    /// # Ok::<(), policy_core::names::NameError>(())
    /// ```
    pub fn unlisted(text: impl Into<String>) -> Result<Self, NameError> {
        let text = text.into();
        NameKind::ServicePrincipal.check(&text)?;
        Ok(Self(Cow::Owned(text)))
    }
}
