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
    let kind = match words.next()? {
        "identity" => Kind::Identity,
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
