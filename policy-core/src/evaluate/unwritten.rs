//! What a request for `*` may be about: refusals of such requests name ARNs, of all resources of the service or of a type, with the
//! Region and the account of the request. AWS allows `s3:ListAllMyBuckets` on `arn:aws:s3:::*` on one page, and calls `*` the only
//! resource that allows it on another.
//! - <https://docs.aws.amazon.com/AmazonS3/latest/userguide/walkthrough1.html>
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>

use super::arn::ArnPattern;
use super::context::Key;
use super::pattern::Match;
use super::request::Request;
use crate::catalogue::may_be_requested;
use crate::names::Partition;

/// The services and the last fields of the ARNs that a request for `*` may be about.
#[derive(Clone, Debug)]
pub(super) struct Unwritten(Vec<(String, String)>);

impl Unwritten {
    pub(super) fn of(action: &str) -> Self {
        let parts = action.split_once(':');
        Self(parts.map_or_else(Vec::new, |(service, name)| {
            may_be_requested(&service.to_ascii_lowercase(), name)
        }))
    }

    /// Whether a pattern of a policy may match one of these ARNs. What the request does not say of the Region or the account is as the
    /// pattern has it.
    pub(super) fn may_match(&self, pattern: &ArnPattern, request: &Request) -> bool {
        let context = request.context();
        let may_match = |arn: &str| match pattern.may_match(arn, context) {
            Match::Yes | Match::Doubt => true,
            Match::Lacks(key) => context.assumed(key, true) == Some(true),
            Match::No => false,
        };
        let [region, account] = pattern.place();
        let regions = context.values(&Key::new("aws:RequestedRegion")).unwrap_or_default();
        let regions = with_none(regions.iter().map(String::as_str), region);
        let accounts = [request.caller().account(), request.owner()];
        let accounts = with_none(accounts.into_iter().flatten(), account);
        let any_in = |partition: &str| {
            let mut places = regions
                .iter()
                .flat_map(|region| accounts.iter().map(move |account| (region, account)));
            places.any(|(region, account)| {
                let mut all = self.0.iter();
                all.any(|(service, last)| may_match(&format!("arn:{partition}:{service}:{region}:{account}:{last}")))
            })
        };
        match request.caller().partition() {
            Some(own) => any_in(own),
            None => Partition::all().any(|partition| any_in(partition.as_str())),
        }
    }
}

/// What a field of the ARN may be: one of the given texts, or else that of the pattern; or nothing.
fn with_none<'t>(given: impl Iterator<Item = &'t str>, written: Option<&'t str>) -> Vec<&'t str> {
    let mut all: Vec<&str> = given.collect();
    if all.is_empty() {
        all.push(written.unwrap_or("*"));
    }
    all.push("");
    all.dedup();
    all
}
