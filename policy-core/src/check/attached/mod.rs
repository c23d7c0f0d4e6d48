//! Policies of which it is known what they are attached to: only there can a resource policy be held to its resource.
//!
//! Source: `validatePolicyResourceType`,
//! <https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ValidatePolicy.html>

mod fits;
mod irrelevant;
#[cfg(test)]
mod tests;

use super::Options;
use super::judged::Judged;
use crate::finding::Findings;
use crate::policy::Kind;

pub(super) fn check(judged: &[Judged<'_, '_>], kind: Kind, options: &Options, findings: &mut Findings) {
    let Some(resource) = options.resource().filter(|_| kind == Kind::Resource) else {
        return;
    };
    for one in judged {
        fits::check(one, resource, findings);
        irrelevant::check(one.statement, resource, findings);
    }
}
