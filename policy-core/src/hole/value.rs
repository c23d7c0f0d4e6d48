//! The value that a hole is all or a part of.

use std::ops::Range;

use super::Site;
use super::part::in_resource;
use super::position::{StringContext, StringPosition, by_key};
use crate::arn::fields;

impl StringContext<'_> {
    /// The smallest part of the string around a hole that is a value of its own, such as the name in an ARN, and the position that
    /// a hole has that is all of it.
    pub fn value(&self, written: &str, hole: &Range<usize>) -> Option<(Site, Range<usize>)> {
        if written.starts_with("arn:") {
            return name_in_arn(written, hole);
        }
        let site = match self.position {
            StringPosition::Resource { .. } => Site::WholeResource,
            StringPosition::Principal { key: "AWS", .. } => Site::WholePrincipal,
            StringPosition::Principal { key: "Federated", .. } => Site::WholeFederated,
            StringPosition::Principal { key: "Service", .. } => Site::WholeService,
            StringPosition::ConditionValue { key, .. } => by_key(key).ok()?,
            _ => return None,
        };
        Some((site, 0..written.len()))
    }
}

/// The name around a hole in the last field of an ARN, between two separators.
fn name_in_arn(written: &str, hole: &Range<usize>) -> Option<(Site, Range<usize>)> {
    let mut before = fields(written, false);
    let service = before.nth(2)?;
    let resource = before.nth(2)?;
    let start = written.len() - resource.len();
    let (head, tail) = (written.get(start..hole.start)?, written.get(hole.end..)?);
    let is_separator = |sign: char| matches!(sign, '/' | ':');
    let from = start + head.rfind(is_separator).map_or(0, |at| at + 1);
    let to = hole.end + tail.find(is_separator).unwrap_or(tail.len());
    let site = in_resource(service, resource, from - start..to - start);
    Some((site, from..to))
}
