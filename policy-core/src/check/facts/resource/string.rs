//! Strings that are not one ARN: several of them, or one with blanks behind it.

use super::ResourceFault;
use crate::arn::ArnPattern;
use crate::collected::CollectVec;

/// A name may have blanks in it, and the key of an object may end with one; nobody writes such a pattern by intention.
pub(super) fn fault(written: &str) -> Option<ResourceFault> {
    if !written.contains([' ', ',', ';', '\n', '\t']) {
        return None;
    }
    let parts = written
        .split([' ', ',', ';', '\n', '\t'])
        .filter(|part| !part.is_empty());
    let parts = parts.map(str::to_owned).collect_vec();
    let is_arn = |part: &String| part.starts_with("arn:") && ArnPattern::parse(part).is_ok();
    if parts.len() > 1 && parts.iter().all(is_arn) {
        return Some(ResourceFault::Several(parts));
    }
    let has_blanks = written.trim_end().len() < written.len() && is_arn(&written.trim_end().to_owned());
    has_blanks.then_some(ResourceFault::Blanks)
}
