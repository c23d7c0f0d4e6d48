//! What the policy of a resource can be about: the resource, and what is in it.

use std::collections::HashSet;

use crate::catalogue::{self, Action, ResourceType};
use crate::check::action::{Meant, Named};
use crate::check::catalogue_note;
use crate::check::judged::Judged;
use crate::check::resource::{Scope, Target};
use crate::finding::{Code, Finding, Findings};
use crate::policy::AttachedTo;

/// The resource types that a policy is about, as the catalogue has them: service and name. The first is the one that it is
/// attached to; actions may be on the others, too.
/// - The requests through a Multi-Region Access Point are those through an access point:
///   <https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html>
/// - What is done to an Object Lambda Access Point itself is S3's:
///   <https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html>
const fn types(resource: AttachedTo) -> &'static [(&'static str, &'static str)] {
    match resource {
        AttachedTo::S3Bucket => &[("s3", "bucket")],
        AttachedTo::S3AccessPoint => &[("s3", "accesspoint")],
        AttachedTo::S3MultiRegionAccessPoint => &[("s3", "multiregionaccesspoint"), ("s3", "accesspoint")],
        AttachedTo::S3ObjectLambdaAccessPoint => &[
            ("s3-object-lambda", "objectlambdaaccesspoint"),
            ("s3", "objectlambdaaccesspoint"),
        ],
        AttachedTo::DynamoDbTable => &[("dynamodb", "table")],
        AttachedTo::VpcEndpoint => &[],
    }
}

pub(super) fn check(judged: &[Judged<'_, '_>], resource: AttachedTo, findings: &mut Findings) {
    let home = Home::of(resource);
    // The actions and resources of statements in which some are unfit: that they do not fit each other is but the consequence.
    let mut places = HashSet::new();
    for one in judged {
        let before = findings.len();
        if one.statement.action.is_some_and(|action| !action.negated) {
            findings.extend(one.actions.iter().filter_map(|action| home.unfit_action(action)));
        }
        findings.extend(one.targets.iter().filter_map(|target| home.unfit_resource(target)));
        // What is in a Multi-Region Access Point has no type in the catalogue, so that nothing there seems to fit.
        if findings.len() > before || resource == AttachedTo::S3MultiRegionAccessPoint {
            places.extend(one.actions.iter().map(|action| action.place));
            places.extend(one.targets.iter().map(|target| target.place));
        }
    }
    if places.is_empty() {
        return;
    }
    findings.retain(|finding| {
        !matches!(
            finding.code(),
            Code::ActionFitsNoResource | Code::ActionNeedsStarResource | Code::ResourceFitsNoAction
        ) || !places.contains(&finding.place())
    });
}

/// What the policy is attached to.
struct Home {
    resource: AttachedTo,
    types: Vec<ResourceType>,
}

impl Home {
    fn of(resource: AttachedTo) -> Self {
        let found = types(resource)
            .iter()
            .filter_map(|(service, name)| catalogue::service(service)?.resource_type(name));
        Self {
            resource,
            types: found.collect(),
        }
    }

    /// Whether the action acts on it, or on what is in it.
    fn takes(&self, action: Action) -> bool {
        action
            .arn_formats()
            .any(|format| self.formats().any(|own| is_in(own, format)))
    }

    fn formats(&self) -> impl Iterator<Item = &'static str> + use<'_> {
        self.types.iter().flat_map(ResourceType::arn_formats)
    }

    fn unfit_action(&self, action: &Named<'_>) -> Option<Finding> {
        let fits = match &action.meant {
            Meant::Everything | Meant::Unknown => true,
            Meant::One(one) => self.takes(*one),
            Meant::Pattern(service) => action.matched(*service).any(|one| self.takes(one)),
        };
        let written = action.text.written();
        (!fits).then(|| {
            Finding::new(
                Code::UnsupportedActionInPolicy,
                action.place,
                format!("the policy of an `{}` has no action `{written}`", self.resource),
            )
            .about(written)
            .note("it is about the resource that it is attached to and what is in it; AWS rejects it")
            .note(catalogue_note())
            .help("remove it; what someone may do elsewhere stands in an identity policy, or in the policy of that resource")
        })
    }

    fn unfit_resource(&self, target: &Target<'_>) -> Option<Finding> {
        let Scope::Arn(arn) = &target.scope else { return None };
        let own: Vec<&str> = self.types.first()?.arn_formats().collect();
        let fits = |format: &&str| {
            arn.fits_format(format).is_yes() || arn.fits_format(&format!("{format}/${{Inner}}")).is_yes()
        };
        if own.iter().any(fits) {
            return None;
        }
        let written = target.text.written();
        let formats: Vec<String> = own.iter().map(|format| format!("`{format}`")).collect();
        Some(
            Finding::new(
                Code::UnsupportedResourceArnInPolicy,
                target.place,
                format!(
                    "`{written}` is nothing that the policy of an `{}` can be about",
                    self.resource
                ),
            )
            .about(written)
            .note("it is about the resource that it is attached to and what is in it; AWS rejects it")
            .note(catalogue_note())
            .help(format!(
                "write the ARN of that resource, {}, or of what is in it",
                formats.join(" or ")
            )),
        )
    }
}

/// Whether what a format stands for is the thing of another format, or is in it.
fn is_in(own: &str, format: &str) -> bool {
    format
        .strip_prefix(own)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
