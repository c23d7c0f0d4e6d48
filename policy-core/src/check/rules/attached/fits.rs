//! What the policy of a resource can be about: the resource, and what is in it.

use crate::arn::{ArnFormat, write};
use crate::catalogue::{self, Action, ResourceType};
use crate::check::facts::{ActionMeaning, ActionRef, Facts, ResourceRef, StatementFacts};
use crate::check::rules::{Rule, Run};
use crate::check::words::catalogue_note;
use crate::collected::CollectVec;
use crate::finding::{Code, Finding};
use crate::policy::AttachedTo;

pub(super) const RULE: Rule = Rule {
    codes: &[
        Code::UnsupportedActionInPolicy,
        Code::UnsupportedResourceArnInPolicy,
        Code::NoEffectInResourcePolicy,
    ],
    run: Run::Statement(check),
};

/// The resource types that a policy is about, as the catalogue has them: service and name. The first is the one that it is
/// attached to; actions may be on the others, too.
/// - The requests through a Multi-Region Access Point are those through an access point:
///   <https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRequests.html>
/// - What is done to an Object Lambda Access Point itself is S3's:
///   <https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-policies.html>
/// - The policy of a vault is about its recovery points, and that of an event bus about its rules:
///   <https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html>,
///   <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-perms.html>
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
        AttachedTo::KmsKey => &[("kms", "key")],
        AttachedTo::SnsTopic => &[("sns", "topic")],
        AttachedTo::SqsQueue => &[("sqs", "queue")],
        AttachedTo::BackupVault => &[("backup", "backupVault"), ("backup", "recoveryPoint")],
        AttachedTo::EcrRepository => &[("ecr", "repository")],
        AttachedTo::EfsFileSystem => &[("elasticfilesystem", "file-system")],
        AttachedTo::EventBus => &[
            ("events", "event-bus"),
            ("events", "rule-on-custom-event-bus"),
            ("events", "rule-on-default-event-bus"),
        ],
        AttachedTo::KinesisStream => &[("kinesis", "stream"), ("kinesis", "consumer")],
        AttachedTo::LambdaFunction => &[
            ("lambda", "function"),
            ("lambda", "function alias"),
            ("lambda", "function version"),
        ],
        AttachedTo::SecretsManagerSecret => &[("secretsmanager", "Secret")],
        AttachedTo::S3TableBucket => &[("s3tables", "TableBucket")],
        // Policies of which AWS does not publish what they can be about, or which can have no resource at all.
        _ => &[],
    }
}

/// Whether AWS is known to reject a policy that is about something else: Access Analyzer has a check for most of these
/// types.
const fn is_rejected(resource: AttachedTo) -> bool {
    matches!(
        resource,
        AttachedTo::S3Bucket
            | AttachedTo::S3AccessPoint
            | AttachedTo::S3MultiRegionAccessPoint
            | AttachedTo::S3ObjectLambdaAccessPoint
            | AttachedTo::DynamoDbTable
            | AttachedTo::KmsKey
            | AttachedTo::SnsTopic
            | AttachedTo::SqsQueue
    )
}

fn check(facts: &Facts<'_>, statement: &StatementFacts<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let own = facts.own_resource().map(OwnResource::of);
    let Some(own) = own.filter(|own| !own.types.is_empty()) else {
        return found;
    };
    if statement.names_actions() {
        for action in &statement.actions {
            found.extend(own.unfit_action(action));
        }
    }
    if is_rejected(own.resource) {
        for resource in &statement.resources {
            found.extend(own.unfit_resource(resource));
        }
    }
    found
}

/// What the policy is attached to.
struct OwnResource {
    resource: AttachedTo,
    types: Vec<ResourceType>,
}

impl OwnResource {
    fn of(resource: AttachedTo) -> Self {
        let found = types(resource)
            .iter()
            .filter_map(|(service, name)| catalogue::service(service)?.resource_type(name));
        Self {
            resource,
            types: found.collect_vec(),
        }
    }

    /// Whether the action acts on it, or on what is in it.
    fn takes(&self, action: Action) -> bool {
        for kind in &self.types {
            for own in kind.arn_formats() {
                if action.arn_formats().any(|format| is_in(own.as_str(), format.as_str())) {
                    return true;
                }
            }
        }
        false
    }

    fn unfit_action(&self, action: &ActionRef<'_>) -> Option<Finding> {
        let fits = match &action.meaning {
            ActionMeaning::Everything | ActionMeaning::Unknown(_) => true,
            ActionMeaning::One(one) => self.takes(*one),
            ActionMeaning::Pattern(service) => action.matched(*service).any(|one| self.takes(one)),
        };
        let written = action.text.written();
        if !fits && !is_rejected(self.resource) {
            let what = format!(
                "no request for the resource of an `{}` policy has the action `{written}`",
                self.resource
            );
            let finding = Finding::new(Code::NoEffectInResourcePolicy, action.place, what).about(written);
            return Some(
                finding
                    .note("the policy applies only to the resource that it is attached to: the action has no effect in it")
                    .note(catalogue_note())
                    .with_help("remove the action; permissions for other resources belong in an identity policy"),
            );
        }
        (!fits).then(|| {
            Finding::new(
                Code::UnsupportedActionInPolicy,
                action.place,
                format!("an `{}` policy cannot have the action `{written}`", self.resource),
            )
            .about(written)
            .note("AWS rejects the policy, which applies only to the resource that it is attached to and its contents")
            .note(catalogue_note())
            .with_help("remove the action; permissions for other resources belong in an identity policy, or in the policy of that resource")
        })
    }

    fn unfit_resource(&self, resource: &ResourceRef<'_>) -> Option<Finding> {
        let arn = resource.arn()?;
        let own: Vec<ArnFormat<'_>> = self.types.first()?.arn_formats().collect_vec();
        let fits = |format: &ArnFormat<'_>| {
            let inner = format!("{format}/${{Inner}}");
            let is_inner = |inner| arn.fits_format(inner).is_yes();
            arn.fits_format(*format).is_yes() || ArnFormat::parse(&inner).is_ok_and(is_inner)
        };
        if own.iter().any(fits) {
            return None;
        }
        let written = resource.text.written();
        let example = |format: &ArnFormat<'_>| format!("`{}`", write::arn(*format, resource.text, &arn));
        let formats: Vec<String> = own.iter().map(example).collect_vec();
        Some(
            Finding::new(
                Code::UnsupportedResourceArnInPolicy,
                resource.place,
                format!("`{written}` cannot be a resource of an `{}` policy", self.resource),
            )
            .about(written)
            .note("AWS rejects the policy, which applies only to the resource that it is attached to and its contents")
            .note(catalogue_note())
            .with_help(format!(
                "write the ARN of the resource that the policy is attached to, {}, or of its contents",
                formats.join(" or ")
            )),
        )
    }
}

/// Whether a resource of one format is a resource of another format, or is in it.
fn is_in(own: &str, format: &str) -> bool {
    format
        .strip_prefix(own)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
