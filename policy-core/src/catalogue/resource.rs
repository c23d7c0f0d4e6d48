//! Resource types.

use std::fmt;
use std::ops::ControlFlow::Continue;

use super::Service;
use super::text::{Details, Head, Selected, Selection};
use crate::arn::{ArnFormat, name};
use crate::bytes;

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
    ///
    /// Where the service's API says what a variable is made of, so does the format ([`ArnFormat::name_format`]).
    pub fn arn_formats(&self) -> impl Iterator<Item = ArnFormat<'static>> + use<> {
        Formats::of(*self)
    }

    /// The condition keys that can be present in a request for such a resource.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let names = name::lines(self.head.body).len();
        let keys = self.head.body.get(names..).unwrap_or_default();
        Selected::by(key, Details::below(keys, " "))
    }
}

fn key(line: &'static str) -> Selection {
    Continue(line.strip_prefix(' '))
}

/// The ARN formats of a resource type.
pub(super) struct Formats {
    written: &'static str,
    /// The lines that say what the names in them are made of.
    names: &'static str,
}

impl Formats {
    pub(super) fn of(resource_type: ResourceType) -> Self {
        Self {
            written: resource_type.head.line,
            names: resource_type.head.body,
        }
    }
}

impl Iterator for Formats {
    type Item = ArnFormat<'static>;

    fn next(&mut self) -> Option<ArnFormat<'static>> {
        loop {
            if self.written.is_empty() {
                return None;
            }
            let end = bytes::find(b' ', self.written.as_bytes()).unwrap_or(self.written.len());
            let (written, rest) = self.written.split_at_checked(end)?;
            self.written = rest.get(1..).unwrap_or_default();
            if let Ok(format) = ArnFormat::parse(written) {
                return Some(format.with_names(self.names));
            }
        }
    }
}

impl fmt::Debug for ResourceType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "ResourceType({}: {})", self.service.prefix(), self.name())
    }
}
