//! Resource types.

use std::fmt;

use super::Service;
use super::text::{Head, details};
use crate::arn::ArnFormat;

/// A resource type, with its ARN formats and condition keys.
///
/// ```
/// let service = policy_core::catalogue::service("secretsmanager").unwrap();
/// let secret = service.resource_type("secret").unwrap();
/// assert_eq!(secret.name(), "Secret");
/// assert!(secret.arn_formats().eq(["arn:${Partition}:secretsmanager:${Region}:${Account}:secret:${SecretId}"]));
/// assert!(secret.condition_keys().any(|key| key == "secretsmanager:resource/Type"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResourceType {
    service: Service,
    head: Head,
}

impl ResourceType {
    pub(super) fn new(service: Service, head: Head) -> Self {
        Self { service, head }
    }

    /// Its name as AWS writes it; some contain spaces (`bot alias`) and slashes (`loadbalancer/app/`).
    pub fn name(&self) -> &'static str {
        self.head.name
    }

    /// The service that defines it, which is not always the one in its ARN.
    pub fn service(&self) -> Service {
        self.service
    }

    /// Its ARN formats, with `${...}` for the parts that differ between resources. Usually one.
    pub fn arn_formats(&self) -> impl Iterator<Item = ArnFormat<'static>> + use<> {
        self.head
            .line
            .split(' ')
            .filter_map(|format| ArnFormat::parse(format).ok())
    }

    /// The condition keys that can be present in a request for such a resource.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        details(self.head.body).filter_map(|line| line.strip_prefix(' '))
    }
}

impl fmt::Debug for ResourceType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ResourceType({}: {})", self.service.prefix(), self.name())
    }
}
