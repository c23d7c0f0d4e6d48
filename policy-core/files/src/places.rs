//! The kind of a policy by its place: the type and the property of the resource that has it.

use std::collections::HashMap;
use std::sync::OnceLock;

use policy_core::policy::{AttachedTo, Kind};

const TABLE: &str = include_str!("../data/places.txt");

/// A property that has a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Property {
    pub(crate) kind: Kind,
    pub(crate) attached_to: Option<AttachedTo>,
    /// Whether it is a statement or a list of them, and not a policy.
    pub(crate) is_statement: bool,
    /// Whether the kind is that of the `Type` of the resource.
    has_type: bool,
    /// Whether it is a policy in another language: those of AWS IoT Core have other variables and condition keys.
    is_other: bool,
}

impl Property {
    /// A policy of this kind.
    pub(crate) const fn of_kind(kind: Kind) -> Self {
        Self {
            kind,
            attached_to: None,
            is_statement: false,
            has_type: false,
            is_other: false,
        }
    }

    /// The property of a resource of this `Type`; `None` if it is not a policy of IAM.
    /// <https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html>
    pub(crate) fn of_type(self, own: Option<&str>) -> Option<Self> {
        let kind = match own {
            _ if self.is_other => return None,
            _ if !self.has_type => return Some(self),
            None | Some("SERVICE_CONTROL_POLICY") => Kind::ServiceControl,
            Some("RESOURCE_CONTROL_POLICY") => Kind::ResourceControl,
            Some(_) => return None,
        };
        Some(Self { kind, ..self })
    }
}

/// The policy that this property of this resource type is; the property is a path without numbers.
pub(crate) fn property(resource: &str, property: &str) -> Option<Property> {
    static PROPERTIES: OnceLock<HashMap<(&'static str, &'static str), Property>> = OnceLock::new();
    let properties = PROPERTIES.get_or_init(|| TABLE.lines().filter_map(row).collect());
    properties.get(&(resource, property)).copied()
}

fn row(line: &'static str) -> Option<((&'static str, &'static str), Property)> {
    let mut words = line.split(' ').filter(|_| !line.starts_with('#')).peekable();
    let (resource, property) = (words.next()?, words.next()?);
    let is_statement = words.next_if_eq(&"statement").is_some();
    let word = words.next()?;
    let kind = match word {
        "organization" => Kind::ServiceControl,
        "identity" | "other" => Kind::Identity,
        "trust" => Kind::Trust,
        "resource" => Kind::Resource,
        "session" => Kind::Session,
        _ => return None,
    };
    let attached_to = words.next().and_then(|name| name.parse().ok());
    let own = Property {
        kind,
        attached_to,
        is_statement,
        has_type: word == "organization",
        is_other: word == "other",
    };
    Some(((resource, property), own))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "a test may panic")]

    use super::{TABLE, property, row};
    use policy_core::policy::{AttachedTo, Kind};

    #[test]
    fn each_row_of_the_table_is_read() {
        for line in TABLE.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (_, property) = row(line).unwrap_or_else(|| panic!("{line}"));
            let has_resource = line.split(' ').filter(|word| word.contains("::")).count();
            let of_cloudformation = usize::from(line.starts_with("AWS::"));
            assert_eq!(
                property.attached_to.is_some(),
                has_resource > of_cloudformation,
                "{line}"
            );
        }
        let bucket = property("aws_s3_bucket_policy", "policy").unwrap_or_else(|| panic!("a bucket's policy"));
        assert_eq!(
            (bucket.kind, bucket.attached_to),
            (Kind::Resource, Some(AttachedTo::S3Bucket))
        );
    }
}
