//! Whether the ARN of a request is that of one resource.

use crate::arn::{ArnPattern, Field};
use crate::catalogue::Action;
use crate::check::request::{RequestMistake, text};
use crate::document::Node;
use crate::names::{ArnKind, NameKind, Partition, SecretArn};

/// The mistake of a resource that is in another partition than the caller.
///
/// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
pub(crate) fn of_partition(caller: &str, resource: &Node<'_>) -> Option<RequestMistake> {
    let written = text(resource);
    let arn = ArnPattern::parse(written).ok()?;
    let partition = Partition::new(arn.partition().as_str()).ok()?;
    let message = format!(
        "`{written}` is in the partition `{partition}` and the caller in `{caller}`, and AWS accepts no credentials of another \
         partition; write a resource and a caller of the same one"
    );
    (partition.as_str() != caller).then(|| RequestMistake::new(resource.place, message))
}

/// Why an ARN whose fields before the last have a wildcard is that of no resource. In the last field a wildcard can be text, as in
/// `instance/*`, of an instance that is to be launched.
pub(super) fn pattern(arn: &str) -> Option<String> {
    let arn = ArnPattern::parse(arn).ok()?;
    let fields = [
        (Field::Partition, "partition", "aws"),
        (Field::Service, "service", "s3"),
        (Field::Region, "Region", "eu-west-1"),
        (Field::Account, "account ID", "111122223333"),
    ];
    let (_, noun, sample, written) = fields
        .into_iter()
        .map(|(field, noun, sample)| (field, noun, sample, arn.field(field)))
        .find(|(.., written)| written.as_str().contains(['*', '?']))?;
    Some(format!(
        "a request is for one resource, and the {noun} `{written}` of `{}` is a pattern; write the {noun}, such as `{sample}`",
        arn.as_str(),
    ))
}

/// Why no resource of the action has the ARN: its parts are not such names. No mistake is reported of an ARN that may be of a type whose
/// names are not known.
pub(super) fn misnamed(action: Action, written: &str) -> Option<String> {
    let arn = ArnPattern::parse(written).ok()?;
    let mut first = None;
    for format in action.arn_formats().filter(|format| arn.fits_format(*format).is_yes()) {
        let kind = ArnKind::of_format(format)?;
        let wrong = if kind.type_name() == "SecretArn" {
            secret(written)
        } else {
            NameKind::Arn(kind).check(written).err().map(|error| error.to_string())
        };
        let wrong = wrong.filter(|_| !is_to_be_named(action, kind, written) && !is_bucket(kind, &arn))?;
        first = first.or(Some(wrong));
    }
    first
}

/// The same of a secret: a policy names one whose last six characters are not known with wildcards, and a request never does.
fn secret(written: &str) -> Option<String> {
    let wrong = SecretArn::new(written).err();
    if wrong.is_none() && !written.contains('?') {
        return None;
    }
    let name = written.trim_end_matches("-??????");
    match wrong {
        Some(error) if error.suggestion().is_none() => Some(error.to_string()),
        _ => Some(format!(
            "`{written}` is not the ARN of a secret: it does not end with the hyphen and the six characters that Secrets Manager adds to \
             the name; write them, such as `{name}-a1B2c3`"
        )),
    }
}

/// Whether the resource has no such name yet when the request is made.
/// - EC2 authorizes the launch of an instance on `instance/*`:
///   <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html#iam-example-runinstances>
/// - `CloudWatch` Logs authorizes what is done in a log group on its ARN with `:*` behind it:
///   <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html>
/// - Secrets Manager adds six characters to the name of a secret that it creates:
///   <https://docs.aws.amazon.com/secretsmanager/latest/userguide/getting-started.html#term_secret>
fn is_to_be_named(action: Action, kind: ArnKind, written: &str) -> bool {
    match kind.resource_type().split_once(':') {
        Some(("ec2", _)) => written.ends_with("/*"),
        Some(("logs", _)) => written.ends_with(":*"),
        Some(("secretsmanager", _)) => action.name() == "CreateSecret",
        _ => false,
    }
}

/// Whether it is a bucket, or in one, whose name is no pattern: buckets have names that S3 gives to no new one.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
fn is_bucket(kind: ArnKind, arn: &ArnPattern<'_>) -> bool {
    let resource = arn.resource().as_str();
    let bucket = resource.split('/').next().unwrap_or(resource);
    kind.format().starts_with("arn:${Partition}:s3:::") && !bucket.contains(['*', '?', '$'])
}
