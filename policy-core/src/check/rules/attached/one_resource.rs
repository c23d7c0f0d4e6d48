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
    let Some(policy) = facts.resource_policy() else {
        return Vec::new();
    };
    let Some((kind, answer)) = policy.is_about_one_resource else {
        return Vec::new();
    };
    // S3 has many other resources, whose policies are about several.
    if kind == "bucket" && facts.attached_to() != Some(AttachedTo::S3Bucket) {
        return Vec::new();
    }
    let help = match kind {
        "bucket" => "write one policy for each bucket and its objects",
        _ => "write one policy for each topic",
    };
    let (mut first, mut found) = (None, Vec::new());
    for statement in &facts.statements {
        for resource in &statement.resources {
            let Some(other) = name(resource) else { continue };
            let own = *first.get_or_insert(other);
            if other == own {
                continue;
            }
            let what = format!("the policy of one {kind} names two {kind}s: `{own}` and `{other}`");
            let finding = Finding::new(Code::ResourcePolicyOfSeveralResources, resource.place, what)
                .about(resource.text.written())
                .note(policy.rejection(answer))
                .with_help(help);
            found.push(finding);
        }
    }
    found
}

/// The name of the bucket, or the ARN of the topic, if it is written out.
fn name<'d>(of: &ResourceRef<'d>) -> Option<&'d str> {
    let arn = of.arn().filter(|_| of.text.holes().is_empty())?;
    let resource = arn.resource().as_str();
    let name = match arn.service().as_str() {
        "s3" => resource.split('/').next().filter(|bucket| !bucket.contains(':'))?,
        // A subscription's goes on behind the topic.
        "sns" if !resource.contains(':') => arn.as_str(),
        _ => return None,
    };
    (!name.is_empty() && !name.contains(['*', '?', '$'])).then_some(name)
}
