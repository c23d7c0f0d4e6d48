//! Words that the findings of principals share.

use crate::check::facts::PrincipalRef;
use crate::check::words::not_a_name;
use crate::finding::{Code, Finding};
use crate::names::NameError;

/// IAM's own words, from the answer to `CreateRole` and `PutBucketPolicy`.
pub(super) const REJECTED: &str = "AWS rejects the policy: `Invalid principal in policy`";

pub(super) fn malformed(principal: &PrincipalRef<'_>, what: impl Into<String>) -> Finding {
    Finding::new(Code::InvalidPrincipalFormat, principal.place, what)
        .about(principal.text.written())
        .note(REJECTED)
}

/// A part of the principal that is not the name that it should be.
pub(super) fn misnamed(principal: &PrincipalRef<'_>, part: &str, error: &NameError) -> Finding {
    not_a_name(Code::InvalidPrincipalFormat, principal.place, part, error).note(REJECTED)
}
