//! Resources that nobody can read.

use super::{field, form};
use crate::arn::{ArnErrorKind, ArnPattern, Glob, completion};
use crate::document::{Place, Text};
use crate::finding::Finding;
use crate::policy::{Kind, Version};

/// Why a resource cannot be read as an ARN of this world: a field is missing, or nothing is in a partition or service of that name.
///
/// Only of a session policy it is known that AWS rejects an ARN with fewer than six fields. AWS completes that of an identity-based
/// policy, and what no page says of one is not a mistake of the policy: the evaluator decides it for that resource.
pub(in crate::check) fn unreadable(place: Place, text: &Text<'_>, kind: Kind, version: Version) -> Option<Finding> {
    let resource = text.filled();
    if Glob::wildcards(resource).is_everything() {
        return None;
    }
    match ArnPattern::parse(resource) {
        Ok(arn) => field::unreadable(place, text, &arn),
        Err(error) if kind != Kind::Session && matches!(error.kind(), ArnErrorKind::MissingFrom(_)) => {
            let more = completion(resource, version == Version::V2012).filter(|_| kind == Kind::Identity)?;
            let completed = format!("{resource}{more}");
            field::unreadable(place, text, &ArnPattern::parse(&completed).ok()?)
        }
        Err(error) => Some(form::no_arn(place, text, error.kind(), kind, false)),
    }
}
