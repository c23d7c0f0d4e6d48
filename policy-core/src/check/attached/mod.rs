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
use crate::policy::{AttachedTo, Kind};

pub(super) fn check(judged: &[Judged<'_, '_>], kind: Kind, options: &Options, findings: &mut Findings) {
    // The policy of an endpoint is about the resources of a service, whosever they are, and not about the endpoint.
    let resource = options.resource().filter(|on| *on != AttachedTo::VpcEndpoint);
    let Some(resource) = resource.filter(|_| kind == Kind::Resource) else {
        return;
    };
    fits::check(judged, resource, findings);
    for one in judged {
        irrelevant::check(one.statement, resource, findings);
    }
}
