//! What is known of the value of a reference: `!GetAtt Bucket.Arn` is the ARN of a bucket.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use policy_core::names::NameKind;

use crate::item::HoleKind;

/// AWS's published specification, and what it leaves out; the first row that has a type and an attribute counts.
const TABLES: [&str; 3] = [
    include_str!("../data/references.txt"),
    include_str!("../data/cloudformation-references.txt"),
    include_str!("../data/terraform-references.txt"),
];

/// What an attribute of a resource type is.
#[derive(Clone, Copy)]
enum Gives {
    /// An ARN of this format.
    Arn(&'static str),
    /// The last variable of this format.
    Name(&'static str),
}

fn references() -> &'static HashMap<(&'static str, &'static str), Gives> {
    static REFERENCES: OnceLock<HashMap<(&'static str, &'static str), Gives>> = OnceLock::new();
    REFERENCES.get_or_init(|| {
        let mut references = HashMap::new();
        let rows = TABLES.into_iter().flat_map(str::lines);
        // The conditions of a trust policy are about one issuer, which such a reference does not tell.
        let is_known = |row: &&str| !row.starts_with('#') && !row.contains("oidc-provider/");
        for row in rows.filter(is_known) {
            let mut words = row.split(' ');
            let (Some(resource), Some(format)) = (words.next(), words.next()) else {
                continue;
            };
            for word in words {
                let (gives, attributes) = match word.split_once('=') {
                    Some(("arn", attributes)) => (Gives::Arn(format), attributes),
                    Some(("name", attributes)) => (Gives::Name(format), attributes),
                    _ => continue,
                };
                for attribute in attributes.split(',') {
                    references.entry((resource, attribute)).or_insert(gives);
                }
            }
        }
        references
    })
}

/// What is known of an attribute of a resource of this type, of `CloudFormation`, where `Ref` is an attribute too, or of
/// Terraform.
pub(crate) fn of(resource: &str, attribute: &str) -> HoleKind {
    match references().get(&(resource, attribute)) {
        Some(Gives::Arn(format)) => arn(format),
        Some(Gives::Name(format)) => {
            let variable = format.rsplit_once("${").map_or("", |(_, variable)| variable);
            named(variable.trim_end_matches('}'), format).map_or(HoleKind::Unknown, like)
        }
        None => HoleKind::Unknown,
    }
}

/// A hole that is a name of this kind.
pub(crate) const fn like(kind: NameKind) -> HoleKind {
    HoleKind::Like(Cow::Borrowed(kind.sample()), kind.min_len())
}

/// A hole that is an ARN of this format.
fn arn(format: &str) -> HoleKind {
    let mut sample = String::new();
    let mut least = 0;
    let mut rest = format;
    while let Some((text, after)) = rest.split_once("${") {
        let (variable, after) = after.split_once('}').unwrap_or((after, ""));
        sample.push_str(text);
        least += text.len();
        let (value, shortest) = named(variable, format).map_or(("example", 1), |kind| (kind.sample(), kind.min_len()));
        sample.push_str(value);
        least += shortest;
        rest = after;
    }
    sample.push_str(rest);
    HoleKind::Like(Cow::Owned(sample), least + rest.len())
}

/// The type of a variable of an ARN format.
fn named(variable: &str, format: &str) -> Option<NameKind> {
    let is_of = |service: &str| format.split(':').nth(2) == Some(service);
    Some(match variable {
        "Partition" => NameKind::Partition,
        "Region" => NameKind::Region,
        "Account" => NameKind::AccountId,
        "BucketName" => NameKind::BucketName,
        "KeyId" if is_of("kms") => NameKind::KmsKeyId,
        "SecretId" => NameKind::SecretId,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{of, references};
    use crate::item::HoleKind;
    use policy_core::arn::{ArnPattern, Fit};
    use policy_core::catalogue;

    #[test]
    fn a_reference_is_what_aws_says() {
        for (resource, attribute, expected) in [
            ("AWS::S3::Bucket", "Arn", Some("arn:aws:s3:::maia-staging-111122223333")),
            ("AWS::S3::Bucket", "Ref", Some("maia-staging-111122223333")),
            (
                "AWS::SNS::Topic",
                "Ref",
                Some("arn:aws:sns:eu-west-1:111122223333:example"),
            ),
            (
                "aws_sqs_queue",
                "arn",
                Some("arn:aws:sqs:eu-west-1:111122223333:example"),
            ),
            (
                "aws_lambda_function",
                "arn",
                Some("arn:aws:lambda:eu-west-1:111122223333:function:example"),
            ),
            ("aws_s3_bucket", "id", Some("maia-staging-111122223333")),
            ("AWS::SQS::Queue", "Ref", None),
            ("AWS::IAM::OIDCProvider", "Arn", None),
            (
                "AWS::SQS::Queue",
                "Arn",
                Some("arn:aws:sqs:eu-west-1:111122223333:example"),
            ),
            (
                "AWS::Logs::LogGroup",
                "Arn",
                Some("arn:aws:logs:eu-west-1:111122223333:log-group:example:*"),
            ),
        ] {
            let sample = match of(resource, attribute) {
                HoleKind::Like(sample, _) => Some(sample.into_owned()),
                HoleKind::Unknown => None,
            };
            assert_eq!(sample.as_deref(), expected, "{resource} {attribute}");
        }
    }

    /// A sample that no format of its service takes would be reported wherever it is used.
    #[test]
    fn every_sample_is_an_arn_of_its_service() {
        assert!(references().len() > 1200);
        for (resource, attribute) in references().keys() {
            let HoleKind::Like(sample, least) = of(resource, attribute) else {
                continue;
            };
            assert!(least <= sample.len(), "{resource} {attribute}");
            let Ok(arn) = ArnPattern::parse(&sample) else { continue };
            let services = catalogue::services();
            let mut formats = services.flat_map(|service| {
                let types = service.resource_types().collect::<Vec<_>>();
                types.into_iter().flat_map(|own| own.arn_formats().collect::<Vec<_>>())
            });
            assert!(
                formats.any(|format| arn.fits_format(format) == Fit::Yes),
                "{resource} {attribute}: {sample}"
            );
        }
    }
}
