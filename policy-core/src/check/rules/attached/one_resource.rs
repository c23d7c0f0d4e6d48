//! Policies that must be about the resource that they are attached to, and name another.

use crate::check::facts::{Facts, ResourceRef};
use crate::check::rules::{Rule, Run};
use crate::finding::{Code, Finding};
use crate::policy::AttachedTo;

pub(super) const RULE: Rule = Rule {
    codes: &[Code::ResourcePolicyOfSeveralResources],
    run: Run::Policy(check),
};

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    // Only where it is stated that the policy is a bucket's: S3 has many other resources, whose policies are about several.
    let is_asked = facts.attached_to() == Some(AttachedTo::S3Bucket);
    let Some(policy) = facts.resource_policy().filter(|_| is_asked) else {
        return Vec::new();
    };
    let Some(answer) = policy.is_about_one_resource else {
        return Vec::new();
    };
    let resources = facts.statements.iter().flat_map(|statement| &statement.resources);
    let mut buckets = resources.filter_map(|resource| Some((resource, bucket(resource)?)));
    let Some((_, own)) = buckets.next() else {
        return Vec::new();
    };
    buckets
        .filter(|(_, other)| *other != own)
        .map(|(resource, other)| {
            let written = resource.text.written();
            Finding::new(
                Code::ResourcePolicyOfSeveralResources,
                resource.place,
                format!("the policy of one bucket names two buckets: `{own}` and `{other}`"),
            )
            .about(written)
            .note(policy.rejection(answer))
            .with_help("write one policy for each bucket and its objects")
        })
        .collect()
}

/// The name of the bucket, if it is written out.
fn bucket<'d>(resource: &ResourceRef<'d>) -> Option<&'d str> {
    let is_written_out = resource.text.holes().is_empty();
    let arn = resource
        .arn()
        .filter(|arn| is_written_out && arn.service().as_str() == "s3")?;
    let name = arn.resource().as_str().split('/').next()?;
    (!name.is_empty() && !name.contains(['*', '?', '$', ':'])).then_some(name)
}
