//! Strings that are not one ARN: several of them, or one with blanks behind it.

use super::ResourceFault;
use crate::arn::ArnPattern;
use crate::collected::CollectVec;

/// A name may have blanks in it, and the key of an object may end with one; nobody writes such a pattern by intention.
pub(super) fn fault(written: &str) -> Option<ResourceFault> {
    let separators = [' ', ',', ';', '\n', '\t'];
    if !written.contains(separators) {
        return None;
    }
    let is_arn = |part: &&str| part.starts_with("arn:") && ArnPattern::parse(part).is_ok();
    let parts = written.split(separators).filter(|part| !part.is_empty()).collect_vec();
    if parts.len() > 1 && parts.iter().all(is_arn) {
        return Some(ResourceFault::Several(
            parts.into_iter().map(str::to_owned).collect_vec(),
        ));
    }
    let one = written.trim_end();
    (one.len() < written.len() && is_arn(&one)).then_some(ResourceFault::Blanks)
}
